import type { Plugin } from 'vite'

/** What tools/chunks.ts finds that only the team's files need. */
export const teamParts = 'team-parts'

/** What rolldown says of a file before it names it. */
type Chunk = { name: string; facadeModuleId?: string | null; moduleIds: string[] }

/** Screens that an attendee's phone never opens, beyond those that record attendance at the door. */
const teamFolders = [
  'documents',
  'eventForm',
  'formEditor',
  'history',
  'import',
  'kiosk',
  'materialForm',
  'materials',
  'myAccount',
  'passes',
  'quarantine',
  'people',
  'results',
  'team',
  'wall',
]
const teamScreens = ['feedback/Feedback', 'gate/GateScreen']
/** What only the team's screens need of the device. */
const teamDevice = ['passkey', 'photo']
const teamWords = [
  ...[
    'documents',
    'eventForm',
    'fileButtons',
    'gate',
    'handOver',
    'history',
    'historyWords',
    'import',
    'kiosk',
    'materialForm',
    'myAccount',
    'passes',
    'quarantine',
    'people',
    'results',
    'team',
  ],
]

const ofTeam = new RegExp(
  `/ui/screens/(?:(?:${teamFolders.join('|')})/|(?:${teamScreens.join('|')})\\.tsx)|/device/(?:${teamDevice.join('|')})\\.ts|/locales/id/(?:${teamWords.join('|')})\\.json|/client/uploader\\.ts|/client/worker/solvePuzzle\\.ts|/client/sync/(?:ownAccount|governing)\\.ts|/protocol/(?:rights|quarantine|audit)\\.ts|/core/(?:history|password)\\.ts|/core/form/(?:gain|items|measure|questionBank|report|results|score|skm|skmAnswers)\\.ts|/client/state/history\\.ts|/ui/parts/(?:historyWords\\.ts|FileButtons\\.tsx)|/@simplewebauthn/`,
)
const ofEnglish = /\/locales\/en\//
/** What shows PDFs, which is large and fetched where one is kept. */
const ofPdf = /\/pdfjs-dist\/|\/device\/pdf\.ts|\/materials\/PdfPages\.tsx/
const ofMaterials = /\/ui\/parts\/materials\/|\/ui\/screens\/attendee\/OwnMaterials\.tsx|\/locales\/id\/materials\.json/
/** What asks for tickets of anonymous forms, and makes keys on plain http: of use with a server only. */
const ofBallots = /\/@noble\/|\/client\/sync\/(?:blinding|softKey)\.ts/
const groups = { team: ofTeam, en: ofEnglish, pdf: ofPdf, materi: ofMaterials, ballot: ofBallots }

/** The group that a module begins, if one does; what it imports follows it unless the installation needs that, too. */
export function groupOf(id: string): string | undefined {
  return Object.entries(groups).find(([, pattern]) => pattern.test(id))?.[0]
}

/**
 * The name of a built file. Files that the service worker fetches after the installation (sw.ts) carry the group that
 * needs them: `team`, `materi` and `pdf` for whoever reads materials, `ballot` for anonymous forms, or `en` for the
 * words that Indonesian stands in for.
 */
export function chunkFileName({ name, facadeModuleId, moduleIds }: Chunk): string {
  if (name === teamParts) return `assets/${name}-[hash].js`
  const modules = facadeModuleId ? [facadeModuleId] : moduleIds
  const isAll = (pattern: RegExp) => modules.length > 0 && modules.every((id) => pattern.test(id))
  const [group] = Object.entries(groups).find(([, pattern]) => isAll(pattern)) ?? []
  return `assets/${group ? `${group}-` : ''}[name]-[hash].js`
}

/** The documents' worker and all that it loads is the team's; the scanner's comes with the installation. */
export const workerFileName = ({ name }: { name: string }) => `assets/${name === 'scan' ? '' : 'team-'}[name]-[hash].js`

/** What pdf.js loads by itself: its worker, named as script that every server knows, and its decoders. */
export function assetFileName({ originalFileNames }: { originalFileNames: string[] }): string {
  const isPdf = originalFileNames.some((name) => name.includes('pdfjs-dist'))
  const isWorker = originalFileNames.some((name) => name.endsWith('.mjs'))
  return isPdf ? `assets/pdf-[name]-[hash]${isWorker ? '.js' : '[extname]'}` : 'assets/[name]-[hash][extname]'
}

const isExtra = (file: string) => /^assets\/(?:team|en|materi|pdf|ballot)-/.test(file)

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
