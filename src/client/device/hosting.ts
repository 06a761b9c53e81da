import { findBuckets } from './buckets.ts'

/**
 * Where the page was opened. Apps that show links in a window of their own keep a storage apart from the browser's,
 * often have no service worker and cannot install anything (platform.md 1.8): what is done there works online only.
 */
export type Host = {
  inApp: InApp | undefined
  system: 'android' | 'ios' | 'other'
  /** Opened from the home screen. */
  installed: boolean
  /** Starts again without a network once its files are here. */
  worksOffline: boolean
}

const inAppTokens = {
  whatsapp: /WhatsApp/,
  instagram: /Instagram/,
  facebook: /FBAN|FBAV|FB_IAB/,
  line: /\bLine\//,
  /** Android's WebView, whichever app shows it. */
  other: /; wv\)/,
} as const
export type InApp = keyof typeof inAppTokens

/** The app whose browser this is, by the token it adds; `undefined` in a browser of its own. */
export function readInApp(userAgent: string): InApp | undefined {
  return (Object.keys(inAppTokens) as InApp[]).find((name) => inAppTokens[name].test(userAgent))
}

/** An iPad says that it is a Mac, which has no touch screen. */
export function readSystem(userAgent: string, touchPoints: number): Host['system'] {
  if (/Android/.test(userAgent)) return 'android'
  return /iPhone|iPad|iPod/.test(userAgent) || (/Mac/.test(userAgent) && touchPoints > 1) ? 'ios' : 'other'
}

/** iPhone and iPad. */
export const isIos = (): boolean => readSystem(navigator.userAgent, navigator.maxTouchPoints) === 'ios'

/** Where the page runs: what can be installed, kept and shared follows from it. */
export function readHost(): Host {
  const onHomeScreen = 'standalone' in navigator && navigator.standalone === true
  return {
    inApp: readInApp(navigator.userAgent),
    system: readSystem(navigator.userAgent, navigator.maxTouchPoints),
    installed: onHomeScreen || matchMedia('(display-mode: standalone)').matches,
    worksOffline: 'serviceWorker' in navigator,
  }
}

/** An address that Android opens in Chrome; a fragment of the link is kept, since the last `#` is what counts. */
export function chromeLink(url: string): string {
  const { protocol, host, pathname, search, hash } = new URL(url)
  const scheme = protocol.replace(':', '')
  return `intent://${host}${pathname}${search}${hash}#Intent;scheme=${scheme};package=com.android.chrome;end`
}

/** Makes the browser ask before this page is left, until the returned function is called. iPhones never ask. */
export function askBeforeLeaving(): () => void {
  const ask = (event: BeforeUnloadEvent) => event.preventDefault()
  addEventListener('beforeunload', ask)
  return () => removeEventListener('beforeunload', ask)
}

async function holdsNothing(copiesPrefix: string): Promise<boolean> {
  try {
    const held = (await indexedDB.databases?.()) ?? [{ name: 'hadir' }]
    const copies = (await findBuckets(copiesPrefix)?.names()) ?? []
    return copies.length === 0 && !held.some(({ name }) => name === 'hadir')
  } catch {
    return false
  }
}

/** How long a browser may take to say so. */
const mostLookMs = 3_000

/**
 * Whether this browser has never held anything of ours; `false` where it does not say. Where its database was lost, the
 * copies (`copiesPrefix`) may hold what was done here.
 */
export function isFirstVisit(copiesPrefix: string, patienceMs = mostLookMs): Promise<boolean> {
  const unanswered = new Promise<false>((resolve) => setTimeout(() => resolve(false), patienceMs))
  return Promise.race([holdsNothing(copiesPrefix), unanswered])
}
