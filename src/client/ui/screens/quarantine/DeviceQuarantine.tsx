import { useEffect, useState } from 'preact/hooks'
import { historyOf } from '../../../../core/history.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import type { Governing, Parked } from '../../../sync/governing.ts'
import { useApp } from '../../app.ts'
import { localMoment } from '../../dates.ts'
import { TextField } from '../../parts/Field.tsx'
import { failureWords } from '../../parts/failureWords.ts'
import { entryWords } from '../../parts/historyWords.ts'
import { Notice } from '../../parts/Notice.tsx'
import { useLanguage, useWords } from '../../words.ts'
import type { ParkedDevice } from './Quarantine.tsx'

const keyOf = ({ n, link }: Parked) => `${n} ${link}`
const releasable = ({ reason }: Parked) => reason === 'notAllowed'

/** What one device handed over, each in the event's own words, and the decision on what is chosen, with its reason. */
export function DeviceQuarantine(props: { space: OpenSpace; device: ParkedDevice; onDecided: () => Promise<void> }) {
  const t = useWords('quarantine')
  const { space, device } = props
  const { governing } = useApp()
  const [parked, setParked] = useState<Awaited<ReturnType<Governing['parked']>> | undefined>(undefined)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | undefined>(undefined)

  useEffect(() => {
    governing()
      .then((now) => now.parked(space.id, device.dev))
      .then(setParked)
  }, [governing, space.id, device.dev, device.waiting, device.kept])

  const ops = parked?.ok ? parked.value : []
  const picked = ops.filter((op) => chosen.has(keyOf(op)))

  async function decide(decision: 'release' | 'keep'): Promise<void> {
    if (busy) return
    setError(undefined)
    if (picked.length === 0) return setError(t('chooseFirst'))
    if (reason.trim() === '') return setError(t('reasonMissing'))
    setBusy(true)
    const concerned = decision === 'release' ? picked.filter(releasable) : picked
    const answer = await (await governing()).decide(space.id, device.dev, concerned, { decision, reason })
    setBusy(false)
    if (!answer.ok) return setError(failureWords(t, answer.failure))
    setChosen(new Set())
    setReason('')
    await props.onDecided()
  }
  function choose(op: Parked, isChosen: boolean): void {
    setChosen(new Set([...chosen].filter((key) => key !== keyOf(op)).concat(isChosen ? [keyOf(op)] : [])))
  }

  return (
    <section class="card">
      <h2>{device.holder ?? t('unknownDevice')}</h2>
      <p class="soft">
        {device.deviceName} · {t('waiting', { count: device.waiting })}
        {device.kept > 0 && ` · ${t('kept', { count: device.kept })}`}
      </p>
      {!parked && <p role="status">{t('loading')}</p>}
      {parked && !parked.ok && <Notice kind="warn">{failureWords(t, parked.failure)}</Notice>}
      {ops.length > 1 && (
        <button type="button" onClick={() => setChosen(new Set(ops.map(keyOf)))}>
          {t('chooseAll', { count: ops.length })}
        </button>
      )}
      <ul class="rows">
        {ops.map((op) => (
          <li key={keyOf(op)}>
            <ParkedItem space={space} op={op} isChosen={chosen.has(keyOf(op))} onChoose={(now) => choose(op, now)} />
          </li>
        ))}
      </ul>
      <TextField label={t('reason')} hint={t('reasonHint')} value={reason} onInput={setReason} maxLength={500} />
      {error && <Notice kind="danger">{error}</Notice>}
      <div class="buttons">
        <button type="button" class="primary" onClick={() => decide('release')} aria-disabled={busy}>
          {busy ? t('working') : t('release', { count: picked.filter(releasable).length })}
        </button>
        <button type="button" onClick={() => decide('keep')} aria-disabled={busy}>
          {t('keep', { count: picked.length })}
        </button>
      </div>
    </section>
  )
}

function ParkedItem(props: { space: OpenSpace; op: Parked; isChosen: boolean; onChoose: (now: boolean) => void }) {
  const t = useWords('quarantine')
  const ofLines = useWords('historyWords')
  const language = useLanguage()
  const { clockOffsetMs } = useApp()
  const { space, op } = props
  const { n, wall, claimedAt: at, receivedAt: received, body } = op
  const [entry] = historyOf([{ dev: '', n, wall, at, received, body }])
  const moment = (at: number) => localMoment(at - clockOffsetMs(), language)
  return (
    <label class="choice">
      <input type="checkbox" checked={props.isChosen} onChange={() => props.onChoose(!props.isChosen)} />
      <span>
        <strong>{entry ? entryWords(ofLines, space, entry) : t('unreadable')}</strong>
        <br />
        <span class="soft">{t('times', { made: moment(op.claimedAt), received: moment(op.receivedAt) })}</span>
        <br />
        <span class="soft">
          {t([`why.${op.reason}`, 'why.other'])}
          {op.keptAt !== null && ` ${t('keptAt', { time: moment(op.keptAt) })}`}
        </span>
      </span>
    </label>
  )
}
