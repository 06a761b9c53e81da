import { TextField } from '../../parts/Field.tsx'
import { useWords } from '../../words.ts'

const lineNames = ['government', 'office', 'address'] as const

/** The kop surat as it is typed and as it will stand on the sheet. */
export function LetterheadFields({ lines, onChange }: { lines: string[]; onChange: (lines: string[]) => void }) {
  const t = useWords('eventForm')
  const filled = lines.filter((line) => line.trim())
  return (
    <section class="stack">
      <h2>{t('letterhead')}</h2>
      {lineNames.map((name, i) => (
        <TextField
          key={name}
          label={t(`letterheadLine.${name}`)}
          value={lines[i] ?? ''}
          onInput={(typed) => onChange(lineNames.map((_, j) => (j === i ? typed : (lines[j] ?? ''))))}
          optional
        />
      ))}
      {filled.length > 0 && (
        <figure class="letterhead" aria-label={t('letterheadPreview')} lang="id">
          {lines.map((line, i) => line.trim() && <p key={lineNames[i]}>{line}</p>)}
        </figure>
      )}
    </section>
  )
}
