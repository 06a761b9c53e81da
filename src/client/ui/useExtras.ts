import type { Extras } from '../device/appCache.ts'
import { useApp } from './app.ts'
import { useLanguage } from './words.ts'

const ofEverybody: Extras = ['materi', 'ballot']
const english: Extras = [...ofEverybody, 'en']
const ofTeam: Extras = [...english, 'team']

/** What this device needs of the app beyond what is installed at once. */
export function useExtras(): Extras {
  const { identity, spaces } = useApp()
  const language = useLanguage()
  const isOfTeam = identity.value.account !== null || spaces.rows.value?.some(({ role }) => role !== 'attendee')
  return isOfTeam ? ofTeam : language === 'en' ? english : ofEverybody
}
