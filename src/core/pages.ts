/**
 * Every address of the app, `:name` standing for one part. The server answers these with the app and all others with
 * 404; `client/ui/routes.ts` names a screen for each.
 */
export const pages = [
  '/',
  '/siapkan',
  '/masuk',
  '/lupa-sandi',
  '/akun',
  '/kode-sandi',
  '/gabung',
  '/status',
  '/tim',
  '/riwayat',
  '/aman',
  '/cadangan-darurat',
  '/m',
  '/pindai',
  '/m/:code',
  '/kegiatan/baru',
  '/kegiatan/:space',
  '/kegiatan/:space/ubah',
  '/kegiatan/:space/impor',
  '/kegiatan/:space/peserta',
  '/kegiatan/:space/peserta/:person',
  '/kegiatan/:space/hadir',
  '/kegiatan/:space/hadir/:person',
  '/kegiatan/:space/baru',
  '/kegiatan/:space/pindai',
  '/kegiatan/:space/dokumen',
  '/kegiatan/:space/siap',
  '/kegiatan/:space/gerbang',
  '/kegiatan/:space/layar',
  '/kegiatan/:space/kios',
  '/kegiatan/:space/lupakan',
  '/kegiatan/:space/tanda-pengenal',
  '/kegiatan/:space/tim',
  '/kegiatan/:space/karantina',
  '/kegiatan/:space/riwayat',
  '/kegiatan/:space/materi',
  '/kegiatan/:space/materi/baru',
  '/kegiatan/:space/materi/:material',
  '/kegiatan/:space/materi/:material/ubah',
  '/kegiatan/:space/materi/:material/bagikan',
  '/kegiatan/:space/umpan-balik',
  '/kegiatan/:space/umpan-balik/:form',
  '/kegiatan/:space/umpan-balik/:form/hasil',
  '/kegiatan/:space/umpan-balik/:form/ubah',
] as const
export type Page = (typeof pages)[number]

const patterns = pages.map((page) => new RegExp(`^${page.replace(/:\w+/g, '[^/]+')}/?$`))

/** Whether a path is one of the app's, so that the server answers it with the app. */
export function isPage(path: string): boolean {
  return patterns.some((pattern) => pattern.test(path))
}
