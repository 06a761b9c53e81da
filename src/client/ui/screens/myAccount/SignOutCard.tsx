import { SignOut } from '../../parts/SignOut.tsx'
import { useWords } from '../../words.ts'

/** What leaving means for this device, and the way out. */
export function SignOutCard() {
  const t = useWords('myAccount')
  return (
    <section class="card">
      <h2>{t('signOutTitle')}</h2>
      <p>{t('signOutHint')}</p>
      <SignOut />
    </section>
  )
}
