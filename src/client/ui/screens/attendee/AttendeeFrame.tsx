import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { LanguageSwitch } from '../../parts/LanguageSwitch.tsx'
import { useWords } from '../../words.ts'

/**
 * The frame of an attendee's pages. It stands before there is a database, so it has no status line; what is saved where
 * is said by the receipt.
 */
export function AttendeeFrame(props: {
  title: string
  above?: string | undefined
  /** `step` of three. */
  step?: 1 | 2 | 3
  actions?: ComponentChildren
  children: ComponentChildren
}) {
  const t = useWords('attendee')
  const { title, above, step } = props
  const heading = useRef<HTMLHeadingElement>(null)
  const isFirst = useRef(true)
  useEffect(() => {
    document.title = `${title} · ${t('appName')}`
  }, [title, t])
  /** Only another page takes the focus: not new words on this one, which come while somebody types. */
  useEffect(() => {
    if (!isFirst.current) scrollTo(0, 0)
    if (!isFirst.current || document.activeElement === document.body) heading.current?.focus({ preventScroll: true })
    isFirst.current = false
  }, [step ?? title])
  return (
    <div class="screen">
      <header class="screen-header attendee-header">
        <div class="screen-title">
          {above && <p class="above">{above}</p>}
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
        </div>
        <LanguageSwitch />
      </header>
      <main class="screen-main">
        {step && (
          <div class="attendee-steps">
            <span>{t('step', { step })}</span>
            <progress value={step} max={3} aria-hidden="true" />
          </div>
        )}
        {props.children}
      </main>
      {props.actions && <footer class="screen-actions">{props.actions}</footer>}
    </div>
  )
}
