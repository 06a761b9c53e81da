import { fromBase64Url } from '../../src/core/bytes.ts'
import { introduceIssuer, preparePass, setPass } from '../../src/core/pass.ts'
import { setPerson } from '../../src/core/person.ts'
import { enrolMessage } from '../../src/protocol/enrol.ts'
import { newId } from '../../src/server/auth/keys.ts'
import { makeBody, makeDevice, makePush, organizer, type WireOp } from '../support/server.ts'
import { createBrowserLink, must } from './clients.ts'

const dayMs = 86_400_000
/** So many people with their passes are one op: below what a server takes. */
const peoplePerOp = 100

export type Badge = { person: string; name: string; text: string }

/** An organizer's device that puts people on an event's list and signs a pass for each. */
export async function issueBadges(address: () => Promise<string>, count: number) {
  const link = createBrowserLink(address)
  const device = makeDevice()
  const { email, password } = organizer
  must(await link.signIn({ email, password }))
  const proof = device.seal(enrolMessage(device.point))
  must(await link.enrol({ publicKey: device.point, proof, name: 'Laptop', holder: 'Uji' }))
  const space = must(await link.session()).spaces[0]?.space ?? ''

  const expiresAt = Math.floor((Date.now() + dayMs) / 1000) * 1000
  const badges = Array.from({ length: count }, (_, i) => {
    const [person, id] = [newId(), newId()]
    const name = `Peserta Contoh ${i + 1}`
    const { toSign, finish } = preparePass({ id, space, expiresAt }, device.dev)
    const text = finish(fromBase64Url(device.seal(toSign)) ?? new Uint8Array())
    return { person, id, name, text }
  })
  const bodies = [makeBody([introduceIssuer(device.dev, device.point)])]
  for (let from = 0; from < count; from += peoplePerOp) {
    const some = badges.slice(from, from + peoplePerOp)
    const changes = some.flatMap(({ person, id, name }) => [
      setPerson(person, { name, invited: true }),
      setPass(id, { person, expiresAt, revoked: false }),
    ])
    bodies.push(makeBody(changes))
  }
  const ops = bodies.map((body, i): WireOp => [i + 1, Date.now(), Date.now(), body])
  const { results } = must(await link.push(space, makePush(device, space, ops).request))
  if (results.some(({ state }) => state !== 'committed')) throw new Error('not everything was taken')
  const { code } = must(await link.invite(space, { role: 'facilitator' }))
  return { link, space, badges, code }
}
