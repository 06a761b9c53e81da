import { render } from 'preact'
import { startI18n } from './i18n/i18n.ts'
import { App } from './ui/App.tsx'
import './ui/styles/index.css'

const root = document.getElementById('app')

startI18n().then(() => {
  if (root) render(<App boot={() => import('./boot.ts').then(({ boot }) => boot())} />, root)
})
