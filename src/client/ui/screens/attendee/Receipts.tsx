import { useEffect, useState } from 'preact/hooks'
import type { EventRecord } from '../../../../core/event.ts'
import { askBeforeLeaving, readHost } from '../../../device/hosting.ts'
import { loadWords } from '../../../i18n/i18n.ts'
import { ownAttendance, ownPeople } from '../../../state/attendee.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { useApp } from '../../app.ts'
import { lazyPart } from '../../lazyPart.ts'
import { Notice } from '../../parts/Notice.tsx'
import { StatusLine, useUncopied } from '../../status/StatusLine.tsx'
import { useWords } from '../../words.ts'
import { AttendeeFrame } from './AttendeeFrame.tsx'
import { KeepOffline } from './KeepOffline.tsx'
import { OutsideHint } from './OutsideHint.tsx'
import { Receipt } from './Receipt.tsx'
import { ReceiptCode } from './ReceiptCode.tsx'

const feedback = () => Promise.all([import('./OwnFeedback.tsx'), loadWords('questions')]).then(([parts]) => parts)
const OwnFeedback = lazyPart(() => feedback().then((m) => m.OwnFeedback), { optional: true })
const FillOwn = lazyPart(() => feedback().then((m) => m.FillOwn))
const materials = () => Promise.all([import('./OwnMaterials.tsx'), loadWords('materials')]).then(([parts]) => parts)
const OwnMaterials = lazyPart(() => materials().then((m) => m.OwnMaterials), { optional: true })
const ShowOwn = lazyPart(() => materials().then((m) => m.ShowOwn))

/** Third of three: what was recorded, for whom and when, and where it is now; and what can be done for the next one. */
export function Receipts(props: {
  space: OpenSpace
  event: EventRecord
  code: string
  /** The material that the link leads to; it is looked at first, once. */
  material: string | undefined
  onRead: () => void
  onAnother: () => void
  onCorrect: (person: string) => void
}) {
  const t = useWords('attendee')
  const { space, event } = props
  const { receipts } = useApp()
  const [host] = useState(readHost)
  const [filling, setFilling] = useState<string | undefined>(undefined)
  const [thanked, setThanked] = useState(false)
  const [reading, setReading] = useState(props.material)
  const people = new Map(ownPeople(space).map((person) => [person.id, person]))
  const own = ownAttendance(space).reverse()
  const waiting = own.filter(({ where }) => where === 'device').length
  const uncopied = useUncopied()
  const isHeld = waiting > 0 && !host.installed
  /** Whoever looks at a material first may come back when the server is gone, and no worker has kept the rest. */
  useEffect(() => {
    if (props.material) void Promise.allSettled([feedback(), receipts.make(space.id)])
  }, [])
  useEffect(() => (isHeld ? askBeforeLeaving() : undefined), [isHeld])
  function endFilling(isSaved: boolean): void {
    setThanked(isSaved)
    setFilling(undefined)
  }
  function endReading(): void {
    setReading(undefined)
    props.onRead()
    history.replaceState(history.state, '', location.pathname)
  }
  if (filling) return <FillOwn space={space} event={event} form={filling} onEnd={endFilling} />
  if (reading) return <ShowOwn space={space} event={event} material={reading} onEnd={endReading} />
  return (
    <AttendeeFrame
      title={t(waiting === 0 ? 'savedThere' : uncopied ? 'status.uncopied' : 'savedHere')}
      above={event.title}
      step={3}
      actions={
        <button type="button" onClick={props.onAnother}>
          {t('another')}
        </button>
      }
    >
      <StatusLine />
      {waiting > 0 && !uncopied && (
        <Notice kind="warn">
          <p>
            {t(host.system === 'ios' && !host.installed ? 'keepOpenIos' : host.worksOffline ? 'sentLater' : 'keepOpen')}
          </p>
        </Notice>
      )}
      <ul class="stack">
        {own.map((one) => (
          <li key={`${one.person} ${one.session} ${one.op?.n ?? ''}`}>
            <Receipt
              space={space}
              event={event}
              attendance={one}
              person={people.get(one.person)}
              onCorrect={props.onCorrect}
            />
          </li>
        ))}
      </ul>
      <ReceiptCode space={space} isWaiting={waiting > 0} version={`${own.length} ${waiting}`} />
      <OwnFeedback space={space} thanked={thanked} onFill={setFilling} />
      <OwnMaterials space={space} onOpen={setReading} />
      <OutsideHint code={props.code} />
      <KeepOffline />
    </AttendeeFrame>
  )
}
