import type { ReadonlySignal } from '@preact/signals'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Material } from '../../core/material.ts'
import type { Ballots } from '../state/ballots.ts'
import type { Drafts } from '../state/drafts.ts'
import type { Health } from '../state/health.ts'
import type { Kiosk } from '../state/kiosk.ts'
import type { Spaces } from '../state/spaces.ts'
import type { KnownIdentity, Status } from '../state/status.ts'
import type { Uploads } from '../state/uploads.ts'
import type { Account } from '../sync/account.ts'
import type { Attendees } from '../sync/attendee.ts'
import type { Download } from '../sync/download.ts'
import type { SyncStatus } from '../sync/engine.ts'
import type { Governing } from '../sync/governing.ts'
import type { AskOwnAccount } from '../sync/lazyOwnAccount.ts'
import type { Passes } from '../sync/passes.ts'
import type { Receipts } from '../sync/receipts.ts'
import type { Rescue } from '../sync/rescue.ts'
import type { DocumentsWorker } from '../worker/start.ts'

/** Files of materials on this device and on their way to it, by their hash; each call begins, the state follows. */
export type SavedMaterials = {
  files: ReadonlySignal<ReadonlyMap<string, Download>>
  /** Fetches it, or goes on with it. */
  save: (space: string, material: Material) => Promise<void>
  pause: (hash: string) => Promise<void>
  remove: (hash: string) => Promise<void>
  /** It was opened, so that it is dropped last when room is wanted. */
  use: (hash: string) => Promise<void>
}

/** Everything that screens work with; made once in boot.ts. */
export type AppParts = {
  spaces: Spaces
  drafts: Drafts
  ballots: Ballots
  health: ReadonlySignal<Health>
  status: Status
  kiosk: Kiosk
  account: Account
  ownAccount: AskOwnAccount
  /** Loaded when it is first asked for: most devices never do. */
  governing: () => Promise<Governing>
  attendees: Attendees
  rescue: Rescue
  receipts: Receipts
  saved: SavedMaterials
  uploads: Uploads
  passes: Passes
  identity: ReadonlySignal<KnownIdentity>
  sync: ReadonlySignal<SyncStatus>
  /** This browser as the server knows it; `holder` is empty until it joined by a code. */
  device: () => { name: string; holder: string }
  /** A person has read that this device's storage had been cleared. */
  forgetWipe: () => Promise<void>
  /** Tries to reach the server now. */
  syncNow: () => void
  documents: DocumentsWorker
  /** This device's clock, epoch ms. */
  wall: () => number
  /** The server's clock minus this device's, ms. */
  clockOffsetMs: () => number
  /** This device's clock when that was last measured; `undefined`: never. */
  clockMeasuredAt: () => number | undefined
}

export const AppContext = createContext<AppParts | undefined>(undefined)

/** The parts of the app; throws outside of `AppContext`, which is a bug. */
export function useApp(): AppParts {
  const app = useContext(AppContext)
  if (!app) throw new Error('useApp outside of AppContext')
  return app
}
