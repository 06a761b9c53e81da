import { LocationProvider, Route, Router } from 'preact-iso'
import { AppContext, type AppParts } from './app.ts'
import { Screen } from './parts/Screen.tsx'
import { routes } from './routes.ts'
import { UpdateNotice } from './status/UpdateNotice.tsx'
import { useWords } from './words.ts'

/** The app once it has its database: every address and its screen. */
export function Pages({ app }: { app: AppParts }) {
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

function Unknown() {
  const t = useWords('shell')
  return (
    <Screen title={t('unknownPage')} back="/">
      <p>{t('unknownPageHint')}</p>
    </Screen>
  )
}
