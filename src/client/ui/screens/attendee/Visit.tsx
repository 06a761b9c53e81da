import type { ComponentChildren } from 'preact'
import { useContext, useState } from 'preact/hooks'
import { ownAttendance } from '../../../state/attendee.ts'
import type { FormSpace } from '../../../state/formSpace.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { sessionOfMoment } from '../../../state/sessions.ts'
import { lazyPart } from '../../lazyPart.ts'
import { useWords } from '../../words.ts'
import { AttendeeFrame } from './AttendeeFrame.tsx'
import { FormContext } from './formContext.ts'
import { SignInForm } from './SignInForm.tsx'

const Receipts = lazyPart(() => import('./Receipts.tsx').then((m) => m.Receipts))
const KeepOffline = lazyPart(() => import('./KeepOffline.tsx').then((m) => m.KeepOffline), { optional: true })
const Correct = lazyPart(() => import('./Correct.tsx').then((m) => m.Correct))

/**
 * What a link held beside its code: read off the wall together with it, the pass of whom it was sent to, or a material.
 */
export type LinkParts = { wallCode?: string; pass?: string; material?: string | undefined }

type Showing = { kind: 'form' | 'receipts' } | { kind: 'correct'; person: string }

/** An attendee at an event: the form until somebody of this phone is signed in, then what was recorded. */
export function Visit(props: {
  space: FormSpace
  open: OpenSpace | undefined
  onOpen: (space: OpenSpace) => void
  code: string
  link: LinkParts
  /** Why the form cannot be saved yet. */
  notYet: ComponentChildren
}) {
  const t = useWords('attendee')
  const { space, open, code } = props
  const [showing, setShowing] = useState<Showing | undefined>(undefined)
  const [material, setMaterial] = useState(props.link.material)
  const { whenOpen } = useContext(FormContext)
  const event = space.event.value
  const session = sessionOfMoment(space, undefined)
  const own = open ? ownAttendance(open) : []
  if (!event || event.deleted || !session)
    return (
      <AttendeeFrame title={event?.title || t('event')}>
        <p>{t(event?.deleted ? 'eventDeleted' : event ? 'noSession' : 'eventNotHereYet')}</p>
        {own.length > 0 && open && <a href="/m">{t('ownEvents')}</a>}
      </AttendeeFrame>
    )
  const isRecorded = own.some((one) => one.session === session.id)
  /** Whoever was here before need not sign today's sheet to read what he was handed. */
  const isHanded = material !== undefined && own.length > 0
  const shown = showing ?? { kind: isRecorded || isHanded ? 'receipts' : 'form' }
  if (shown.kind === 'correct' && open)
    return <Correct space={open} person={shown.person} onDone={() => setShowing({ kind: 'receipts' })} />
  if (shown.kind === 'receipts' && open)
    return (
      <Receipts
        space={open}
        event={event}
        code={code}
        material={material}
        onRead={() => setMaterial(undefined)}
        onAnother={() => setShowing({ kind: 'form' })}
        onCorrect={(person) => setShowing({ kind: 'correct', person })}
      />
    )
  return (
    <SignInForm
      space={space}
      event={event}
      session={session}
      code={code}
      link={props.link}
      recorded={own.filter((one) => one.session === session.id).map(({ person }) => person)}
      whenOpen={async () => {
        /** What is being saved is known already, and not yet safe. */
        setShowing({ kind: 'form' })
        const opened = await whenOpen(space.id)
        props.onOpen(opened)
        return opened
      }}
      notYet={props.notYet}
      onSaved={() => setShowing({ kind: 'receipts' })}
      keep={open && <KeepOffline />}
      onReceipts={own.length > 0 ? () => setShowing({ kind: 'receipts' }) : undefined}
    />
  )
}
