import { useEffect, useState } from 'preact/hooks'
import { holdBack, leaveFullScreen } from '../../../device/fullScreen.ts'
import { keepAwake } from '../../../device/wakeLock.ts'
import { setLanguage } from '../../../i18n/i18n.ts'
import { mayCheckIn } from '../../../state/sessions.ts'
import { useApp } from '../../app.ts'
import { useSpace } from '../../useSpace.ts'
import { useLanguage, useWords } from '../../words.ts'
import { KioskFrame } from './KioskFrame.tsx'
import { Visit } from './Visit.tsx'

/**
 * A device at the door: one person after the other, each begins with nothing of the one before. What is typed here is
 * never written as a draft, so whoever walks away leaves nothing behind. There is no way on but the facilitator's PIN.
 */
export function Kiosk() {
  const t = useWords('kiosk')
  const run = useApp().kiosk.run.value
  const space = useSpace(run?.space)
  const [visit, setVisit] = useState(0)
  const language = useLanguage()
  const [first] = useState(language)
  useEffect(keepAwake, [])
  useEffect(holdBack, [])
  useEffect(() => () => void leaveFullScreen(), [])

  function next(): void {
    setVisit(visit + 1)
    scrollTo(0, 0)
    void setLanguage(first)
  }
  if (!run || space === undefined) return <p aria-busy="true" />
  const session = space?.sessions.value.find(({ id }) => id === run.session)
  if (space && session && mayCheckIn(space, session))
    return <Visit key={visit} space={space} session={session} onEnd={next} />
  return (
    <KioskFrame space={space}>
      <p>{t('closed')}</p>
    </KioskFrame>
  )
}
