import type { ComponentType } from 'preact'
import { useEffect, useErrorBoundary, useState } from 'preact/hooks'
import { Notice } from './parts/Notice.tsx'
import { useWords } from './words.ts'

/** The first paint, small on purpose; what needs IndexedDB follows as `start` brings it. */
export function App({ start }: { start: () => Promise<ComponentType> }) {
  const [Ready, setReady] = useState<ComponentType | undefined>(undefined)
  const [failed, setFailed] = useState<unknown>(undefined)
  const [crash] = useErrorBoundary()
  useEffect(() => {
    start().then((shown) => setReady(() => shown), setFailed)
  }, [start])
  if (failed || crash) return <Broken error={failed ?? crash} />
  return Ready ? <Ready /> : <Opening />
}

function Opening() {
  const t = useWords('shell')
  return (
    <main class="opening" aria-busy="true">
      <h1>{t('appName')}</h1>
      <p role="status">{t('opening')}</p>
    </main>
  )
}

function reasonOf(error: unknown): 'brokenNewer' | 'brokenInsecure' | 'broken' {
  if (error instanceof Error && error.name === 'NewerSchemaError') return 'brokenNewer'
  return isSecureContext ? 'broken' : 'brokenInsecure'
}

/** A bug, or storage that the browser refuses: what is saved is still there, and this says so. */
function Broken({ error }: { error: unknown }) {
  const t = useWords('shell')
  return (
    <main class="opening">
      <h1>{t('appName')}</h1>
      <Notice kind="danger">{t(reasonOf(error))}</Notice>
      <button type="button" class="primary" onClick={() => location.reload()}>
        {t('reload')}
      </button>
      <a class="button" href="/">
        {t('toEvents')}
      </a>
    </main>
  )
}
