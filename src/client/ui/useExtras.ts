import type { Extras } from '../device/appCache.ts'
import { useApp } from './app.ts'
import { useLanguage } from './words.ts'

const ofTeam: Extras = ['team', 'en', 'materi']
const english: Extras = ['en', 'materi']
const materials: Extras = ['materi']

/** What this device needs of the app beyond what is installed at once: of an attendee's phone its words and what shows materials. */
export function useExtras(): Extras {
  const { identity, spaces } = useApp()
  const language = useLanguage()
  const isOfTeam = identity.value.account !== null || spaces.rows.value?.some(({ role }) => role !== 'attendee')
  return isOfTeam ? ofTeam : language === 'en' ? english : materials
}
