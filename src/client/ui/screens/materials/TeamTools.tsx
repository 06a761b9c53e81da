import type { Material } from '../../../../core/material.ts'
import { type MaterialGroup, mayEditMaterials, moveMaterial, readersOf } from '../../../state/materials.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { Icon } from '../../parts/Icon.tsx'
import { useSaving } from '../../useSaving.ts'
import { useWords } from '../../words.ts'
import { materialPath } from './materialPath.ts'
import { UploadState } from './UploadState.tsx'

/**
 * What the team sees of a material beside what readers do: whether it is sent, for whom, who has it; and what it can
 * do.
 */
export function TeamTools(props: { space: OpenSpace; group: MaterialGroup; material: Material; onRemove: () => void }) {
  const t = useWords('materialForm')
  const { busy, save } = useSaving()
  const { space, group, material } = props
  const { id, title, audience, from } = material
  const { opened, saved, people } = readersOf(space, id)
  const place = group.materials.findIndex((one) => one.id === id)
  const move = (by: -1 | 1) => void save(() => moveMaterial(space, group, id, by))
  return (
    <>
      <UploadState space={space} material={material} />
      <p class="hint">
        {[t(`audience.${audience}`), audience === 'everyone' && t(`from.${from}`), t('counts', { opened, saved })]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {people.length > 0 && (
        <details class="fold">
          <summary>{t('readers', { count: people.length })}</summary>
          <ul>
            {people.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        </details>
      )}
      {mayEditMaterials(space) && (
        <div class="buttons material-tools">
          <button
            type="button"
            disabled={busy || place === 0}
            aria-label={t('upOf', { title })}
            onClick={() => move(-1)}
          >
            {t('up')}
          </button>
          <button
            type="button"
            disabled={busy || place === group.materials.length - 1}
            aria-label={t('downOf', { title })}
            onClick={() => move(1)}
          >
            {t('down')}
          </button>
          <a class="button" href={materialPath(space.id, id, 'ubah')} aria-label={t('editOf', { title })}>
            <Icon name="settings" />
            {t('edit')}
          </a>
          <button type="button" class="danger" aria-label={t('removeOf', { title })} onClick={props.onRemove}>
            {t('remove')}
          </button>
        </div>
      )}
    </>
  )
}
