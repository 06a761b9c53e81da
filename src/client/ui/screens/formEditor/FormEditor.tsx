import { useState } from 'preact/hooks'
import { may } from '../../../../core/access.ts'
import type { EventRecord } from '../../../../core/event.ts'
import { checkForm } from '../../../../core/form/check.ts'
import { type FormRecord, windowOf } from '../../../../core/form/form.ts'
import { wordsIn } from '../../../../core/form/question.ts'
import { deleteForm, findForm, questionsOf, responsesOf, saveForm, versionsOf } from '../../../state/forms.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { InEvent } from '../../parts/InEvent.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { SaveFailed } from '../../parts/SaveFailed.tsx'
import { Screen } from '../../parts/Screen.tsx'
import type { ScreenProps } from '../../routes.ts'
import { useDraft } from '../../useDraft.ts'
import { useSaving } from '../../useSaving.ts'
import { useLanguage, useWords } from '../../words.ts'
import { type Draft, parseDraft, toDraft } from './draft.ts'
import { ExportXlsform } from './ExportXlsform.tsx'
import { FormPreview } from './FormPreview.tsx'
import { FormSettings } from './FormSettings.tsx'
import { QuestionBank } from './QuestionBank.tsx'
import { QuestionEditors } from './QuestionEditors.tsx'

/** A form of an event, for its organizers. */
export function FormEditor({ space: id, form: formId }: ScreenProps) {
  const t = useWords('feedback')
  return (
    <InEvent id={id}>
      {(space, event) => {
        const form = findForm(space, formId)
        if (form && may(space.role.value, 'editEvent'))
          return <Editor key={form.id} space={space} event={event} form={form} />
        return (
          <Screen title={t('notFound')} above={event.title} back={`/kegiatan/${space.id}/umpan-balik`}>
            <p>{t('notFoundHint')}</p>
          </Screen>
        )
      }}
    </InEvent>
  )
}

function Editor({ space, event, form }: { space: OpenSpace; event: EventRecord; form: FormRecord }) {
  const t = useWords('feedback')
  const language = useLanguage()
  const held = toDraft(form, questionsOf(space, form))
  const [stored, change, drop] = useDraft<Draft | 'none'>(`form:${space.id}:${form.id}`, 'none', parseDraft)
  const [tried, setTried] = useState(false)
  const [saved, setSaved] = useState(false)
  const { busy, failure, save } = useSaving()
  const back = `/kegiatan/${space.id}/umpan-balik`
  if (!stored) return <Screen title={t('editor.title')} back={back} children={<p aria-busy="true" />} />

  const draft = stored === 'none' ? held : stored
  const problems = checkForm(draft.questions)
  const state = windowOf(form, space.now())
  const answers = responsesOf(space, form).length
  const isChanged = JSON.stringify(draft.questions) !== JSON.stringify(held.questions)
  const version = versionsOf(space).get(form.version)?.number ?? 0
  const edit = (next: Draft) => {
    setSaved(false)
    change(next)
  }

  /** Saves what is on the form with these changes; questions that cannot be asked yet only while it is a draft. */
  async function keep(also: Partial<Draft['form']> = {}): Promise<void> {
    setTried(true)
    const after = { ...draft, form: { ...draft.form, ...also } }
    if (after.form.open && problems.size > 0) return
    const done = await save(async () => {
      await saveForm(space, form.id, after)
      await drop()
    })
    setSaved(done)
  }

  if (form.deleted)
    return (
      <Screen title={wordsIn(form.title, language)} above={event.title} back={back}>
        <Notice kind="info">
          <p>{t('editor.deleted')}</p>
          <button type="button" onClick={() => void save(() => deleteForm(space, form.id, false))}>
            {t('editor.restore')}
          </button>
        </Notice>
      </Screen>
    )
  return (
    <Screen
      title={wordsIn(draft.form.title, language) || t('editor.title')}
      above={event.title}
      back={back}
      wide
      actions={
        <>
          <button type="button" disabled={busy} onClick={() => void keep()}>
            {busy ? t('saving') : t('editor.save')}
          </button>
          {state === 'open' ? (
            <button type="button" disabled={busy} onClick={() => void keep({ closesAt: space.now() })}>
              {t('editor.close')}
            </button>
          ) : (
            <button type="button" class="primary" disabled={busy} onClick={() => void keep(opened(draft, space.now()))}>
              {t(state === 'closed' ? 'editor.reopen' : 'editor.open')}
            </button>
          )}
        </>
      }
    >
      {saved && <Notice kind="ok">{t(state === 'open' ? 'editor.opened' : 'editor.saved')}</Notice>}
      {isChanged && answers > 0 && <Notice kind="info">{t('editor.newVersion', { number: version })}</Notice>}
      {tried && problems.size > 0 && <Notice kind="warn">{t('editor.mend')}</Notice>}
      {isTest(form) && !form.open && <Notice kind="info">{t('editor.review')}</Notice>}
      <SaveFailed failure={failure} />
      <div class="two-columns">
        <div class="stack">
          <FormSettings space={space} event={event} draft={draft} answers={answers} onChange={edit} />
          <QuestionEditors draft={draft} problems={tried ? problems : new Map()} onChange={edit} />
          {isTest(draft.form) && <QuestionBank space={space} form={form} draft={draft} onChange={edit} />}
        </div>
        <FormPreview draft={draft} />
      </div>
      <div class="buttons">
        <ExportXlsform space={space} form={form} questions={held.questions} version={version} />
        <button type="button" class="danger" onClick={() => void save(() => deleteForm(space, form.id))}>
          {t('editor.delete')}
        </button>
      </div>
    </Screen>
  )
}

const isTest = ({ purpose }: Pick<FormRecord, 'purpose'>) => purpose === 'preTest' || purpose === 'postTest'

/** What opening a form now means: an end that has passed is taken away. */
function opened({ form: { closesAt } }: Draft, now: number): Partial<Draft['form']> {
  return { open: true, closesAt: closesAt !== undefined && closesAt <= now ? undefined : closesAt }
}
