import { useState } from 'preact/hooks'
import { useApp } from '../../app.ts'
import { useWords } from '../../words.ts'
import { DeviceItem } from './DeviceItem.tsx'
import { Reasoned } from './Reasoned.tsx'
import type { Team } from './useTeam.ts'

type Member = Team['members'][number]
const roles = ['organizer', 'facilitator', 'viewer'] as const

/** Who may do something here, each with his devices, whoever was seen last on top. */
export function Members(props: { space: string; members: Member[]; onChanged: (said: string) => void }) {
  const bySubject = new Map<string, Member[]>()
  for (const member of [...props.members].sort((a, b) => b.lastSeenAt - a.lastSeenAt))
    bySubject.set(member.subject, [...(bySubject.get(member.subject) ?? []), member])
  return (
    <ul class="rows">
      {[...bySubject].map(([subject, devices]) => (
        <li key={subject} class="member">
          <Person {...props} subject={subject} devices={devices} />
        </li>
      ))}
    </ul>
  )
}

function Person(props: { space: string; subject: string; devices: Member[]; onChanged: (said: string) => void }) {
  const t = useWords('team')
  const { space, subject, devices, onChanged } = props
  const { identity } = useApp()
  const [first] = devices
  if (!first) return null
  return (
    <>
      <strong>{first.holder}</strong>
      <span class="tag">{t(`grant.${first.role}`)}</span>
      {first.everywhere && <span class="tag">{t('everywhere')}</span>}
      <ul class="member-devices">
        {devices.map((device) => (
          <DeviceItem key={device.dev} space={space} device={device} isOwn={!first.everywhere} onChanged={onChanged} />
        ))}
      </ul>
      {identity.value.organizer && subject.startsWith('account:') && <a href="/kode-sandi">{t('resetCode')}</a>}
      {first.everywhere ? (
        <p class="soft">{t('everywhereHint')}</p>
      ) : (
        <Rights space={space} member={first} onChanged={onChanged} />
      )}
    </>
  )
}

function Rights(props: { space: string; member: Member; onChanged: (said: string) => void }) {
  const t = useWords('team')
  const { space, member, onChanged } = props
  const { subject, holder } = member
  const [role, setRole] = useState(member.role)
  const chosen = roles.find((known) => known === role)
  return (
    <>
      <Reasoned
        summary={t('changeRole')}
        hint={t('changeRoleHint')}
        action={t('saveRole')}
        onAct={(reason) => (governing) => governing.changeRight(space, { subject, role: chosen ?? 'viewer', reason })}
        onDone={() => onChanged(t('roleChanged', { holder, role: t(`grant.${chosen ?? 'viewer'}`) }))}
      >
        <fieldset>
          <legend>{t('roleHere')}</legend>
          {roles.map((offer) => (
            <label key={offer} class="choice">
              <input type="radio" name={`role-${subject}`} checked={role === offer} onChange={() => setRole(offer)} />
              <span>
                <strong>{t(`grant.${offer}`)}</strong>
                <br />
                <span class="soft">{t(`grantHint.${offer}`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
      </Reasoned>
      <Reasoned
        summary={t('endRight')}
        hint={t('endRightHint')}
        action={t('endRight')}
        danger
        onAct={(reason) => (governing) => governing.changeRight(space, { subject, role: null, reason })}
        onDone={() => onChanged(t('rightEnded', { holder }))}
      />
    </>
  )
}
