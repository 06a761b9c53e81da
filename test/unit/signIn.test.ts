import { expect, it } from 'vitest'
import { fold } from '../../src/core/fold.ts'
import { consentsFor, readSignIn, setSignIn } from '../../src/core/signIn.ts'
import { write } from '../support/ops.ts'

it('a certificate by mail is offered only where an address is asked for, and to whoever gave one', () => {
  const asked = (asks: ('phone' | 'email')[]) =>
    readSignIn(fold([write('A', 1, [setSignIn('e', { asks, consents: ['photo', 'mail'] })])])).consents
  expect(asked(['phone'])).toEqual(['photo'])
  expect(asked(['phone', 'email'])).toEqual(['photo', 'mail'])
  expect([consentsFor(['mail', 'group'], false), consentsFor(['mail', 'group'], true)]).toEqual([
    ['group'],
    ['mail', 'group'],
  ])
})
