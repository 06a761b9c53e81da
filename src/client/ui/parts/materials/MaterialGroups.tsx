import type { ComponentChildren } from 'preact'
import type { Material } from '../../../../core/material.ts'
import { groupMaterials, type MaterialGroup, sentFiles, visibleMaterials } from '../../../state/materials.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { useNow } from '../../status/StatusLine.tsx'
import { useWords } from '../../words.ts'
import { useSessionWords } from '../sessionWords.ts'
import { MaterialCard } from './MaterialCard.tsx'
import { SaveAll } from './SaveAll.tsx'

/** The materials of an event by session. `tools`: what the team can do beside. */
export function MaterialGroups(props: {
  space: OpenSpace
  onOpen: (material: string) => void
  tools?: (group: MaterialGroup, material: Material) => ComponentChildren
}) {
  const t = useWords('materials')
  const { space } = props
  const { full } = useSessionWords(space)
  useNow()
  const groups = groupMaterials(space)
  const visible = visibleMaterials(space)
  const files = sentFiles(space)
  const sessionOf = (id: string) => space.sessions.value.find((session) => session.id === id)
  return (
    <>
      {files.length > 0 && <SaveAll space={space.id} materials={files} />}
      {groups.map((group) => {
        const session = sessionOf(group.session)
        return (
          <section key={group.session} class="stack" aria-labelledby={`materials-${group.session}`}>
            <h2 id={`materials-${group.session}`}>{session ? full(session) : t('wholeEvent')}</h2>
            <ul class="material-rows">
              {group.materials.map((material) => (
                <MaterialCard
                  key={material.id}
                  space={space.id}
                  material={material}
                  isVisible={visible.has(material.id)}
                  onOpen={() => props.onOpen(material.id)}
                >
                  {props.tools?.(group, material)}
                </MaterialCard>
              ))}
            </ul>
          </section>
        )
      })}
    </>
  )
}
