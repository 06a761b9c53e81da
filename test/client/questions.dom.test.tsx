import { signal } from '@preact/signals'
import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { loadWords, startI18n } from '../../src/client/i18n/i18n.ts'
import { QuestionList } from '../../src/client/ui/parts/questions/QuestionList.tsx'
import type { Answers } from '../../src/core/form/answer.ts'
import { findProblems } from '../../src/core/form/fill.ts'
import { newQuestion, type Question } from '../../src/core/form/question.ts'

beforeAll(async () => {
  await startI18n()
  await loadWords('questions')
})
afterEach(cleanup)

const words = (id: string) => ({ id, en: '' })
const choices = ['Satu', 'Dua', 'Tiga'].map((name) => ({ name, label: words(name) }))
const ask = (type: Question['type'], more: Partial<Question> = {}): Question => ({
  ...newQuestion('q', type),
  label: words('Tanya'),
  choices,
  ...more,
})

/** The questions over answers that change, as on a screen; problems are shown from the start. */
function show(...questions: Question[]) {
  const answers = signal<Answers>({})
  function Shown() {
    const problems = findProblems(questions, answers.value)
    const change = (next: Answers) => {
      answers.value = next
    }
    return <QuestionList questions={questions} answers={answers.value} problems={problems} onChange={change} />
  }
  render(<Shown />)
  return answers
}
const input = (label: string) => screen.getByLabelText(label, { exact: false })
const type = (label: string, value: string) => fireEvent.input(input(label), { target: { value } })

it('takes one choice, and takes it back with a second tap when it is optional', () => {
  const answers = show(ask('single'))
  fireEvent.click(input('Dua'))
  expect(answers.value).toEqual({ q: 'Dua' })
  fireEvent.click(input('Tiga'))
  expect(answers.value).toEqual({ q: 'Tiga' })
  fireEvent.click(input('Tiga'))
  expect(answers.value).toEqual({})
})

it('keeps several choices in the order of the form', () => {
  const answers = show(ask('multiple'))
  fireEvent.click(input('Tiga'))
  fireEvent.click(input('Satu'))
  expect(answers.value).toEqual({ q: ['Satu', 'Tiga'] })
})

it('ranks by tapping in order', () => {
  const answers = show(ask('ranking'))
  for (const name of ['Tiga', 'Satu', 'Dua']) fireEvent.click(screen.getByRole('button', { name: new RegExp(name) }))
  expect(answers.value).toEqual({ q: ['Tiga', 'Satu', 'Dua'] })
  fireEvent.click(screen.getByRole('button', { name: /urutan 1.*Tiga/ }))
  expect(answers.value).toEqual({ q: ['Satu', 'Dua'] })
})

it('rates each row of a matrix, and says when one is missing', () => {
  const answers = show(
    ask('matrix', { rows: choices, scale: 4, required: true, low: words('Buruk'), high: words('Baik') }),
  )
  expect(screen.getByText('Jawab pertanyaan ini.')).toBeTruthy()
  const rate = (row: string, rating: string) =>
    fireEvent.click(within(screen.getByRole('group', { name: row })).getByLabelText(rating))
  rate('Satu', '4')
  expect(screen.getByText('Lengkapi semua bagian pertanyaan ini.')).toBeTruthy()
  rate('Dua', '3')
  rate('Tiga', '1')
  expect(answers.value).toEqual({ q: { Satu: 4, Dua: 3, Tiga: 1 } })
  expect(screen.getByText('4 = Baik')).toBeTruthy()
  expect(screen.queryByText('Lengkapi semua bagian pertanyaan ini.')).toBeNull()
})

it('reads a decimal comma, and says what is no number beside the field', () => {
  const answers = show(ask('number', { max: 10 }))
  type('Tanya', '7,5')
  expect(answers.value).toEqual({ q: 7.5 })
  type('Tanya', '11')
  expect(screen.getByRole('alert').textContent).toBe('Angka paling besar 10.')
  type('Tanya', 'tujuh')
  expect(screen.getByRole('alert').textContent).toBe('Tulis angka saja.')
  expect((input('Tanya') as HTMLInputElement).value).toBe('tujuh')
})

it('shows a question only when its condition is met', () => {
  const shownIf = { match: 'all' as const, clauses: [{ question: 'q', comparison: 'is' as const, value: 'Dua' }] }
  show(ask('single'), { ...newQuestion('why', 'long'), label: words('Mengapa'), shownIf })
  expect(screen.queryByLabelText(/Mengapa/)).toBeNull()
  fireEvent.click(input('Dua'))
  expect(input('Mengapa').tagName).toBe('TEXTAREA')
})
