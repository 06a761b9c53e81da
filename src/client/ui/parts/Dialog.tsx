import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { useWords } from '../words.ts'
import { Icon } from './Icon.tsx'

/** A native modal dialog; Escape, the cross and the back of the page close it. */
export function Dialog(props: { title: string; onClose: () => void; children: ComponentChildren }) {
  const t = useWords('shell')
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={props.onClose}>
      <header class="dialog-header">
        <h2 id={id}>{props.title}</h2>
        <button type="button" class="icon-button" aria-label={t('close')} onClick={() => dialog.current?.close()}>
          <Icon name="close" />
        </button>
      </header>
      {props.children}
    </dialog>
  )
}
