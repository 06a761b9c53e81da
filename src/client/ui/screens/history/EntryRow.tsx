import { dayAt, formatTime, type Zone } from '../../../../core/time.ts'
import { shortDayWords } from '../../dates.ts'
import { useLanguage } from '../../words.ts'
import type { Shown } from './shownEntries.ts'

/** One action: what, who and when; a tap tells the rest. */
export function EntryRow({ shown, zone, onOpen }: { shown: Shown; zone: Zone; onOpen: () => void }) {
  const language = useLanguage()
  const { at } = shown.entry
  return (
    <button type="button" class="history-row" onClick={onOpen}>
      <span class="history-words">{shown.words}</span>
      <span class="soft">
        {shortDayWords(dayAt(at, zone), language)} {formatTime(at, zone)} · {shown.who}
      </span>
    </button>
  )
}
