import type { Plugin } from 'vite'

/** What rolldown says of a file before it names it. */
type Chunk = { facadeModuleId?: string | null; moduleIds: string[] }

/** Screens that an attendee's phone never opens, beyond those that record attendance at the door. */
const teamFolders = [
  'documents',
  'eventForm',
  'formEditor',
  'import',
  'kiosk',
  'passes',
  'people',
  'results',
  'team',
  'wall',
]
const teamScreens = ['feedback/Feedback', 'gate/GateScreen']
const teamWords = ['documents', 'eventForm', 'gate', 'import', 'kiosk', 'passes', 'people', 'results', 'team']

const ofTeam = new RegExp(
  `/ui/screens/(?:(?:${teamFolders.join('|')})/|(?:${teamScreens.join('|')})\\.tsx)|/locales/id/(?:${teamWords.join('|')})\\.json`,
)
const ofEnglish = /\/locales\/en\//

/**
 * The name of a built file. Files that the service worker fetches after the installation (sw.ts) carry the group that
 * needs them: `team`, or `en` for the words that Indonesian stands in for.
 */
export function chunkFileName({ facadeModuleId, moduleIds }: Chunk): string {
  const modules = facadeModuleId ? [facadeModuleId] : moduleIds
  const isAll = (pattern: RegExp) => modules.length > 0 && modules.every((id) => pattern.test(id))
  const group = isAll(ofTeam) ? 'team-' : isAll(ofEnglish) ? 'en-' : ''
  return `assets/${group}[name]-[hash].js`
}

/** The documents' worker and all that it loads is the team's; the scanner's comes with the installation. */
export const workerFileName = ({ name }: { name: string }) => `assets/${name === 'scan' ? '' : 'team-'}[name]-[hash].js`

const isExtra = (file: string) => /^assets\/(?:team|en)-/.test(file)

/** Fails the build when a file of the installation could not start without one that follows it. */
export function checkExtras(): Plugin {
  return {
    name: 'hadir-extras',
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk' || isExtra(chunk.fileName)) continue
        const extra = chunk.imports.find(isExtra)
        if (extra) this.error(`${chunk.fileName} is installed at once, but imports ${extra}, which follows`)
      }
    },
  }
}
