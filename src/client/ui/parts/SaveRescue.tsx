import { useState } from 'preact/hooks'
import { dayAt } from '../../../core/time.ts'
import { saveFile } from '../../device/files.ts'
import { useApp } from '../app.ts'
import { useWords } from '../words.ts'
import { Icon } from './Icon.tsx'
import { Notice } from './Notice.tsx'

type State =
  | { name: 'making' | 'nothing' | 'failed' }
  /** Made, and waits for one more tap: browsers share only right after one. */
  | { name: 'ready' | 'saved'; file: File; ops: number; rescued: ReadonlySet<string> }

/**
 * Saves what is unsent or parked, of all events or of `only` one, as a rescue file: without a network, marking nothing.
 * `onSaved` hears which ops were on this device only and are now in the file.
 */
export function SaveRescue(props: { only?: string; onSaved?: (rescued: ReadonlySet<string>) => void }) {
  const t = useWords('shell')
  const { rescue, wall } = useApp()
  const [state, setState] = useState<State | undefined>(undefined)

  async function hand(made: { file: File; ops: number; rescued: ReadonlySet<string> }): Promise<void> {
    const outcome = await saveFile(made.file)
    if (outcome === 'closed') return setState(undefined)
    if (outcome === 'needsTap') return setState({ name: 'ready', ...made })
    setState({ name: 'saved', ...made })
    props.onSaved?.(made.rescued)
  }

  async function make(): Promise<void> {
    if (state?.name === 'making') return
    if (state?.name === 'ready') return hand(state)
    setState({ name: 'making' })
    try {
      const made = await rescue.make(props.only)
      if (!made) return setState({ name: 'nothing' })
      const name = `hadir-penyelamat-${dayAt(wall(), 'WIB')}.json`
      await hand({ ...made, file: new File([made.text], name, { type: 'application/json' }) })
    } catch (error) {
      setState({ name: 'failed' })
      throw error
    }
  }

  return (
    <div class="stack">
      <button type="button" onClick={() => void make()} aria-disabled={state?.name === 'making'}>
        <Icon name="download" />
        {t(state?.name === 'ready' ? 'rescue.saveNow' : state?.name === 'making' ? 'rescue.making' : 'rescue.save')}
      </button>
      {state?.name === 'saved' && (
        <Notice kind="ok">{t('rescue.saved', { count: state.ops, file: state.file.name })}</Notice>
      )}
      {state?.name === 'nothing' && <Notice kind="info">{t('rescue.nothing')}</Notice>}
      {state?.name === 'failed' && <Notice kind="danger">{t('rescue.failed')}</Notice>}
    </div>
  )
}
