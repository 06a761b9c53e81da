import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkForm } from '../../../src/core/form/check.ts'
import { type Condition, comparisons } from '../../../src/core/form/condition.ts'
import { newQuestion, type Question } from '../../../src/core/form/question.ts'
import { readyForms } from '../../../src/core/form/ready.ts'
import type { Cell, Table } from '../../../src/core/import/table.ts'
import { readBounds, readRelevant, writeBounds, writeRelevant } from '../../../src/core/xlsform/expression.ts'
import { readXlsform } from '../../../src/core/xlsform/read.ts'
import { writeXlsform } from '../../../src/core/xlsform/write.ts'
import { readTables } from '../../../src/documents/read/readTables.ts'
import { writeTables } from '../../../src/documents/tables.ts'

const table = (name: string, rows: Cell[][]): Table => ({ name, rows, merges: [] })
/** How an expression names a question. */
const of = (name: string) => `\${${name}}`
const write = (questions: Question[]) =>
  writeXlsform({ id: 'f', title: { id: 'Judul', en: '' }, version: 1, questions })

describe('an XLSForm', () => {
  test.each(readyForms.map((form) => [form.key, form.questions] as const))(
    'of the ready form %s reads back the same',
    (_, questions) => {
      expect(readXlsform(write(questions))).toEqual({ title: { id: 'Judul', en: '' }, questions, problems: [] })
    },
  )

  test('keeps every property that the subset has', () => {
    const label = { id: 'Angka', en: 'Number' }
    const questions: Question[] = [
      { ...newQuestion('n', 'number'), label, hint: { id: 'Isi', en: '' }, required: true, min: 0, max: 10 },
      {
        ...newQuestion('t', 'long'),
        label,
        shownIf: {
          match: 'any',
          clauses: [
            { question: 'n', comparison: 'atLeast', value: '3' },
            { question: 'n', comparison: 'atMost', value: '1' },
          ],
        },
      },
      { ...newQuestion('d', 'date'), label },
      {
        ...newQuestion('r', 'ranking'),
        label,
        choices: [
          { name: 'a', label },
          { name: 'b', label },
        ],
      },
      {
        ...newQuestion('m', 'multiple'),
        label,
        points: 2,
        right: ['a'],
        choices: [
          { name: 'a', label },
          { name: 'b', label },
        ],
      },
    ]
    expect(readXlsform(write(questions)).questions).toEqual(questions)
  })

  /** As KoboToolbox downloads it: its own column order, names and metadata questions. */
  test('of another tool is read, and what is not supported is named with its row', () => {
    const survey = table('survey', [
      [
        'type',
        'name',
        'label::Bahasa Indonesia (id)',
        'label::Français (fr)',
        'required',
        'relevant',
        'calculation',
        'appearance',
        'constraint',
      ],
      ['start', 'start', null, null, null, null, null, null, null],
      ['select_one jk', 'sex', 'Jenis kelamin', 'Sexe', 'true', null, null, null, null],
      ['select_multiple jk', 'both', 'Keduanya', null, 'false', `selected(${of('sex')}, 'l')`, null, null, null],
      ['begin_group', 'g', 'Usia', null, null, `${of('sex')} = "p" and ${of('age')} >= 17`, null, null, null],
      ['integer', 'age', 'Usia Anda', null, null, null, null, null, '.>= 17 and . <= 99'],
      ['end_group', null, null, null, null, null, null, null, null],
      ['geopoint', 'where', 'Lokasi', null, null, null, null, null, null],
      ['begin_repeat', 'rep', 'Ulang', null, null, null, null, null, null],
      ['end_repeat', null, null, null, null, null, null, null, null],
      ['text', 'note', 'Catatan', null, null, `count(${of('both')}) > 1`, null, 'multiline', null],
      ['calculate', 'c', null, null, null, null, '1 + 1', null, null],
      ['select_one gone', 'x', 'Hilang', null, null, null, null, null, null],
    ])
    const choices = table('choices', [
      ['list_name', 'name', 'label::Bahasa Indonesia (id)'],
      ['jk', 'l', 'Laki-laki'],
      ['jk', 'p', 'Perempuan'],
    ])
    const settings = table('settings', [['form_title'], ['Survei']])
    const form = readXlsform([survey, choices, settings])
    expect(form.title.id).toBe('Survei')
    expect(form.questions.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'sex single',
      'both multiple',
      'g section',
      'age number',
      'note long',
    ])
    expect(form.questions[0]).toMatchObject({
      required: true,
      choices: [{ name: 'l', label: { id: 'Laki-laki', en: '' } }, { name: 'p' }],
    })
    expect(form.questions[3]).toMatchObject({
      min: 17,
      max: 99,
      shownIf: { match: 'all', clauses: [{ value: 'p' }, { question: 'age', comparison: 'atLeast', value: '17' }] },
    })
    expect(form.problems.map(({ kind, row, what }) => `${row} ${kind} ${what}`).sort()).toEqual([
      '0 language Français (fr)',
      '10 repeat end_repeat',
      `11 relevant count(${of('both')}) > 1`,
      '12 type calculate',
      '13 list gone',
      '8 type geopoint',
      '9 repeat begin_repeat',
    ])
  })

  test('is read by the older names of types and columns, too', () => {
    const survey = table('survey', [
      ['type', 'name', 'label', 'bind:constraint', 'bind:relevant', 'bind::required', 'control:appearance'],
      ['int', 'umur', 'Umur', '. >= 17', null, 'yes', null],
      ['string', 'kerja', 'Pekerjaan', null, `\${umur} >= 20`, null, 'multiline'],
      ['select all that apply from cara', 'cara', 'Cara', 'regex(., "x")', null, null, null],
      ['select one from cara', 'satu', 'Satu', null, null, null, null],
    ])
    const choices = table('choices', [
      ['list name', 'name', 'label'],
      ['cara', 'darat', 'Darat'],
      ['cara', 'laut', 'Laut'],
    ])
    const form = readXlsform([survey, choices])
    expect(form.questions).toMatchObject([
      { name: 'umur', type: 'number', min: 17, required: true },
      { name: 'kerja', type: 'long', shownIf: { clauses: [{ question: 'umur', value: '20' }] } },
      { name: 'cara', type: 'multiple', choices: [{ name: 'darat' }, { name: 'laut' }] },
      { name: 'satu', type: 'single' },
    ])
    expect(form.problems).toEqual([{ kind: 'constraint', row: 4, what: 'regex(., "x")' }])
  })

  test('names a choice to type and a condition of what is required, and keeps the question', () => {
    const survey = table('survey', [
      ['type', 'name', 'label', 'required'],
      ['select_one jk or_other', 'a', 'Satu', 'yes'],
      ['text', 'b', 'Dua', `\${a} = 'l'`],
      ['text', 'c', 'Tiga', 'no'],
    ])
    const choices = table('choices', [
      ['list_name', 'name', 'label'],
      ['jk', 'l', 'L'],
      ['jk', 'p', 'P'],
    ])
    const form = readXlsform([survey, choices])
    expect(form.questions.map(({ name, required }) => [name, required])).toEqual([
      ['a', true],
      ['b', false],
      ['c', false],
    ])
    expect(form.problems.map(({ kind, row }) => `${row} ${kind}`)).toEqual(['2 other', '3 required'])
  })

  test('names columns that would change what is shown, and passes over wording of errors', () => {
    const survey = table('survey', [
      ['type', 'name', 'label', 'media::image', 'read_only', 'parameters', 'constraint_message', 'default'],
      ['text', 'a', 'Satu', 'denah.png', null, null, 'Salah', null],
      ['text', 'b', 'Dua', null, 'yes', 'rows=3', null, 'x'],
    ])
    const form = readXlsform([survey])
    expect(form.problems.map(({ kind, row, what }) => `${row} ${kind} ${what}`)).toEqual([
      '2 column media::image',
      '3 column read_only',
      '3 column parameters',
      '3 column default',
    ])
  })

  test('without the sheet survey is none', () => {
    expect(readXlsform([table('Sheet1', [['x']])]).problems).toEqual([{ kind: 'noSurvey', row: 0, what: 'survey' }])
  })
})

describe('expressions', () => {
  const name = fc.stringMatching(/^[a-z_][a-z0-9_]{0,8}$/)
  const value = fc.oneof(fc.stringMatching(/^[a-z0-9 _]{1,8}$/), fc.constant("it's and so"))
  const condition: fc.Arbitrary<Condition> = fc.record({
    match: fc.constantFrom('all' as const, 'any' as const),
    clauses: fc.array(
      fc.tuple(name, fc.constantFrom(...comparisons), value).map(([question, comparison, said]) => ({
        question,
        comparison,
        value: comparison === 'answered' ? '' : said,
      })),
      { minLength: 2, maxLength: 4 },
    ),
  })

  test('are read as they were written', () => {
    fc.assert(
      fc.property(condition, (one) => {
        expect(readRelevant(writeRelevant(one))).toEqual(one)
      }),
    )
  })

  test.each([
    `${of('a')} = 1 and ${of('b')} = 2 or ${of('c')} = 3`,
    `not(selected(${of('a')}, "x"))`,
    `${of('a')} > 3`,
    'true()',
    '',
  ])('%s is more than is supported', (text) => {
    expect(readRelevant(text)).toBeUndefined()
  })

  test('bounds are read as they were written', () => {
    expect(readBounds(writeBounds(1, 5))).toEqual({ min: 1, max: 5 })
    expect(readBounds(writeBounds(undefined, 5))).toEqual({ min: undefined, max: 5 })
    expect(readBounds('regex(., "x")')).toBeUndefined()
  })
})

/**
 * Written after the template of ODK, with KoboToolbox's columns, and saved by LibreOffice Calc 7.4; pyxform 4.0 and ODK
 * Validate take it as it is. Its words are invented.
 */
describe('a file that was made by another program', () => {
  const file = new URL('../../support/data/evaluasi-odk.xlsx', import.meta.url)

  test('is read as it would be asked, and what is not supported is named with its row', async () => {
    const read = await readTables(new Uint8Array(await readFile(file)), 'evaluasi-odk.xlsx')
    if (!read.ok) throw new Error(read.failure.kind)
    const form = readXlsform(read.value.tables)
    expect(form.title.id).toBe('Evaluasi Sosialisasi Contoh')
    expect(form.questions.map(({ name, type, required }) => `${name} ${type}${required ? ' *' : ''}`)).toEqual([
      'pembuka section',
      'peran single *',
      'media multiple',
      'pernah single *',
      'kali number',
      'narasumber matrix *',
      'urutan ranking',
      'lanjutan section',
      'tenggat date',
      'rencana long',
      'nama short',
      'saran short',
    ])
    const asked = (name: string) => form.questions.find((question) => question.name === name)
    expect(asked('peran')?.label).toEqual({ id: 'Anda hadir sebagai', en: 'You came as' })
    expect(asked('kali')).toMatchObject({
      min: 1,
      max: 50,
      shownIf: { clauses: [{ question: 'pernah', value: 'ya' }] },
    })
    expect(asked('narasumber')).toMatchObject({ scale: 4, low: { id: 'Tidak baik', en: 'Poor' } })
    expect(asked('narasumber')?.rows.map(({ label }) => label.en)).toEqual(['Knows the subject', 'Keeps to the time'])
    expect(asked('tenggat')?.shownIf).toEqual({
      match: 'all',
      clauses: [{ question: 'media', comparison: 'has', value: 'surat' }],
    })
    expect([...checkForm(form.questions)]).toEqual([])
    expect(form.problems.map(({ kind, row, what }) => `${row} ${kind} ${what}`)).toEqual([
      '0 language Français (fr)',
      '9 other or_other',
      `18 relevant string-length(${of('pembuka')}) > 3`,
      '20 type geopoint',
      '21 type calculate',
      '22 repeat begin_repeat',
      '24 repeat end_repeat',
    ])
  })

  test('reads back what was written as a workbook', async () => {
    const questions = readyForms.flatMap(({ key, questions }) =>
      questions.map((question) => ({ ...question, name: `${key}_${question.name}`, shownIf: undefined })),
    )
    const made = new Uint8Array(await (await writeTables('xlsx', write(questions))).arrayBuffer())
    const read = await readTables(made)
    expect(read.ok && readXlsform(read.value.tables)).toEqual({
      title: { id: 'Judul', en: '' },
      questions,
      problems: [],
    })
  })
})
