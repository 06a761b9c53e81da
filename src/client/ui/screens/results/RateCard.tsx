import type { FormRecord } from '../../../../core/form/form.ts'
import { isRole, roleLabels } from '../../../../core/role.ts'
import { responseRates } from '../../../state/forms.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { useWords } from '../../words.ts'
import { useNumbers } from './numbers.ts'
import { ResultTable } from './ResultTable.tsx'

/** How many of those who were seen have answered, by session and role, while answers come in. */
export function RateCard({ space, form }: { space: OpenSpace; form: FormRecord }) {
  const t = useWords('results')
  const { percent } = useNumbers()
  if (form.anonymous) return <p class="soft">{t('rates.onlyTotal')}</p>
  const { byRole, bySession } = responseRates(space, form)
  if (byRole.length + bySession.length === 0) return null
  const rows = [
    ...bySession,
    ...byRole.map((rate) => ({ ...rate, title: isRole(rate.group) ? roleLabels[rate.group] : t('groups.unknown') })),
  ].map(({ title, answered, present }) => [title, String(answered), String(present), percent(answered / present)])
  const head = [t('rates.group'), t('rates.answeredOf'), t('rates.present'), t('rates.share')]
  return (
    <div class="stack">
      <h2>{t('rates.title')}</h2>
      <ResultTable caption={t('rates.title')} table={{ head, rows }} />
    </div>
  )
}
