import { existsSync, readdirSync } from 'node:fs'

const chromiumPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

const firefoxPlaces = ['/usr/bin/firefox-esr', '/usr/bin/firefox']

/** WebKit's browser with nothing around it, as Debian and Fedora lay it out. */
const miniBrowserPlaces = [
  '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
  '/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
  '/usr/libexec/webkit2gtk-4.1/MiniBrowser',
]
const webkitDriver = '/usr/bin/WebKitWebDriver'
const virtualScreen = '/usr/bin/Xvfb'

const postgresFolder = '/usr/lib/postgresql'

/** The browser that tests and benchmarks drive: `CHROMIUM_PATH`, or the first of the usual places that exists. */
export function findChromium(): string | undefined {
  return [process.env.CHROMIUM_PATH ?? '', ...chromiumPlaces].find((path) => path !== '' && existsSync(path))
}

export function findFirefox(): string | undefined {
  return [process.env.FIREFOX_PATH ?? '', ...firefoxPlaces].find((path) => path !== '' && existsSync(path))
}

export type WebKitPrograms = { driver: string; browser: string; screen: string }

/** WebKitGTK needs three programs: what drives it, the browser, and a screen to draw on where there is none. */
export function findWebKit(): WebKitPrograms | undefined {
  const browser = miniBrowserPlaces.find((path) => existsSync(path))
  if (!browser || !existsSync(webkitDriver) || !existsSync(virtualScreen)) return undefined
  return { driver: webkitDriver, browser, screen: virtualScreen }
}

/** The newest PostgreSQL server's folder of programs, as Debian lays it out. */
export function findPostgres(): string | undefined {
  if (!existsSync(postgresFolder)) return undefined
  return readdirSync(postgresFolder)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => `${postgresFolder}/${version}/bin`)
    .find((folder) => existsSync(`${folder}/initdb`))
}

/** OpenStack Swift's four servers, as Debian lays them out; among them the one that speaks S3. */
export function findSwift(): string | undefined {
  const places = ['proxy', 'account', 'container', 'object'].map((name) => `/usr/bin/swift-${name}-server`)
  return places.every((path) => existsSync(path)) ? places[0] : undefined
}

/** Quiet, without a sandbox since the suite also runs as root, and without QUIC, which knows no `setOffline`. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
