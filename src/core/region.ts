import { foldText } from './name.ts'

/**
 * Regencies of Banten and Kalimantan Selatan, in the order of the ministry's codes 36.01 … and 63.01 … (domain.md 3.3,
 * 3.4).
 */
const regencies = [
  ...['Pandeglang', 'Lebak', 'Tangerang', 'Serang'],
  ...['Tanah Laut', 'Kotabaru', 'Banjar', 'Barito Kuala', 'Tapin', 'Hulu Sungai Selatan', 'Hulu Sungai Tengah'],
  ...['Hulu Sungai Utara', 'Tabalong', 'Tanah Bumbu', 'Balangan'],
]
/** Their cities, 36.71 … and 63.71 …. */
const cities = [...['Tangerang', 'Cilegon', 'Serang', 'Tangerang Selatan'], ...['Banjarmasin', 'Banjarbaru']]

/** As lists write them, without the space that some put into one word: "KOTA BANJAR BARU". */
const keyOf = (text: string) =>
  foldText(text)
    .replace(/\bkota baru\b/, 'kotabaru')
    .replace(/\bbanjar baru\b/, 'banjarbaru')

const namesByKey = new Map<string, string[]>()
for (const [prefix, names] of [
  ['Kabupaten', regencies],
  ['Kota', cities],
] as const)
  for (const name of names) {
    const whole = `${prefix} ${name}`
    namesByKey.set(keyOf(whole), [whole])
    namesByKey.set(keyOf(name), [...(namesByKey.get(keyOf(name)) ?? []), whole])
  }

/**
 * The regions that a text may mean when it is the bare name of one: "Serang" is a regency and a city. None for every
 * other text, a whole name among them, so that "Kotabaru" is asked about and "Kabupaten Kotabaru" is not.
 */
export function bareRegion(text: string): string[] {
  const key = keyOf(text)
  const names = namesByKey.get(key) ?? []
  return names.some((name) => keyOf(name) === key) ? [] : names
}

/**
 * What an institution is sorted by: regions by their whole name, however it is abbreviated or parted, so that "Kab.
 * Kota Baru" stands with the regencies and not with the cities.
 */
export function institutionKey(text: string): string {
  const key = keyOf(text.replace(/^\s*kab\b\.?/i, 'Kabupaten '))
  const [name] = namesByKey.get(key) ?? []
  return name !== undefined && keyOf(name) === key ? name : text
}
