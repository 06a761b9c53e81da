import { useState } from 'preact/hooks'
import type { Table } from '../../../../core/import/table.ts'
import { useApp } from '../../app.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { FileButtons } from '../../parts/FileButtons.tsx'
import { failureWords } from '../../parts/failureWords.ts'
import { Notice } from '../../parts/Notice.tsx'
import { SearchField } from '../../parts/SearchField.tsx'
import { useWords } from '../../words.ts'
import { useAudit } from './useAudit.ts'
import { deviceIn, type Told, useTelling } from './useTelling.ts'

/** Rows of many heights, each in the page: more of them would make a phone slow. */
const mostListed = 500

/**
 * What the server itself saw: who came in, rights that were given and taken, codes, decisions; or, with `dev`, what one
 * device did and what was done to it. Needs a network.
 */
export function AuditList(props: {
  space: string
  dev?: string | undefined
  /** Where that of all devices is. */
  all: string
}) {
  const t = useWords('history')
  const { audit, state, older, whole } = useAudit(props.space, props.dev)
  const tell = useTelling()
  const { documents, governing } = useApp()
  const [kind, setKind] = useState('')
  const [typed, setTyped] = useState('')
  const all = tell(audit)
  const sought = typed.trim().toLowerCase()
  const isShown = (one: Told) =>
    (kind === '' || one.kind === kind) &&
    [one.what, one.role, one.about, one.by, one.reason].join(' ').toLowerCase().includes(sought)
  const shown = all.filter(isShown)

  async function table(): Promise<Table | undefined> {
    const held = await whole()
    if (!held) return undefined
    const head = [t('time'), t('what'), t('roleColumn'), t('about'), t('who'), t('reason')]
    const rows = tell(held).filter(isShown)
    return {
      name: t('ofServer'),
      rows: [head, ...rows.map((one) => [one.at, one.what, one.role, one.about, one.by, one.reason])],
      merges: [],
    }
  }
  if (state === 'loading' && all.length === 0) return <p role="status">{t('loading')}</p>
  const failed = typeof state === 'object' && (
    <Notice kind="warn">
      <p>{failureWords(t, state)}</p>
      <button type="button" onClick={() => void older()}>
        {t('tryAgain')}
      </button>
    </Notice>
  )
  if (failed && all.length === 0) return failed
  return (
    <>
      {failed}
      {props.dev !== undefined && (
        <>
          <p>{t('ofDevice', { name: deviceIn(audit, props.dev) || t('unknownDevice') })}</p>
          <a class="button" href={props.all}>
            {t('allDevices')}
          </a>
        </>
      )}
      <search class="stack">
        <SearchField label={t('search')} typed={typed} setTyped={setTyped} />
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
        {audit.isWhole
          ? t('count', { count: shown.length })
          : t('countOfLoaded', { count: shown.length, total: all.length })}
      </p>
      {state === 'ready' && shown.length === 0 && (
        <EmptyState title={t('empty')}>
          <p>{t(all.length === 0 ? 'auditEmptyHint' : 'auditFilterHint')}</p>
        </EmptyState>
      )}
      <ul class="rows">
        {shown.slice(0, mostListed).map((told) => (
          <AuditItem key={told.seq} told={told} />
        ))}
      </ul>
      {shown.length > mostListed && <p class="soft">{t('mostListed', { count: mostListed })}</p>}
      {!audit.isWhole && (
        <div class="buttons">
          <button type="button" disabled={state === 'loading'} onClick={() => void older()}>
            {t('older')}
          </button>
          <button type="button" disabled={state === 'loading'} onClick={() => void whole()}>
            {t(state === 'loading' ? 'loading' : 'loadAll')}
          </button>
        </div>
      )}
      {all.length > 0 && (
        <section class="stack" aria-labelledby="export-audit">
          <h2 id="export-audit">{t('export')}</h2>
          <FileButtons
            formats={['xlsx', 'csv']}
            make={async (format, options) => {
              const listed = await table()
              return listed && documents.makeTables(format, [listed], options)
            }}
            fileName={() => 'riwayat-server'}
            onMade={async (format) => (await (await governing()).noteExport(props.space, { format })).ok}
          />
        </section>
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
