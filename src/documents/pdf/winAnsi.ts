/** What the standard fonts of PDF can print beyond Latin-1: Windows-1252, 0x80 to 0x9f. */
const beyondLatin1 = new Set('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ')

/** Signs that look the same as one that can be printed. */
const lookalikes: Record<string, string> = {
  '\u02bc': '’',
  '\u02bb': '‘',
  '\u2010': '-',
  '\u2011': '-',
  '\u2012': '–',
  '\u2015': '—',
  '\u2212': '-',
  '\u2032': "'",
  '\u2002': ' ',
  '\u2003': ' ',
  '\u2009': ' ',
  '\u202f': ' ',
  '\ufb01': 'fi',
  '\ufb02': 'fl',
}

/** Joiners, direction marks, variation selectors and the byte order mark. */
const noWidth = /\p{Default_Ignorable_Code_Point}/gu

function isPrintable(sign: string): boolean {
  const code = sign.codePointAt(0) ?? 0
  return (code >= 0x20 && code < 0x7f) || (code >= 0xa0 && code <= 0xff) || beyondLatin1.has(sign)
}

/**
 * Text that the standard fonts can print, and whether signs were lost: each of those becomes a visible `?` rather than
 * failing the whole sheet or leaving a name quietly wrong. Marks of no width are dropped.
 */
export function toWinAnsi(text: string): { text: string; replaced: boolean } {
  let replaced = false
  const signs = Array.from(text.normalize('NFC').replace(noWidth, '').replace(/\s+/g, ' '))
  const printable = signs.map((sign) => {
    if (isPrintable(sign)) return sign
    const same = lookalikes[sign]
    if (same !== undefined) return same
    replaced = true
    return '?'
  })
  return { text: printable.join(''), replaced }
}
