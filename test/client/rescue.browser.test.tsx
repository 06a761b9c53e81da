import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { strToU8 } from 'fflate'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Database } from '../../src/client/db/schema.ts'
import type { Link } from '../../src/client/sync/link.ts'
import type { AppParts } from '../../src/client/ui/app.ts'
import { Rescue } from '../../src/client/ui/screens/rescue/Rescue.tsx'
import { ForgetEvent } from '../../src/client/ui/screens/safe/ForgetEvent.tsx'
import { Safe } from '../../src/client/ui/screens/safe/Safe.tsx'
import { fail, ok } from '../../src/core/result.ts'
import type { PushRequest } from '../../src/protocol/push.ts'
import { bootApp, createTestLink, organizerDatabase, organizerSession, showScreen } from '../support/app.tsx'
import { openEvent } from '../support/event.tsx'
import { useHandedOver } from '../support/handedOver.ts'

const { saved, shared, giveShare } = useHandedOver()
afterEach(cleanup)

/** An organizer's app with one event on this device only. */
async function bootWithWork(answers: Partial<Link> = {}): Promise<AppParts> {
  const app = await bootApp(await organizerDatabase(), createTestLink(answers))
  await openEvent(app, [{ name: 'Budi Contoh' }])
  return app
}

async function makeFile(): Promise<File> {
  const made = await (await bootWithWork()).rescue.make()
  return new File([made?.text ?? ''], 'hadir-penyelamat-2026-11-22.json', { type: 'application/json' })
}

/** The app of another device, whose server answers a push like this. */
async function bootOther(push: Link['push']): Promise<AppParts> {
  const db = await organizerDatabase()
  const link = createTestLink({ session: organizerSession(db), push, pull: async () => fail({ kind: 'notFound' }) })
  return bootApp(db, link)
}

const accept: Link['push'] = async (_space, { ops }) =>
  ok({
    now: Date.now(),
    epoch: 'EPOCHEPOCHEPOCHEPOCHEP',
    backedUpThrough: 0,
    results: ops.map(([n], seq) =>
      seq > 0 ? { state: 'committed', n, seq, at: Date.now() } : { state: 'parked', n, reason: 'notAllowed' },
    ),
  })

/** All that is in a file, in the log that a device holds. */
async function putIntoLog(db: Database, file: File): Promise<void> {
  const [{ space, pushes }] = JSON.parse(await file.text()).spaces
  const toLogged = ({ dev, ops }: PushRequest) => ops.map(([n, wall, , body]) => [1, dev, n, wall, wall, body])
  const ops = pushes.flatMap(toLogged)
  const chain = { before: '', chain: '', witness: '' }
  await db.pages.put({ space, after: 0, count: ops.length, ...chain, ops: JSON.stringify(ops) })
}

function choose(file: File): void {
  fireEvent.change(screen.getByLabelText('Buka berkas penyelamat', { selector: 'input' }), {
    target: { files: [file] },
  })
}

/** A device without a network on which a file was opened that is not sent yet. */
async function openFile() {
  const [file, db] = [await makeFile(), await organizerDatabase()]
  const app = await bootApp(db)
  await showScreen(app, 'rescue', Rescue)
  choose(file)
  await screen.findByRole('button', { name: 'Kirim berkas penyelamat' })
  return { file, db, app }
}

describe('saving a rescue file', () => {
  it('works without a network, names nobody and marks nothing as sent', async () => {
    const app = await bootWithWork()
    await showScreen(app, 'rescue', Rescue)
    fireEvent.click(await screen.findByRole('button', { name: 'Simpan berkas penyelamat' }))
    const told = await screen.findByText(/^2 perubahan ada di berkas hadir-penyelamat-.+ periksa bahwa berkas itu ada/)
    expect(screen.getByText(/^Di dalamnya juga 1 catatan/)).toBeTruthy()
    expect(told.closest('.notice-ok')).toBeNull()
    expect(saved.map(({ name }) => name)).toEqual([expect.stringMatching(/^hadir-penyelamat-\d{4}-\d\d-\d\d\.json$/)])
    expect(await saved[0]?.text()).toContain('Budi Contoh')
    expect(await screen.findByText(/^Tersimpan di perangkat: 3 menunggu dikirim/)).toBeTruthy()
    const [newest] = await app.spaces.history(app.spaces.rows.value?.[0]?.space ?? '')
    expect(newest?.lines).toEqual([{ type: 'fact', kind: 'exported', fields: { what: 'rescue', format: 'json' } }])
  })

  it('of one event leaves the others out', async () => {
    const app = await bootWithWork()
    const { space } = await openEvent(app, [])
    history.replaceState(null, '', `/cadangan-darurat?kegiatan=${space.id}`)
    await showScreen(app, 'rescue', Rescue)
    expect(await screen.findByText('Hanya kegiatan ini: Sosialisasi Antikorupsi')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Simpan berkas penyelamat' }))
    expect(await screen.findByText(/^1 perubahan ada di berkas/)).toBeTruthy()
    history.replaceState(null, '', '/')
  })

  it('is not offered when there is nothing to save, but says so', async () => {
    await showScreen(await bootApp(), 'rescue', Rescue)
    expect(await screen.findByText('Tidak ada perubahan yang perlu diselamatkan.')).toBeTruthy()
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Simpan berkas penyelamat' })).toBeNull())
  })
})

describe('sharing a rescue file', () => {
  it('hands what is unsent to another app without a network, as text, and another device opens it', async () => {
    giveShare()
    await showScreen(await bootWithWork(), 'rescue', Rescue)
    fireEvent.click(await screen.findByRole('button', { name: 'Bagikan berkas penyelamat' }))
    expect(await screen.findByText(/^2 perubahan ada di berkas .+ diserahkan ke aplikasi yang Anda pilih/)).toBeTruthy()
    const [file] = shared
    expect(file?.name).toMatch(/^hadir-penyelamat-\d{4}-\d\d-\d\d\.txt$/)
    expect(file?.type).toBe('text/plain')
    expect(saved).toEqual([])
    cleanup()
    await showScreen(await bootOther(accept), 'rescue', Rescue)
    if (file) choose(file)
    expect(await screen.findByText('3 perubahan')).toBeTruthy()
  })

  it('asks for one more tap when the first is too long ago, and says what else to do where none helps', async () => {
    const share = giveShare('NotAllowedError', 'NotAllowedError')
    await showScreen(await bootWithWork(), 'rescue', Rescue)
    fireEvent.click(await screen.findByRole('button', { name: 'Bagikan berkas penyelamat' }))
    fireEvent.click(await screen.findByRole('button', { name: 'Ketuk sekali lagi untuk membagikan' }))
    expect(await screen.findByText(/^Peramban ini tidak dapat membagikan berkas\. Simpan berkasnya/)).toBeTruthy()
    expect(share).toHaveBeenCalledTimes(2)
  })

  it('is offered only where the browser can', async () => {
    await showScreen(await bootWithWork(), 'rescue', Rescue)
    expect(await screen.findByRole('button', { name: 'Simpan berkas penyelamat' })).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Bagikan berkas penyelamat' })).toBeNull()
  })
})

describe('delivering a rescue file', () => {
  it('shows what is in it and whose it is, sends it as it was sealed, and says what became of each op', async () => {
    const file = await makeFile()
    const pushes: PushRequest[] = []
    const app = await bootOther((space, request) => {
      pushes.push(request)
      return accept(space, request)
    })
    await showScreen(app, 'rescue', Rescue)
    choose(file)
    expect(await screen.findByText(/^Dari .+, disimpan/)).toBeTruthy()
    expect(screen.getByText('2 perubahan')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Kirim berkas penyelamat' }))
    expect(await screen.findByText('1 sudah ada di server')).toBeTruthy()
    expect(screen.getByText('1 tidak masuk ke daftar')).toBeTruthy()
    expect(screen.getByText(/Data kegiatan, .+: perangkat asalnya tidak berhak/)).toBeTruthy()
    expect(screen.getByText(/Data orang, .+: terkirim/)).toBeTruthy()
    expect(pushes).toEqual(JSON.parse(await file.text()).spaces[0].pushes)
    await waitFor(async () => expect(await app.drafts.keys()).toEqual([]))
  })

  it('keeps the file over a reload while there is no network, and says so', async () => {
    const file = await makeFile()
    const app = await bootOther(async () => fail({ kind: 'offline' }))
    const { unmount } = await showScreen(app, 'rescue', Rescue)
    choose(file)
    fireEvent.click(await screen.findByRole('button', { name: 'Kirim berkas penyelamat' }))
    expect(await screen.findByText(/Berkas tetap tersimpan di perangkat ini/)).toBeTruthy()
    unmount()
    await showScreen(app, 'rescue', Rescue)
    expect(await screen.findByText(/^Dari .+, disimpan/)).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Kirim berkas penyelamat' })).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Tutup berkas ini' }))
    await waitFor(async () => expect(await app.drafts.keys()).toEqual([]))
  })

  it('says so when all of it has reached the server by itself, and has nothing left to keep', async () => {
    const { file, db, app } = await openFile()
    expect(await app.drafts.keys()).toEqual(['rescue'])
    await putIntoLog(db, file)
    app.syncNow()
    expect(await screen.findByText('2 sudah ada di server')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Selesai' })).toBeTruthy()
    await waitFor(async () => expect(await app.drafts.keys()).toEqual([]))
  })

  it('is no unsaved work any more once all of it is there while nobody looked at it', async () => {
    const { file, db, app } = await openFile()
    cleanup()
    await showScreen(app, 'safe', Safe)
    expect(await screen.findByText(/^Boleh ditutup, tetapi jangan dikosongkan/)).toBeTruthy()
    await putIntoLog(db, file)
    cleanup()
    await showScreen(app, 'safe', Safe)
    expect(await screen.findByText('Aman ditutup, dikosongkan, atau diserahkan.')).toBeTruthy()
    expect(await app.drafts.keys()).toEqual([])
  })

  it.each([
    ['another file', 'No;Nama\r\n1;Budi', /bukan berkas penyelamat/],
    ['a file that is cut off', '{"format":"hadir-rescue","v":1,"ma', /rusak atau tidak lengkap/],
    ['a file of a newer version', '{"format":"hadir-rescue","v":9}', /versi Hadir yang lebih baru/],
  ])('says what is wrong with %s', async (_, text, words) => {
    await showScreen(await bootOther(accept), 'rescue', Rescue)
    choose(new File([text], 'berkas.json'))
    expect(await screen.findByText(words)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Kirim berkas penyelamat' })).toBeNull()
  })
})

describe('[S10] clearing a device with unsent work', () => {
  it('is refused, then offered a rescue file, and goes on only with the word that it is kept', async () => {
    let signOuts = 0
    const app = await bootWithWork({
      signOut: async () => {
        signOuts++
        return fail({ kind: 'serverError' })
      },
    })
    await showScreen(app, 'safe', Safe)
    const clear = await screen.findByRole('button', { name: 'Keluar dan kosongkan' })
    fireEvent.click(clear)
    expect(await screen.findByText(/^Belum dapat keluar\. Kirim dahulu, atau simpan berkas penyelamat/)).toBeTruthy()
    fireEvent.click(await screen.findByRole('button', { name: 'Simpan berkas penyelamat' }))
    const kept = await screen.findByRole('checkbox', { name: /tempat yang aman/ })
    fireEvent.click(clear)
    expect(await screen.findByText(/^Belum dapat keluar\..*centang bahwa berkas/)).toBeTruthy()
    expect(signOuts).toBe(0)
    fireEvent.click(kept)
    await waitFor(() => expect(screen.queryByText(/^Belum dapat keluar/)).toBeNull())
    fireEvent.click(clear)
    await waitFor(() => expect(signOuts).toBe(1))
    expect(saved).toHaveLength(1)
  })
})

describe('[S10] files of materials that no server has', () => {
  const content = strToU8('%PDF-1.7\n%%EOF').slice()
  const pdf = () => new File([content], 'a.pdf', { type: 'application/pdf' })

  /** All ops are sent, and the file is not; `refusedFor`: the server has said no. */
  async function bootWithFile(refusedFor?: string) {
    const db = await organizerDatabase()
    let signOuts = 0
    const signOut: Link['signOut'] = async () => {
      signOuts++
      return fail({ kind: 'serverError' })
    }
    const app = await bootApp(db, createTestLink({ signOut }))
    const { space } = await openEvent(app, [])
    const added = await app.uploads.add(space, undefined, { title: 'Paparan Contoh' }, pdf())
    if (!added.ok) throw new Error(added.failure.kind)
    await db.outbox.clear()
    if (refusedFor) await db.blobs.toCollection().modify({ state: 'refused', refusedFor })
    return { app, db, space: space.id, signOuts: () => signOuts }
  }

  it.each([undefined, 'tooLarge'])(
    'forbid to clear a device until they are saved by themselves: %s',
    async (refused) => {
      const { app, signOuts } = await bootWithFile(refused)
      await showScreen(app, 'safe materialForm', Safe)
      expect(await screen.findByText(/^Boleh ditutup, tetapi jangan dikosongkan/)).toBeTruthy()
      const clear = await screen.findByRole('button', { name: 'Keluar dan kosongkan' })
      fireEvent.click(clear)
      expect(await screen.findByText(/^Belum dapat keluar\. Kirim dahulu/)).toBeTruthy()
      fireEvent.click(await screen.findByRole('button', { name: 'Simpan berkas Paparan Contoh' }))
      const kept = await screen.findByRole('checkbox', { name: /tempat yang aman/ })
      expect(saved.map(({ name }) => name)).toEqual(['Paparan Contoh.pdf'])
      expect(new Uint8Array((await saved[0]?.arrayBuffer()) ?? [])).toEqual(content)
      fireEvent.click(clear)
      expect(await screen.findByText(/^Belum dapat keluar\. Kirim dahulu/)).toBeTruthy()
      expect(signOuts()).toBe(0)
      fireEvent.click(kept)
      if (refused) fireEvent.click(screen.getByRole('checkbox', { name: /^Hapus juga isian/ }))
      fireEvent.click(clear)
      await waitFor(() => expect(signOuts()).toBe(1))
    },
  )

  it('forbid to forget their event until they are saved, and are found by it on the way', async () => {
    const { app, db, space } = await bootWithFile()
    await showScreen(app, 'safe materialForm', ForgetEvent, { space })
    expect(await screen.findByText('1 perubahan hanya ada di perangkat ini.')).toBeTruthy()
    const forget = screen.getByRole('button', { name: 'Lupakan di perangkat ini' })
    const tries = vi.spyOn(app.spaces, 'forget')
    fireEvent.click(forget)
    expect(await tries.mock.results[0]?.value).toMatchObject({ unsent: 1 })
    expect(await db.contents.count()).toBe(1)
    fireEvent.click(await screen.findByRole('button', { name: 'Simpan berkas Paparan Contoh' }))
    fireEvent.click(await screen.findByRole('checkbox', { name: /tempat yang aman/ }))
    fireEvent.click(forget)
    await waitFor(async () => expect(await db.spaces.get(space)).toBeUndefined())
  })

  it('are offered beside the rescue file, which does not hold them', async () => {
    const { app } = await bootWithFile()
    await showScreen(app, 'rescue materialForm', Rescue)
    expect(
      await screen.findByText('Berkas materi tidak ikut di dalam berkas penyelamat. Simpan satu per satu.'),
    ).toBeTruthy()
  })
})
