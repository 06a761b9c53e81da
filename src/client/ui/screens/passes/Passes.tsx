import { useState } from 'preact/hooks'
import { may } from '../../../../core/access.ts'
import type { EventRecord } from '../../../../core/event.ts'
import { addDays, dayAt, instantOf, isDay } from '../../../../core/time.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { issuePasses, usablePasses } from '../../../state/passes.ts'
import { useApp } from '../../app.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { TextField } from '../../parts/Field.tsx'
import { InEvent } from '../../parts/InEvent.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { SaveFailed } from '../../parts/SaveFailed.tsx'
import { Screen } from '../../parts/Screen.tsx'
import type { ScreenProps } from '../../routes.ts'
import { useSaving } from '../../useSaving.ts'
import { useWords } from '../../words.ts'
import { BadgesCard } from './BadgesCard.tsx'

/** Personal passes of an event, for organizers: given to all who are invited, and printed as badges. */
export function Passes({ space: id }: ScreenProps) {
  return <InEvent id={id}>{(space, event) => <OfEvent key={space.id} space={space} event={event} />}</InEvent>
}

/** The last day of the event, or today where it has none yet. */
function lastDay(space: OpenSpace, { zone }: EventRecord): string {
  const days = space.sessions.value.filter(({ deleted }) => !deleted).map(({ day }) => day)
  return days.sort().at(-1) ?? dayAt(space.now(), zone)
}

function OfEvent({ space, event }: { space: OpenSpace; event: EventRecord }) {
  const t = useWords('passes')
  const { passes } = useApp()
  const { busy, failure, save } = useSaving()
  const [day, setDay] = useState(lastDay(space, event))
  const invited = [...space.people.value.values()].filter((person) => person.invited)
  const usable = usablePasses(space, space.now())
  const without = invited.filter(({ id }) => !usable.has(id)).map(({ id }) => id)
  const expiresAt = isDay(day) ? instantOf(addDays(day, 1), '00:00', event.zone) : 0
  const isPast = expiresAt <= space.now()

  async function issue(): Promise<void> {
    if (!isPast) await save(() => issuePasses(space, without, passes.issuer(), expiresAt))
  }

  return (
    <Screen title={t('title')} above={event.title} back={`/kegiatan/${space.id}`}>
      <p>{t('what')}</p>
      {!may(space.role.value, 'editEvent') && <Notice kind="info">{t('organizersOnly')}</Notice>}
      {may(space.role.value, 'editEvent') && (
        <>
          <section class="card stack" aria-label={t('issueTitle')}>
            <h2>{t('issueTitle')}</h2>
            <p role="status">{t('counts', { count: invited.length - without.length, total: invited.length })}</p>
            {invited.length === 0 && (
              <EmptyState title={t('nobody')}>
                <a class="button" href={`/kegiatan/${space.id}/impor`}>
                  {t('import')}
                </a>
              </EmptyState>
            )}
            {without.length > 0 && (
              <>
                <TextField
                  label={t('validUntil')}
                  hint={t('validHint')}
                  error={isPast ? t('past') : undefined}
                  type="date"
                  value={day}
                  onInput={setDay}
                />
                <SaveFailed failure={failure} />
                <button type="button" class="primary" onClick={issue} aria-disabled={busy || isPast}>
                  {busy ? t('issuing') : t('issue', { count: without.length })}
                </button>
              </>
            )}
          </section>
          <BadgesCard space={space} event={event} passes={[...usable.values()]} />
        </>
      )}
    </Screen>
  )
}
