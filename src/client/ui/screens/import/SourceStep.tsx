import { useRef, useState } from 'preact/hooks'
import { Field } from '../../parts/Field.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { useWords } from '../../words.ts'
import { StepFrame, type StepProps } from './StepFrame.tsx'

const accepted = '.xlsx,.csv,.txt,text/csv,text/plain,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** So much pasted text is read at once: a text field of thousands of lines would stall the page. */
const longPaste = 50_000

/** Step 1: a file, or rows copied from a spreadsheet. */
export function SourceStep({ space, event, steps, step }: StepProps<'source'>) {
  const t = useWords('import')
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [pasted, setPasted] = useState('')
  const [triedEmpty, setTriedEmpty] = useState(false)

  function drop(dropped: DragEvent): void {
    dropped.preventDefault()
    setOver(false)
    const file = dropped.dataTransfer?.files[0]
    if (file) void steps.read(file)
  }

  function submitPasted(submitted: SubmitEvent): void {
    submitted.preventDefault()
    setTriedEmpty(pasted.trim() === '')
    if (pasted.trim() !== '') void steps.read(pasted)
  }

  return (
    <StepFrame name="source" space={space} event={event}>
      {step.failure && <Notice kind="danger">{t(`readFailure.${step.failure}`)}</Notice>}
      <div class="import-sources">
        <section
          class={over ? 'drop drop-over' : 'drop'}
          aria-label={t('dropZone')}
          onDragOver={(dragged) => {
            dragged.preventDefault()
            setOver(true)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={drop}
        >
          <h3>{t('fileTitle')}</h3>
          <p class="soft">{t('fileHint')}</p>
          <input
            ref={input}
            type="file"
            accept={accepted}
            hidden
            aria-label={t('chooseFile')}
            onChange={({ currentTarget }) => {
              const file = currentTarget.files?.[0]
              currentTarget.value = ''
              if (file) void steps.read(file)
            }}
          />
          <button type="button" class="primary" onClick={() => input.current?.click()}>
            <Icon name="upload" />
            {t('chooseFile')}
          </button>
        </section>
        <form class="drop" noValidate onSubmit={submitPasted}>
          <h3>{t('pasteTitle')}</h3>
          <Field
            label={t('pasteLabel')}
            hint={t('pasteHint')}
            error={triedEmpty && pasted.trim() === '' ? t('pasteEmpty') : undefined}
          >
            {(ids) => (
              <textarea
                {...ids}
                class="pasted"
                value={pasted}
                onInput={({ currentTarget }) => setPasted(currentTarget.value)}
                onPaste={(event) => {
                  const text = event.clipboardData?.getData('text/plain') ?? ''
                  if (text.length < longPaste) return
                  event.preventDefault()
                  void steps.read(text)
                }}
              />
            )}
          </Field>
          <button type="submit">{t('readPasted')}</button>
        </form>
      </div>
    </StepFrame>
  )
}
