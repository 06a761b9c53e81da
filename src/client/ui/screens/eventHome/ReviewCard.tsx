import { useEffect, useState } from 'preact/hooks'
import { hintsOf } from '../../../state/hints.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { Icon } from '../../parts/Icon.tsx'
import { eventPath } from '../../useSession.ts'
import { useWords } from '../../words.ts'

/** With ten thousand people hints take some 100 ms: they wait until the door is quiet for a moment. */
const quietMs = 1_000

/** How many attendances somebody of the team should look at. */
export function ReviewCard({ space, session }: { space: OpenSpace; session: string | undefined }) {
  const t = useWords('eventHome')
  const attendance = space.attendance.value
  const [count, setCount] = useState(0)
  useEffect(() => {
    const timer = setTimeout(() => setCount(hintsOf(space).open.size), quietMs)
    return () => clearTimeout(timer)
  }, [space, attendance])
  if (count === 0) return null
  return (
    <a class="card card-link" href={eventPath(space.id, 'peserta', { sesi: session, hadir: 'tinjau' })}>
      <Icon name="search" />
      {t('toReview', { count })}
    </a>
  )
}
