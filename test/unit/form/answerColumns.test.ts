import { expect, test } from 'vitest'
import { answerColumns } from '../../../src/client/ui/screens/results/answerColumns.ts'
import type { Answer } from '../../../src/core/form/answer.ts'
import { newQuestion, type Question } from '../../../src/core/form/question.ts'
import type { Cell } from '../../../src/core/import/table.ts'

const words = (id: string) => ({ id, en: '' })
const choice = (name: string, label: string) => ({ name, label: words(label) })

/** What a question's columns say of an answer: heads, then cells. */
function told(question: Question, answer: Answer | undefined): Cell[][] {
  const columns = answerColumns(question, 'id')
  return [columns.map(({ head }) => head), columns.map(({ cell }) => cell(answer))]
}

test('a matrix has one column of numbers for each of its rows, empty where nothing was answered', () => {
  const rows = [choice('jelas', 'Penjelasan jelas'), choice('waktu', 'Tepat waktu')]
  const matrix = { ...newQuestion('narasumber', 'matrix'), label: words('Narasumber'), rows }
  const heads = ['Narasumber – Penjelasan jelas', 'Narasumber – Tepat waktu']
  expect(told(matrix, { jelas: 4, waktu: 2 })).toEqual([heads, [4, 2]])
  expect(told(matrix, { waktu: 1 })).toEqual([heads, [null, 1]])
  expect(told(matrix, undefined)).toEqual([heads, [null, null]])
})

test('other questions have one, with the labels that people read', () => {
  const choices = [choice('ya', 'Ya, tentu'), choice('tidak', 'Tidak')]
  const asked = (type: Question['type']) => ({ ...newQuestion('lagi', type), label: words('Ikut lagi?'), choices })
  expect(told(asked('single'), 'ya')).toEqual([['Ikut lagi?'], ['Ya, tentu']])
  expect(told(asked('multiple'), ['tidak', 'ya', 'lama'])).toEqual([['Ikut lagi?'], ['Tidak; Ya, tentu; lama']])
  expect(told(asked('likert'), 3)).toEqual([['Ikut lagi?'], [3]])
  expect(told(asked('short'), undefined)).toEqual([['Ikut lagi?'], [null]])
})
