import { useCallback, useEffect, useState } from 'preact/hooks'
import type { Governing } from '../../../sync/governing.ts'
import { useApp } from '../../app.ts'
import { localMoment } from '../../dates.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { failureWords } from '../../parts/failureWords.ts'
import { Notice } from '../../parts/Notice.tsx'
import { useLanguage, useWords } from '../../words.ts'
import { ExportTable } from './ExportTable.tsx'
import { SearchField } from './SearchField.tsx'

type Answer = Awaited<ReturnType<Governing['audit']>>
type Page = Extract<Answer, { ok: true }>['value']
type Entry = Page['entries'][number]
type Names = Map<string, Page['names'][number]>

/** An entry in words, as it is listed, sought and exported. */
type Told = {
  seq: number
  kind: string
  at: string
  what: string
  role: string
  about: string
  by: string
  reason: string
}

function useTold(entries: Entry[], names: Names): Told[] {
  const t = useWords('history')
  const language = useLanguage()
  const { clockOffsetMs } = useApp()
  const nameOf = (dev: string | null | undefined) => {
    const known = names.get(dev ?? '')
    return known ? `${known.holder} (${known.deviceName})` : ''
  }
  return entries.map(({ seq, at, kind, dev, about, reason, detail }) => {
    const by = nameOf(dev) || t('byServer')
    const of = about?.startsWith('device:') ? nameOf(about.slice('device:'.length)) : ''
    const ops = typeof detail.ops === 'number' ? t('ops', { count: detail.ops }) : ''
    const refused =
      typeof detail.hour === 'number' &&
      typeof detail.count === 'number' &&
      t('refused', {
        ...{ count: detail.count, from: localMoment(detail.hour - clockOffsetMs(), language) },
      })
    return {
      ...{ seq, kind, reason, by, at: localMoment(at - clockOffsetMs(), language) },
      what: t([`audit.${kind}`, 'audit.other']),
      role: typeof detail.role === 'string' ? t(`role.${detail.role}`) : '',
      about: [of !== by && of, ops, refused].filter(Boolean).join(' · '),
    }
  })
}

/** What the server itself saw: who came in, rights that were given and taken, codes, decisions. Needs a network. */
export function AuditList({ space, onExported }: { space: string; onExported?: (format: string) => Promise<void> }) {
  const t = useWords('history')
  const { governing } = useApp()
  const [entries, setEntries] = useState<Entry[]>([])
  const [names, setNames] = useState<Names>(new Map())
  const [answer, setAnswer] = useState<Answer | undefined>(undefined)
  const load = useCallback(
    async (before?: number) => {
      const found = await (await governing()).audit(space, before)
      setAnswer(found)
      if (!found.ok) return
      setEntries((held) => (before === undefined ? found.value.entries : [...held, ...found.value.entries]))
      setNames((held) => new Map([...held, ...found.value.names.map((one) => [one.dev, one] as const)]))
    },
    [governing, space],
  )
  useEffect(() => void load(), [load])
  const [kind, setKind] = useState('')
  const [typed, setTyped] = useState('')
  const all = useTold(entries, names)
  const sought = typed.trim().toLowerCase()
  const shown = all.filter(
    (one) =>
      (kind === '' || one.kind === kind) &&
      [one.what, one.role, one.about, one.by, one.reason].join(' ').toLowerCase().includes(sought),
  )
  const table = () => ({
    name: t('ofServer'),
    rows: [
      [t('time'), t('what'), t('roleColumn'), t('about'), t('who'), t('reason')],
      ...shown.map((one) => [one.at, one.what, one.role, one.about, one.by, one.reason]),
    ],
    merges: [],
  })
  if (!answer) return <p role="status">{t('loading')}</p>
  return (
    <>
      {!answer.ok && (
        <Notice kind="warn">
          <p>{failureWords(t, answer.failure)}</p>
          <button type="button" onClick={() => load()}>
            {t('tryAgain')}
          </button>
        </Notice>
      )}
      <search class="stack">
        <SearchField typed={typed} setTyped={setTyped} />
        <select
          aria-label={t('kindFilter')}
          value={kind}
          onChange={({ currentTarget }) => setKind(currentTarget.value)}
        >
          <option value="">{t('allKinds')}</option>
          {[...new Map(all.map((one) => [one.kind, one.what]))].map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      </search>
      <p role="status">
        {answer.ok && answer.value.more
          ? t('countOfLoaded', { count: shown.length, total: all.length })
          : t('count', { count: shown.length })}
      </p>
      {answer.ok && shown.length === 0 && (
        <EmptyState title={t('empty')}>
          <p>{t(all.length === 0 ? 'auditEmptyHint' : 'auditFilterHint')}</p>
        </EmptyState>
      )}
      <ul class="rows">
        {shown.map((told) => (
          <AuditItem key={told.seq} told={told} />
        ))}
      </ul>
      {answer.ok && answer.value.more && (
        <button type="button" onClick={() => load(entries.at(-1)?.seq)}>
          {t('older')}
        </button>
      )}
      {shown.length > 0 && (
        <ExportTable table={table} fileName={() => 'riwayat-server'} onMade={async (format) => onExported?.(format)} />
      )}
    </>
  )
}

function AuditItem({ told }: { told: Told }) {
  const t = useWords('history')
  return (
    <li class="member">
      <strong>{told.what}</strong>
      {told.role && <span class="tag">{told.role}</span>}
      {told.about && <span>{told.about}</span>}
      <span class="soft">
        {told.at} · {told.by}
        {told.reason && ` · ${t('because', { reason: told.reason })}`}
      </span>
    </li>
  )
}
