import { useState } from 'preact/hooks'
import { may, type SpaceRole } from '../../../../core/access.ts'
import type { SheetFormat } from '../../../worker/messages.ts'
import { Icon } from '../../parts/Icon.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { Progress } from '../../parts/Progress.tsx'
import { useWords } from '../../words.ts'
import { ConfirmFull } from './ConfirmFull.tsx'
import type { Purpose, SheetFile } from './useSheetFile.ts'

/** What a document holds: persons printed, those of them who came, empty rows, and changes only this device has. */
type Contents = { people: number; present: number; blankRows: number; unsent: number }

/** One document: what it holds, its two actions, and beside them how its making goes. */
export function SheetRow(props: {
  format: SheetFormat
  contents: Contents
  role: SpaceRole
  file: SheetFile
  onMake: (purpose: Purpose) => void
}) {
  const t = useWords('documents')
  const { format, contents, file, onMake } = props
  const [asks, setAsks] = useState(false)
  const busy = file.state?.name === 'making'
  const own = file.state?.format === format ? file.state : undefined
  const name = t(`format.${format}`)
  const holds = [
    contents.people > contents.present
      ? t('holds.everyone', { count: contents.people, present: contents.present })
      : contents.people > 0 && t('holds.present', { count: contents.people }),
    contents.blankRows > 0 && format !== 'csv' && t('holds.blank', { count: contents.blankRows }),
    contents.unsent > 0 && t('holds.unsent', { count: contents.unsent }),
  ]
  /** A sheet for signing by hand names nobody, and needs no question. */
  const save = () => (contents.people > 0 ? setAsks(true) : onMake('save'))
  function confirm(): void {
    setAsks(false)
    onMake('save')
  }
  return (
    <li class="card document">
      <div class="document-what">
        <span class={`thumbnail thumbnail-${format}`} aria-hidden="true">
          {format.toUpperCase()}
        </span>
        <div>
          <h2>{name}</h2>
          <p>{holds.filter(Boolean).join(', ') || t('holds.nothing')}</p>
          <p class="soft">{t(`use.${format}`)}</p>
        </div>
      </div>
      <div class="buttons">
        <button type="button" aria-disabled={busy} onClick={() => !busy && onMake('share')}>
          <Icon name="upload" />
          {t('share')} <span class="visually-hidden">{name}</span>
        </button>
        {may(props.role, 'exportFull') && (
          <button
            type="button"
            class={format === 'pdf' ? 'primary' : undefined}
            aria-disabled={busy}
            onClick={() => !busy && save()}
          >
            <Icon name="download" />
            {t('save')} <span class="visually-hidden">{name}</span>
          </button>
        )}
      </div>
      {asks && <ConfirmFull name={name} people={contents.people} onConfirm={confirm} onClose={() => setAsks(false)} />}
      {own?.name === 'making' && (
        <Progress
          label={own.total > 0 ? t('making', { done: own.done, total: own.total }) : t('makingStart')}
          done={own.done}
          total={own.total}
          onCancel={file.cancel}
        />
      )}
      {own?.name === 'ready' && (
        <Notice kind="info">
          <div class="stack">
            <p>{t('ready', { file: own.file.name })}</p>
            <button type="button" class="primary" onClick={() => void file.handOver()}>
              {t(own.purpose === 'share' ? 'shareNow' : 'saveNow')}
            </button>
          </div>
        </Notice>
      )}
      {(own?.name === 'saved' || own?.name === 'shared' || own?.name === 'savedInstead') && (
        <Notice kind="ok">{t(`done.${own.name}`, { file: own.file.name })}</Notice>
      )}
      {own?.name === 'failed' && <Notice kind="danger">{t('failed')}</Notice>}
    </li>
  )
}
