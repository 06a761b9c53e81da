import axe from 'axe-core'
import type { Page } from 'playwright-core'

const small = { width: 360, height: 740 }
const wide = { width: 1280, height: 800 }
/** Twice the text that the style sheet sets, as a phone's largest font size does. */
const doubledText = '212.5%'

/** Sets the language of the app, on its first screen. */
export async function speak(page: Page, language: 'id' | 'en'): Promise<void> {
  await page.goto('/')
  await page.locator(`.language-switch button[lang=${language}]`).click()
  await page.locator(`html[lang=${language}]`).waitFor()
}

declare global {
  interface Window {
    axe?: typeof axe
  }
}

/** What axe finds, one line each. `only` limits it to one rule. A page takes axe in once: it is half a megabyte. */
export async function violationsOf(page: Page, only?: string): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  return page.evaluate(async (rule) => {
    const found = await window.axe?.run({
      resultTypes: ['violations'],
      ...(rule && { runOnly: { type: 'rule', values: [rule] } }),
    })
    if (!found) throw new Error('axe is not on the page')
    return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
  }, only)
}

/**
 * Text that is cut off or lies beside its place: outside the window's width, a box that hides it, or its row. A row of
 * a long list may end in dots, since it opens the whole; it must lie in its place all the same.
 */
function findCutText(): string[] {
  const cut: string[] = []
  const root = document.scrollingElement ?? document.documentElement
  if (root.scrollWidth > root.clientWidth) cut.push(`the page is ${root.scrollWidth} px wide`)
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const parent = text.parentElement
    if (!parent || !text.textContent?.trim() || parent.closest('.visually-hidden')) continue
    const range = document.createRange()
    range.selectNodeContents(text)
    const dotted = parent.closest('.person-name, .person-office, .preview-line, .preview-reason, .history-words')
    const inRow = dotted?.closest('.windowed') ? dotted : undefined
    const box = (inRow ?? range).getBoundingClientRect()
    if (box.width === 0) continue
    /** A table may be wider than the screen (WCAG 1.4.10) where it scrolls by itself, also by keys. */
    let isReached = false
    for (
      let outer = inRow?.parentElement ?? parent;
      outer !== document.body;
      outer = outer.parentElement ?? document.body
    ) {
      const { overflowX } = getComputedStyle(outer)
      if (overflowX === 'auto' || overflowX === 'scroll') {
        isReached = outer.tabIndex === 0 && parent.closest('table') !== null
        break
      }
      const edge = outer.getBoundingClientRect()
      const isOut = box.right > edge.right + 1 || box.left < edge.left - 1 || box.bottom > edge.bottom + 2
      if (overflowX !== 'visible' && isOut) cut.push(`cut: ${text.textContent}`)
    }
    if (!isReached && box.right > innerWidth + 1) cut.push(`beside the screen: ${text.textContent}`)
  }
  return cut
}

/** Words of headings that are torn over two lines, not at a hyphen, since no line is as wide as they are. */
function findTornWords(): string[] {
  const torn: string[] = []
  for (const heading of document.querySelectorAll('h1, h2')) {
    const texts = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT)
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      for (const { 0: word, index } of (text.textContent ?? '').matchAll(/\p{Letter}+/gu)) {
        const range = document.createRange()
        range.setStart(text, index)
        range.setEnd(text, index + word.length)
        if (new Set([...range.getClientRects()].map(({ top }) => top)).size > 1) torn.push(`torn: ${word}`)
      }
    }
  }
  return torn
}

async function cutText(page: Page, rootSize: string): Promise<string[]> {
  await page.evaluate((size) => {
    document.documentElement.style.fontSize = size
    dispatchEvent(new Event('resize'))
  }, rootSize)
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
  return [...(await page.evaluate(findCutText)), ...(await page.evaluate(findTornWords))]
}

/** All that is wrong with what the page shows, on both sizes, light and dark, and with large text. */
export async function faultsOf(page: Page, language: 'id' | 'en'): Promise<string[]> {
  const found: string[] = []
  for (const viewport of [small, wide]) {
    await page.setViewportSize(viewport)
    found.push(...(await cutText(page, '')))
    /** Other words change the room that text needs, not the colors; axe reads them once. */
    if (language === 'en' && viewport === wide) continue
    found.push(...(await violationsOf(page)))
    if (language === 'en') continue
    await page.emulateMedia({ colorScheme: 'dark' })
    found.push(...(await violationsOf(page, 'color-contrast')))
    await page.emulateMedia({ colorScheme: 'light' })
  }
  await page.setViewportSize(small)
  found.push(...(await cutText(page, doubledText)))
  await cutText(page, '')
  return found
}
