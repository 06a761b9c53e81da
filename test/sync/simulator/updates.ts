import { type Action, actions } from './actions.ts'
import { attendeeActions, isAttendee } from './attendees.ts'
import { met } from './ledger.ts'
import { mishaps } from './mishaps.ts'
import { drawFuse } from './network.ts'
import { present } from './versions.ts'

/** A new release comes to a device and to the server. */
export const updates = {
  /**
   * [S9] Somebody works without a network, and the app is updated before that was sent: the new code opens the old
   * one's disk. A second tab may go on in the old one beside it.
   */
  update: async (scene) => {
    const { world, device, tab, chance, behind } = scene
    if (device.version === present) return
    device.network.net.isOff = true
    await (isAttendee(device) ? attendeeActions.signIn(scene) : actions.walkIn(scene))
    const { db } = await tab.ready
    if ((await tab.app.countUnsent(db)) > 0) met(world.ledger, 'updated with unsent work')
    await device.update(db)
    device.network.net.isOff = chance.once(2)
    const others = device.tabs.filter((other) => other && other !== tab)
    if (chance.once(2)) for (const other of others) other?.kill()
    else if (others.length > 0) met(world.ledger, 'former tab beside a new one')
    behind(tab.kill)
  },
  /**
   * The server is stopped while devices talk to it, and the new one starts over its folder; it may be killed at that.
   */
  updateServer: async (scene) => {
    const { chance, world } = scene
    const { host, ledger } = world
    if (host.version() === present) return
    const rounds = mishaps.meet(scene)
    /** Whoever's tab dies meanwhile is told of below. */
    rounds.catch(() => undefined)
    await host.update(present, chance.once(4) ? undefined : drawFuse(chance))
    met(ledger, 'server updated')
    await rounds
  },
} satisfies Record<string, Action>
