import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { newId } from '../../src/server/auth/keys.ts'
import { must } from '../support/browserLink.ts'
import { temporaryFolder } from '../support/server.ts'
import { openChromium } from './chromium.ts'
import { type AtEnd, withCleanup } from './cleanup.ts'
import { createReader, createWriter, setUpOrganizer } from './clients.ts'
import { type Counts, compareNames, randomUpTo } from './counts.ts'
import { fillDisk, makeDisk } from './disk.ts'
import { createFacilitator, createGuest, type Recorder, save } from './recorders.ts'
import { openSite, type Site } from './site.ts'

/** Chromium's profile with the app in it, and some more. */
const diskMegabytes = 160
const [leastLeftBytes, mostLeftBytes] = [20_000, 200_000]
/** A page that is not loaded anew may find room for more. */
const mostPeople = 15
/** The app gives up what it keeps for a full disk, and others take that as well. */
const peopleBetweenFillings = 5
const answerMs = 8_000
const sendMs = 60_000
/** A phone is put down before its browser is closed. */
const putDownMs = 5_000

/** What is tried this time. */
type Run = {
  number: number
  recorder: Recorder
  leftBytes: number
  /** The disk runs full some time after the first person, and not at once. */
  isSettled: boolean
  /** Presses "Simpan" again once there is room. */
  savesAgain: boolean
  /** The browser is killed instead of closed. */
  isKilled: boolean
}

/**
 * What the browser's database says: whose device it is, whether a copy waits for a start that can read it, and whether
 * the server has taken all that there is.
 */
function readDatabase(page: Page): Promise<{ dev: string; isUnread: boolean; isSent: boolean }> {
  return page.evaluate(async () => {
    const answerOf = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    /** Asked for sooner than by the app, it would be begun without its tables. */
    while (!(await indexedDB.databases()).some(({ name }) => name === 'hadir'))
      await new Promise((resolve) => setTimeout(resolve, 50))
    const db = await answerOf(indexedDB.open('hadir'))
    const stores = db.transaction(['meta', 'outbox'])
    const device = await answerOf(stores.objectStore('meta').get('device'))
    const identity = await answerOf(stores.objectStore('meta').get('identity'))
    const unread = await answerOf(stores.objectStore('meta').get('unreadCopies'))
    const unsent = await answerOf(stores.objectStore('outbox').count())
    db.close()
    return {
      dev: String(device?.dev),
      isUnread: !!unread,
      isSent: identity?.enrolled === true && !unread && unsent === 0,
    }
  })
}

const succeeds = (work: Promise<unknown>) =>
  work.then(
    () => true,
    () => false,
  )

/**
 * Records people until one is refused or told to be unsafe, on a disk that is full but for some bytes after the first;
 * whom it told as saved.
 */
async function recordUntilFull(page: Page, path: string, run: Run): Promise<{ told: string[]; unsafe: number }> {
  const told: string[] = []
  let unsafe = 0
  async function record(name: string): Promise<boolean> {
    const answer = await save(page, run.recorder, name, answerMs)
    if (answer === 'saved') told.push(name)
    if (answer === 'unsafe') unsafe++
    return answer === 'saved'
  }
  let giveBack: () => void = () => undefined
  for (let person = 1; person <= mostPeople; person++) {
    const name = `Tamu ${run.number} ${String(person).padStart(2, '0')}`
    const isFilled = await succeeds(run.recorder.fill(page, name))
    if (isFilled && (await record(name))) {
      if (person % peopleBetweenFillings !== 1) continue
      if (person === 1 && run.isSettled) await after(putDownMs)
      giveBack = fillDisk(path, run.leftBytes)
      continue
    }
    giveBack()
    if (isFilled && run.savesAgain) await record(name)
    await after(putDownMs)
    return { told, unsafe }
  }
  giveBack()
  return { told, unsafe }
}

type Outcome = { told: string[]; unsafe: number; isEmptied: boolean; isWorkerLost: boolean }

/** One phone, from its joining until it has sent what it holds. */
async function fillPhone(site: Site, run: Run, atEnd: AtEnd): Promise<Outcome> {
  const { recorder, isKilled } = run
  const folder = temporaryFolder()
  atEnd(() => rm(folder, { recursive: true, force: true }))
  const { path } = makeDisk(folder, diskMegabytes, atEnd)
  const open = () => openChromium(join(path, 'profile'), atEnd)

  async function openOffline() {
    const browser = await open()
    await browser.page.context().setOffline(true)
    const isOpened = await succeeds(browser.page.goto(recorder.home))
    return { ...browser, isOpened }
  }

  const joining = await open()
  await recorder.join(joining.page)
  const { dev } = await readDatabase(joining.page)
  await joining.quit()
  await site.stop()

  const filling = await openOffline()
  const { told, unsafe } = await recordUntilFull(filling.page, path, run)
  await (isKilled ? filling.kill() : filling.quit())

  const { page, isOpened, quit } = await openOffline()
  await site.start()
  await page.context().setOffline(false)
  await page.goto(recorder.home)
  for (const end = Date.now() + sendMs; ; await after(100)) {
    const { isUnread, isSent } = await readDatabase(page)
    if (isSent) break
    if (Date.now() > end) throw new Error(`not everything was sent within ${sendMs} ms`)
    /** As the app's words ask a person to do. */
    if (isUnread) await page.goto(recorder.home)
  }
  const isEmptied = (await readDatabase(page)).dev !== dev
  await quit()
  return { told, unsafe, isEmptied, isWorkerLost: !isOpened }
}

/**
 * The disk under a phone's browser runs full while there is no network: people are recorded through the built app's
 * screens until one is refused. Then there is room again, and the browser is closed or killed and opened anew. All that
 * a screen has told to be saved arrives on the server, once: from the database, or from the second copy where Chromium
 * has begun an empty one. Where the worker is lost as well, the app opens once there is a network.
 */
export function fillPhones(runs: number): Promise<Counts> {
  return withCleanup(async (atEnd) => {
    const dist = temporaryFolder()
    atEnd(() => rm(dist, { recursive: true, force: true }))
    /** A build that runs meanwhile is not these browsers' update. */
    await cp('dist', dist, { recursive: true })
    const site = await openSite({ HADIR_DATA: temporaryFolder(), HADIR_DIST: dist }, atEnd, ['--demo'])
    await setUpOrganizer(site)
    const { link } = await createWriter(site.address)
    const space = must(await link.session()).spaces[0]?.space ?? ''
    const gate = must(await link.gate(space, { open: newId(), close: null }))
    const url = await site.address()
    const facilitator = createFacilitator(url, space, async () => {
      return must(await link.invite(space, { role: 'facilitator' })).code
    })
    const guest = createGuest(url, gate.code ?? '')

    let [told, unsafe, emptied, recovered, workerLost, doubled, lost] = [0, 0, 0, 0, 0, 0, 0]
    for (let number = 1; number <= runs; number++) {
      const run: Run = {
        number,
        recorder: number % 3 === 0 ? guest : facilitator,
        leftBytes: leastLeftBytes + randomUpTo(mostLeftBytes - leastLeftBytes),
        isSettled: number % 5 < 3,
        savesAgain: number % 2 === 1,
        isKilled: number % 4 > 1,
      }
      const outcome = await withCleanup((atEndOfRun) => fillPhone(site, run, atEndOfRun))
      const bodies: string[] = []
      await createReader(link, space, (body) => bodies.push(body)).readToEnd()
      const arrived = compareNames(outcome.told, bodies)
      told += outcome.told.length
      unsafe += outcome.unsafe
      lost += arrived.lost
      doubled += arrived.doubled
      if (outcome.isWorkerLost) workerLost++
      if (outcome.isEmptied) emptied++
      if (outcome.isEmptied) recovered += outcome.told.length - arrived.lost
      if (arrived.lost + arrived.doubled > 0) console.error('full disk:', { ...run, ...outcome, ...arrived })
    }
    return {
      runs,
      acknowledged: told,
      toldUnsafe: unsafe,
      databaseEmptied: emptied,
      recovered,
      workerLost,
      doubled,
      lost,
    }
  })
}
