import fc from 'fast-check'
import { inflateSync, strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { fileTypes } from '../../src/core/fileType.ts'
import { sniffTypes, typeOfName } from '../../src/core/sniff.ts'

const sniff = (content: Uint8Array, canUnpack = true) =>
  sniffTypes(
    async (from, to) => content.slice(from, to),
    content.length,
    canUnpack ? async (packed) => inflateSync(packed) : undefined,
  )
const office = 'application/vnd.openxmlformats-officedocument'
const makeOffice = (list: string) =>
  zipSync({ 'a/b.bin': new Uint8Array(100_000).fill(7), '[Content_Types].xml': strToU8(list), 'c.xml': strToU8('c') })

test('an Office file is told by its list of content types, wherever in the zip that stands', async () => {
  const slides = makeOffice(`<Override ContentType="${office}.presentationml.presentation.main+xml"/>`)
  expect(await sniff(slides)).toEqual([`${office}.presentationml.presentation`])
  expect(await sniff(makeOffice('<Override ContentType="application/epub+zip"/>'))).toEqual([])
  expect(await sniff(zipSync({ 'word/document.xml': strToU8('x') }))).toEqual([])
})

test('where nothing can be unpacked a zip may be any of them, and the server looks', async () => {
  expect(await sniff(makeOffice('x'), false)).toHaveLength(3)
  expect(await sniff(strToU8('<html>'), false)).toEqual([])
})

test('whatever the bytes are, it answers; a zip that was cut or altered is none', async () => {
  const whole = makeOffice(`<Override ContentType="${office}.wordprocessingml.document.main+xml"/>`)
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.nat(whole.length), async (noise, at) => {
      for (const content of [noise, whole.slice(0, at)]) {
        const types = await sniff(content)
        expect(types.every((type) => type in fileTypes)).toBe(true)
      }
      const altered = whole.slice()
      altered.set(noise.subarray(0, altered.length - at), at)
      expect((await sniff(altered)).length).toBeLessThanOrEqual(1)
    }),
  )
})

test('a name says a type by its end, whatever its case', () => {
  expect(typeOfName('Paparan 1.PPTX')).toBe(`${office}.presentationml.presentation`)
  expect(typeOfName('foto.jpeg')).toBe('image/jpeg')
  for (const name of ['a.svg', 'a.docm', 'pdf', 'a.constructor', '']) expect(typeOfName(name)).toBeUndefined()
})
