import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { type Question, wordsIn } from '../../../../core/form/question.ts'
import { type ReadyForm, readyForms } from '../../../../core/form/ready.ts'
import type { ImportedForm } from '../../../../core/xlsform/read.ts'
import { type FormDraft, saveForm } from '../../../state/forms.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { Icon } from '../../parts/Icon.tsx'
import { SaveFailed } from '../../parts/SaveFailed.tsx'
import { useSaving } from '../../useSaving.ts'
import { useLanguage, useWords } from '../../words.ts'
import { formPath } from './formPath.ts'
import { ImportXlsform } from './ImportXlsform.tsx'

/** A form begins as a ready one, empty, or from a file; its editor opens and nothing is asked before it is looked at. */
export function AddForm({ space }: { space: OpenSpace }) {
  const t = useWords('feedback')
  const language = useLanguage()
  const { route } = useLocation()
  const { busy, failure, save } = useSaving()
  const [open, setOpen] = useState(false)

  async function add(draft: FormDraft): Promise<void> {
    let form = ''
    const saved = await save(async () => {
      form = await saveForm(space, undefined, draft)
    })
    if (saved) route(formPath(space.id, form, 'ubah'))
  }
  const addReady = ({ title, intro, purpose, anonymous, questions }: ReadyForm) => {
    const isTest = purpose === 'preTest' || purpose === 'postTest'
    return add({ form: { title, intro, purpose, anonymous, shuffleChoices: isTest }, questions })
  }
  const addOwn = (title: FormDraft['form']['title'], questions: Question[]) =>
    add({ form: { title: title ?? { id: '', en: '' }, purpose: 'evaluation' }, questions })

  if (!open)
    return (
      <button type="button" class="primary" onClick={() => setOpen(true)}>
        <Icon name="plus" />
        {t('add')}
      </button>
    )
  return (
    <section class="stack" aria-labelledby="add-form">
      <h2 id="add-form">{t('add')}</h2>
      <SaveFailed failure={failure} />
      <ul class="tiles">
        {readyForms.map((form) => (
          <li key={form.key}>
            <button type="button" disabled={busy} onClick={() => void addReady(form)}>
              {wordsIn(form.title, language)}
            </button>
          </li>
        ))}
        <li>
          <button type="button" disabled={busy} onClick={() => void addOwn({ id: t('untitled'), en: '' }, [])}>
            {t('empty')}
          </button>
        </li>
      </ul>
      <ImportXlsform onRead={({ title, questions }: ImportedForm) => addOwn(title, questions)} />
    </section>
  )
}
