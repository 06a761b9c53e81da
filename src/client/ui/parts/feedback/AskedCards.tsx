import { minutesToFill } from '../../../../core/form/duration.ts'
import type { AskedForm } from '../../../state/answering.ts'
import { formTitle, questionsOf } from '../../../state/forms.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { useLanguage, useWords } from '../../words.ts'
import { Icon } from '../Icon.tsx'

/** A gentle reminder: the forms that wait for somebody here, how long each takes, and whether it bears the name. */
export function AskedCards(props: {
  space: OpenSpace
  asked: AskedForm[]
  /** Said where several persons may answer from here. */
  nameOf?: (person: string) => string
  onFill: (form: string) => void
}) {
  const t = useWords('questions')
  const language = useLanguage()
  const { space, asked, nameOf, onFill } = props
  if (asked.length === 0) return null
  return (
    <section class="stack" aria-labelledby="asked-forms">
      <h2 id="asked-forms">{t('asked')}</h2>
      <ul class="rows">
        {asked.map(({ form, people }) => (
          <li key={form.id} class="card">
            <h3>{formTitle(space, form, language)}</h3>
            <p class="hint">
              {t('minutes', { count: minutesToFill(questionsOf(space, form)) })} ·{' '}
              {t(form.anonymous ? 'withoutName' : 'withName')}
            </p>
            {nameOf && <p>{t('askedOf', { names: people.map(nameOf).join(', ') })}</p>}
            <button type="button" onClick={() => onFill(form.id)}>
              <Icon name="signature" />
              {t('fill', { title: formTitle(space, form, language) })}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
