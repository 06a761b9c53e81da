import { type Role, roles } from '../../../../core/role.ts'
import { useWords } from '../../words.ts'

/** The roles of an event as ticks, in protocol order; a person may hold several. */
export function RoleChoice(props: {
  offered: readonly Role[]
  chosen: readonly Role[]
  onChange: (roles: Role[]) => void
}) {
  const t = useWords('person')
  const { offered, chosen } = props
  const shown = roles.filter((role) => role === 'peserta' || offered.includes(role) || chosen.includes(role))
  const toggle = (role: Role) =>
    props.onChange(shown.filter((shownRole) => chosen.includes(shownRole) !== (shownRole === role)))
  return (
    <fieldset class="choices">
      <legend>{t('roles')}</legend>
      {shown.map((role) => (
        <label class="choice" key={role}>
          <input type="checkbox" checked={chosen.includes(role)} onChange={() => toggle(role)} />
          {t(`role.${role}`)}
        </label>
      ))}
    </fieldset>
  )
}
