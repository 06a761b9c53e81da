import { eventPath } from '../../useSession.ts'

/** Which form holds a draft, as a word and an address; the keys are those that the forms give to useDraft. */
export function draftPlace(key: string): { form: string; href: string } {
  const [form = '', space = '', third = '', person = ''] = key.split(':')
  if (form === 'walkIn') return { form, href: eventPath(space, 'baru', { sesi: third }) }
  if (form === 'checkIn') return { form, href: eventPath(space, `hadir/${person}`, { sesi: third }) }
  if (form === 'person') return { form, href: eventPath(space, `peserta/${third}`) }
  if (form === 'event') return { form, href: space === 'new' ? '/kegiatan/baru' : eventPath(space, 'ubah') }
  if (form === 'rescue') return { form, href: '/cadangan-darurat' }
  if (form === 'response') return { form, href: eventPath(space, `umpan-balik/${third}`) }
  return { form: 'other', href: '/' }
}
