import { fileTypes } from '../../../../core/fileType.ts'
import type { Material } from '../../../../core/material.ts'
import { useLanguage, useWords } from '../../words.ts'
import { costWords, sizeWords } from './sizes.ts'

/** How a material is told in a line. */
export function useMaterialWords() {
  const t = useWords('materials')
  const language = useLanguage()
  return {
    t,
    /** `Berkas PDF · 2,3 MB (± Rp 20) · Narasumber` */
    meta: ({ form, type, sizeBytes, speaker }: Material): string => {
      const kind = form === 'file' && type ? t('kind.file', { type: fileTypes[type].toUpperCase() }) : t(`kind.${form}`)
      const size = form === 'file' && `${sizeWords(sizeBytes, language)} (${costWords(sizeBytes, language)})`
      return [kind, size, speaker].filter(Boolean).join(' · ')
    },
    later: ({ from, session }: Material): string =>
      t(`later.${from === 'afterForm' ? from : session ? 'afterSession' : 'afterEvent'}`),
  }
}
