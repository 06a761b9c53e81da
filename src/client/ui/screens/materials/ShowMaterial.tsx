import { findMaterial, visibleMaterials } from '../../../state/materials.ts'
import { Icon } from '../../parts/Icon.tsx'
import { InEvent } from '../../parts/InEvent.tsx'
import { MaterialContent } from '../../parts/materials/MaterialContent.tsx'
import { Screen } from '../../parts/Screen.tsx'
import type { ScreenProps } from '../../routes.ts'
import { useWords } from '../../words.ts'
import { materialPath } from './materialPath.ts'

/** One material, for the team. */
export function ShowMaterial({ space: id, material: materialId }: ScreenProps) {
  const t = useWords('materials')
  const handOver = useWords('handOver')
  return (
    <InEvent id={id}>
      {(space, event) => {
        const material = findMaterial(space, materialId)
        const isVisible = material !== undefined && visibleMaterials(space).has(material.id)
        return (
          <Screen
            title={material?.title ?? t('notFound')}
            above={event.title}
            back={materialPath(space.id)}
            wide={material?.form === 'file'}
            actions={
              material && (
                <a class="button" href={materialPath(space.id, material.id, 'bagikan')}>
                  <Icon name="qr" />
                  {handOver('title')}
                </a>
              )
            }
          >
            {!material && <p>{t('notFoundHint')}</p>}
            {material && <MaterialContent key={material.id} {...{ space, material, isVisible }} />}
          </Screen>
        )
      }}
    </InEvent>
  )
}
