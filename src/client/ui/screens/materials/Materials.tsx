import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import type { EventRecord } from '../../../../core/event.ts'
import type { Material } from '../../../../core/material.ts'
import { listMaterials, mayEditMaterials, restoreMaterial } from '../../../state/materials.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { useApp } from '../../app.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { InEvent } from '../../parts/InEvent.tsx'
import { MaterialGroups } from '../../parts/materials/MaterialGroups.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { SaveFailed } from '../../parts/SaveFailed.tsx'
import { Screen } from '../../parts/Screen.tsx'
import type { ScreenProps } from '../../routes.ts'
import { useSaving } from '../../useSaving.ts'
import { useWords } from '../../words.ts'
import { materialPath } from './materialPath.ts'
import { TeamTools } from './TeamTools.tsx'

/** What an event hands out: by session, with who may see it, how far it is sent, and how many have it. */
export function Materials({ space: id }: ScreenProps) {
  return <InEvent id={id}>{(space, event) => <List key={space.id} space={space} event={event} />}</InEvent>
}

function List({ space, event }: { space: OpenSpace; event: EventRecord }) {
  const t = useWords('materialForm')
  const { route } = useLocation()
  const { uploads } = useApp()
  const { failure, save } = useSaving()
  const [removed, setRemoved] = useState<Material | undefined>(undefined)
  const mayEdit = mayEditMaterials(space)
  const isEmpty = listMaterials(space).length === 0

  /** A file that is on its way from here stops with its material, and goes on with it. */
  async function remove(material: Material): Promise<void> {
    if (await save(() => uploads.cancel(space, material))) setRemoved(material)
  }
  async function takeBack({ id, file }: Material): Promise<void> {
    const isBack = await save(async () => {
      await restoreMaterial(space, id)
      if (file) await uploads.resume(file)
    })
    if (isBack) setRemoved(undefined)
  }

  return (
    <Screen
      title={t('title')}
      above={event.title}
      back={`/kegiatan/${space.id}`}
      wide
      actions={
        mayEdit && (
          <a class="button primary" href={materialPath(space.id, 'baru')}>
            <Icon name="plus" />
            {t('add')}
          </a>
        )
      }
    >
      {removed && (
        <Notice kind="info">
          <p>{t('removed', { title: removed.title })}</p>
          <button type="button" onClick={() => void takeBack(removed)}>
            <Icon name="undo" />
            {t('takeBack')}
          </button>
        </Notice>
      )}
      <SaveFailed failure={failure} />
      {isEmpty && (
        <EmptyState title={t('none')}>
          <p>{t(mayEdit ? 'noneHint' : 'noneHintViewer')}</p>
        </EmptyState>
      )}
      <MaterialGroups
        space={space}
        onOpen={(material) => route(materialPath(space.id, material))}
        tools={(group, material) => (
          <TeamTools {...{ space, group, material }} onRemove={() => void remove(material)} />
        )}
      />
    </Screen>
  )
}
