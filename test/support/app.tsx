import { type RenderResult, render } from '@testing-library/preact'
import type { ComponentType } from 'preact'
import { LocationProvider } from 'preact-iso'
import { boot } from '../../src/client/boot.ts'
import { readDevice, writeMeta } from '../../src/client/db/meta.ts'
import { createDatabase, type Database } from '../../src/client/db/schema.ts'
import type { OpenStream } from '../../src/client/device/eventStream.ts'
import { loadWords, startI18n } from '../../src/client/i18n/i18n.ts'
import type { Link } from '../../src/client/sync/link.ts'
import { AppContext, type AppParts } from '../../src/client/ui/app.ts'
import type { ScreenProps } from '../../src/client/ui/routes.ts'
import { fail, ok } from '../../src/core/result.ts'

/** A server that cannot be reached, but for the calls that are given. */
export function createTestLink(answers: Partial<Link> = {}): Link {
  const offline = async () => fail({ kind: 'offline' as const })
  return {
    session: offline,
    push: offline,
    pull: offline,
    recover: offline,
    setUp: offline,
    signIn: offline,
    signOut: offline,
    enrol: offline,
    gate: offline,
    view: offline,
    find: offline,
    ticket: offline,
    ballot: offline,
    beginFile: offline,
    sendChunk: offline,
    invite: offline,
    team: offline,
    ask: offline,
    ...answers,
  }
}

const account = { name: 'Wati Contoh', email: 'wati@contoh.go.id' }

/** The session of a server that knows this browser as an organizer's device. */
export function organizerSession(db: Database): Link['session'] {
  return async () => {
    const device = await readDevice(db)
    return ok({
      now: Date.now(),
      account,
      device: device ? { dev: device.dev, name: device.name, holder: account.name } : null,
      organizer: true,
      spaces: [],
      issuer: 'A'.repeat(87),
      needsSetup: false,
    })
  }
}

/** A browser's database of its own, in which the server last said that an organizer is signed in. */
export async function organizerDatabase(): Promise<Database> {
  const db = createDatabase(`test-${crypto.randomUUID()}`)
  await writeMeta(db, { key: 'identity', account, enrolled: true, organizer: true, needsSetup: false })
  return db
}

/** The app over a database and a server, wired as in the browser. The database outlives the test: sync goes on. */
export async function bootApp(
  db = createDatabase(`test-${crypto.randomUUID()}`),
  link = createTestLink(),
  openStream: OpenStream = () => ({ close: () => undefined }),
) {
  await startI18n()
  return boot(db, link, openStream)
}

/** One screen with its words, at an address. */
export async function showScreen(
  app: AppParts,
  words: string,
  Shown: ComponentType<ScreenProps>,
  props: ScreenProps = {},
): Promise<RenderResult> {
  await Promise.all(words.split(' ').map(loadWords))
  return render(
    <AppContext.Provider value={app}>
      <LocationProvider>
        <Shown {...props} />
      </LocationProvider>
    </AppContext.Provider>,
  )
}
