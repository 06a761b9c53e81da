import { useEffect, useState } from 'preact/hooks'
import type { EventRecord } from '../../../../core/event.ts'
import { codeOfStep, codeStepMs, stepOf } from '../../../../core/rotatingCode.ts'
import { countPresence } from '../../../../core/statistics.ts'
import { keepAwake } from '../../../device/wakeLock.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { Icon } from '../../parts/Icon.tsx'
import { InEvent } from '../../parts/InEvent.tsx'
import { QrCode } from '../../parts/QrCode.tsx'
import type { ScreenProps } from '../../routes.ts'
import { eventPath, useSession } from '../../useSession.ts'
import { useWords } from '../../words.ts'
import { gateAddress, gateUrl, spoken } from '../gate/gateLink.ts'

const tickMs = 250

/**
 * For the projector: where to go, the code, the proof of being here, how many came. Works from the log, without a
 * network.
 */
export function Wall({ space: id }: ScreenProps) {
  return <InEvent id={id}>{(space, event) => <OfEvent space={space} event={event} />}</InEvent>
}

/** The corrected time, often enough that a code is shown for as long as it holds. */
function useTick(now: () => number): number {
  const [at, setAt] = useState(now)
  useEffect(() => {
    const timer = setInterval(() => setAt(now()), tickMs)
    return () => clearInterval(timer)
  }, [now])
  return at
}

function OfEvent({ space, event }: { space: OpenSpace; event: EventRecord }) {
  const t = useWords('gate')
  const session = useSession(space)
  const gate = space.gate.value
  const now = useTick(space.now)
  const step = stepOf(now)
  const wallCode = space.signIn.value.wallCode ? codeOfStep(event.salt, step) : undefined
  const { present } = countPresence(space.people.value, session && space.attendance.value.get(session.id))
  useEffect(keepAwake, [])
  useEffect(() => {
    document.title = event.title
  }, [event.title])
  return (
    <div class="wall">
      <nav aria-label={t('back')}>
        <a
          class="icon-button wall-back"
          href={eventPath(space.id, 'gerbang', { sesi: session?.id })}
          aria-label={t('back')}
        >
          <Icon name="back" />
        </a>
      </nav>
      <main class="wall-main">
        <h1>{event.title}</h1>
        {gate ? (
          <div class="wall-door">
            <QrCode text={gateUrl(gate.code, wallCode)} label={t('qr')} />
            <div class="wall-codes">
              <p>{t('typeAt', { address: gateAddress() })}</p>
              <p class="wall-code">{spoken(gate.code)}</p>
              {wallCode && (
                <>
                  <p>{t('proof')}</p>
                  <p class="wall-code wall-proof">{wallCode}</p>
                  <svg class="wall-progress" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
                    <rect width={100 - (100 * (now - step * codeStepMs)) / codeStepMs} height="1" />
                  </svg>
                </>
              )}
            </div>
          </div>
        ) : (
          <p class="wall-closed">{t('wallClosed')}</p>
        )}
      </main>
      <footer class="wall-footer">
        <p class="wall-count" role="status">
          {t('present', { count: present })}
        </p>
        <p>{event.institution}</p>
      </footer>
    </div>
  )
}
