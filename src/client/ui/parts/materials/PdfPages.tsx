import { useEffect, useRef, useState } from 'preact/hooks'
import { keepExtras } from '../../../device/appCache.ts'
import type { Pdf, PdfProblem } from '../../../device/pdf.ts'
import { useWords } from '../../words.ts'
import { Notice } from '../Notice.tsx'

/** `viewer`: pdf.js itself is not here, and there is no network to fetch it by. */
type Shown = Pdf | PdfProblem | 'viewer' | 'opening'

async function open(source: File | string): Promise<Shown> {
  try {
    const { openPdf } = await import('../../../device/pdf.ts')
    keepExtras(['pdf'])()
    return await openPdf(source)
  } catch {
    return 'viewer'
  }
}

/** The pages of a PDF, one at a time. */
export function PdfPages({ source, onOpen }: { source: File | string; onOpen: () => void }) {
  const t = useWords('materials')
  const [pdf, setPdf] = useState<Shown>('opening')
  const [number, setNumber] = useState(1)
  const [text, setText] = useState('')
  const [tries, setTries] = useState(0)
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    let opened: Shown = 'opening'
    let gone = false
    const closeOpened = () => typeof opened !== 'string' && opened.close()
    setPdf('opening')
    void open(source).then((shown) => {
      opened = shown
      if (gone) return closeOpened()
      setPdf(shown)
    })
    return () => {
      gone = true
      closeOpened()
    }
  }, [typeof source === 'string' ? source : `${source.name} ${source.size}`, tries])
  useEffect(() => {
    if (typeof pdf === 'string' || !canvas.current) return
    const width = canvas.current.parentElement?.clientWidth ?? innerWidth
    pdf.draw(number, canvas.current, width).then(
      (read) => {
        setText(read)
        onOpen()
      },
      () => setPdf(typeof source === 'string' ? 'unreachable' : 'damaged'),
    )
  }, [pdf, number])
  if (pdf === 'opening') return <p role="status" aria-busy="true" children={t('pdf.opening')} />
  if (typeof pdf === 'string')
    return (
      <>
        <Notice kind="danger">{t(`pdf.${pdf}`)}</Notice>
        {(pdf === 'viewer' || pdf === 'unreachable') && (
          <button type="button" onClick={() => setTries(tries + 1)}>
            {t('again')}
          </button>
        )}
      </>
    )
  const label = t('pdf.page', { number, count: pdf.pageCount })
  return (
    <section class="stack" aria-label={t('pdf.title')}>
      <canvas ref={canvas} class="material-page" role="img" aria-label={label} />
      <p class="visually-hidden">{text}</p>
      <p role="status">{label}</p>
      {pdf.pageCount > 1 && (
        <div class="buttons">
          <button type="button" disabled={number === 1} onClick={() => setNumber(number - 1)}>
            {t('pdf.previous')}
          </button>
          <button type="button" disabled={number === pdf.pageCount} onClick={() => setNumber(number + 1)}>
            {t('pdf.next')}
          </button>
        </div>
      )}
    </section>
  )
}
