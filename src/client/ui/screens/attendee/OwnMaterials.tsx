import type { EventRecord } from '../../../../core/event.ts'
import { findMaterial, listMaterials, visibleMaterials } from '../../../state/materials.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { MaterialContent } from '../../parts/materials/MaterialContent.tsx'
import { MaterialGroups } from '../../parts/materials/MaterialGroups.tsx'
import { StatusLine } from '../../status/StatusLine.tsx'
import { useWords } from '../../words.ts'
import { AttendeeFrame } from './AttendeeFrame.tsx'
import { useWayBack } from './useWayBack.ts'

/** Below the receipts: what the event hands out. */
export function OwnMaterials({ space, onOpen }: { space: OpenSpace; onOpen: (material: string) => void }) {
  const t = useWords('materials')
  if (listMaterials(space).length === 0) return null
  return (
    <section class="stack" aria-labelledby="own-materials">
      <h2 id="own-materials">{t('title')}</h2>
      <MaterialGroups space={space} onOpen={onOpen} />
    </section>
  )
}

export function ShowOwn(props: { space: OpenSpace; event: EventRecord; material: string; onEnd: () => void }) {
  const t = useWords('materials')
  const { space, event } = props
  const leave = useWayBack(props.onEnd)
  const material = findMaterial(space, props.material)
  const isVisible = visibleMaterials(space).has(props.material)
  return (
    <AttendeeFrame
      title={material?.title ?? t('notFound')}
      above={event.title}
      actions={
        <button type="button" onClick={leave}>
          {t('toReceipts')}
        </button>
      }
    >
      <StatusLine />
      {!material && <p>{t('notHere')}</p>}
      {material && <MaterialContent key={material.id} {...{ space, material, isVisible }} />}
    </AttendeeFrame>
  )
}
