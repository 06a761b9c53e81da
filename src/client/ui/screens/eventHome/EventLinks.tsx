import { type Action, may } from '../../../../core/access.ts'
import { listMaterials } from '../../../state/materials.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { Icon, type IconName } from '../../parts/Icon.tsx'
import { eventPath } from '../../useSession.ts'
import { useWords } from '../../words.ts'

type EventLink = { page: string; words: string; icon: IconName; needs?: Action }

/** What is needed while people come. */
const todayLinks: EventLink[] = [
  { page: 'peserta', words: 'people', icon: 'people' },
  { page: 'gerbang', words: 'gate', icon: 'qr', needs: 'gate' },
  { page: 'kios', words: 'kiosk', icon: 'signature', needs: 'checkIn' },
  { page: 'dokumen', words: 'documents', icon: 'document' },
  { page: 'materi', words: 'materials', icon: 'download' },
]

/** What is needed once, before or after. */
const otherLinks: EventLink[] = [
  { page: 'siap', words: 'readiness', icon: 'check' },
  { page: 'umpan-balik', words: 'feedback', icon: 'signature' },
  { page: 'impor', words: 'import', icon: 'upload', needs: 'importPeople' },
  { page: 'tanda-pengenal', words: 'passes', icon: 'qr', needs: 'editEvent' },
  { page: 'tim', words: 'team', icon: 'people', needs: 'listTeam' },
  { page: 'riwayat', words: 'history', icon: 'document', needs: 'history' },
  { page: 'ubah', words: 'edit', icon: 'settings', needs: 'editEvent' },
  { page: 'lupakan', words: 'forget', icon: 'device' },
]

type LinksProps = { space: OpenSpace; session: string | undefined }

export function TodayLinks(props: LinksProps) {
  const t = useWords('eventHome')
  return (
    <nav aria-label={t('links')}>
      <Tiles {...props} links={todayLinks} />
    </nav>
  )
}

export function OtherLinks(props: LinksProps) {
  const t = useWords('eventHome')
  return (
    <nav class="stack" aria-labelledby="other-links">
      <h2 id="other-links">{t('otherLinks')}</h2>
      <Tiles {...props} links={otherLinks} />
    </nav>
  )
}

/** Other screens of an event, as far as this device may use them. */
function Tiles({ space, session, links }: LinksProps & { links: EventLink[] }) {
  const t = useWords('eventHome')
  const role = space.role.value
  const counts: Record<string, number> = { people: space.people.value.size, materials: listMaterials(space).length }
  return (
    <ul class="tiles">
      {links
        .filter(({ needs }) => !needs || may(role, needs))
        .map(({ page, words, icon }) => (
          <li key={page}>
            <a class="button" href={eventPath(space.id, page, { sesi: session })}>
              <Icon name={icon} />
              {t(words, { count: counts[words] ?? 0 })}
            </a>
          </li>
        ))}
    </ul>
  )
}
