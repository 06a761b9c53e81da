import { loadWords } from '../../i18n/i18n.ts'
import { useApp } from '../app.ts'
import { lazyPart } from '../lazyPart.ts'

const load = () => Promise.all([import('../screens/materials/SaveFiles.tsx'), loadWords('materialForm')])
const List = lazyPart(() => load().then(([parts]) => parts.SaveFiles))

/** Files of materials that wait here, each to be saved beside a rescue file; an attendee's phone never loads this. */
export function SaveFiles(props: { only?: string; onSaved?: (names: ReadonlySet<string>) => void }) {
  const isAny = [...useApp().uploads.files.value.values()].some(({ state }) => state !== 'sent')
  return isAny ? <List {...props} /> : null
}
