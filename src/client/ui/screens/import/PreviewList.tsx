import { useState } from 'preact/hooks'
import { formatNip } from '../../../../core/nip.ts'
import type { Person } from '../../../../core/person.ts'
import { Dialog } from '../../parts/Dialog.tsx'
import { Icon, type IconName } from '../../parts/Icon.tsx'
import { WindowedList } from '../../parts/WindowedList.tsx'
import { useWide } from '../../useWide.ts'
import { useWords } from '../../words.ts'
import { type PreviewOutcome, type PreviewRow, rowWords } from './previewRows.ts'

const looks: Record<PreviewOutcome, { icon: IconName; kind: string }> = {
  added: { icon: 'plus', kind: 'tag-ok' },
  updated: { icon: 'undo', kind: 'tag-ok' },
  duplicate: { icon: 'check', kind: '' },
  needsLook: { icon: 'warning', kind: 'tag-warn' },
  skipped: { icon: 'close', kind: '' },
}

type People = Map<string, Person>

/** The number that the person will have, or has already. */
function nipOf(row: PreviewRow, people: People): string {
  return row.outcome === 'skipped' ? '' : formatNip(row.fields.nip ?? people.get(row.person)?.nip ?? '')
}

/** The rows of the file and what becomes of them; tapping one shows all of it. */
export function PreviewList({ rows, people }: { rows: PreviewRow[]; people: People }) {
  const t = useWords('import')
  const wide = useWide()
  const [open, setOpen] = useState<PreviewRow | undefined>(undefined)
  if (rows.length === 0) return <p class="soft">{t('noRows')}</p>
  return (
    <div>
      <WindowedList
        label={t('rows')}
        items={rows}
        keyOf={({ row }) => String(row)}
        rowRem={wide ? 4.5 : 9.2}
        row={(row) => <Row row={row} people={people} onOpen={() => setOpen(row)} />}
      />
      {open && (
        <Dialog title={t('rowTitle', { row: open.row })} onClose={() => setOpen(undefined)}>
          <RowDetails row={open} people={people} />
        </Dialog>
      )}
    </div>
  )
}

function Outcome({ outcome }: { outcome: PreviewOutcome }) {
  const t = useWords('import')
  return (
    <span class={`tag ${looks[outcome].kind}`}>
      <Icon name={looks[outcome].icon} />
      {t(`planned.${outcome}`)}
    </span>
  )
}

function Row({ row, people, onOpen }: { row: PreviewRow; people: People; onOpen: () => void }) {
  const t = useWords('import')
  const [who, office] = row.outcome === 'skipped' ? [row.text, ''] : [row.name, row.institution]
  return (
    <button type="button" class="preview-row" onClick={onOpen}>
      <span class="preview-number">{row.row}</span>
      <span class="preview-who">
        <span class={row.outcome === 'skipped' ? 'preview-line soft' : 'preview-line preview-name'}>
          {who || t(row.outcome === 'skipped' ? 'emptyRow' : 'nameless')}
        </span>
        <span class="preview-line soft">{[nipOf(row, people), office].filter(Boolean).join(' · ')}</span>
      </span>
      <span class="preview-outcome">
        <Outcome outcome={row.outcome} />
        <span class="preview-reason soft">{rowWords(t, row)}</span>
      </span>
    </button>
  )
}

function RowDetails({ row, people }: { row: PreviewRow; people: People }) {
  const t = useWords('import')
  const nip = nipOf(row, people)
  return (
    <div class="stack">
      <Outcome outcome={row.outcome} />
      {row.outcome === 'skipped' ? (
        <p>{row.text || t('emptyRow')}</p>
      ) : (
        <>
          <p class="lead">{row.name || t('nameless')}</p>
          <p>{row.institution || t('noInstitution')}</p>
          <p>{nip ? t('nip', { nip }) : t('noNip')}</p>
        </>
      )}
      <p>{rowWords(t, row)}</p>
    </div>
  )
}
