import { render } from 'preact'
import { startI18n } from './i18n/i18n.ts'
import { App } from './ui/App.tsx'
import './ui/styles/index.css'

const root = document.getElementById('app')

async function start() {
  if (/^\/m\/\w/.test(location.pathname) && location.hash.length > 1) {
    const { startFirstVisit } = await import('./firstVisit.tsx')
    const FirstVisit = await startFirstVisit()
    if (FirstVisit) return FirstVisit
  }
  const [{ boot }, { Pages }] = await Promise.all([import('./boot.ts'), import('./ui/Pages.tsx')])
  const app = await boot()
  return () => <Pages app={app} />
}

startI18n().then(() => {
  if (root) render(<App start={start} />, root)
})
