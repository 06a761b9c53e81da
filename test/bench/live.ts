import { button, fillWalkIn, joinAsFacilitator, openSite, setUp } from '../e2e/site.ts'
import { openPhone } from '../support/phone.ts'
import { type Figure, figure, percentile } from './figure.ts'

const samples = 20
/** What the issue allows between two phones, ms. */
const limitMs = 300

declare global {
  interface Window {
    appearedAt: Map<string, number>
  }
}

/** From the tap on "Simpan" on one phone to the name in the list on another: both apps, a real server, no distance. */
export async function measureLive(): Promise<Figure[]> {
  const site = await openSite()
  const [office, phone] = [await openPhone(site.url), await openPhone(site.url)]
  try {
    const eventPath = await setUp(office, site)
    await joinAsFacilitator(phone, office, eventPath)
    const [reader, writer] = [office.page(), phone.page()]
    const opened = reader.waitForResponse((response) => response.url().endsWith('/api/v1/events'))
    await reader.goto(`${eventPath}/hadir`)
    await opened
    await reader.evaluate(() => {
      window.appearedAt = new Map()
      new MutationObserver(() => {
        for (const name of document.body.textContent.match(/Cepat Contoh \d{3}/g) ?? [])
          if (!window.appearedAt.has(name)) window.appearedAt.set(name, Date.now())
      }).observe(document.body, { subtree: true, childList: true, characterData: true })
    })
    const latenciesMs: number[] = []
    for (let i = 100; i < 100 + samples; i++) {
      const name = `Cepat Contoh ${i}`
      await fillWalkIn(writer, eventPath, name)
      const tapped = writer.evaluate(
        () =>
          new Promise<number>((done) =>
            addEventListener('click', () => done(Date.now()), { capture: true, once: true }),
          ),
      )
      await button(writer, 'Simpan').click()
      const tappedAt = await tapped
      await reader.waitForFunction((shown) => window.appearedAt.has(shown), name)
      latenciesMs.push((await reader.evaluate((shown) => window.appearedAt.get(shown) ?? 0, name)) - tappedAt)
    }
    return [figure('a check-in appears on another phone, p50', percentile(latenciesMs, 0.5), 'ms', limitMs, 1)]
  } finally {
    for (const device of [office, phone]) await device.close()
    await site.stop()
  }
}
