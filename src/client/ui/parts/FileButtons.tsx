import { useEffect, useRef, useState } from 'preact/hooks'
import type { Result } from '../../../core/result.ts'
import { saveFile } from '../../device/files.ts'
import type { WorkFailure, WorkOptions } from '../../worker/start.ts'
import { orUnavailable } from '../orUnavailable.ts'
import { useWords } from '../words.ts'
import { Icon } from './Icon.tsx'
import { Notice } from './Notice.tsx'
import { Progress } from './Progress.tsx'

export type FileFormat = 'pdf' | 'xlsx' | 'csv'

type State =
  | { name: 'making'; done: number; total: number }
  /** Made, and waits for one more tap: browsers share only right after one. */
  | { name: 'ready'; file: File }
  | { name: 'saved' | 'failed' }

/** One button for each format in which something can be had; the file is made on this device, and handed over. */
export function FileButtons<Format extends FileFormat>(props: {
  formats: readonly Format[]
  /** `undefined`: what is to be in the file could not be had, which the screen has said. */
  make: (format: Format, options: Required<WorkOptions>) => Promise<Result<Blob, WorkFailure> | undefined>
  /** Without its ending. */
  fileName: () => string
  /** Notes it before the file leaves the device; false: it could not be noted, and so it stays. */
  onMade: (format: Format) => Promise<boolean>
}) {
  const t = useWords('fileButtons')
  const [state, setState] = useState<State | undefined>(undefined)
  const controller = useRef(new AbortController())
  useEffect(() => () => controller.current.abort(), [])
  const nameOf = (format: FileFormat) => t(`as.${format}`)
  const isMaking = state?.name === 'making'

  async function hand(file: File): Promise<void> {
    const outcome = await saveFile(file)
    if (outcome === 'needsTap') setState({ name: 'ready', file })
    else setState(outcome === 'closed' ? undefined : { name: 'saved' })
  }
  async function make(format: Format): Promise<void> {
    controller.current = new AbortController()
    const { signal } = controller.current
    const onProgress = (done: number, total: number) => !signal.aborted && setState({ name: 'making', done, total })
    onProgress(0, 0)
    const made = await props.make(format, { signal, onProgress }).catch(orUnavailable)
    if (signal.aborted) return
    if (!made) return setState(undefined)
    if (!made.ok || !(await props.onMade(format))) return setState({ name: 'failed' })
    await hand(new File([made.value], `${props.fileName()}.${format}`, { type: made.value.type }))
  }
  function cancel(): void {
    controller.current.abort()
    setState(undefined)
  }
  return (
    <>
      <div class="buttons">
        {props.formats.map((format) => (
          <button type="button" key={format} aria-disabled={isMaking} onClick={() => !isMaking && void make(format)}>
            <Icon name="download" />
            {nameOf(format)}
          </button>
        ))}
      </div>
      {isMaking && <Progress label={t('making')} done={state.done} total={state.total} onCancel={cancel} />}
      {state?.name === 'saved' && <Notice kind="ok">{t('saved')}</Notice>}
      {state?.name === 'failed' && <Notice kind="danger">{t('failed')}</Notice>}
      {state?.name === 'ready' && (
        <button type="button" class="primary" onClick={() => void hand(state.file)}>
          {t('saveNow')}
        </button>
      )}
    </>
  )
}
