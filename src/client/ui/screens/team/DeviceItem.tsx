import { useState } from 'preact/hooks'
import { useApp } from '../../app.ts'
import { TextField } from '../../parts/Field.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { ageParts } from '../../status/age.ts'
import { useNow } from '../../status/StatusLine.tsx'
import { useWords } from '../../words.ts'
import { Reasoned } from './Reasoned.tsx'
import { useAsking } from './useAsking.ts'

type Device = { dev: string; deviceName: string; lastSeenAt: number; unsent: number | null }

/** What was done to a device, in words, and what it is called now; `undefined`: it is out. */
type OnChanged = (said: string, name: string | undefined) => void

/** What a device last was and told, and what can be done about it, unless it is the organization's to do (`isOwn`). */
export function DeviceItem(props: { space: string; device: Device; isOwn: boolean; onChanged: OnChanged }) {
  const t = useWords('team')
  const { space, device, onChanged } = props
  const { dev, unsent } = device
  const seen = useSeen(device.lastSeenAt)
  return (
    <li class="stack">
      <p>
        {device.deviceName}
        <br />
        <span class="soft">
          {seen}
          {unsent !== null && ` · ${t('unsent', { count: unsent })}`}
        </span>
      </p>
      <a href={deviceHistoryPath(space, dev)}>{t('deviceHistory')}</a>
      {props.isOwn && <Rename {...props} />}
      {props.isOwn && (
        <Reasoned
          summary={t('revoke')}
          hint={t('revokeHint')}
          action={t('revoke')}
          danger
          onAct={(reason) => (governing) => governing.changeDevice(space, dev, { change: 'revoke', reason })}
          onDone={() => onChanged(t('revoked', { name: device.deviceName }), undefined)}
        />
      )}
    </li>
  )
}

function Rename({ space, device, onChanged }: { space: string; device: Device; onChanged: OnChanged }) {
  const t = useWords('team')
  const [name, setName] = useState(device.deviceName)
  const [isOpen, setOpen] = useState(false)
  const { busy, error, ask } = useAsking(t)
  async function rename(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (!(await ask((governing) => governing.changeDevice(space, device.dev, { change: 'rename', name })))) return
    setOpen(false)
    onChanged(t('renamed', { name }), name)
  }
  return (
    <details class="disclosure" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('rename')}</summary>
      {isOpen && (
        <form class="stack" noValidate onSubmit={rename}>
          <TextField label={t('deviceName')} value={name} onInput={setName} maxLength={200} error={error} />
          <button type="submit" aria-disabled={busy}>
            {busy ? t('working') : t('saveName')}
          </button>
        </form>
      )}
    </details>
  )
}

/** What a device did, and what was done to it. */
export function deviceHistoryPath(space: string, dev: string): string {
  return `${space === '*' ? '' : `/kegiatan/${space}`}/riwayat?perangkat=${dev}`
}

/** When a device last was there, in words. */
export function useSeen(at: number): string {
  const t = useWords('team')
  const now = useNow() + useApp().clockOffsetMs()
  const { unit, count } = ageParts(now - at)
  return unit === 'now' ? t('seenNow') : t('seen', { age: t(`age.${unit}`, { count }) })
}

/** Attendees' devices: a number, and one by one only when somebody asks, since there may be a thousand. */
export function AttendeeDevices(props: { space: string; count: number; onChanged: (said: string) => void }) {
  const t = useWords('team')
  const [devices, setDevices] = useState<(Device & { enrolledAt: number })[] | undefined>(undefined)
  const [more, setMore] = useState(true)
  const { busy, error, ask } = useAsking(t)
  if (props.count === 0) return null

  const load = () =>
    ask(async (governing) => {
      const answer = await governing.attendeeDevices(props.space, devices?.at(-1))
      if (!answer.ok) return answer
      setDevices([...(devices ?? []), ...answer.value.devices])
      setMore(answer.value.more)
      return answer
    })
  function change(dev: string, name: string | undefined): void {
    const others = devices?.filter((device) => name !== undefined || device.dev !== dev)
    setDevices(others?.map((device) => (device.dev === dev ? { ...device, deviceName: name ?? '' } : device)))
  }
  return (
    <section class="stack">
      <h2>{t('attendeeDevices')}</h2>
      <p>{t('attendeeCount', { count: props.count })}</p>
      <ul class="rows">
        {devices?.map((device) => (
          <DeviceItem
            key={device.dev}
            space={props.space}
            device={device}
            isOwn
            onChanged={(said, name) => {
              change(device.dev, name)
              props.onChanged(said)
            }}
          />
        ))}
      </ul>
      {error && <Notice kind="danger">{error}</Notice>}
      {more && (
        <button type="button" onClick={load} aria-disabled={busy}>
          {busy ? t('loading') : t(devices ? 'more' : 'showDevices')}
        </button>
      )}
    </section>
  )
}
