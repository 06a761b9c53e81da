import { useUncopied } from '../../status/StatusLine.tsx'
import { useWords } from '../../words.ts'
import { Notice } from '../Notice.tsx'

/** Where the answers of a form lie now that they were saved. */
export function Thanked() {
  const t = useWords('questions')
  const uncopied = useUncopied()
  return <Notice kind={uncopied ? 'warn' : 'ok'}>{t(uncopied ? 'status.uncopied' : 'thanks')}</Notice>
}
