import { roles as allRoles, type Role } from '../../../../core/role.ts'
import { useWords } from '../../words.ts'

/** Which roles people can have in this event, kept in protocol order whatever the order of ticking. */
export function RoleFields(props: { roles: Role[]; onChange: (roles: Role[]) => void; error: string | undefined }) {
  const t = useWords('eventForm')
  const chosen = new Set(props.roles)
  function toggle(role: Role): void {
    if (!chosen.delete(role)) chosen.add(role)
    props.onChange(allRoles.filter((one) => chosen.has(one)))
  }
  return (
    <fieldset class="role-fields">
      <legend>{t('roles')}</legend>
      <p class="soft">{t('rolesHint')}</p>
      <div class="role-grid">
        {allRoles.map((role) => (
          <label key={role} class="choice">
            <input
              type="checkbox"
              checked={chosen.has(role)}
              aria-invalid={props.error ? true : undefined}
              onChange={() => toggle(role)}
            />
            {t(`role.${role}`)}
          </label>
        ))}
      </div>
      {props.error && (
        <p class="error" role="alert">
          {props.error}
        </p>
      )}
    </fieldset>
  )
}
