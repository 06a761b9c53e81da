import { useCallback, useEffect, useState } from 'preact/hooks'
import type { Governing } from '../../../sync/governing.ts'
import { useApp } from '../../app.ts'
import { localMoment } from '../../dates.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { failureWords } from '../../parts/failureWords.ts'
import { Notice } from '../../parts/Notice.tsx'
import { useLanguage, useWords } from '../../words.ts'

type Answer = Awaited<ReturnType<Governing['audit']>>
type Page = Extract<Answer, { ok: true }>['value']
type Entry = Page['entries'][number]
type Names = Map<string, Page['names'][number]>

/** What the server itself saw: who came in, rights that were given and taken, codes, decisions. Needs a network. */
export function AuditList({ space }: { space: string }) {
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
      {answer.ok && entries.length === 0 && (
        <EmptyState title={t('empty')}>
          <p>{t('auditEmptyHint')}</p>
        </EmptyState>
      )}
      <ul class="rows">
        {entries.map((entry) => (
          <AuditItem key={entry.seq} entry={entry} names={names} />
        ))}
      </ul>
      {answer.ok && answer.value.more && (
        <button type="button" onClick={() => load(entries.at(-1)?.seq)}>
          {t('older')}
        </button>
      )}
    </>
  )
}

function AuditItem({ entry, names }: { entry: Entry; names: Names }) {
  const t = useWords('history')
  const language = useLanguage()
  const { clockOffsetMs } = useApp()
  const nameOf = (dev: string | null) => {
    const known = names.get(dev ?? '')
    return known ? `${known.holder} (${known.deviceName})` : undefined
  }
  const by = nameOf(entry.dev) ?? t('byServer')
  const of = entry.about?.startsWith('device:') ? nameOf(entry.about.slice('device:'.length)) : undefined
  const role = typeof entry.detail.role === 'string' ? t(`role.${entry.detail.role}`) : ''
  return (
    <li class="member">
      <strong>{t([`audit.${entry.kind}`, 'audit.other'])}</strong>
      {role && <span class="tag">{role}</span>}
      {of && of !== by && <span>{of}</span>}
      {typeof entry.detail.ops === 'number' && <span>{t('ops', { count: entry.detail.ops })}</span>}
      <span class="soft">
        {localMoment(entry.at - clockOffsetMs(), language)} · {by}
        {entry.reason && ` · ${t('because', { reason: entry.reason })}`}
      </span>
    </li>
  )
}
