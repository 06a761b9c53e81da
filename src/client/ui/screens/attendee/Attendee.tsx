import { useContext, useEffect, useState } from 'preact/hooks'
import { gateCodeLength, materialOfLink, plainCode, splitFragment } from '../../../../core/gate.ts'
import { untilDone } from '../../../device/tryAgain.ts'
import type { FormSpace } from '../../../state/formSpace.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { AppContext, type AppParts } from '../../app.ts'
import { lazyPart } from '../../lazyPart.ts'
import { useCrash } from '../../useCrash.ts'
import { useHashSecret } from '../../useHashSecret.ts'
import { useWords } from '../../words.ts'
import { AttendeeFrame } from './AttendeeFrame.tsx'
import { EntryFailed, type EntryFailure, isOfCode } from './EntryFailed.tsx'
import { NotYet, type NotYetReason } from './NotYet.tsx'
import { Visit } from './Visit.tsx'

/** Knows the events of this phone, which a first visit has none of. */
const EnterCode = lazyPart(() => import('./EnterCode.tsx').then((m) => m.EnterCode))

/** Where a code led; `early` shows the event before the database is there. */
export type Entry = { space: string; team: boolean; early?: FormSpace }

/** A very first visit: the event is asked for before the database is loaded, and the app follows. */
export type FirstVisit = {
  enter: (code: string) => Promise<{ ok: true; value: Entry } | { ok: false; failure: EntryFailure }>
  /** What is still missing after a failure, which is tried again. */
  notYet: NotYetReason | undefined
}

/** The attendees' door: a link with a code, a code typed by hand, or an event that this phone came into before. */
export function Attendee({ code = '', first }: { code?: string; first?: FirstVisit }) {
  const t = useWords('attendee')
  const app = useContext(AppContext)
  const [isKept, setKept] = useState(false)
  const [{ secret, ...behind }] = useState(splitFragment(useHashSecret(isKept)))
  const [material] = useState(() => materialOfLink(location.search))
  const [typed, setTyped] = useState(plainCode(code + secret))
  const [tries, setTries] = useState(0)
  const [entry, setEntry] = useState<Entry | undefined>(undefined)
  const [failure, setFailure] = useState<EntryFailure | undefined>(undefined)
  const rows = app?.spaces.rows.value
  /** A page that is opened again has lost its secret; the device knows where it came in by this half. */
  const held = typed.length < gateCodeLength && rows?.find(({ attendee }) => typed && attendee?.code.startsWith(typed))
  const wanted = held ? held.attendee?.code : typed.length >= gateCodeLength ? typed : undefined

  const fail = useCrash()
  const enter = app?.attendees.enter ?? first?.enter
  useEffect(() => {
    if (!wanted || !enter || entry) return
    let gone = false
    setFailure(undefined)
    const unlessGone = (tell: () => void) => !gone && tell()
    enter(wanted).then(
      (answer) => unlessGone(() => (answer.ok ? setEntry(answer.value) : setFailure(answer.failure))),
      (error) => unlessGone(() => fail(error)),
    )
    return () => {
      gone = true
    }
  }, [wanted, tries])

  const opening = useOpen(app, entry && !entry.team ? entry : undefined)
  const { open } = opening
  const space = open ?? entry?.early
  const notYet = <NotYet reason={opening.isFailing ? 'event' : first?.notYet} />
  const isDone = open !== undefined || entry?.team || (failure !== undefined && isOfCode(failure))
  useEffect(() => {
    if (isDone) setKept(true)
  }, [isDone])
  if (entry?.team) return <OfTeam path={[entry.space, ...(material ? ['materi', material] : [])].join('/')} />
  if (space)
    return (
      <Visit
        space={space}
        open={open}
        onOpen={opening.take}
        code={wanted ?? typed}
        link={{ ...behind, material }}
        notYet={notYet}
      />
    )
  if (failure)
    return (
      <EntryFailed
        failure={failure}
        code={wanted ?? ''}
        onRetry={() => setTries(tries + 1)}
        onOtherCode={() => {
          setFailure(undefined)
          setTyped('')
        }}
      />
    )
  if (wanted) return <Entering />
  if (app && rows) return <EnterCode half={typed} rows={rows} onCode={setTyped} />
  return (
    <AttendeeFrame title={t('title')}>
      <p aria-busy="true" />
      {notYet}
    </AttendeeFrame>
  )
}

function Entering() {
  const t = useWords('attendee')
  return (
    <AttendeeFrame title={t('title')}>
      <p role="status">{t('entering')}</p>
    </AttendeeFrame>
  )
}

type Opening = {
  open: OpenSpace | undefined
  /** It could not be opened; it is tried again. */
  isFailing: boolean
  /** Whoever had to wait for it has opened it. */
  take: (space: OpenSpace) => void
}

/**
 * The space once it is in the database, on whichever way the app comes. A form that is filled in already stands beside
 * a failure; where nothing is shown yet, the app has failed.
 */
function useOpen(app: AppParts | undefined, entry: Entry | undefined): Opening {
  const [space, setSpace] = useState<OpenSpace | undefined>(undefined)
  const [isFailing, setFailing] = useState(false)
  const fail = useCrash()
  const id = entry?.space
  const open = space?.id === id ? space : undefined
  const isHeld = app?.spaces.rows.value?.some((row) => row.space === id)
  useEffect(() => {
    if (!app || !id) return
    const left = new AbortController()
    const onFailure = (error: unknown) => (open || entry?.early ? setFailing(true) : fail(error))
    void untilDone(() => app.spaces.open(id), onFailure, left.signal).then((opened) => {
      if (opened) setSpace(opened)
      setFailing(false)
    })
    return () => left.abort()
  }, [app, id, isHeld])
  return { open, isFailing: isFailing && !open, take: setSpace }
}

function OfTeam({ path }: { path: string }) {
  const t = useWords('attendee')
  return (
    <AttendeeFrame
      title={t('ofTeam')}
      actions={
        <a class="button primary" href={`/kegiatan/${path}`}>
          {t('openEvent')}
        </a>
      }
    >
      <p>{t('ofTeamHint')}</p>
    </AttendeeFrame>
  )
}
