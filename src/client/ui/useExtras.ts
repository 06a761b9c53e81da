import type { Extras } from '../device/appCache.ts'
import { useApp } from './app.ts'
import { useLanguage } from './words.ts'

const ofTeam: Extras = ['team', 'en']
const english: Extras = ['en']
const none: Extras = []

/** What this device needs of the app beyond what is installed at once: an attendee's phone needs no more than its words. */
export function useExtras(): Extras {
  const { identity, spaces } = useApp()
  const language = useLanguage()
  const isOfTeam = identity.value.account !== null || spaces.rows.value?.some(({ role }) => role !== 'attendee')
  return isOfTeam ? ofTeam : language === 'en' ? english : none
}
