import { render } from 'preact'
import { startI18n } from './i18n/i18n.ts'
import { App } from './ui/App.tsx'
import './ui/styles/index.css'

const root = document.getElementById('app')

async function start() {
  const [{ boot }, { Routes }] = await Promise.all([import('./boot.ts'), import('./ui/Routes.tsx')])
  return { app: await boot(), Routes }
}

startI18n().then(() => {
  if (root) render(<App start={start} />, root)
})
