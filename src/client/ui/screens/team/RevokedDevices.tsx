import { useWords } from '../../words.ts'
import { deviceHistoryPath, useSeen } from './DeviceItem.tsx'
import type { Team } from './useTeam.ts'

type Revoked = Team['revoked'][number]

/**
 * Devices that were revoked and may still hold what nobody else has, until they have handed it over and for a while
 * after.
 */
export function RevokedDevices({ space, devices }: { space: string; devices: Revoked[] }) {
  const t = useWords('team')
  if (devices.length === 0) return null
  return (
    <section class="stack">
      <h2>{t('revokedDevices')}</h2>
      <p class="soft">{t('revokedDevicesHint')}</p>
      <ul class="rows">
        {devices.map((device) => (
          <RevokedItem key={device.dev} space={space} device={device} />
        ))}
      </ul>
    </section>
  )
}

function RevokedItem({ space, device }: { space: string; device: Revoked }) {
  const t = useWords('team')
  const seen = useSeen(device.lastSeenAt)
  const { dev, holder, deviceName, handedOver, unsent } = device
  return (
    <li class="member revoked-device">
      <strong>{holder}</strong>
      <span class="tag">{t(handedOver ? 'handedOver' : 'notHandedOver')}</span>
      <p class="soft">
        {deviceName} · {seen}
        {!handedOver && unsent ? ` · ${t('unsent', { count: unsent })}` : ''}
      </p>
      <a href={deviceHistoryPath(space, dev)}>{t('deviceHistory')}</a>
    </li>
  )
}
