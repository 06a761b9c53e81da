import { breathe, type Job } from '../job.ts'
import { pageLine, resultsWords, words } from '../words.ts'
import { drawLetterhead, writeCentred } from './blocks.ts'
import { createPage, lineHeight, margins, type Page, type Style } from './page.ts'

/** A share of a whole (0 to 1), what it is of, and how it is said. */
export type PaperBar = { name: string; said: string; share: number }

/** One question's result: bars where it has shares, rows of words or numbers where it has none. */
export type PaperQuestion = { label: string; summary: string; bars: PaperBar[]; rows: string[][] }

/** The results of one form as pages of an event's report; what is in it is told already, in Indonesian. */
export type ResultsPaper = {
  letterhead: string[]
  eventTitle: string
  form: string
  /** On which the event was held, as they are printed. */
  days: string[]
  place: string
  /** Responses that count, and late ones among them. */
  counted: number
  late: number
  questions: PaperQuestion[]
}

const rowsPerBreath = 20
const [textSize, descent, barHeight, gap] = [9.5, 0.7, 2.6, 1.6]
/** Columns of a row, as shares of the width: what it is, and its numbers. */
const nameShare = 0.62

/** A pen that goes down the page, and on to the next one where what comes does not fit. */
function createPen(page: Page, top: number) {
  let y = top
  return {
    space: (mm: number) => {
      y += mm
    },
    /** Makes room for what must stay together. */
    room: (mm: number) => {
      if (y + mm <= page.bottom) return
      page.addPage()
      y = margins.top
    },
    /** Lines from `x` on; they may part between pages. */
    lines(text: string, x: number, width: number, size: number, style: Style = 'normal'): void {
      page.font(size, style)
      for (const line of page.wrap(text, width)) {
        this.room(lineHeight(size))
        page.font(size, style)
        page.write([line], x, y + lineHeight(size) * 0.8)
        y += lineHeight(size)
      }
    },
    at: () => y,
  }
}
type Pen = ReturnType<typeof createPen>

function drawPair(page: Page, pen: Pen, name: string, said: string): void {
  page.font(textSize)
  const names = page.wrap(name, page.width * nameShare - 3)
  const words = page.wrap(said, page.width * (1 - nameShare))
  const height = Math.max(names.length, words.length) * lineHeight(textSize)
  pen.room(height + descent + barHeight + gap)
  page.write(names, margins.left, pen.at() + lineHeight(textSize) * 0.8)
  page.write(words, page.right, pen.at() + lineHeight(textSize) * 0.8, 'right')
  pen.space(height)
}

function drawBar(page: Page, pen: Pen, { name, said, share }: PaperBar): void {
  drawPair(page, pen, name, said)
  pen.space(descent)
  const { doc } = page
  doc.setFillColor(226, 232, 232).rect(margins.left, pen.at(), page.width, barHeight, 'F')
  const length = page.width * Math.min(1, Math.max(0, share))
  if (length > 0) doc.setFillColor(15, 94, 96).rect(margins.left, pen.at(), length, barHeight, 'F')
  pen.space(barHeight + gap)
}

/** A row of one cell is a sentence of somebody's; of more, a name and its numbers. */
function drawRow(page: Page, pen: Pen, [first = '', ...others]: string[]): void {
  if (others.length > 0) drawPair(page, pen, first, others.join(' · '))
  else pen.lines(`– ${first}`, margins.left, page.width, textSize)
  pen.space(0.8)
}

function drawFacts(page: Page, { form, days, place, counted, late }: ResultsPaper, top: number): number {
  const valueAt = margins.left + 32
  const pen = createPen(page, top)
  const facts = [
    { label: resultsWords.form, value: form },
    { label: words.day, value: days.join('; ') },
    { label: words.place, value: place },
    { label: resultsWords.answers, value: resultsWords.counted(counted, late) },
  ]
  for (const { label, value } of facts.filter((fact) => fact.value !== '')) {
    page.font(10)
    page.write(label, margins.left, pen.at() + lineHeight(10) * 0.8)
    page.write(':', valueAt - 3, pen.at() + lineHeight(10) * 0.8)
    pen.lines(value, valueAt, page.right - valueAt, 10)
    pen.space(0.9)
  }
  return pen.at()
}

function markPages(page: Page): void {
  const pages = page.doc.getNumberOfPages()
  const isReplaced = page.takeReplaced()
  for (let number = 1; number <= pages; number++) {
    page.doc.setPage(number)
    page.font(7.5)
    page.write(pageLine(number, pages), page.right, page.bottom + 7, 'right')
    if (isReplaced) page.write(words.replacedNotice, margins.left, page.bottom + 7)
  }
}

/** One form, from the top of a page on; `toll` is called once for each bar or row, before it is drawn. */
async function drawPaper(page: Page, paper: ResultsPaper, toll: () => Promise<void>): Promise<void> {
  let y = drawLetterhead(page, paper.letterhead)
  y = writeCentred(page, resultsWords.title, y, 12, 'bold') + 0.8
  y = writeCentred(page, paper.eventTitle.toLocaleUpperCase('id'), y, 11, 'bold') + 4
  const pen = createPen(page, drawFacts(page, paper, y) + 3)
  for (const [at, { label, summary, bars, rows }] of paper.questions.entries()) {
    pen.room(4 * lineHeight(textSize) + barHeight)
    pen.lines(`${at + 1}. ${label}`, margins.left, page.width, 10.5, 'bold')
    pen.lines(summary, margins.left, page.width, 8.5, 'italic')
    pen.space(1.2)
    const drawings =
      bars.length > 0
        ? bars.map((bar) => () => drawBar(page, pen, bar))
        : rows.map((row) => () => drawRow(page, pen, row))
    for (const draw of drawings) {
      await toll()
      draw()
    }
    pen.space(3.5)
  }
}

/** The results of an event's forms on A4, each beginning a page, numbered through; linear in what is said. */
export async function writeResults(papers: readonly ResultsPaper[], job: Job): Promise<Blob> {
  const page = createPage('A4')
  page.doc.setLanguage('id')
  page.doc.setProperties({ title: papers[0]?.eventTitle ?? '', creator: 'Hadir' })
  const drawings = papers.flatMap(({ questions }) => questions.map(({ bars, rows }) => bars.length || rows.length))
  const total = drawings.reduce((sum, count) => sum + count, 0)
  let done = 0
  const toll = async () => {
    if (done++ % rowsPerBreath === 0) await breathe(job, done, total)
  }
  for (const [at, paper] of papers.entries()) {
    if (at > 0) page.addPage()
    await drawPaper(page, paper, toll)
  }
  await breathe(job, total, total)
  markPages(page)
  return page.doc.output('blob')
}
