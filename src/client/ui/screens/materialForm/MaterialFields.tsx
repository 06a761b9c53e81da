import { useState } from 'preact/hooks'
import { materialForms } from '../../../../core/material.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import type { AddFailure } from '../../../state/uploads.ts'
import { Field, TextField } from '../../parts/Field.tsx'
import { Progress } from '../../parts/Progress.tsx'
import { SaveFailed } from '../../parts/SaveFailed.tsx'
import { Screen } from '../../parts/Screen.tsx'
import { useSessionWords } from '../../parts/sessionWords.ts'
import { useFocusFirstError } from '../../useFocusFirstError.ts'
import { useSaving } from '../../useSaving.ts'
import { useWords } from '../../words.ts'
import { Choose } from '../formEditor/FormSettings.tsx'
import { materialPath } from '../materials/materialPath.ts'
import { ChooseFile } from './ChooseFile.tsx'
import { checkDraft, type Draft, type DraftErrors } from './draft.ts'
import { Release } from './Release.tsx'

/** `Materi_1-Kebijakan.pdf` is called "Materi 1 Kebijakan" until somebody says better. */
const titleOf = (name: string) =>
  name
    .replace(/\.[^.]*$/, '')
    .replace(/[_-]+/g, ' ')
    .trim()

/** Everything about a material on one page. */
export function MaterialFields(props: {
  space: OpenSpace
  title: string
  above: string
  draft: Draft
  /** What the file is that is there already; another one replaces it. */
  held: string | undefined
  /** What kind of material it is was decided when it was added. */
  isNew: boolean
  onChange: (draft: Draft) => void
  /** Why a file could not be taken. `onRead`: how many bytes of it were looked at. */
  onSave: (file: File | undefined, onRead: (readBytes: number) => void) => Promise<AddFailure | undefined>
}) {
  const t = useWords('materialForm')
  const { space, draft } = props
  const { brief } = useSessionWords(space)
  const [file, setFile] = useState<File | undefined>(undefined)
  const [tried, setTried] = useState<object>({})
  const [shown, setShown] = useState(false)
  const { busy, failure, save } = useSaving()
  const [refused, setRefused] = useState<AddFailure | undefined>(undefined)
  const [readBytes, setReadBytes] = useState(0)
  const element = useFocusFirstError(tried)
  const problems = checkDraft(draft, file !== undefined || props.held !== undefined)
  const errors: DraftErrors = shown ? problems : {}
  const set = (change: Partial<Draft>) => props.onChange({ ...draft, ...change })
  const errorOf = (field: keyof DraftErrors) => errors[field] && t(errors[field])
  const speakers = [...space.people.value.values()].filter(({ roles }) => roles.includes('narasumber'))

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    setShown(true)
    setTried({})
    setRefused(undefined)
    if (Object.keys(problems).length > 0) return
    await save(async () => setRefused(await props.onSave(file, setReadBytes)))
    setReadBytes(0)
  }

  return (
    <Screen
      title={props.title}
      above={props.above}
      back={materialPath(space.id)}
      actions={
        <button type="submit" form="material" class="primary" aria-disabled={busy}>
          {t(busy ? 'saving' : 'save')}
        </button>
      }
    >
      <form id="material" ref={element} noValidate onSubmit={submit}>
        {props.isNew && (
          <fieldset>
            <legend>{t('what')}</legend>
            <div class="buttons">
              {materialForms.map((form) => (
                <label key={form} class="choice material-kind">
                  <input type="radio" name="form" checked={draft.form === form} onChange={() => set({ form })} />
                  {t(`kind.${form}`)}
                </label>
              ))}
            </div>
          </fieldset>
        )}
        {draft.form === 'file' && (
          <ChooseFile
            chosen={file}
            held={props.held}
            error={refused ? `errors.${refused.kind}` : errors.file}
            onChoose={(chosen) => {
              setFile(chosen)
              if (!draft.title) set({ title: titleOf(chosen.name) })
            }}
          />
        )}
        {draft.form === 'link' && (
          <TextField
            label={t('url')}
            hint={t('urlHint')}
            inputMode="text"
            autoComplete="off"
            value={draft.url}
            error={errorOf('url')}
            onInput={(url) => set({ url })}
          />
        )}
        {draft.form === 'text' && (
          <Field label={t('text')} error={errorOf('text')}>
            {(ids) => (
              <textarea
                {...ids}
                rows={6}
                maxLength={10_000}
                value={draft.text}
                onInput={({ currentTarget }) => set({ text: currentTarget.value })}
              />
            )}
          </Field>
        )}
        <TextField
          label={t('materialTitle')}
          value={draft.title}
          maxLength={200}
          error={errorOf('title')}
          onInput={(title) => set({ title })}
        />
        <TextField
          label={t('speaker')}
          value={draft.speaker}
          optional
          maxLength={200}
          list="speakers"
          onInput={(speaker) => set({ speaker })}
        />
        <datalist id="speakers">
          {speakers.map(({ id, name }) => (
            <option key={id} value={name} />
          ))}
        </datalist>
        <Choose
          label={t('session')}
          value={draft.session}
          options={[
            ['', t('wholeEvent')],
            ...space.sessions.value.map((session): [string, string] => [session.id, brief(session)]),
          ]}
          onChoose={(session) => set({ session })}
        />
        <Release space={space} draft={draft} error={errors.fromForm} onChange={set} />
        <SaveFailed failure={failure} />
        {busy && file && readBytes > 0 && <Progress label={t('reading')} done={readBytes} total={file.size} />}
      </form>
    </Screen>
  )
}
