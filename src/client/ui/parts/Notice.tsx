import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './Icon.tsx'

const icons = { info: 'info', ok: 'check', warn: 'warning', danger: 'stop' } as const satisfies Record<string, IconName>

/** Something that a person should know, beside what it is about; never by colour alone. Danger interrupts a reader. */
export function Notice({ kind, children }: { kind: keyof typeof icons; children: ComponentChildren }) {
  return (
    <div class={`notice notice-${kind}`} role={kind === 'danger' ? 'alert' : 'status'}>
      <Icon name={icons[kind]} />
      <div>{children}</div>
    </div>
  )
}
