import type { ComponentChildren } from 'preact'
import { useApp } from '../../app.ts'
import { Notice } from '../../parts/Notice.tsx'
import { SaveFailed } from '../../parts/SaveFailed.tsx'
import { useSaving } from '../../useSaving.ts'
import { useWords } from '../../words.ts'

/** Work that the server did not take, and a person's decision: send it again, or let go of it. */
export function RefusedWork(props: {
  onRetry: () => Promise<void>
  onRelease: () => Promise<void>
  children: ComponentChildren
}) {
  const t = useWords('status')
  const { syncNow } = useApp()
  const { busy, failure, save } = useSaving()

  async function retry(): Promise<void> {
    if (await save(props.onRetry)) syncNow()
  }

  return (
    <Notice kind="danger">
      <div class="stack">
        {props.children}
        <div class="buttons">
          <button type="button" aria-disabled={busy} onClick={retry}>
            {t('retry')}
          </button>
          <button type="button" aria-disabled={busy} onClick={() => save(props.onRelease)}>
            {t('release')}
          </button>
        </div>
        <SaveFailed failure={failure} />
      </div>
    </Notice>
  )
}
