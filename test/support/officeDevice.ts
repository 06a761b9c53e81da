import { fold, type Space } from '../../src/core/fold.ts'
import type { Change } from '../../src/core/op.ts'
import { enrolMessage } from '../../src/protocol/enrol.ts'
import { createBrowserLink, must } from './browserLink.ts'
import { makeBody, makeDevice, makePush, type WireOp } from './server.ts'

/** One more device of an organizer, which writes what no screen offers; the sample event is its only one. */
export async function openOfficeDevice(address: () => Promise<string>, account: { email: string; password: string }) {
  const link = createBrowserLink(address)
  const device = makeDevice()
  must(await link.signIn({ email: account.email, password: account.password }))
  const proof = device.seal(enrolMessage(device.point))
  must(await link.enrol({ publicKey: device.point, proof, name: 'Laptop', holder: 'Uji' }))
  const space = must(await link.session()).spaces[0]?.space ?? ''
  let [n, last] = [0, undefined as Uint8Array | undefined]
  return {
    link,
    device,
    space,
    /** An op for each of the lists of changes, in one push. */
    commit: async (...actions: Change[][]): Promise<void> => {
      const ops = actions.map((changes): WireOp => [++n, Date.now(), Date.now(), makeBody(changes)])
      const made = makePush(device, space, ops, last)
      last = made.last
      const { results } = must(await link.push(space, made.request))
      if (results.some(({ state }) => state !== 'committed')) throw new Error('not everything was taken')
    },
    /** The event as the server holds it, when it fits one page. */
    read: async (): Promise<Space> => {
      const page = must(await link.pull(space, undefined))
      if (page.state !== 'page') throw new Error('no page')
      return fold(
        page.ops.map(([, dev, at, wall, corrected, body]) => ({
          dev: page.devs[dev] ?? '',
          n: at,
          wall,
          at: corrected,
          body,
        })),
      )
    },
  }
}
