import type { ComponentChildren } from 'preact'
import type { Material } from '../../../../core/material.ts'
import { Icon } from '../Icon.tsx'
import { useMaterialWords } from './materialWords.ts'
import { SaveControls } from './SaveControls.tsx'

/** A material: what it is, what a download takes, and what can be done with it. `children` are the team's own tools. */
export function MaterialCard(props: {
  space: string
  material: Material
  /** Its content may be opened now. */
  isVisible: boolean
  onOpen: () => void
  children?: ComponentChildren
}) {
  const { t, meta, later } = useMaterialWords()
  const { space, material, isVisible } = props
  return (
    <li class="card">
      <h3>{material.title}</h3>
      <p class="hint">{meta(material)}</p>
      {!isVisible && (
        <p class="tag">
          <Icon name="clock" />
          {later(material)}
        </p>
      )}
      {isVisible && (
        <div class="buttons">
          <button type="button" aria-label={t('openOf', { title: material.title })} onClick={props.onOpen}>
            <Icon name="document" />
            {t('open')}
          </button>
        </div>
      )}
      {isVisible && material.form === 'file' && <SaveControls space={space} material={material} />}
      {props.children}
    </li>
  )
}
