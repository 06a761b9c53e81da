import { checkIn } from '../../src/core/attendance.ts'
import { toBase64Url } from '../../src/core/bytes.ts'
import { setEvent, setSession } from '../../src/core/event.ts'
import { derivedId } from '../../src/core/ids.ts'
import { type Ink, packInk } from '../../src/core/ink.ts'
import { type Change, encodeBody } from '../../src/core/op.ts'
import { setPerson } from '../../src/core/person.ts'
import { drawSignature } from '../support/signature.ts'
import { inventEvent, inventPerson, inventSessions } from './invented.ts'

/** An event: its people, 200 to an op, and check-ins, one to an op, of one person after the other. */
export type EventShape = { people: number; checkIns: number; ink: boolean }

const session = '0'.repeat(22)
const salt = '0'.repeat(22)

/** Nobody signs twice alike: each stroke is stretched by up to a quarter, so that gzip finds no signature again. */
function inventSignature(i: number, random: (count: number) => Uint8Array): Ink {
  const { strokes, ...pad } = drawSignature(i)
  const stretched = strokes.map((points) => {
    const [along = 1, up = 1] = [...random(2)].map((byte) => 0.75 + byte / 512)
    return points.map(({ x, y }) => ({ x: x * along, y: y * up }))
  })
  return { ...pad, strokes: stretched }
}

/** The bodies of an event's ops, as a facilitator's phone writes them. `random` gives the salts. */
export function inventBodies({ people, checkIns, ink }: EventShape, random: (count: number) => Uint8Array): string[] {
  const body = (changes: Change[]) => encodeBody(toBase64Url(random(8)), changes)
  const idOf = (i: number) => derivedId(salt, 'nip', `${inventPerson(i).nip} ${i}`)
  const bodies = [body([setEvent(salt, { ...inventEvent, salt }), setSession(session, inventSessions[0] ?? {})])]
  for (let i = 0; i < people; i += 200) {
    const those = Array.from({ length: Math.min(200, people - i) }, (_, k) => i + k)
    bodies.push(body(those.map((k) => setPerson(idOf(k), inventPerson(k)))))
  }
  for (let i = 0; i < checkIns; i++) {
    const signed = ink ? { ink: packInk(inventSignature(i, random)) } : {}
    bodies.push(body([checkIn({ person: idOf(i % (people || checkIns)), session, method: 'facilitator', ...signed })]))
  }
  return bodies
}
