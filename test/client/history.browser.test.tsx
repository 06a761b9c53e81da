import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/preact'
import * as v from 'valibot'
import { afterEach, expect, it } from 'vitest'
import { createDatabase } from '../../src/client/db/schema.ts'
import { loadWords } from '../../src/client/i18n/i18n.ts'
import { recordAttendance, recordWalkIn } from '../../src/client/state/attendance.ts'
import { deleteForm, saveForm } from '../../src/client/state/forms.ts'
import { saveMaterial } from '../../src/client/state/materials.ts'
import { mergePeople, partPeople, savePerson } from '../../src/client/state/people.ts'
import { ServerHistory } from '../../src/client/ui/screens/history/ServerHistory.tsx'
import { checkIn } from '../../src/core/attendance.ts'
import { newQuestion } from '../../src/core/form/question.ts'
import { encodeBody, opVersion } from '../../src/core/op.ts'
import { setPass } from '../../src/core/pass.ts'
import { fail, ok } from '../../src/core/result.ts'
import { readCsv } from '../../src/documents/read/csv.ts'
import { bootApp, createTestLink, organizerDatabase, showScreen } from '../support/app.tsx'
import { openEvent, showAt } from '../support/event.tsx'
import { useHandedOver } from '../support/handedOver.ts'

const { saved } = useHandedOver()
const start = location.pathname + location.search
afterEach(() => {
  cleanup()
  history.replaceState(null, '', start)
})

const count = 10_000

it('an import is told by its number, and the history of 10,000 check-ins is a list of few rows', async () => {
  const db = createDatabase(`test-${crypto.randomUUID()}`)
  const app = await bootApp(db)
  const people = Array.from({ length: count }, (_, i) => ({ name: `Peserta Contoh ${i}` }))
  const { space, ids, session } = await openEvent(app, people)
  const salt = (i: number) => String(i).padStart(11, '0')
  const rows = ids.map((person, i) => ({
    ...{ space: space.id, dev: 'PerangkatLain', n: i + 1, v: opVersion, wall: app.wall(), at: app.wall() + i },
    ...{ body: encodeBody(salt(i), [checkIn({ person, session, method: 'own' })]), state: 'local' as const },
  }))
  await db.outbox.bulkAdd(rows)
  const material = await saveMaterial(space, undefined, { title: 'Paparan Contoh', form: 'file' })
  await saveMaterial(space, material, { uploaded: 'A'.repeat(43) })
  await waitFor(() => expect(space.attendance.value.get(session)?.size).toBe(count), { timeout: 30_000 })
  await showAt(app, `/kegiatan/${space.id}/riwayat`)
  const list = await screen.findByRole('list', { name: 'Riwayat' }, { timeout: 30_000 })
  await screen.findByText(/^10\D?0\d\d catatan$/)
  expect(within(list).getAllByRole('button').length).toBeLessThan(60)
  expect(within(list).getAllByText(/Ponsel peserta/).length).toBeGreaterThan(10)
  fireEvent.input(screen.getByLabelText('Cari dalam riwayat'), { target: { value: 'Menambah' } })
  expect(await within(list).findAllByText('Menambah materi Paparan Contoh')).toHaveLength(1)
  await screen.findByText('22 catatan')
  expect(within(list).getAllByText('Menambah 500 peserta').length).toBeGreaterThan(5)
  expect(within(list).getAllByText(/Perangkat tidak dikenal/).length).toBeGreaterThan(5)
  expect(within(list).queryByText(/Ponsel peserta/)).toBeNull()
})

it('a form is told by its title, as a whole when much of it changed, and nothing by a word of the code', async () => {
  const app = await bootApp(createDatabase(`test-${crypto.randomUUID()}`))
  const { space } = await openEvent(app, [])
  const question = { ...newQuestion('q1', 'short'), label: { id: 'Apa saran Anda?', en: '' } }
  const form = await saveForm(space, undefined, { form: { title: { id: 'Evaluasi', en: '' } }, questions: [question] })
  await saveForm(space, form, { form: { open: true, anonymous: true, attempts: 2, opensAt: 1 }, questions: [question] })
  await deleteForm(space, form)
  await Promise.all(['history', 'historyWords', 'fileButtons'].map(loadWords))
  await showAt(app, `/kegiatan/${space.id}/riwayat?jenis=form`)
  const list = await screen.findByRole('list', { name: 'Riwayat' })
  await screen.findByText('3 catatan')
  const rows = within(list).getAllByRole('button')
  expect(rows.map((row) => row.firstChild?.textContent)).toEqual([
    'Formulir Evaluasi: dihapus = ya',
    'Mengubah formulir Evaluasi',
    'Menambah formulir Evaluasi',
  ])
  const told: (string | null)[] = []
  for (const row of rows) {
    fireEvent.click(row)
    const detail = within(await screen.findByRole('region', { name: 'Rincian' }))
    told.push(...detail.getAllByRole('listitem').map(({ textContent }) => textContent))
  }
  expect(told).toContain('Formulir Evaluasi: waktu dibuka = 1970-01-01 08.00 WITA')
  expect(told).toContain('Formulir Evaluasi: judul = Evaluasi')
  expect(told).toContain('Formulir Evaluasi: versi = 1')
  expect(told).toContain('Isi formulir 1: formulir = Evaluasi')
  expect(told).toContain('Isi formulir 1: pertanyaan = Apa saran Anda?')
})

it('an attendee’s phone is named by the one person it signed in, a shared one by a part of its id', async () => {
  const db = createDatabase(`test-${crypto.randomUUID()}`)
  const app = await bootApp(db)
  const people = ['Siti Umpama', 'Badu Contoh', 'Tuti Misal'].map((name) => ({ name }))
  const { space, ids, session } = await openEvent(app, people)
  const devices = ['PonselSiti', 'PonselBersama', 'PonselBersama']
  const rows = ids.map((person, i) => ({
    ...{ space: space.id, dev: devices[i] ?? '', n: i + 1, v: opVersion, wall: app.wall(), at: app.wall() + i },
    ...{ body: encodeBody(`AAAAAAAAAA${i}`, [checkIn({ person, session, method: 'own' })]), state: 'local' as const },
  }))
  await db.outbox.bulkAdd(rows)
  await waitFor(() => expect(space.attendance.value.get(session)?.size).toBe(ids.length))
  await Promise.all(['history', 'historyWords', 'fileButtons'].map(loadWords))
  await showAt(app, `/kegiatan/${space.id}/riwayat`)
  const filter = await screen.findByLabelText('Siapa')
  await waitFor(() =>
    expect(
      within(filter)
        .getAllByRole('option')
        .map((option) => option.textContent),
    ).toEqual(expect.arrayContaining(['Ponsel peserta Ponsel', 'Siti Umpama (ponsel sendiri)'])),
  )
  fireEvent.change(filter, { target: { value: 'PonselSiti' } })
  await screen.findByText('1 catatan')
})

it('what the server noted is sought by words and by kind, and only what is listed is taken out', async () => {
  const dev = 'A'.repeat(22)
  const entry = { at: 1, space: '*', account: null, dev, about: null, detail: {}, chain: 'A'.repeat(43) }
  const entries = [
    { ...entry, seq: 3, kind: 'deviceRevoked', reason: 'Ponsel hilang' },
    { ...entry, seq: 2, kind: 'signedIn', reason: '' },
    { ...entry, seq: 1, kind: 'setUp', reason: '' },
  ]
  const names = [{ dev, holder: 'Siti Umpama', deviceName: 'Ponsel Contoh' }]
  const noted: unknown[] = []
  let isReachable = false
  const link = createTestLink({
    ask: async (schema, method, path, body) => {
      if (!path.includes('/audit')) return fail({ kind: 'offline' })
      if (method === 'GET') return ok(v.parse(schema, { entries, names, more: false }))
      if (!isReachable) return fail({ kind: 'offline' })
      noted.push([path, body])
      return ok(v.parse(schema, { done: true }))
    },
  })
  const app = await bootApp(await organizerDatabase(), link)
  await showScreen(app, 'history fileButtons', ServerHistory)
  await screen.findByText('3 catatan')
  fireEvent.input(screen.getByLabelText('Cari dalam riwayat'), { target: { value: 'HILANG' } })
  await screen.findByText('1 catatan')
  expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
    expect.stringContaining('Perangkat dicabut'),
  ])
  fireEvent.input(screen.getByLabelText('Cari dalam riwayat'), { target: { value: '' } })
  fireEvent.change(screen.getByLabelText('Jenis'), { target: { value: 'signedIn' } })
  await screen.findByText('1 catatan')
  fireEvent.click(screen.getByRole('button', { name: 'CSV' }))
  await screen.findByText('Berkas tidak dapat disusun. Coba lagi; bila berulang, muat ulang halaman ini.')
  expect(saved).toEqual([])
  isReachable = true
  fireEvent.click(screen.getByRole('button', { name: 'CSV' }))
  await screen.findByText(/^Berkas selesai disusun/)
  expect(noted).toEqual([['/spaces/*/audit', { format: 'csv' }]])
  const [, ...rows] = readCsv((await saved[0]?.text()) ?? '')
  expect(rows.map((row) => row.slice(1))).toEqual([['Masuk', null, null, 'Siti Umpama (Ponsel Contoh)', null]])
})

it('the server’s history says who it was and whom it concerned, also where there is no device, and what was removed', async () => {
  const [dev, organizer, sari] = ['A'.repeat(22), 'account-o', 'account-s']
  const entry = { at: 1, space: '*', account: organizer, dev: null, about: null, reason: '', chain: 'A'.repeat(43) }
  const entries = [
    { ...entry, seq: 5, kind: 'granted', dev, about: `account:${sari}`, detail: { role: 'viewer' } },
    { ...entry, seq: 4, kind: 'signInRefused', account: null, about: `account:${sari}`, detail: {} },
    { ...entry, seq: 3, kind: 'resetUsed', account: sari, about: `account:${sari}`, detail: { passkeys: 2, links: 0 } },
    { ...entry, seq: 2, kind: 'signedIn', detail: { way: 'passkey' } },
    { ...entry, seq: 1, kind: 'backedUp', account: null, detail: {} },
  ]
  const names = [{ dev, holder: 'Nama lama', deviceName: 'Ponsel Contoh' }]
  const accounts = [
    { account: organizer, name: 'Wati Contoh' },
    { account: sari, name: 'Sari Umpama' },
  ]
  const link = createTestLink({
    ask: async (schema, _method, path) =>
      path.includes('/audit')
        ? ok(v.parse(schema, { entries, names, accounts, more: false }))
        : fail({ kind: 'offline' }),
  })
  await showScreen(await bootApp(await organizerDatabase(), link), 'history', ServerHistory)
  await screen.findByText('5 catatan')
  const told = screen.getAllByRole('listitem').map((item) => [...item.children].map((part) => part.textContent))
  expect(told.map((parts) => [...parts.slice(0, -1), parts.at(-1)?.split(' · ').at(-1)])).toEqual([
    ['Peran diberikan', 'Pengamat', 'Sari Umpama', 'Wati Contoh (Ponsel Contoh)'],
    ['Gagal masuk', 'Sari Umpama', 'server'],
    ['Kode sandi dipakai', '2 kunci sandi dihapus', 'Sari Umpama'],
    ['Masuk', 'dengan kunci sandi', 'Wati Contoh'],
    ['Cadangan dibuat', 'server'],
  ])
})

it('a device’s history on the server is asked of the server, page by page, and leads back to that of all', async () => {
  const dev = 'A'.repeat(22)
  const entry = { at: 1, space: '*', account: null, about: `device:${dev}`, dev: null, reason: '', detail: {} }
  const paths: string[] = []
  const link = createTestLink({
    ask: async (schema, _method, path) => {
      if (!path.includes('/audit')) return fail({ kind: 'offline' })
      paths.push(path)
      const seq = 9 - paths.length
      const entries = [{ ...entry, seq, kind: 'deviceRevoked', chain: 'A'.repeat(43) }]
      const names = [{ dev, holder: 'Siti Umpama', deviceName: 'Ponsel Contoh' }]
      return ok(v.parse(schema, { entries, names, more: true }))
    },
  })
  history.replaceState(null, '', `/riwayat?perangkat=${dev}`)
  await showScreen(await bootApp(await organizerDatabase(), link), 'history', ServerHistory)
  await screen.findByText('Hanya perangkat Siti Umpama (Ponsel Contoh)')
  fireEvent.click(screen.getByRole('button', { name: 'Tampilkan yang lebih lama' }))
  await screen.findByText('2 dari 2 catatan terbaru')
  fireEvent.click(screen.getByRole('link', { name: 'Tampilkan semua perangkat' }))
  await screen.findByText('1 dari 1 catatan terbaru')
  const asked = paths.map((path) => [...new URL(path, location.origin).searchParams])
  expect(asked).toEqual([
    [['about', `device:${dev}`]],
    [
      ['about', `device:${dev}`],
      ['before', '8'],
    ],
    [],
  ])
})

it('no action is lost by a filter: it is found by all that it did, by every name it wrote and every device', async () => {
  const db = createDatabase(`test-${crypto.randomUUID()}`)
  const app = await bootApp(db)
  const { space, session } = await openEvent(
    app,
    ['Tuti Misal', 'Badu Contoh', 'Siti Umpama'].map((name) => ({ name })),
  )
  const input = { session, method: 'facilitator' } as const
  const walkIn = await recordWalkIn(space, { name: 'Dewi Andai', nip: '', numberKind: 'none' }, input)
  const pass = space.newId()
  await space.commit([setPass(pass, { person: walkIn, expiresAt: 1 })])
  await space.commit([setPass(pass, { revoked: true })])
  /** The same action under two keys of a device. */
  const body = encodeBody('AAAAAAAAAAA', [checkIn({ person: walkIn, session, method: 'facilitator' })])
  const rows = ['KunciLama', 'KunciBaru'].map((dev, i) => ({
    ...{
      space: space.id,
      dev,
      n: 1,
      v: opVersion,
      wall: app.wall(),
      at: app.wall() + i,
      body,
      state: 'local' as const,
    },
  }))
  await db.outbox.bulkAdd(rows)
  await Promise.all(['history', 'historyWords', 'fileButtons'].map(loadWords))
  const shown = async (query: string, count: string, typed = '') => {
    await showAt(app, `/kegiatan/${space.id}/riwayat${query}`)
    fireEvent.input(await screen.findByLabelText('Cari dalam riwayat'), { target: { value: typed } })
    await screen.findByText(count)
    cleanup()
  }
  await shown('?jenis=person', '2 catatan')
  await shown('?jenis=attendance', '2 catatan')
  await shown('', '1 catatan', 'umpama')
  await shown(`?orang=${walkIn}`, '4 catatan')
  for (const dev of ['KunciLama', 'KunciBaru']) await shown(`?perangkat=${dev}`, '1 catatan')

  /** Its detail says marks in words, and that the server does not have it yet. */
  await showAt(app, `/kegiatan/${space.id}/riwayat?orang=${walkIn}`)
  const listed = within(await screen.findByRole('list', { name: 'Riwayat' })).getAllByRole('button')
  fireEvent.click(listed.at(-1) ?? document.body)
  await screen.findByText(/jenis nomor = tidak ada$/)
  expect(screen.getByText('Diterima server').nextElementSibling?.textContent).toBe('belum diterima')
})

it('a merged person’s history holds what was written under each id, the merge and its undoing', async () => {
  const db = createDatabase(`test-${crypto.randomUUID()}`)
  const app = await bootApp(db)
  const { space, session } = await openEvent(app, [])
  const [listed, door, other] = ['A'.repeat(22), 'B'.repeat(22), 'C'.repeat(22)]
  await savePerson(space, listed, { name: 'Siti Umpama, S.E.', invited: true })
  await savePerson(space, door, { name: 'Siti Umpama' })
  await savePerson(space, other, { name: 'Badu Contoh' })
  await recordAttendance(space, { person: door, session, method: 'facilitator' })
  await recordAttendance(space, { person: other, session, method: 'facilitator' })
  await mergePeople(space, listed, door)
  await Promise.all(['history', 'historyWords', 'fileButtons'].map(loadWords))
  await showAt(app, `/kegiatan/${space.id}/riwayat?orang=${listed}`)
  const list = await screen.findByRole('list', { name: 'Riwayat' })
  const told = () =>
    within(list)
      .getAllByRole('button')
      .map((row) => row.firstChild?.textContent)
  await screen.findByText('4 catatan')
  expect(told()).toEqual([
    'Penggabungan data orang · Siti Umpama, S.E. · Siti Umpama',
    expect.stringMatching(/^Kehadiran · Siti Umpama, S\.E\. · Pembukaan/),
    expect.stringContaining('Siti Umpama'),
    expect.stringContaining('Siti Umpama'),
  ])
  await partPeople(space, listed, 'Dua orang')
  await screen.findByText('3 catatan')
  expect(told()).toEqual([
    expect.stringMatching(/Siti Umpama, S\.E\. · Siti Umpama.*Dua orang/),
    'Penggabungan data orang · Siti Umpama, S.E. · Siti Umpama',
    expect.stringContaining('Siti Umpama, S.E.'),
  ])
})
