import { useLocation } from 'preact-iso'
import type { EventRecord } from '../../../../core/event.ts'
import { mayEditMaterials, newMaterial, saveMaterial } from '../../../state/materials.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { useApp } from '../../app.ts'
import { InEvent } from '../../parts/InEvent.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { Screen } from '../../parts/Screen.tsx'
import type { ScreenProps } from '../../routes.ts'
import { useDraft } from '../../useDraft.ts'
import { useWords } from '../../words.ts'
import { materialPath } from '../materials/materialPath.ts'
import { emptyDraft, fieldsOf, parseDraft } from './draft.ts'
import { MaterialFields } from './MaterialFields.tsx'

export function NewMaterial({ space: id }: ScreenProps) {
  const t = useWords('materialForm')
  return (
    <InEvent id={id}>
      {(space, event) =>
        mayEditMaterials(space) ? (
          <Add key={space.id} space={space} event={event} />
        ) : (
          <Screen title={t('add')} above={event.title} back={materialPath(space.id)}>
            <Notice kind="info">{t('teamOnly')}</Notice>
          </Screen>
        )
      }
    </InEvent>
  )
}

function Add({ space, event }: { space: OpenSpace; event: EventRecord }) {
  const t = useWords('materialForm')
  const { route, query } = useLocation()
  const { uploads } = useApp()
  const key = `material:${space.id}:new`
  const [draft, change, drop] = useDraft(key, { ...emptyDraft, session: query.sesi ?? '' }, parseDraft)
  if (!draft) return <Screen title={t('add')} back={materialPath(space.id)} children={<p aria-busy="true" />} />

  async function save(file: File | undefined, onRead: (readBytes: number) => void) {
    const fields = { ...newMaterial(space), ...fieldsOf(draft ?? emptyDraft) }
    if (fields.form === 'file' && file) {
      const added = await uploads.add(space, undefined, fields, file, { draft: key, onRead })
      if (!added.ok) return added.failure
    } else await saveMaterial(space, undefined, fields, key)
    await drop()
    route(materialPath(space.id), true)
    return undefined
  }
  return (
    <MaterialFields
      {...{ space, draft }}
      isNew
      held={undefined}
      title={t('add')}
      above={event.title}
      onChange={change}
      onSave={save}
    />
  )
}
