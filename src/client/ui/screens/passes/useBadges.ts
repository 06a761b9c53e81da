import { useEffect, useRef, useState } from 'preact/hooks'
import type { EventRecord } from '../../../../core/event.ts'
import type { PassRecord } from '../../../../core/pass.ts'
import { leadingRole, roleLabels } from '../../../../core/role.ts'
import { dayAt } from '../../../../core/time.ts'
import type { BadgeSheet } from '../../../../documents/badges.ts'
import { saveFile } from '../../../device/files.ts'
import { noteExport } from '../../../state/exports.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { introduce } from '../../../state/passes.ts'
import { rolesOf } from '../../../state/people.ts'
import { type AppParts, useApp } from '../../app.ts'
import { orUnavailable } from '../../orUnavailable.ts'

export type BadgesState =
  | { name: 'making'; done: number; total: number }
  /** Made, and waits for one more tap: browsers share only right after one. */
  | { name: 'ready' | 'saved'; file: File }
  | { name: 'failed' }

export type Badges = {
  state: BadgesState | undefined
  make: (passes: PassRecord[]) => Promise<void>
  /** Hands over the file that waits. */
  handOver: () => Promise<void>
  cancel: () => void
}

/** Signs each pass anew with this device's key, so that badges can be printed wherever an organizer is. */
async function toSheet(space: OpenSpace, event: EventRecord, passes: PassRecord[], app: AppParts): Promise<BadgeSheet> {
  await introduce(space, app.passes.issuer())
  const codes = await app.passes.sign(passes.map(({ id, expiresAt }) => ({ id, expiresAt, space: space.id })))
  const badges = passes.flatMap(({ person: id, expiresAt }, i) => {
    const person = space.people.value.get(id)
    if (!person) return []
    const role = roleLabels[leadingRole(rolesOf(person))]
    const validUntil = dayAt(expiresAt - 1, event.zone)
    return [{ name: person.name, institution: person.institution, role, validUntil, code: codes[i] ?? '' }]
  })
  return { event: event.title, organizer: event.institution, badges }
}

/** Makes a sheet of badges beside the page, notes that it was made, then saves it. */
export function useBadges(space: OpenSpace, event: EventRecord): Badges {
  const app = useApp()
  const [state, setState] = useState<BadgesState | undefined>(undefined)
  const controller = useRef(new AbortController())
  useEffect(() => () => controller.current.abort(), [])

  async function give(file: File): Promise<void> {
    const outcome = await saveFile(file)
    setState(outcome === 'closed' ? undefined : { name: outcome === 'needsTap' ? 'ready' : 'saved', file })
  }

  async function make(passes: PassRecord[]): Promise<void> {
    controller.current.abort()
    controller.current = new AbortController()
    const { signal } = controller.current
    const onProgress = (done: number, total: number) => !signal.aborted && setState({ name: 'making', done, total })
    onProgress(0, 0)
    const sheet = await toSheet(space, event, passes, app)
    const made = await app.documents.makeBadges(sheet, { onProgress, signal }).catch(orUnavailable)
    if (made.ok) {
      await noteExport(space, { what: 'badges', format: 'pdf' })
      await give(new File([made.value], 'tanda-pengenal.pdf', { type: 'application/pdf' }))
    } else if (made.failure.kind === 'unavailable') setState({ name: 'failed' })
  }

  return {
    state,
    make,
    handOver: async () => {
      if (state?.name === 'ready') await give(state.file)
    },
    cancel: () => {
      controller.current.abort()
      setState(undefined)
    },
  }
}
