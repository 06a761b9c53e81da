import { hintsOf } from '../../../state/hints.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { Icon } from '../../parts/Icon.tsx'
import { eventPath } from '../../useSession.ts'
import { useWords } from '../../words.ts'

/** How many attendances somebody of the team should look at. */
export function ReviewCard({ space, session }: { space: OpenSpace; session: string | undefined }) {
  const t = useWords('eventHome')
  const count = hintsOf(space).open.size
  if (count === 0) return null
  return (
    <a class="card card-link" href={eventPath(space.id, 'peserta', { sesi: session, hadir: 'tinjau' })}>
      <Icon name="search" />
      {t('toReview', { count })}
    </a>
  )
}
