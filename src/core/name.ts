/** Titles before a name (domain.md 2.5). Part of how people want to be printed; ignored only to compare and to sort. */
const frontTitles = new Set(
  'prof dr ir drs dra drg h hj kh tb rt apt ns pdt bripka iptu ipda akp kompol akbp kombes kapten mayor letkol kolonel'.split(
    ' ',
  ),
)

/**
 * A name without titles, lower case, single spaces: `Dr. H. Contoh Satu, S.E., M.Si.` gives `contoh satu`. Titles
 * behind a name begin at the first comma. A name that is nothing but a title word ("Ratu") stays.
 */
export function plainName(name: string): string {
  const words = foldText((name.split(',')[0] ?? '').replace(/\bK\.\s*H\./gi, 'KH. ').replace(/\./g, '. '))
    .split(' ')
    .filter(Boolean)
  while (words.length > 1 && frontTitles.has(words[0] ?? '')) words.shift()
  return words.join(' ')
}

const lineLength = 200

/**
 * A line of text as it is stored, whatever was pasted: without control characters, signs that nobody sees and marks
 * that turn the direction of writing, single spaces, at most as long as a field takes and no half of a sign at its end.
 */
export function tidyLine(typed: string): string {
  return typed
    .replace(/[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .slice(0, lineLength)
    .replace(/\p{Cs}/gu, '')
    .trim()
}

/**
 * Lower case, without accents and marks, every other sign than letters and digits a space: the form in which texts are
 * compared.
 */
export function foldText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\p{M}'’`]/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** Spellings of one sound: the old ones (Soerjadi, Djoko), Arabic names written by ear, and letters doubled or not. */
const sounds: readonly [RegExp, string][] = [
  [/oe/g, 'u'],
  [/dj/g, 'j'],
  [/tj/g, 'c'],
  [/[sz][yj]/g, 's'],
  [/([bdgkt])h/g, '$1'],
  [/ph|v/g, 'f'],
  [/q/g, 'k'],
  [/ae/g, 'ai'],
  [/(.)\1+/g, '$1'],
  [/h\b/g, ''],
]

/** A folded text as it sounds: Ramadhan and Ramadan, Syafii and Safi'i, Moehammad and Muhamad are the same. */
export function soundOf(folded: string): string {
  return sounds.reduce((text, [spelling, sound]) => text.replace(spelling, sound), folded)
}

const collator = new Intl.Collator('id')

/** Order of two names on a list: Indonesian collation, titles in front ignored. */
export function compareNames(a: string, b: string): number {
  return collator.compare(plainName(a), plainName(b)) || collator.compare(a, b)
}
