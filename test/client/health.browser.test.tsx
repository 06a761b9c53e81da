import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact'
import { Dexie } from 'dexie'
import { useErrorBoundary } from 'preact/hooks'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { readIdentity, writeMeta } from '../../src/client/db/meta.ts'
import { createDatabase, type Database } from '../../src/client/db/schema.ts'
import { newSpaceRow } from '../../src/client/db/spaces.ts'
import { exclusively } from '../../src/client/device/locks.ts'
import { measureStorage } from '../../src/client/device/storage.ts'
import { createHealth } from '../../src/client/state/health.ts'
import type { AppParts } from '../../src/client/ui/app.ts'
import { Pages } from '../../src/client/ui/Pages.tsx'
import { Events } from '../../src/client/ui/screens/events/Events.tsx'
import { Safe } from '../../src/client/ui/screens/safe/Safe.tsx'
import { StatusScreen } from '../../src/client/ui/screens/status/StatusScreen.tsx'
import { StorageNotice } from '../../src/client/ui/status/StorageNotice.tsx'
import { reservedBytes } from '../../src/core/savedFile.ts'
import { bootApp, createTestLink, organizerDatabase, showScreen } from '../support/app.tsx'
import { openEvent } from '../support/event.tsx'

afterEach(() => {
  vi.restoreAllMocks()
  cleanup()
})

/** A server that never answers: no round of sync ends, and what looks at the storage is the trigger alone. */
const silentLink = () => createTestLink({ session: () => new Promise(() => undefined) })

const triggers: [string, () => void][] = [
  ['visibilitychange', () => document.dispatchEvent(new Event('visibilitychange'))],
  ['pageshow', () => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))],
  ['online', () => window.dispatchEvent(new Event('online'))],
]

/** As in Safari after waking: the handle is dead, and no new one is to be had. */
function lose(db: Database): () => void {
  const { open } = db
  db.close()
  db.open = () => Dexie.Promise.reject(new DOMException('', 'UnknownError'))
  return () => {
    db.open = open
  }
}

/** Stands where the app says that it has failed. */
function Boundary({ app }: { app: AppParts }) {
  const [crash] = useErrorBoundary()
  return crash ? <p>told</p> : <Pages app={app} />
}

describe('a database that does not answer', () => {
  it.each(['/kegiatan/AAAAAAAAAAAAAAAAAAAAAA', '/m/K7QF#2MXA'])(
    'is told of by what waits for it: %s',
    async (address) => {
      const db = await organizerDatabase()
      const app = await bootApp(db, silentLink())
      await openEvent(app, [])
      vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
        throw new DOMException('', 'UnknownError')
      })
      db.close({ disableAutoOpen: false })
      history.replaceState(null, '', address)
      render(<Boundary app={app} />)
      expect(await screen.findByText('told')).toBeTruthy()
      history.replaceState(null, '', '/')
    },
  )
})

/** As after damage to the disk: what says where one event stands cannot be read, and all else can. */
function damageSpace(space: string): void {
  const { get } = IDBObjectStore.prototype
  vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(function (this: IDBObjectStore, key) {
    if (this.name === 'spaces' && key === space) throw new DOMException('', 'DataError')
    return get.call(this, key)
  })
}

describe('an event that cannot be opened', () => {
  it.each([
    ['/status', /^1 hanya di perangkat ini/],
    ['/cadangan-darurat', /^1 perubahan belum ada dalam daftar/],
  ])('ends no screen that says more than that: %s', async (address, words) => {
    const db = await organizerDatabase()
    const { space } = await openEvent(await bootApp(db, silentLink()), [])
    const app = await bootApp(db, silentLink())
    damageSpace(space.id)
    const opening = vi.spyOn(app.spaces, 'open')
    history.replaceState(null, '', `${address}?kegiatan=${space.id}`)
    render(<Boundary app={app} />)
    await screen.findByText(words)
    await waitFor(() => expect(opening).toHaveBeenCalled())
    for (const { value } of opening.mock.results) await expect(value).rejects.toThrow()
    await waitFor(() => expect(screen.getByText(words)).toBeTruthy())
    expect(screen.queryByText('told')).toBeNull()
    history.replaceState(null, '', '/')
  })

  it('keeps no other event of the list from being opened', async () => {
    const db = await organizerDatabase()
    const before = await bootApp(db, silentLink())
    const { space } = await openEvent(before, [])
    await openEvent(before, [])
    const app = await bootApp(db, silentLink())
    damageSpace(space.id)
    await showScreen(app, 'events signOut', Events)
    expect(await screen.findByText('Sosialisasi Antikorupsi')).toBeTruthy()
  })
})

describe.each(triggers)('after %s', (_, trigger) => {
  it('a database that does not answer is told of, and is opened again once it can be', async () => {
    const db = await organizerDatabase()
    const app = await bootApp(db, silentLink())
    await showScreen(app, 'shell', StorageNotice)
    const heal = lose(db)
    expect(screen.queryByText(/^Penyimpanan perangkat tidak menjawab/)).toBeNull()
    trigger()
    expect(await screen.findByText(/^Penyimpanan perangkat tidak menjawab.+Muat ulang/)).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Muat ulang' })).toBeTruthy()
    heal()
    trigger()
    await waitFor(() => expect(screen.queryByText(/^Penyimpanan perangkat tidak menjawab/)).toBeNull())
    expect(db.isOpen()).toBe(true)
  })

  it('a connection that the browser has closed is another one, without a word', async () => {
    const db = await organizerDatabase()
    const app = await bootApp(db, silentLink())
    const dead = db.backendDB()
    dead.close()
    trigger()
    await waitFor(() => expect(db.backendDB()).not.toBe(dead))
    expect(app.health.value.silent).toBe(false)
  })
})

describe('the room for records', () => {
  /** What is left, what materials can give back, and how much they were asked for. */
  async function check(freeBytes: number | undefined, heldBytes = 0) {
    const asked: number[] = []
    const makeRoom = async (bytes: number) => {
      asked.push(bytes)
      return Math.min(bytes, heldBytes)
    }
    const { health, check: look } = createHealth(await organizerDatabase(), async () => freeBytes, makeRoom)
    await look()
    return { short: health.value.short, asked }
  }

  it('is enough, or unknown: no material leaves', async () => {
    expect(await check(reservedBytes)).toEqual({ short: false, asked: [] })
    expect(await check(undefined)).toEqual({ short: false, asked: [] })
  })

  it('is made by materials first, as much as it lacks', async () => {
    const lacking = reservedBytes - 10_000_000
    expect(await check(10_000_000, lacking)).toEqual({ short: false, asked: [lacking] })
    expect(await check(10_000_000, lacking - 1)).toEqual({ short: true, asked: [lacking] })
  })

  it('is told of on every screen, and with what to do, when nothing more can leave', async () => {
    const estimate = vi.spyOn(navigator.storage, 'estimate')
    estimate.mockResolvedValue({ quota: 100_000_000, usage: 90_000_000 })
    const app = await bootApp(await organizerDatabase())
    await showScreen(app, 'status safe person', StatusScreen)
    const line = () => screen.getAllByRole('status').map(({ textContent }) => textContent)
    await waitFor(() => expect(line().join()).toContain('Ruang penyimpanan hampir habis.'))
    expect(await screen.findByText(/^Ruang penyimpanan di perangkat ini hampir habis/)).toBeTruthy()
    estimate.mockResolvedValue({ quota: 100_000_000, usage: 10_000_000 })
    document.dispatchEvent(new Event('visibilitychange'))
    await waitFor(() => expect(line().join()).not.toContain('hampir habis'))
  })
})

describe('a device whose storage was cleared', () => {
  it('does not say that all changes are on the server, until a person has read what was lost', async () => {
    const db = await organizerDatabase()
    const identity = await readIdentity(db)
    if (identity) await writeMeta(db, { ...identity, wipedAt: Date.now() })
    const app = await bootApp(db)
    await showScreen(app, 'safe person', Safe)
    expect(await screen.findByText(/yang saat itu belum terkirim sudah hilang/)).toBeTruthy()
    expect(screen.queryByText(/^Semua perubahan ada di server/)).toBeNull()
    expect(screen.getByRole('link', { name: 'Lihat apa yang perlu dilakukan' }).getAttribute('href')).toBe('/')
    await app.forgetWipe()
    expect(await screen.findByText(/^Semua perubahan ada di server/)).toBeTruthy()
  })

  it('never calls all sent, and says where it is explained, on the screen of an event that is gone, too', async () => {
    const db = await organizerDatabase()
    const identity = await readIdentity(db)
    if (identity) await writeMeta(db, { ...identity, wipedAt: Date.now() })
    const app = await bootApp(db)
    history.replaceState(null, '', '/kegiatan/AAAAAAAAAAAAAAAAAAAAAA')
    render(<Pages app={app} />)
    expect((await screen.findByRole('alert')).textContent).toMatch(/^Penyimpanan perangkat ini pernah dikosongkan/)
    const line = screen.getByText('Penyimpanan pernah dikosongkan; lihat daftar kegiatan')
    expect(line.closest('a')?.getAttribute('href')).toBe('/')
    await app.forgetWipe()
    await waitFor(() => expect(screen.queryByText(/pernah dikosongkan/)).toBeNull())
    history.replaceState(null, '', '/')
  })

  it('says what is gone, what is safe and what to do, until a person has read it', async () => {
    const db = await organizerDatabase()
    const identity = await readIdentity(db)
    if (identity) await writeMeta(db, { ...identity, wipedAt: Date.now() })
    await showScreen(await bootApp(db), 'events signOut', Events)
    expect(await screen.findByRole('heading', { name: 'Penyimpanan perangkat ini pernah dikosongkan' })).toBeTruthy()
    expect(screen.getByText(/^Yang hilang: perubahan yang saat itu belum terkirim/)).toBeTruthy()
    expect(screen.getByText(/^Yang aman: semua yang pernah berstatus Terkirim/)).toBeTruthy()
    expect(screen.getByText(/^Periksa daftar hadir, lalu catat kembali yang belum ada/)).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Sudah saya baca' }))
    await waitFor(() => expect(screen.queryByText(/^Yang hilang/)).toBeNull())
    expect((await readIdentity(db))?.wipedAt).toBeUndefined()
  })

  it('says so to an attendee, too, before it leads to the events of this phone', async () => {
    const db = createDatabase(`test-${crypto.randomUUID()}`)
    const nobody = { key: 'identity', account: null, enrolled: true, organizer: false, needsSetup: false } as const
    await writeMeta(db, { ...nobody, wipedAt: Date.now() })
    await db.spaces.put(newSpaceRow('AAAAAAAAAAAAAAAAAAAAAA', 'attendee'))
    history.replaceState(null, '', '/')
    render(<Pages app={await bootApp(db)} />)
    fireEvent.click(await screen.findByRole('button', { name: 'Sudah saya baca' }))
    await waitFor(() => expect(location.pathname).toBe('/m'))
    history.replaceState(null, '', '/')
  })
})

describe('the trial of room', () => {
  it('leaves nothing in the storage, and takes away what a browser that ended in its middle left there', async () => {
    const root = await navigator.storage.getDirectory()
    const left = await root.getDirectoryHandle('ruang', { create: true })
    await left.getFileHandle('sisa', { create: true })
    expect((await measureStorage(reservedBytes)).freeBytes).toBeGreaterThan(0)
    await expect(root.getDirectoryHandle('ruang')).rejects.toThrow('could not be found')
    await expect(root.getFileHandle('ruang')).rejects.toThrow('could not be found')
  })
})

describe('[S12] two tabs of a browser', () => {
  function openTab(): Window {
    const tab = window.open('about:blank')
    if (!tab) throw new Error('the browser opens no second tab')
    return tab
  }

  it('are in a round one after the other, never both', async () => {
    const tab = openTab()
    const name = crypto.randomUUID()
    let rounds = 0
    const round = async () => void rounds++
    let end: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      end = resolve
    })
    const other = tab.navigator.locks
    await new Promise<void>((begun) => {
      void other.request(name, () => {
        begun()
        return held
      })
    })
    expect(await exclusively(round, name)).toBe(false)
    expect(rounds).toBe(0)
    end()
    await waitFor(async () => expect(await exclusively(round, name)).toBe(true))
    expect(rounds).toBe(1)
    await exclusively(async () => {
      expect(await other.request(name, { ifAvailable: true }, (lock) => lock)).toBeNull()
    }, name)
    tab.close()
  })

  it('leave the next round to the other when they die in one', async () => {
    const tab = openTab()
    const name = crypto.randomUUID()
    await new Promise<void>((begun) => {
      void tab.navigator.locks.request(name, () => {
        begun()
        return new Promise(() => undefined)
      })
    })
    expect(await exclusively(async () => undefined, name)).toBe(false)
    tab.close()
    await waitFor(async () => expect(await exclusively(async () => undefined, name)).toBe(true))
  })
})
