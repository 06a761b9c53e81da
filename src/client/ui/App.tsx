import { useEffect, useErrorBoundary, useState } from 'preact/hooks'
import { LocationProvider, Route, Router } from 'preact-iso'
import { AppContext, type AppParts } from './app.ts'
import { Notice } from './parts/Notice.tsx'
import { Screen } from './parts/Screen.tsx'
import { routes } from './routes.ts'
import { UpdateNotice } from './status/UpdateNotice.tsx'
import { useWords } from './words.ts'

/** The shell is painted first; what needs IndexedDB follows. */
export function App({ boot }: { boot: () => Promise<AppParts> }) {
  const [app, setApp] = useState<AppParts | undefined>(undefined)
  const [failed, setFailed] = useState<unknown>(undefined)
  const [crash, resetCrash] = useErrorBoundary()
  useEffect(() => {
    boot().then(setApp, setFailed)
  }, [boot])
  if (failed || crash) return <Broken error={failed ?? crash} onRetry={resetCrash} />
  if (!app) return <Opening />
  return (
    <AppContext.Provider value={app}>
      <LocationProvider>
        <UpdateNotice />
        <Router>
          {Object.entries(routes).map(([path, component]) => (
            <Route key={path} path={path} component={component} />
          ))}
          <Route default component={Unknown} />
        </Router>
      </LocationProvider>
    </AppContext.Provider>
  )
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

/** A bug, or storage that the browser refuses: what is saved is still there, and this says so. */
function Broken({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useWords('shell')
  const newer = error instanceof Error && error.name === 'NewerSchemaError'
  return (
    <main class="opening">
      <h1>{t('appName')}</h1>
      <Notice kind="danger">{newer ? t('brokenNewer') : t('broken')}</Notice>
      <button
        type="button"
        class="primary"
        onClick={() => {
          onRetry()
          location.reload()
        }}
      >
        {t('reload')}
      </button>
    </main>
  )
}

function Unknown() {
  const t = useWords('shell')
  return (
    <Screen title={t('unknownPage')} back="/">
      <p>{t('unknownPageHint')}</p>
    </Screen>
  )
}
