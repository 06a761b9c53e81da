import { useEffect, useState } from 'preact/hooks'
import { saveFile } from '../../../device/files.ts'
import type { StrandedFile } from '../../../state/uploads.ts'
import { useApp } from '../../app.ts'
import { Icon } from '../../parts/Icon.tsx'
import { fileOf } from '../../parts/materials/fileOf.ts'
import { sizeWords } from '../../parts/materials/sizes.ts'
import { Notice } from '../../parts/Notice.tsx'
import { useLanguage, useWords } from '../../words.ts'

type Outcome = 'saved' | 'needsTap' | 'failed'

/**
 * Files of materials that no server has, each to be saved by itself: a rescue file holds what was written, and would be
 * too large with them. `onSaved`: the names of those that were, among those of rescued ops.
 */
export function SaveFiles({ only, onSaved }: { only?: string; onSaved?: (names: ReadonlySet<string>) => void }) {
  const t = useWords('materialForm')
  const language = useLanguage()
  const { uploads } = useApp()
  const [files, setFiles] = useState<StrandedFile[]>([])
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map())
  const now = uploads.files.value
  useEffect(() => void uploads.stranded(only).then(setFiles), [uploads, only, now])

  async function save(file: StrandedFile): Promise<void> {
    const content = await uploads.read(file.hash)
    const title = file.title || t('rescue.untitled')
    const done = content ? await saveFile(fileOf(content, { ...file, title })) : 'failed'
    if (done === 'closed') return
    const next = new Map(outcomes).set(file.name, done === 'shared' ? 'saved' : done)
    setOutcomes(next)
    onSaved?.(new Set([...next].flatMap(([name, outcome]) => (outcome === 'saved' ? [name] : []))))
  }

  if (files.length === 0) return null
  return (
    <section class="stack">
      <h3>{t('rescue.title', { count: files.length })}</h3>
      <p>{t('rescue.hint')}</p>
      <ul class="stack">
        {files.map((file) => {
          const outcome = outcomes.get(file.name)
          const title = file.title || t('rescue.untitled')
          return (
            <li key={file.name} class="stack">
              <button type="button" aria-label={t('rescue.saveOf', { title })} onClick={() => void save(file)}>
                <Icon name="download" />
                {`${title} (${sizeWords(file.sizeBytes, language).replace(' ', '\u00a0')})`}
              </button>
              {outcome && <Notice kind={outcome === 'failed' ? 'danger' : 'info'}>{t(`rescue.${outcome}`)}</Notice>}
            </li>
          )
        })}
      </ul>
      <p class="soft">{t('rescue.later')}</p>
    </section>
  )
}
