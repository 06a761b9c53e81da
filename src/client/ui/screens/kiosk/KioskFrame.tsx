import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { LanguageSwitch } from '../../parts/LanguageSwitch.tsx'
import { useUncopied, useUnsentTotal } from '../../status/StatusLine.tsx'
import { useWords } from '../../words.ts'
import { LeaveKiosk } from './LeaveKiosk.tsx'

/** The frame of the kiosk: no address leads anywhere, and what is saved where is said without a way to it. */
export function KioskFrame(props: {
  space: OpenSpace | null
  /** What the step is about; the event's name where it is missing. */
  title?: string | undefined
  actions?: ComponentChildren
  children: ComponentChildren
}) {
  const t = useWords('kiosk')
  const [leaving, setLeaving] = useState(false)
  const { count } = useUnsentTotal()
  const uncopied = useUncopied()
  const heading = useRef<HTMLHeadingElement>(null)
  const event = props.space?.event.value
  const title = props.title ?? event?.title ?? t('appName')
  useEffect(() => {
    document.title = t('appName')
  }, [t])
  /** With the step itself: an effect that follows it would take the focus from whoever types already. */
  useLayoutEffect(() => heading.current?.focus(), [title])
  return (
    <div class="kiosk">
      <header class="kiosk-header">
        <div>
          <p class="above">{props.title ? event?.title : event?.institution}</p>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
        </div>
        <LanguageSwitch />
      </header>
      <main class="kiosk-main">{props.children}</main>
      {props.actions && <div class="kiosk-actions">{props.actions}</div>}
      <footer class="kiosk-footer">
        <p>{uncopied ? t('status.uncopied') : count > 0 ? t('kept', { count }) : t('sent')}</p>
        <button type="button" class="link-button" onClick={() => setLeaving(true)}>
          {t('staff')}
        </button>
      </footer>
      {leaving && <LeaveKiosk space={props.space} onClose={() => setLeaving(false)} />}
    </div>
  )
}
