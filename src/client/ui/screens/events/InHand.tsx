import { useRef } from 'preact/hooks'
import { loadWords } from '../../../i18n/i18n.ts'
import { useApp } from '../../app.ts'
import { lazyPart } from '../../lazyPart.ts'

const load = async () => {
  const [{ InHandFiles }] = await Promise.all([import('../rescue/InHandFiles.tsx'), loadWords('rescue')])
  return InHandFiles
}
const Files = lazyPart(load, { optional: true })

/** Most devices never have one: the rest comes with the first, and stays, so that a mistaken press can be undone. */
export function InHand() {
  const isNeeded = useRef(false)
  isNeeded.current ||= useApp().spaces.inHand.value.length > 0
  return isNeeded.current ? <Files /> : null
}
