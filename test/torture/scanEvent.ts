import { fromBase64Url } from '../../src/core/bytes.ts'
import { introduceIssuer, preparePass, setPass } from '../../src/core/pass.ts'
import { setPerson } from '../../src/core/person.ts'
import { newId } from '../../src/server/auth/keys.ts'
import { must } from '../support/browserLink.ts'
import { openOfficeDevice } from '../support/officeDevice.ts'
import { organizer } from '../support/server.ts'

const dayMs = 86_400_000
/** So many people with their passes are one op: below what a server takes. */
const peoplePerOp = 100

export type Badge = { person: string; id: string; name: string; text: string }

/** Puts people on the sample event's list and signs a pass for each. */
export async function issueBadges(address: () => Promise<string>, count: number) {
  const { link, device, space, commit } = await openOfficeDevice(address, organizer)
  const expiresAt = Math.floor((Date.now() + dayMs) / 1000) * 1000
  const badges = Array.from({ length: count }, (_, i): Badge => {
    const [person, id] = [newId(), newId()]
    const { toSign, finish } = preparePass({ id, space, expiresAt }, device.dev)
    const text = finish(fromBase64Url(device.seal(toSign)) ?? new Uint8Array())
    return { person, id, name: `Peserta Contoh ${i + 1}`, text }
  })
  const actions = Array.from({ length: Math.ceil(count / peoplePerOp) }, (_, i) =>
    badges
      .slice(i * peoplePerOp, (i + 1) * peoplePerOp)
      .flatMap(({ person, id, name }) => [
        setPerson(person, { name, invited: true }),
        setPass(id, { person, expiresAt, revoked: false }),
      ]),
  )
  await commit([introduceIssuer(device.dev, device.point)], ...actions)
  const { code } = must(await link.invite(space, { role: 'facilitator' }))
  return { link, space, badges, code }
}
