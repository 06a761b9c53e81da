import type { Material } from '../../../../core/material.ts'
import { canSaveFiles } from '../../../device/savedFiles.ts'
import { useApp } from '../../app.ts'
import { useLanguage, useWords } from '../../words.ts'
import { Icon } from '../Icon.tsx'
import { costWords, sizeWords } from './sizes.ts'

/**
 * All files of an event at once: what they take together, before anything is fetched. What was added from here is here.
 */
export function SaveAll({ space, materials }: { space: string; materials: Material[] }) {
  const t = useWords('materials')
  const language = useLanguage()
  const { saved, uploads } = useApp()
  if (!canSaveFiles()) return <p class="soft">{t('cannotSave')}</p>
  const stateOf = ({ file }: Material) => saved.files.value.get(file)?.state
  const others = materials.filter((material) => stateOf(material) || !uploads.files.value.has(material.file))
  const missing = others.filter((material) => stateOf(material) === undefined || stateOf(material) === 'paused')
  const held = materials.filter((material) => stateOf(material) !== undefined)
  const sumOf = (of: Material[]) =>
    [...new Map(of.map(({ file, sizeBytes }) => [file, sizeBytes])).values()].reduce((sum, size) => sum + size, 0)
  if (others.length < 2 && held.length === 0) return null
  return (
    <section class="stack" aria-label={t('all')}>
      {missing.length > 0 && (
        <>
          <p>
            {t('allSize', {
              count: missing.length,
              size: sizeWords(sumOf(missing), language),
              cost: costWords(sumOf(missing), language),
            })}
          </p>
          <button type="button" onClick={() => missing.forEach((material) => void saved.save(space, material))}>
            <Icon name="download" />
            {t('saveAll')}
          </button>
        </>
      )}
      {held.length > 0 && (
        <button type="button" onClick={() => held.forEach(({ file }) => void saved.remove(file))}>
          <Icon name="close" />
          {t('freeAll', { size: sizeWords(sumOf(held), language) })}
        </button>
      )}
    </section>
  )
}
