import { languages, setLanguage } from '../../i18n/i18n.ts'
import { useLanguage, useWords } from '../words.ts'

/** Each language is named in itself, and said in full to a screen reader. */
export function LanguageSwitch() {
  const t = useWords('shell')
  const current = useLanguage()
  return (
    <fieldset class="language-switch">
      <legend class="visually-hidden">{t('language')}</legend>
      {languages.map((language) => (
        <button
          type="button"
          key={language}
          lang={language}
          aria-pressed={language === current}
          onClick={() => void setLanguage(language)}
        >
          {language.toUpperCase()}
          <span class="visually-hidden"> {t(`languageName.${language}`)}</span>
        </button>
      ))}
    </fieldset>
  )
}
