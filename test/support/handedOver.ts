import { afterEach, beforeEach, vi } from 'vitest'

/**
 * What the app hands to the browser, whose own dialogs would stop a test: the files that it saves, under the names that
 * they get, and those that a share sheet took. At first there is no share sheet, as on most desktops.
 */
export function useHandedOver() {
  const saved: File[] = []
  const shared: File[] = []

  beforeEach(() => {
    saved.length = 0
    shared.length = 0
    const addresses = vi.spyOn(URL, 'createObjectURL')
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      const call = addresses.mock.results.findIndex(({ value }) => value === this.href)
      const [file] = addresses.mock.calls[call] ?? []
      if (file instanceof File) saved.push(new File([file], this.download, { type: file.type }))
    })
    Object.defineProperty(navigator, 'canShare', { configurable: true, value: undefined })
    Object.defineProperty(navigator, 'share', { configurable: true, value: undefined })
  })
  afterEach(() => {
    vi.restoreAllMocks()
    Reflect.deleteProperty(navigator, 'share')
    Reflect.deleteProperty(navigator, 'canShare')
  })

  /** Gives the browser a share sheet that refuses at first, for these reasons in turn, and then takes every file. */
  function giveShare(...refusals: string[]) {
    const share = vi.fn(async ({ files }: ShareData) => void shared.push(...(files ?? [])))
    for (const name of refusals) share.mockRejectedValueOnce(new DOMException('', name))
    Object.defineProperty(navigator, 'canShare', { configurable: true, value: () => true })
    Object.defineProperty(navigator, 'share', { configurable: true, value: share })
    return share
  }
  return { saved, shared, giveShare }
}

/** An iPhone, which saves files by its share sheet. */
export function beIPhone(): void {
  vi.spyOn(navigator, 'userAgent', 'get').mockReturnValue('Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X)')
}
