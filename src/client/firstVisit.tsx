import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { gateCodeLength, plainCode, splitFragment } from '../core/gate.ts'
import { ok, type Result } from '../core/result.ts'
import type { Failure } from '../protocol/failure.ts'
import { deviceName } from './device/deviceName.ts'
import { isFirstVisit } from './device/hosting.ts'
import { untilDone } from './device/tryAgain.ts'
import { loadWords } from './i18n/i18n.ts'
import { createFormSpace } from './state/formSpace.ts'
import { createCall } from './sync/call.ts'
import { makeDevice } from './sync/deviceKey.ts'
import { enterFirst, type FirstEntry } from './sync/firstEntry.ts'
import { AppContext, type AppParts } from './ui/app.ts'
import { Attendee, type Entry } from './ui/screens/attendee/Attendee.tsx'
import { FormContext } from './ui/screens/attendee/formContext.ts'
import { createFormParts, createLateDrafts } from './ui/screens/attendee/formParts.ts'
import type { NotYetReason } from './ui/screens/attendee/NotYet.tsx'

/** Long enough for the form to be shown, also in a page that is hidden meanwhile and draws no frames. */
const shownWithinMs = 150

function formShown(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, shownWithinMs))
}

async function keep(app: AppParts, first: FirstEntry): Promise<void> {
  const kept = await app.attendees.keep(first)
  if (!kept.ok) throw new Error(`The event is not on this device: ${kept.failure.kind}`)
}

/** The half of a link's code that stands in its path. */
const halfOf = ({ pathname }: Location) => pathname.split('/')[2] ?? ''

/** Whether a link holds all of a code: one that lost its end asks for nothing, and the app has to ask for the code. */
function isWhole(link: Location): boolean {
  const { secret } = splitFragment(decodeURIComponent(link.hash.slice(1)))
  return plainCode(halfOf(link) + secret).length >= gateCodeLength
}

/**
 * A link to an event in a browser that never held anything of ours: the event is asked for, and its form can be filled
 * in, before the database's code is loaded; the app follows and takes over what was typed. Where the browser was here
 * before or has no WebCrypto, or the link is not whole, the answer is `undefined`: the app starts as always. What fails
 * behind the form is tried again, and takes nothing away that is being typed.
 */
export async function startFirstVisit(): Promise<ComponentType | undefined> {
  if (!crypto.subtle || !isWhole(location) || !(await isFirstVisit('hadir-salinan-'))) return undefined
  const [device] = await Promise.all([
    makeDevice(deviceName(navigator.userAgent), ''),
    loadWords('attendee'),
    loadWords('person'),
  ])
  let entered: (first: FirstEntry | undefined) => void
  const firstEntry = new Promise<FirstEntry | undefined>((resolve) => {
    entered = resolve
  })

  async function enter(code: string): Promise<Result<Entry, Failure>> {
    const answer = await enterFirst(createCall(), device, code)
    entered(answer.ok ? answer.value : undefined)
    if (!answer.ok) return answer
    const { space, team, ops } = answer.value
    return ok({ space, team, early: createFormSpace(space, ops, Date.now) })
  }

  const notYet = signal<NotYetReason | undefined>(undefined)
  function done<T>(work: () => Promise<T>, reason: NotYetReason): Promise<T> {
    return untilDone(work, () => {
      notYet.value = reason
    })
  }

  async function bootAfter(): Promise<AppParts> {
    const first = await firstEntry
    await formShown()
    const { boot } = await done(() => import('./boot.ts'), 'app')
    const app = await done(() => boot(undefined, undefined, undefined, device), 'event')
    if (first) await done(() => keep(app, first), 'event')
    notYet.value = undefined
    return app
  }
  const ready = bootAfter()
  const parts = createFormParts(ready, createLateDrafts(ready, localStorage))

  return function FirstVisit() {
    const [app, setApp] = useState<AppParts | undefined>(undefined)
    const [Updates, setUpdates] = useState<ComponentType | undefined>(undefined)
    useEffect(() => {
      void ready.then(async (booted) => {
        setApp(booted)
        const { UpdateNotice } = await untilDone(
          () => import('./ui/status/UpdateNotice.tsx'),
          () => undefined,
        )
        setUpdates(() => UpdateNotice)
      })
    }, [])
    return (
      <AppContext.Provider value={app}>
        <FormContext.Provider value={parts}>
          {app && Updates && <Updates />}
          <Attendee code={halfOf(location)} first={{ enter, notYet: notYet.value }} />
        </FormContext.Provider>
      </AppContext.Provider>
    )
  }
}
