import { useState } from 'preact/hooks'
import type { EventRecord } from '../../../../core/event.ts'
import type { PassRecord } from '../../../../core/pass.ts'
import type { Person } from '../../../../core/person.ts'
import { addDays, dayAt, instantOf } from '../../../../core/time.ts'
import { saveFile } from '../../../device/files.ts'
import { noteExport } from '../../../state/exports.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { introduce, issuePasses, passesOf, reissuePass, revokePass, usablePasses } from '../../../state/passes.ts'
import { useApp } from '../../app.ts'
import { dayWords } from '../../dates.ts'
import { codePicture } from '../../parts/codePicture.ts'
import { Dialog } from '../../parts/Dialog.tsx'
import { Icon } from '../../parts/Icon.tsx'
import { QrCode } from '../../parts/QrCode.tsx'
import { SaveFailed } from '../../parts/SaveFailed.tsx'
import { useSaving } from '../../useSaving.ts'
import { useLanguage, useWords } from '../../words.ts'
import { PassLink } from './PassLink.tsx'

/** A person's pass, for organizers: give it, show it, send it as a picture, revoke it, or replace a lost one. */
export function PassCard({ space, event, person }: { space: OpenSpace; event: EventRecord; person: Person }) {
  const t = useWords('passes')
  const language = useLanguage()
  const { passes } = useApp()
  const { busy, failure, save } = useSaving()
  const [code, setCode] = useState<string | undefined>(undefined)
  const held = usablePasses(space, space.now()).get(person.id)
  const wasRevoked = [...passesOf(space).values()].some((pass) => pass.person === person.id && pass.revoked)

  function issue(): Promise<boolean> {
    const days = space.sessions.value.map(({ day }) => day)
    const last = [...days, dayAt(space.now(), event.zone)].sort().at(-1) ?? ''
    const expiresAt = instantOf(addDays(last, 1), '00:00', event.zone)
    return save(() => issuePasses(space, [person.id], passes.issuer(), expiresAt))
  }

  async function sign({ id, expiresAt }: PassRecord): Promise<string> {
    await introduce(space, passes.issuer())
    const [text = ''] = await passes.sign([{ id, expiresAt, space: space.id }])
    return text
  }

  async function savePicture(text: string): Promise<void> {
    const picture = await codePicture(text, person.name)
    if (!picture) return
    await noteExport(space, { what: 'badges', format: 'png' })
    await saveFile(new File([picture], 'tanda-pengenal.png', { type: 'image/png' }))
  }

  return (
    <section class="card stack" aria-label={t('card')}>
      <h3>{t('card')}</h3>
      <p>
        {held
          ? t('valid', { day: dayWords(dayAt(held.expiresAt - 1, event.zone), language) })
          : t(wasRevoked ? 'revoked' : 'none')}
      </p>
      <SaveFailed failure={failure} />
      <div class="buttons">
        {!held && (
          <button type="button" aria-disabled={busy} onClick={issue}>
            <Icon name="qr" />
            {t('issueOne')}
          </button>
        )}
        {held && (
          <>
            <button type="button" aria-disabled={busy} onClick={() => save(async () => setCode(await sign(held)))}>
              <Icon name="qr" />
              {t('show')}
            </button>
            <button
              type="button"
              aria-disabled={busy}
              onClick={() => save(() => reissuePass(space, held, passes.issuer()))}
            >
              {t('reissue')}
            </button>
            <button
              type="button"
              class="danger"
              aria-disabled={busy}
              onClick={() => save(() => revokePass(space, held.id))}
            >
              {t('revoke')}
            </button>
          </>
        )}
      </div>
      {held && <p class="soft">{t('reissueHint')}</p>}
      {held && <PassLink key={held.id} space={space} event={event} pass={held} name={person.name} />}
      {code && (
        <Dialog title={person.name} onClose={() => setCode(undefined)}>
          <div class="stack">
            <QrCode text={code} label={t('codeOf', { name: person.name })} />
            <button type="button" class="primary" onClick={() => void savePicture(code)}>
              <Icon name="download" />
              {t('savePicture')}
            </button>
          </div>
        </Dialog>
      )}
    </section>
  )
}
