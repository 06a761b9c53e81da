import { useWords } from '../../words.ts'

/** Whether it is told who opened which material; the attendees' notice says what is chosen here. */
export function ReaderChoice({ checked, onChange }: { checked: boolean; onChange: (checked: boolean) => void }) {
  const t = useWords('eventForm')
  return (
    <section>
      <h2>{t('materials')}</h2>
      <label class="choice">
        <input type="checkbox" checked={checked} onChange={({ currentTarget }) => onChange(currentTarget.checked)} />
        {t('namesReaders')}
      </label>
      <p class="soft">{t('namesReadersHint')}</p>
    </section>
  )
}
