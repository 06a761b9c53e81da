import { render } from 'preact'
import { startI18n } from './i18n/i18n.ts'
import { App } from './ui/App.tsx'
import './ui/styles/index.css'

const root = document.getElementById('app')

async function start() {
  const [{ boot }, { Pages }] = await Promise.all([import('./boot.ts'), import('./ui/Pages.tsx')])
  return { app: await boot(), Pages }
}

startI18n().then(() => {
  if (root) render(<App start={start} />, root)
})
