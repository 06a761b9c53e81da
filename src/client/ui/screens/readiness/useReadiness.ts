import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { reservedBytes } from '../../../../core/savedFile.ts'
import { type AppCache, type Extras, lacksUpdateRoom, readAppCache } from '../../../device/appCache.ts'
import { measureStorage, type StorageHealth } from '../../../device/storage.ts'
import { sentFiles } from '../../../state/materials.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { type AppParts, useApp } from '../../app.ts'
import { useNow } from '../../status/StatusLine.tsx'
import { useExtras } from '../../useExtras.ts'
import { type Facts, judgeReadiness } from './needs.ts'

/** What the browser was found to hold; `undefined` while it is being asked. */
type Found = { appCache: AppCache; updateWasFull: boolean; readsCodes: boolean; storage: StorageHealth; at: number }

/** After the app's files were fetched, since the decoder is one of them. */
async function tryScanner(): Promise<boolean> {
  try {
    return await (await import('../../../device/scanner/chooseEngine.ts')).readsCodes()
  } catch {
    return false
  }
}

/**
 * The files that can be opened here, and those of them that would not open without a network: neither kept nor added
 * here.
 */
function fileCounts(space: OpenSpace, { saved, uploads }: Pick<AppParts, 'saved' | 'uploads'>): Facts['files'] {
  const isHere = (file: string) => saved.files.value.get(file)?.state === 'saved' || uploads.files.value.has(file)
  const files = sentFiles(space).map(({ file }) => file)
  return { count: files.length, missing: files.filter((file) => !isHere(file)).length }
}

/** Whether an event can be held on this device without a network; `look` asks the browser anew. */
export function useReadiness(space: OpenSpace) {
  const { identity, clockOffsetMs, clockMeasuredAt, status, sync, saved, uploads, wall } = useApp()
  const [found, setFound] = useState<Found | undefined>(undefined)
  const now = useNow()
  const ofDevice = useExtras()
  /** What shows PDFs, where there are any: saving one on a line that broke may have brought it without its viewer. */
  const hasPdf = sentFiles(space).some(({ type }) => type === 'application/pdf')
  const extras = useMemo((): Extras => (hasPdf ? [...ofDevice, 'pdf'] : ofDevice), [ofDevice, hasPdf])
  /** Of looks that go on beside each other the last one counts, whichever is answered first. */
  const looks = useRef(0)
  const look = useCallback(async () => {
    const mine = ++looks.current
    const lookAtFiles = readAppCache(extras, { thorough: true })
    const [appCache, storage] = await Promise.all([lookAtFiles, measureStorage(reservedBytes)])
    const [updateWasFull, readsCodes] = await Promise.all([lacksUpdateRoom(), tryScanner()])
    if (mine === looks.current) setFound({ appCache, updateWasFull, readsCodes, storage, at: wall() })
  }, [wall, extras])
  useEffect(() => void look(), [look])
  /** The clock is measured by rounds of sync: reading their state renders anew after each. */
  sync.value
  const facts = found && {
    people: space.people.value.size,
    progress: space.progress.value,
    clockOffsetMs: clockOffsetMs(),
    clockMeasuredAt: clockMeasuredAt(),
    enrolled: identity.value.enrolled,
    files: fileCounts(space, { saved, uploads }),
    unsent: status.unsent.value.get(space.id) ?? { count: 0, parked: 0 },
    now,
    ...found,
  }
  return { readiness: facts && judgeReadiness(facts), checkedAt: found?.at, look }
}
