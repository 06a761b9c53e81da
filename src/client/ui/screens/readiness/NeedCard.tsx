import { useState } from 'preact/hooks'
import { may } from '../../../../core/access.ts'
import { tryUpdateAgain } from '../../../device/appCache.ts'
import { keepStorage } from '../../../device/storage.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { useApp } from '../../app.ts'
import { eventPath } from '../../useSession.ts'
import { useWords } from '../../words.ts'
import { parkedPlace } from '../safe/parkedPlace.ts'
import type { Need } from './needs.ts'

type Help = { words: string } & ({ href: string } | { act: () => void })

/** One thing to do before leaving coverage, with a button where the app can do it. */
export function NeedCard({ need, space, onDone }: { need: Need; space: OpenSpace; onDone: () => Promise<void> }) {
  const t = useWords('readiness')
  const { syncNow } = useApp()
  const sync = { words: 'do.sync', act: syncNow }
  const look = { words: 'do.look', act: () => void onDone() }
  const [isRefused, setRefused] = useState(false)
  async function askBrowser(): Promise<void> {
    setRefused(!(await keepStorage()))
    await onDone()
  }
  const keep = { words: 'do.keep', act: () => void askBrowser() }
  const canImport = may(space.role.value, 'importPeople')

  const helps: Partial<Record<Need, Help>> = {
    eventPart: sync,
    noPeople: canImport ? { words: 'do.import', href: eventPath(space.id, 'impor') } : sync,
    appMissing: look,
    appNotControlled: { words: 'do.reload', act: () => location.reload() },
    updateFull: { words: 'do.update', act: () => void tryUpdateAgain().then(onDone, onDone) },
    scannerFails: look,
    notPersisted: keep,
    clockUnknown: sync,
    notEnrolled: { words: 'do.signIn', href: '/masuk' },
    contactOld: sync,
    unsent: sync,
    filesMissing: { words: 'do.materials', href: eventPath(space.id, 'materi') },
    parked: { words: 'do.status', href: `/status${parkedPlace(space.id)}` },
  }
  const help = helps[need]
  return (
    <section class="card">
      <h2>{t(`need.${need}`)}</h2>
      <p>{t(`hint.${need === 'noPeople' && !canImport ? 'noGuestList' : need}`)}</p>
      {help && 'href' in help && (
        <a class="button" href={help.href}>
          {t(help.words)}
        </a>
      )}
      {help && 'act' in help && (
        <button type="button" onClick={help.act}>
          {t(help.words)}
        </button>
      )}
      {isRefused && <p role="status">{t('refused')}</p>}
    </section>
  )
}
