import type { TFunction } from 'i18next'
import { textOf } from '../../../../core/fields.ts'
import { type Fields, factId } from '../../../../core/op.ts'
import { formatTime } from '../../../../core/time.ts'
import { findPerson } from '../../../state/people.ts'
import type { FoundReceipt, Receipts } from '../../../sync/receipts.ts'
import type { ScanResult } from '../../parts/scanner/scanResult.ts'
import { usedLines } from './scanPass.ts'
import type { ScanPlace } from './useScanHandler.ts'

type Signed = { fact: string; person: string; session: string }

/** The attendances in a receipt, and the fields that it sets of each person. */
function readContents({ bodies }: FoundReceipt): { signed: Signed[]; people: Map<string, Fields> } {
  const signed: Signed[] = []
  const people = new Map<string, Fields>()
  for (const { salt, changes } of bodies)
    changes.forEach((change, index) => {
      if (change.type === 'set') people.set(change.id, { ...people.get(change.id), ...change.fields })
      if (change.type === 'add' && change.kind === 'attendance') {
        const { fields } = change
        signed.push({ fact: factId(salt, index), person: textOf(fields, 'p'), session: textOf(fields, 's') })
      }
    })
  return { signed, people }
}

/** Takes a receipt from an attendee's phone, checked on this device alone: it is carried, and on the list at once. */
export async function scanReceipt(
  place: ScanPlace,
  text: string,
  receipts: Receipts,
  t: TFunction,
): Promise<ScanResult> {
  const { space, event } = place
  const refuse = (why: string): ScanResult => {
    return { tone: 'bad', title: t(`receipt.${why}.title`), lines: [t(`receipt.${why}.hint`)] }
  }
  const reading = await receipts.read(text)
  if (reading.state === 'refused') return refuse(reading.why)
  if (reading.state === 'more') {
    const { held, count } = reading
    return { tone: 'progress', title: t('receipt.more', { held, count }), done: held, total: count }
  }
  const { receipt } = reading
  if (receipt.space !== space.id) return refuse('otherEvent')
  const { signed, people } = readContents(receipt)
  const last = signed.at(-1)
  if (!last) return refuse('empty')

  const person = findPerson(space, last.person)
  const fields = people.get(last.person) ?? {}
  const title = textOf(fields, 'name') || person?.name || t('receipt.nameless')
  const lines = [textOf(fields, 'institution') || (person?.institution ?? '')].filter(Boolean)
  const session = space.sessions.value.find(({ id }) => id === last.session)
  const held = person && space.attendance.value.get(last.session)?.get(person.id)
  if (session && held && signed.every(({ fact }) => space.knowsFact(fact)))
    return { tone: 'used', title, lines: [...lines, ...usedLines({ ...place, session }, held, t)] }
  if (signed.every(({ fact }) => space.knowsFact(fact))) return refuse('withdrawn')

  await receipts.take(receipt)
  const time = formatTime(space.now(), event.zone)
  const where = session && session.id !== place.session.id ? [t('receipt.atSession', { session: session.title })] : []
  const unchecked = receipt.isCertified ? [] : [t('receipt.unchecked')]
  return { tone: 'good', title, lines: [...lines, ...where, t('receipt.taken', { time }), ...unchecked] }
}
