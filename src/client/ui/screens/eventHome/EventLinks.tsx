import { type Action, may } from '../../../../core/access.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { Icon, type IconName } from '../../parts/Icon.tsx'
import { eventPath } from '../../useSession.ts'
import { useWords } from '../../words.ts'

const links: { page: string; words: string; icon: IconName; needs?: Action }[] = [
  { page: 'peserta', words: 'people', icon: 'people' },
  { page: 'gerbang', words: 'gate', icon: 'qr', needs: 'gate' },
  { page: 'kios', words: 'kiosk', icon: 'signature', needs: 'checkIn' },
  { page: 'dokumen', words: 'documents', icon: 'document' },
  { page: 'umpan-balik', words: 'feedback', icon: 'signature' },
  { page: 'siap', words: 'readiness', icon: 'check' },
  { page: 'impor', words: 'import', icon: 'upload', needs: 'importPeople' },
  { page: 'tanda-pengenal', words: 'passes', icon: 'qr', needs: 'editEvent' },
  { page: 'tim', words: 'team', icon: 'device', needs: 'listTeam' },
  { page: 'ubah', words: 'edit', icon: 'settings', needs: 'editEvent' },
  { page: 'lupakan', words: 'forget', icon: 'device' },
]

/** The other screens of an event, as far as this device may use them. */
export function EventLinks({ space, session }: { space: OpenSpace; session: string | undefined }) {
  const t = useWords('eventHome')
  const role = space.role.value
  return (
    <nav aria-label={t('links')}>
      <ul class="tiles">
        {links
          .filter(({ needs }) => !needs || may(role, needs))
          .map(({ page, words, icon }) => (
            <li key={page}>
              <a class="button" href={eventPath(space.id, page, { sesi: session })}>
                <Icon name={icon} />
                {t(words, { count: space.people.value.size })}
              </a>
            </li>
          ))}
      </ul>
    </nav>
  )
}
