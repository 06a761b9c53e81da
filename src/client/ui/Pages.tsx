import { LocationProvider, Route, Router, useLocation } from 'preact-iso'
import { AppContext, type AppParts, useApp } from './app.ts'
import { Screen } from './parts/Screen.tsx'
import { kioskScreen, routes } from './routes.ts'
import { StorageNotice } from './status/StorageNotice.tsx'
import { UpdateNotice } from './status/UpdateNotice.tsx'
import { useWords } from './words.ts'

/** The app once it has its database: every address and its screen. */
export function Pages({ app }: { app: AppParts }) {
  return (
    <AppContext.Provider value={app}>
      <LocationProvider>
        <UpdateNotice />
        <StorageNotice />
        <Screens />
      </LocationProvider>
    </AppContext.Provider>
  )
}

/** The router decodes what it matches, and throws at what nobody encoded (`/kegiatan/%ff`). */
function isReadable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

function Screens() {
  const { path } = useLocation()
  const isKiosk = useApp().kiosk.run.value !== undefined
  if (isKiosk)
    return (
      <Router>
        {[]}
        <Route default component={kioskScreen} />
      </Router>
    )
  if (!isReadable(path)) return <Unknown />
  return (
    <Router>
      {Object.entries(routes).map(([address, component]) => (
        <Route key={address} path={address} component={component} />
      ))}
      <Route default component={Unknown} />
    </Router>
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
