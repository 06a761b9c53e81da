import type { FormRecord } from '../../../../core/form/form.ts'
import { isRole, roleLabels } from '../../../../core/role.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { useWords } from '../../words.ts'
import { useNumbers } from './numbers.ts'
import { ResultTable } from './ResultTable.tsx'
import { useTicketRates } from './useTicketRates.ts'
import type { Findings } from './workOut.ts'

type Rates = Findings['rates']

/** How many of those who were seen have answered, by session and role, while answers come in. */
export function RateCard({ space, form, rates }: { space: OpenSpace; form: FormRecord; rates: Rates }) {
  return form.anonymous ? <TicketRates space={space} form={form} /> : <RateTable space={space} rates={rates} />
}

/** Of an anonymous form only the server knows who had the right to answer, and tells numbers of groups. */
function TicketRates({ space, form }: { space: OpenSpace; form: FormRecord }) {
  const t = useWords('results')
  const rates = useTicketRates(space, form)
  return (
    <>
      {typeof rates === 'object' && <RateTable space={space} rates={rates} />}
      <p class="soft">{t(rates === 'unknown' ? 'rates.onlyTotal' : 'rates.byTickets')}</p>
    </>
  )
}

function RateTable({ space, rates: { roles, sessions } }: { space: OpenSpace; rates: Rates }) {
  const t = useWords('results')
  const { percent } = useNumbers()
  const nameOfRole = (role: string) => (isRole(role) ? roleLabels[role] : t('groups.unknown'))
  const inOrder = space.sessions.value.flatMap(({ id, title }) =>
    sessions.filter(({ group }) => group === id).map((rate) => ({ ...rate, title })),
  )
  const rows = [...inOrder, ...roles.map((rate) => ({ ...rate, title: nameOfRole(rate.group) }))].map(
    ({ title, answered, present }) => [title, String(answered), String(present), percent(answered / present)],
  )
  if (rows.length === 0) return null
  const head = [t('rates.group'), t('rates.answeredOf'), t('rates.present'), t('rates.share')]
  return (
    <div class="stack">
      <h2>{t('rates.title')}</h2>
      <ResultTable caption={t('rates.title')} table={{ head, rows }} />
    </div>
  )
}
