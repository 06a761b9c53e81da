/** The address of a material of an event, of its form or its hand-over, or of a new one (`baru`). */
export function materialPath(space: string, material?: string, page?: 'ubah' | 'bagikan'): string {
  return ['', 'kegiatan', space, 'materi', material, page].filter((part) => part !== undefined).join('/')
}
