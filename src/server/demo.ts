import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { toBase64Url } from '../core/bytes.ts'
import { setEvent, setSession } from '../core/event.ts'
import { uuidv7 } from '../core/ids.ts'
import { type Change, chainStart, encodeBody, type Op, opVersion, sealLink } from '../core/op.ts'
import { type PersonFields, personId, setPerson } from '../core/person.ts'
import type { Role } from '../core/role.ts'
import { addDays, type Day, dayAt } from '../core/time.ts'
import { deviceId, newId } from './auth/keys.ts'
import type { OfferedOp, Store } from './store/store.ts'

/** Invented people: every first name with every last name, in turn. */
const firstNames = 'Ahmad Siti Budi Dewi Cahyo Endah Fajar Gita Hendra Intan Joko Kartika'.split(' ')
const lastNames = 'Pratama Wulandari Saputra Maharani Nugraha'.split(' ')
const degrees = ['', ', S.E.', ', S.Sos., M.Si.', ', S.H.', ', S.Kom.']
const offices = ['Inspektorat', 'Bappeda', 'Dinas Kesehatan', 'Dinas Pendidikan', 'Dinas Sosial', 'Dinas PUPR']
const ranks = ['Pembina, IV/a', 'Penata Tingkat I, III/d', 'Penata, III/c', 'Penata Muda, III/a']
const roleByIndex: Partial<Record<number, Role>> = {
  0: 'pimpinan',
  1: 'narasumber',
  2: 'moderator',
  3: 'pembawa_acara',
  4: 'panitia',
}
const pppkEvery = 6
/** Not the next day: whoever tries the sample over midnight, as tests may, stays at the session that he signed. */
const daysBetweenSessions = 7

/** 128 bits that are the same on every run. */
function fixedId(name: string): string {
  return createHash('sha256').update(`hadir demo ${name}`).digest().subarray(0, 16).toString('base64url')
}

/** A number in the form of a PNS's, or a PPPK's, whose code in place of the month is 21. */
function inventNip(index: number, isPppk: boolean): string {
  const twoDigits = (number: number) => String(number).padStart(2, '0')
  const born = `${1970 + (index % 25)}${twoDigits(1 + (index % 12))}${twoDigits(1 + (index % 28))}`
  const appointed = isPppk ? '202321' : `${1995 + (index % 25)}03`
  return `${born}${appointed}${1 + (index % 2)}${String(1 + index).padStart(3, '0')}`
}

function inventPerson(index: number): PersonFields {
  const isPppk = index % pppkEvery === pppkEvery - 1
  const name = `${firstNames[index % firstNames.length]} ${lastNames[Math.floor(index / firstNames.length)]}`
  return {
    name: `${name}${degrees[index % degrees.length]}`,
    numberKind: isPppk ? 'pppk' : 'pns',
    nip: inventNip(index, isPppk),
    rank: isPppk ? '' : (ranks[index % ranks.length] ?? ''),
    position: index === 0 ? 'Kepala Dinas' : 'Pelaksana',
    institution: offices[index % offices.length] ?? '',
    sex: index % 2 === 0 ? 'L' : 'P',
    phone: `+62812000${String(10_000 + index)}`,
    email: '',
    roles: [roleByIndex[index] ?? 'peserta'],
    invited: true,
    note: '',
    deleted: false,
  }
}

function inventEvent(space: string, salt: string, day: Day): Change[] {
  return [
    setEvent(space, {
      title: 'Sosialisasi Aplikasi Layanan Pengaduan (contoh)',
      institution: 'Dinas Contoh Provinsi Banten',
      institutionWord: 'OPD',
      namesReaders: false,
      venue: 'Aula Contoh, Kawasan Pusat Pemerintahan',
      city: 'Serang',
      mode: 'luring',
      zone: 'WIB',
      letterhead: ['PEMERINTAH PROVINSI BANTEN', 'DINAS CONTOH', 'Jalan Contoh Nomor 1, Kota Serang'],
      signatories: {
        left: { label: 'Mengetahui,', position: 'Kepala Dinas', name: 'Ahmad Pratama', rank: 'Pembina', nip: '' },
        right: { label: 'Ketua Panitia,', position: '', name: 'Cahyo Pratama, S.Kom.', rank: 'Penata', nip: '' },
      },
      roles: ['pimpinan', 'narasumber', 'moderator', 'pembawa_acara', 'panitia', 'peserta'],
      salt,
      deleted: false,
    }),
    setSession(fixedId('first'), { title: 'Pembukaan dan materi', day, start: '08:30', end: '12:00', deleted: false }),
    setSession(fixedId('second'), {
      title: 'Praktik aplikasi',
      day: addDays(day, daysBetweenSessions),
      start: '08:30',
      end: '',
      deleted: false,
    }),
  ]
}

/** Loads the sample event, whose first day is today, by the path that every op takes; once. */
export async function loadDemo(store: Store, now: number): Promise<void> {
  const space = fixedId('event')
  if (await store.findSpace(space)) return
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
  const dev = deviceId(point.toString('base64url'))
  const salt = fixedId('salt')
  const people = Array.from({ length: firstNames.length * lastNames.length }, (_, index) => {
    const fields = inventPerson(index)
    return setPerson(
      personId(salt, fields.nip, () => uuidv7(now, Buffer.from(fixedId(fields.name)))),
      fields,
    )
  })
  let link: Uint8Array = chainStart
  const ops = [inventEvent(space, salt, dayAt(now, 'WIB')), people].map((changes, index): OfferedOp => {
    const at = now + index
    const body = encodeBody(fixedId(`op ${index}`).slice(0, 11), changes)
    const op: Op = { v: opVersion, space, dev, n: index + 1, wall: at, at, body }
    link = sealLink(link, op)
    return { op, link: toBase64Url(link), verdict: 'commit' }
  })
  const signature = sign('sha256', link, { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')
  await store.createSpace(space, newId(), now)
  await store.append(space, { dev, receivedAt: now, previous: toBase64Url(chainStart), signature, ops })
}
