import { useLocation } from 'preact-iso'
import type { EventRecord } from '../../../../core/event.ts'
import type { Material } from '../../../../core/material.ts'
import { findMaterial, mayEditMaterials, saveMaterial } from '../../../state/materials.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { useApp } from '../../app.ts'
import { InEvent } from '../../parts/InEvent.tsx'
import { useMaterialWords } from '../../parts/materials/materialWords.ts'
import { Screen } from '../../parts/Screen.tsx'
import type { ScreenProps } from '../../routes.ts'
import { useDraft } from '../../useDraft.ts'
import { useWords } from '../../words.ts'
import { materialPath } from '../materials/materialPath.ts'
import { type Draft, draftOf, fieldsOf, parseDraft } from './draft.ts'
import { MaterialFields } from './MaterialFields.tsx'

export function EditMaterial({ space: id, material: materialId }: ScreenProps) {
  const t = useWords('materialForm')
  return (
    <InEvent id={id}>
      {(space, event) => {
        const material = findMaterial(space, materialId)
        if (material && mayEditMaterials(space)) return <Edit key={material.id} {...{ space, event, material }} />
        return (
          <Screen title={t('notFound')} above={event.title} back={materialPath(space.id)}>
            <p>{t('notFoundHint')}</p>
          </Screen>
        )
      }}
    </InEvent>
  )
}

/** The fields that somebody changed: what another device changed meanwhile in others stays. */
function changed(before: Draft, after: Draft): Partial<Draft> {
  const fields = Object.entries(after).filter(([name, value]) => before[name as keyof Draft] !== value)
  return Object.fromEntries(fields)
}

function Edit({ space, event, material }: { space: OpenSpace; event: EventRecord; material: Material }) {
  const t = useWords('materialForm')
  const { route } = useLocation()
  const { uploads } = useApp()
  const { meta } = useMaterialWords()
  const key = `material:${space.id}:${material.id}`
  const [draft, change, drop] = useDraft(key, draftOf(material), parseDraft)
  if (!draft) return <Screen title={t('editTitle')} back={materialPath(space.id)} children={<p aria-busy="true" />} />

  async function save(file: File | undefined, onRead: (readBytes: number) => void) {
    const fields = changed(draftOf(material), fieldsOf(draft ?? draftOf(material)))
    if (file) {
      const added = await uploads.add(space, material.id, fields, file, { draft: key, onRead })
      if (!added.ok) return added.failure
    } else if (Object.keys(fields).length > 0) await saveMaterial(space, material.id, fields, key)
    await drop()
    route(materialPath(space.id), true)
    return undefined
  }
  return (
    <MaterialFields
      {...{ space, draft }}
      isNew={false}
      held={material.file === '' ? undefined : meta(material)}
      title={t('editTitle')}
      above={event.title}
      onChange={change}
      onSave={save}
    />
  )
}
