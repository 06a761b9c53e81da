import * as formerClient from '../former/client.js'
import * as formerServer from '../former/server.js'
import { type Chance, createChance } from './chance.ts'
import * as client from './client.ts'
import * as server from './server.ts'

export type Client = typeof client
export type Server = typeof server
/** The code of one release: the app and the server. */
export type Version = { name: 'former' | 'present'; client: Client; server: Server }

/** As the working tree has it. */
export const present: Version = { name: 'present', client, server }
/**
 * As it was at a commit before (tools/freeze.ts), with the failing of that time: when its connection to
 * IndexedDB is closed under it, it may say that a record was not saved, where the present one saves it all the
 * same (run.ts), its screen may stay as it is until it is opened again (calm.ts), and an anonymous answer may wait for
 * the moment of a clock that was put back since (votes.ts). Its server let a revoked device in by a gate (ledger.ts).
 * Whatever it said is saved is asked of it like of any other.
 */
export const former: Version = { name: 'former', client: formerClient, server: formerServer }

/**
 * With which versions a world begins. `template`: whose code made its data; where that is the former, whatever runs the
 * present from the beginning has just been updated. `isTooOld`: the present server reads no more to a former app.
 */
export type Versions = { template: Version; server: Version; devices: Version[]; isTooOld: boolean }

const allPresent: Versions = { template: present, server: present, devices: [], isTooOld: false }

const pickVersion = (chance: Chance) => (chance.once(2) ? former : present)

/** One seed of three begins with data of the former version, whose code half of it still runs. */
export function drawVersions(seed: number, devices: number): Versions {
  const chance = createChance(seed + 2_000_000_011)
  if (!chance.once(3)) return allPresent
  return {
    template: former,
    server: pickVersion(chance),
    devices: Array.from({ length: devices }, () => pickVersion(chance)),
    isTooOld: chance.once(3),
  }
}
