import { may } from '../../../../core/access.ts'
import type { EventRecord } from '../../../../core/event.ts'
import { type FormRecord, windowOf } from '../../../../core/form/form.ts'
import { dayAt, formatDay, formatTime } from '../../../../core/time.ts'
import { formTitle, responseRate } from '../../../state/forms.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { Icon } from '../../parts/Icon.tsx'
import { useLanguage, useWords } from '../../words.ts'
import { formPath } from './formPath.ts'

/** One form: whether it is open, how many answered, and what can be done with it. */
export function FormRow({ space, event, form }: { space: OpenSpace; event: EventRecord; form: FormRecord }) {
  const t = useWords('feedback')
  const language = useLanguage()
  const role = space.role.value
  const { answered, present } = responseRate(space, form)
  const now = windowOf(form, space.now())
  const state = now === 'open' && form.closesAt === undefined ? 'openEndless' : now
  const when = (at: number | undefined) =>
    at === undefined ? '' : `${formatDay(dayAt(at, event.zone))} ${formatTime(at, event.zone)}`
  const session = space.sessions.value.find(({ id }) => id === form.session)
  return (
    <li class="card">
      <h2>{formTitle(space, form, language)}</h2>
      <p class="hint">
        {[t(`purposes.${form.purpose}`), session?.title, t(form.anonymous ? 'anonymous' : 'named')]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <p>
        {t(`state.${state}`, { opens: when(form.opensAt), closes: when(form.closesAt) })}
        {' · '}
        {t('answered', { count: answered, present })}
      </p>
      <div class="buttons">
        {now === 'open' && may(role, 'checkIn') && (
          <a class="button" href={formPath(space.id, form.id)}>
            <Icon name="signature" />
            {t('fill')}
          </a>
        )}
        <a class="button" href={formPath(space.id, form.id, 'hasil')}>
          <Icon name="document" />
          {t('results')}
        </a>
        {may(role, 'editEvent') && (
          <a class="button" href={formPath(space.id, form.id, 'ubah')}>
            <Icon name="settings" />
            {t('edit')}
          </a>
        )}
      </div>
    </li>
  )
}
