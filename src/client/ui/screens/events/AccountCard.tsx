import { useApp } from '../../app.ts'
import { SignOut } from '../../parts/SignOut.tsx'
import { useWords } from '../../words.ts'

/** Who is signed in here. A device that the server no longer knows may have had an account: nothing is said of it. */
export function AccountCard() {
  const t = useWords('events')
  const { identity, device } = useApp()
  const { account: signedIn, enrolled, auditor } = identity.value
  const { holder } = device()

  if (!signedIn)
    return (
      <section class="card">
        {enrolled && <p>{holder ? t('heldBy', { holder }) : t('noAccount')}</p>}
        <a href="/masuk">{t('signIn')}</a>
        {auditor && <a href="/riwayat">{t('toHistory')}</a>}
        {enrolled && holder && <a href="/akun">{t('createAccount')}</a>}
        <a href="/aman">{t('toSafe')}</a>
      </section>
    )
  return (
    <section class="card">
      <p class="soft">{t('signedInAs')}</p>
      <p>
        <strong>{signedIn.name}</strong>
        <br />
        {signedIn.email}
      </p>
      <p class="soft">{t('signOutHint')}</p>
      <SignOut />
      {identity.value.organizer && <a href="/tim">{t('toTeam')}</a>}
      {auditor && <a href="/riwayat">{t('toHistory')}</a>}
      <a href="/akun">{t('toAccount')}</a>
      <a href="/aman">{t('toSafe')}</a>
    </section>
  )
}
