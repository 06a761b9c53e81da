import { describe, expect, test } from 'vitest'
import { chromeLink, readInApp, readSystem } from '../../src/client/device/hosting.ts'

const webView =
  'Mozilla/5.0 (Linux; Android 13; SM-A145F Build/TP1A.220624.014; wv) AppleWebKit/537.36 (KHTML, like Gecko)'
const oldChrome = 'Version/4.0 Chrome/120.0.6099.43 Mobile Safari/537.36'
const iPhone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'

/** As these apps and browsers name themselves. */
const agents = [
  [`${webView} ${oldChrome} WhatsApp/2.23.25.76 A`, 'whatsapp', 'android'],
  [`${webView} ${oldChrome} Instagram 310.0.0.37.328 Android (33/13; 300dpi)`, 'instagram', 'android'],
  [`${iPhone} Mobile/15E148 Instagram 302.0.0.23.114 (iPhone12,1; iOS 16_6; id_ID)`, 'instagram', 'ios'],
  [`${webView} ${oldChrome} [FB_IAB/FB4A;FBAV/441.0.0.23.113;]`, 'facebook', 'android'],
  [`${iPhone} Mobile/15E148 [FBAN/FBIOS;FBAV/443.0.0.23.210;FBDV/iPhone12,1]`, 'facebook', 'ios'],
  [`Mozilla/5.0 (Linux; Android 11; CPH2239) AppleWebKit/537.36 ${oldChrome} Line/13.16.0/IAB`, 'line', 'android'],
  [`${iPhone} Mobile/15E148 Safari Line/13.19.0`, 'line', 'ios'],
  [`${webView} ${oldChrome}`, 'other', 'android'],
  ['Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/120.0.0.0 Mobile Safari/537.36', undefined, 'android'],
  [`${iPhone} Version/16.6 Mobile/15E148 Safari/604.1`, undefined, 'ios'],
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0.0.0 Safari/537.36', undefined, 'other'],
] as const

describe('where the page was opened', () => {
  test.each(agents)('%s', (agent, inApp, system) => {
    expect([readInApp(agent), readSystem(agent, 0)]).toEqual([inApp, system])
  })

  test('an iPad calls itself a Mac, which has no touch screen', () => {
    const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.1 Safari/605.1.15'
    expect([readSystem(mac, 5), readSystem(mac, 0)]).toEqual(['ios', 'other'])
  })

  test('the way to Chrome keeps the secret behind the link', () => {
    expect(chromeLink('https://hadir.example/m/K7QF#2MXA')).toBe(
      'intent://hadir.example/m/K7QF#2MXA#Intent;scheme=https;package=com.android.chrome;end',
    )
  })
})
