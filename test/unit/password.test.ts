import { expect, test } from 'vitest'
import { passwordProblem } from '../../src/core/password.ts'

test.each([
  ['pendek123', 'tooShort'],
  ['password123', 'tooCommon'],
  ['PassWord123', 'tooCommon'],
  ['ＰＡＳＳＷＯＲＤ１２３', 'tooCommon'],
  ['bismillah 123', 'tooCommon'],
  ['aaaaaaaaaaaa', 'tooCommon'],
  ['kata kata kata', undefined],
  ['abcabcabcabc', 'tooCommon'],
  ['fghijklmnopq', 'tooCommon'],
  ['0987654321', 'tooCommon'],
  ['poiuytrewq', 'tooCommon'],
  ['sari@contoh.example', 'tooCommon'],
  ['Sari Contohwati', 'tooCommon'],
  ['Semarang2024', 'tooCommon'],
  ['!!pahlawan45', 'tooCommon'],
  ['198501012010', 'tooCommon'],
  ['kuda baterai stapler', undefined],
  ['kuda2baterai', undefined],
  ['kudabateraistapler', undefined],
  ['k3Vd9-xQp2', undefined],
  ['пароль для зала', undefined],
  ['          a', 'tooCommon'],
])('%j: %s', (password, problem) => {
  expect(passwordProblem(password, ['Sari Contohwati', 'sari@contoh.example', ''])).toBe(problem)
})
