import { useState } from 'preact/hooks'
import type { EventRecord } from '../../../../core/event.ts'
import { formatDay } from '../../../../core/time.ts'
import { canShareFile, saveFile, shareFile } from '../../../device/files.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { useApp } from '../../app.ts'
import { orUnavailable } from '../../orUnavailable.ts'
import { Icon } from '../../parts/Icon.tsx'
import { useSession } from '../../useSession.ts'
import { useWords } from '../../words.ts'
import { gateAddress, gateUrl, spoken } from './gateLink.ts'

/** A page of A4 for the door; official documents are Indonesian, whatever the screen's language. */
export function PosterButton({ space, event, code }: { space: OpenSpace; event: EventRecord; code: string }) {
  const t = useWords('gate')
  const { documents } = useApp()
  const session = useSession(space)
  const [state, setState] = useState<'making' | 'failed' | File | undefined>(undefined)

  async function make() {
    setState('making')
    const start = session?.start && `pukul ${session.start.replace(':', '.')} ${event.zone}`
    const when = session ? [formatDay(session.day), start].filter(Boolean).join(', ') : ''
    const made = await documents
      .makePoster({
        letterhead: event.letterhead.filter(Boolean),
        title: event.title,
        facts: [when, event.venue].filter(Boolean),
        url: gateUrl(code),
        address: gateAddress(),
        code: spoken(code),
        asksWallCode: space.signIn.value.wallCode,
      })
      .catch(orUnavailable)
    setState(made.ok ? new File([made.value], t('posterFile'), { type: 'application/pdf' }) : 'failed')
  }
  return (
    <section class="card">
      <p class="card-title">{t('poster')}</p>
      <p class="soft">{t('posterHint')}</p>
      {state instanceof File ? (
        <div class="buttons" role="status">
          <button type="button" class="primary" onClick={() => saveFile(state)}>
            <Icon name="download" />
            {t('savePoster')}
          </button>
          {canShareFile(state) && (
            <button type="button" onClick={() => shareFile(state)}>
              {t('share')}
            </button>
          )}
        </div>
      ) : (
        <button type="button" disabled={state === 'making'} onClick={make}>
          <Icon name="document" />
          {state === 'making' ? t('makingPoster') : t('makePoster')}
        </button>
      )}
      {state === 'failed' && <p role="alert">{t('posterFailed')}</p>}
    </section>
  )
}
