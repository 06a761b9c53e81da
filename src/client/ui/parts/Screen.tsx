import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { StatusLine } from '../status/StatusLine.tsx'
import { useWords } from '../words.ts'
import { Icon } from './Icon.tsx'
import { LanguageSwitch } from './LanguageSwitch.tsx'

/**
 * The frame of every screen: where we are and the way back, what is saved where, the content, and the one primary
 * action under the thumb. `first` screens also offer the language. `title` takes the focus when the screen opens, so
 * that a screen reader says where it is.
 */
export function Screen(props: {
  title: string
  /** The line above the title: what this screen belongs to. */
  above?: string | undefined
  back?: string | undefined
  first?: boolean
  /** Lists and forms stay narrow; a screen with list and detail uses the whole width. */
  wide?: boolean
  actions?: ComponentChildren
  children: ComponentChildren
}) {
  const t = useWords('shell')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${props.title} · ${t('appName')}`
  }, [props.title, t])
  useLayoutEffect(() => {
    if (!document.activeElement || document.activeElement === document.body) heading.current?.focus()
  }, [])
  return (
    <div class={props.wide ? 'screen screen-wide' : 'screen'}>
      <header class="screen-header">
        {props.back && (
          <a class="icon-button" href={props.back} aria-label={t('back')}>
            <Icon name="back" />
          </a>
        )}
        <div class="screen-title">
          {props.above && <p class="above">{props.above}</p>}
          <h1 ref={heading} tabIndex={-1}>
            {props.title}
          </h1>
        </div>
        {props.first && <LanguageSwitch />}
      </header>
      <StatusLine />
      <main class="screen-main">{props.children}</main>
      {props.actions && <footer class="screen-actions">{props.actions}</footer>}
    </div>
  )
}
