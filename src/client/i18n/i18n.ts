import { createInstance, type TFunction } from 'i18next'
import shell from '../../../locales/id/shell.json'

export const languages = ['id', 'en'] as const
export type Language = (typeof languages)[number]

/** The names of all files are some kB: they come beside the first paint, not before it. */
const loadingFiles = import('./wordFiles.ts')
/** Whoever needs them is told. */
loadingFiles.catch(() => undefined)
const i18n = createInstance()
const storageKey = 'hadir.language'

function storedLanguage(): Language {
  try {
    return localStorage.getItem(storageKey) === 'en' ? 'en' : 'id'
  } catch {
    return 'id'
  }
}

/** Starts with Indonesian, the source and the fallback; the chosen language follows as soon as its words are here. */
export async function startI18n(): Promise<void> {
  await i18n.init({
    lng: 'id',
    fallbackLng: 'id',
    ns: ['shell'],
    defaultNS: 'shell',
    resources: { id: { shell } },
    interpolation: { escapeValue: false },
    partialBundledLanguages: true,
  })
  /** Words that are neither on the device nor to be had stop nobody. */
  if (storedLanguage() !== 'id') await setLanguage(storedLanguage()).catch(() => undefined)
}

async function loadFile(language: Language, namespace: string): Promise<void> {
  if (i18n.hasResourceBundle(language, namespace)) return
  const { wordFiles } = await loadingFiles
  const load = wordFiles[`../../../locales/${language}/${namespace}.json`]
  if (load) i18n.addResourceBundle(language, namespace, (await load()).default)
}

const loaded = new Set(['shell'])

/**
 * Loads a screen's words in the language of the moment, and in Indonesian behind it, which stands alone where the other
 * are neither on the device nor to be had.
 */
export async function loadWords(namespace: string): Promise<void> {
  loaded.add(namespace)
  const language = currentLanguage()
  const own = language === 'id' ? undefined : loadFile(language, namespace).catch(() => undefined)
  await Promise.all([loadFile('id', namespace), own])
}

/** What is shown now; Indonesian unless English was chosen. */
export function currentLanguage(): Language {
  return i18n.language === 'en' ? 'en' : 'id'
}

/** Changes the language for every open screen and remembers it on this device. */
export async function setLanguage(language: Language): Promise<void> {
  await Promise.all([...loaded].map((namespace) => loadFile(language, namespace)))
  await i18n.changeLanguage(language)
  document.documentElement.lang = language
  try {
    localStorage.setItem(storageKey, language)
  } catch {
    return
  }
}

/** What comes back ends it. */
export function onLanguageChange(listener: (language: Language) => void): () => void {
  const tell = () => listener(currentLanguage())
  i18n.on('languageChanged', tell)
  return () => i18n.off('languageChanged', tell)
}

/** The words of a namespace, then those of the shell; in the language of the moment, or in one that is loaded. */
export function wordsOf(namespace: string, language: Language | null = null): TFunction {
  return i18n.getFixedT(language, [namespace, 'shell'])
}
