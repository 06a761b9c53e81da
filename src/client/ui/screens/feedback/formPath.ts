/** The address of a form of an event: to fill it in, or one of its pages. */
export function formPath(space: string, form: string, page?: 'hasil' | 'ubah'): string {
  return ['', 'kegiatan', space, 'umpan-balik', form, ...(page ? [page] : [])].join('/')
}
