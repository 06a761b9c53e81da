import { cleanup } from '@testing-library/preact'
import { deflateSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeMeta } from '../../src/client/db/meta.ts'
import type { DeviceRow } from '../../src/client/db/schema.ts'
import { undoAttendance } from '../../src/client/state/attendance.ts'
import { makeDevice, sign } from '../../src/client/sync/deviceKey.ts'
import { sealBatch } from '../../src/client/sync/seal.ts'
import type { AppParts } from '../../src/client/ui/app.ts'
import { checkIn } from '../../src/core/attendance.ts'
import { certificateMessage } from '../../src/core/certificate.ts'
import { type Change, encodeBody } from '../../src/core/op.ts'
import { setPerson } from '../../src/core/person.ts'
import { encodeReceipt, receiptCodes } from '../../src/core/receipt.ts'
import { bootApp, organizerDatabase } from '../support/app.tsx'
import { openEvent } from '../support/event.tsx'
import { scanTyped } from '../support/scanTyped.ts'

const owner = 'contohcontA'
const name = 'Tamu Contoh'

let app: AppParts
let server: DeviceRow
let author: DeviceRow
let event: Awaited<ReturnType<typeof openEvent>>

beforeEach(async () => {
  server = await makeDevice('Server', '')
  author = await makeDevice('Ponsel', '')
  const db = await organizerDatabase()
  const account = { name: 'Wati Contoh', email: 'wati@contoh.go.id' }
  const known = { account, enrolled: true, organizer: true, needsSetup: false, issuer: server.publicKey }
  await writeMeta(db, { key: 'identity', ...known })
  app = await bootApp(db)
  event = await openEvent(app, [{ name: 'Budi Contoh' }])
})

afterEach(cleanup)

const ownId = (letter: string) => `${owner}${letter.repeat(11)}`

/** Himself, signed in at the session. */
function signedIn(): Change[] {
  const person = ownId('A')
  return [setPerson(person, { name }), checkIn({ person, session: event.session, method: 'own', ink: 'AQID' })]
}

/** What the attendee's phone would show; `by`: the server that vouches for it. */
async function receiptOf(changes: Change[], { space = event.space.id, by = server } = {}): Promise<string> {
  const certified = { space, publicKey: author.publicKey, owner }
  const certificate = { ...certified, signature: await sign(by, certificateMessage(certified)) }
  const wall = app.wall()
  const body = encodeBody(event.space.newId().slice(0, 11), changes)
  const row = { space, dev: author.dev, n: 1, v: 1, wall, at: wall, body, state: 'local' as const }
  const { request } = await sealBatch(author, [row], undefined)
  const { v, previous, signature, ops } = request
  return receiptCodes(encodeReceipt({ certificate, v, previous, signature, ops }, deflateSync))?.code(0) ?? ''
}

const scan = (text: string) => scanTyped(app, event.space.id, text)
const present = () => event.space.attendance.value.get(event.session)

describe('a receipt at the door, without a network', () => {
  it('is taken once: scanned again it is what it was, and once withdrawn it does not come back', async () => {
    const text = await receiptOf(signedIn())
    const said = await scan(text)
    expect(said).toContain(name)
    expect(said).toContain('dibawa perangkat ini sampai terkirim')
    expect(said).not.toContain('belum dapat diperiksa')
    await expect.poll(() => present()?.get(ownId('A'))?.facts.length).toBe(1)

    expect(await scan(text)).toMatch(/Sudah hadir sejak .*Mengisi sendiri/)
    expect(present()?.get(ownId('A'))?.facts).toHaveLength(1)

    const attendance = present()?.get(ownId('A'))
    if (!attendance) throw new Error('nobody is present')
    await undoAttendance(event.space, attendance, 'Salah orang')
    await expect.poll(() => present()?.has(ownId('A')) ?? false).toBe(false)
    expect(await scan(text)).toContain('Kehadiran ini sudah dibatalkan')
    expect(present()?.has(ownId('A')) ?? false).toBe(false)
  })

  it('is refused with the reason when it is cut off, foreign, forged, empty, or says too much', async () => {
    const text = await receiptOf(signedIn())
    expect(await scan(text.slice(0, -30))).toContain('Bukti kehadiran tidak terbaca')
    expect(await scan(`${text.slice(0, 40)}${text.slice(70)}`)).toContain('Bukti kehadiran tidak terbaca')
    const elsewhere = event.space.newId()
    expect(await scan(await receiptOf(signedIn(), { space: elsewhere }))).toContain('Bukti kehadiran kegiatan lain')
    const stranger = await makeDevice('Server lain', '')
    expect(await scan(await receiptOf(signedIn(), { by: stranger }))).toContain('Bukti kehadiran tidak sah')
    expect(await scan(await receiptOf([setPerson(ownId('Q'), { name })]))).toContain('Belum ada kehadiran')
    const [budi = ''] = event.ids
    expect(await scan(await receiptOf([...signedIn(), setPerson(budi, { name: 'Orang Lain' })]))).toContain(
      'Bukti kehadiran tidak diterima',
    )
    expect(present()?.size ?? 0).toBe(0)
    expect(event.space.people.value.get(budi)?.name).toBe('Budi Contoh')
  })

  it('that was refused does not stop the next one', async () => {
    const text = await receiptOf(signedIn())
    await scan('HR1:RUSAK.')
    expect(await scan(text)).toContain('dibawa perangkat ini sampai terkirim')
  })
})
