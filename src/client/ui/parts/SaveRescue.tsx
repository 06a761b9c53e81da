import { useState } from 'preact/hooks'
import { dayAt } from '../../../core/time.ts'
import { canShareFile, saveFile, savesByShare, shareFile } from '../../device/files.ts'
import { noteExport } from '../../state/exports.ts'
import { useApp } from '../app.ts'
import { useWords } from '../words.ts'
import { Icon } from './Icon.tsx'
import { Notice } from './Notice.tsx'

type Way = 'save' | 'share'
type Made = { text: string; changes: number; notes: number; rescued: ReadonlySet<string> }
type State =
  | { name: 'making' | 'nothing' | 'failed' | 'unshared' }
  /** Made, and waits for one more tap: browsers share only right after one. */
  | { name: 'ready'; way: Way; made: Made }
  | { name: 'saved' | 'shared'; made: Made; file: string }

/** Only for the question whether files can be shared: nothing is made before a person asks for it. */
const sample = () => toFile('share', '', 0)

/** Chrome shares no `.json`; as text it does, and whoever opens it reads what is in it, whatever its name. */
function toFile(way: Way, text: string, now: number): File {
  const [end, type] = way === 'share' ? ['txt', 'text/plain'] : ['json', 'application/json']
  return new File([text], `hadir-penyelamat-${dayAt(now, 'WIB')}.${end}`, { type })
}

/**
 * Saves or shares what is unsent or parked, of all events or of `only` one, as a rescue file: without a network, marking
 * nothing. `onSaved` hears which ops were on this device only and are now in a file that was handed over; whether it was
 * stored, no page learns. `isDone`: there is nothing more to save, and only what was handed over is told. `isBrief`: in
 * few words, above a screen that is about something else.
 */
export function SaveRescue(props: {
  only?: string
  onSaved?: (rescued: ReadonlySet<string>) => void
  isDone?: boolean
  isBrief?: boolean
}) {
  const t = useWords('shell')
  const { rescue, spaces, wall } = useApp()
  const [state, setState] = useState<State | undefined>(undefined)
  const mayShare = canShareFile(sample()) && !savesByShare(sample())

  async function hand(way: Way, made: Made, isSecondTap: boolean): Promise<void> {
    const file = toFile(way, made.text, wall())
    const outcome = await (way === 'share' ? shareFile : saveFile)(file)
    if (outcome === 'closed') return setState(undefined)
    if (outcome === 'needsTap') return setState(isSecondTap ? { name: 'unshared' } : { name: 'ready', way, made })
    setState({ name: outcome, made, file: file.name })
    props.onSaved?.(made.rescued)
  }

  /** In each event whose work is in the file, and so in the file itself; an event that cannot be read holds nothing up. */
  async function note(events: string[]): Promise<void> {
    for (const id of events) {
      const space = await spaces.open(id).catch(() => undefined)
      if (space) await noteExport(space, { what: 'rescue', format: 'json' })
    }
  }

  async function make(way: Way): Promise<void> {
    if (state?.name === 'making') return
    if (state?.name === 'ready' && state.way === way) return hand(way, state.made, true)
    setState({ name: 'making' })
    try {
      const found = await rescue.make(props.only)
      if (found) await note(found.spaces)
      const made = found && (await rescue.make(props.only))
      if (made) await hand(way, made, false)
      else setState({ name: 'nothing' })
    } catch (error) {
      setState({ name: 'failed' })
      throw error
    }
  }

  const isMaking = state?.name === 'making'
  const label = (way: Way) => t(`rescue.${way}${state?.name === 'ready' && state.way === way ? 'Now' : ''}`)
  return (
    <div class="stack">
      {!props.isDone && (
        <button type="button" onClick={() => void make('save')} aria-disabled={isMaking}>
          <Icon name="download" />
          {isMaking ? t('rescue.making') : label('save')}
        </button>
      )}
      {mayShare && !props.isDone && (
        <button type="button" onClick={() => void make('share')} aria-disabled={isMaking}>
          <Icon name="upload" />
          {label('share')}
        </button>
      )}
      {(state?.name === 'saved' || state?.name === 'shared') && (
        <Handed outcome={state.name} {...state.made} file={state.file} isBrief={props.isBrief} />
      )}
      {state?.name === 'nothing' && <Notice kind="info">{t('rescue.nothing')}</Notice>}
      {state?.name === 'unshared' && <Notice kind="warn">{t('rescue.unshared')}</Notice>}
      {state?.name === 'failed' && <Notice kind="danger">{t('rescue.failed')}</Notice>}
    </div>
  )
}

function Handed(props: {
  outcome: 'saved' | 'shared'
  changes: number
  notes: number
  file: string
  isBrief: boolean | undefined
}) {
  const t = useWords('shell')
  const { outcome, changes, notes, file } = props
  if (props.isBrief) {
    const noted = notes > 0 ? t('rescue.briefNotes', { count: notes }) : ''
    return <p>{t('rescue.brief', { count: changes, file, notes: noted })}</p>
  }
  return (
    <Notice kind="info">
      <p>{t(`rescue.${outcome}`, { count: changes, file })}</p>
      {notes > 0 && <p>{t('rescue.noted', { count: notes })}</p>}
    </Notice>
  )
}
