/** Whether a text holds signs that no text has: then it is a picture, a PDF or another binary file. */
function isBinary(text: string): boolean {
  if (text.startsWith('%PDF-')) return true
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const isSpace = code >= 9 && code <= 13
    if (code < 32 && !isSpace && code !== 27) return true
  }
  return false
}

/**
 * Text of a CSV file: by its mark UTF-8 or UTF-16, else UTF-8 when it is valid, else Windows-1252 as older Excel writes
 * it. `undefined` when it is no text at all.
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  const text = decode(bytes)
  return isBinary(text.slice(0, 65_536)) ? undefined : text
}

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
