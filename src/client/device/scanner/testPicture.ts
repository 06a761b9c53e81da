/** A QR code of version 1 that says `HADIR`, a row of 21 modules per number, leftmost in the highest bit. */
const rows = [
  0x1fc27f, 0x104e41, 0x175d5d, 0x17555d, 0x175b5d, 0x105141, 0x1fd57f, 0x001700, 0x17cd7c, 0x03a52f, 0x014a96,
  0x171830, 0x1b6a98, 0x001bcf, 0x1fc961, 0x1053c9, 0x175d2c, 0x175920, 0x175294, 0x104035, 0x1fd294,
]
const modulePixels = 6
const border = 4
export const testText = 'HADIR'

/** What an engine has to read before it is trusted. */
export function drawTestPicture(): ImageData {
  const size = (rows.length + 2 * border) * modulePixels
  const picture = new ImageData(size, size)
  picture.data.fill(255)
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const row = rows[Math.floor(y / modulePixels) - border] ?? 0
      const column = Math.floor(x / modulePixels) - border
      const isDark = column >= 0 && column < rows.length && (row >> (rows.length - 1 - column)) & 1
      if (isDark) picture.data.fill(0, (y * size + x) * 4, (y * size + x) * 4 + 3)
    }
  return picture
}
