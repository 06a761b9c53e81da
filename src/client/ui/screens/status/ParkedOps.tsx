import type { OpenSpace } from '../../../state/openSpace.ts'
import { useApp } from '../../app.ts'
import { localMoment } from '../../dates.ts'
import { opPerson, opSubject } from '../../parts/opWords.ts'
import { useLanguage, useWords } from '../../words.ts'
import { RefusedWork } from './RefusedWork.tsx'

/** What the server did not accept, by reason: what to do about it, and a person's decision to retry or let go. */
export function ParkedOps({ space }: { space: OpenSpace }) {
  const byReason = new Map<string, OpenSpace['unsent']['value']['parked']>()
  for (const row of space.unsent.value.parked) {
    const reason = row.parkedFor ?? 'unreadable'
    byReason.set(reason, [...(byReason.get(reason) ?? []), row])
  }
  return (
    <>
      {[...byReason].map(([reason, parked]) => (
        <ParkedFor key={reason} space={space} reason={reason} parked={parked} />
      ))}
    </>
  )
}

function ParkedFor(props: { space: OpenSpace; reason: string; parked: OpenSpace['unsent']['value']['parked'] }) {
  const t = useWords('status')
  const { status } = useApp()
  const language = useLanguage()
  const { space, reason, parked } = props
  const people = space.people.value

  return (
    <RefusedWork onRetry={() => status.retry(space.id, reason)} onRelease={() => status.release(space.id, reason)}>
      <p>
        <strong>{t('parked', { count: parked.length })}</strong> {t([`parkedFor.${reason}`, 'parkedFor.other'])}
      </p>
      <p>{t([`whatToDo.${reason}`, 'whatToDo.other'])}</p>
      <ul class="parked">
        {parked.map(({ dev, n, wall, body }) => (
          <li key={`${dev}.${n}`}>
            {[t(`op.${opSubject(body)}`), opPerson(body, people), localMoment(wall, language)]
              .filter(Boolean)
              .join(', ')}
          </li>
        ))}
      </ul>
      <p class="soft">{t('parkedKept')}</p>
    </RefusedWork>
  )
}

/** What was let go of: said as long as it is here, and taken back with one tap. */
export function ReleasedOps({ space, count }: { space: string; count: number }) {
  const t = useWords('status')
  const { status } = useApp()
  return (
    <div class="stack">
      <p class="soft">{t('released', { count })}</p>
      <button type="button" onClick={() => status.takeBack(space)}>
        {t('takeBack')}
      </button>
    </div>
  )
}
