import { rm } from 'node:fs/promises'
import { addressOf, organizer, startProcess, temporaryFolder } from '../support/server.ts'
import type { BenchBrowser } from './browser.ts'
import { type Figure, figure, percentile } from './figure.ts'

/** The limits alone differ by half from one round to the next. */
const rounds = { small: 7, large: 5 }
const attendances = { people: 0, checkIns: 10_000, ink: true }
/** 50 ops bring the people. */
const event = { people: 10_000, checkIns: 20_000, ink: true }

/** A server as its users start it, on a database of its own; its address and the token for the first organizer. */
export async function withServer<T>(
  environment: Record<string, string>,
  run: (url: string, token: string) => Promise<T>,
): Promise<T> {
  const folder = temporaryFolder()
  const server = startProcess({ HADIR_DATA: folder, LOG_LEVEL: 'error', ...environment })
  try {
    const url = await addressOf(server)
    return await run(url, /siapkan#(\S+)/.exec(server.output())?.[1] ?? '')
  } finally {
    server.process.kill('SIGTERM')
    await server.ended
    await rm(folder, { recursive: true, force: true })
  }
}

/** Whole events between a phone and its server, against the same bytes in one request, one answer and one value. */
export function measureSync(browser: BenchBrowser): Promise<Figure[]> {
  return withServer({ HADIR_DIST: browser.modules }, async (url, token) => {
    const page = await browser.openAt(url)
    const bare = await browser.openModules()
    await page.evaluate((request) => window.bench.setUp(request), { token, ...organizer })

    /** Writes, sends and reads an event once, next to its limits; the medians come out of the rounds. */
    async function move(shape: typeof event, name: string) {
      const [mine, theirs] = [`${name} mine`, `${name} theirs`]
      const space = await page.evaluate(([mine, shape]) => window.bench.write(mine, shape), [mine, shape] as const)
      const push = await page.evaluate(([mine, space]) => window.bench.push(mine, space), [mine, space] as const)
      const pull = await page.evaluate(([theirs, space]) => window.bench.pull(theirs, space), [theirs, space] as const)
      const log = await page.evaluate(([theirs, space]) => window.bench.readLog(theirs, space), [
        theirs,
        space,
      ] as const)
      const barePush = await bare.evaluate((log) => window.bench.barePush(log), log)
      const barePull = await bare.evaluate(() => window.bench.barePull())
      return { theirs, space, log, push, pull, barePush, barePull }
    }
    type Moved = Awaited<ReturnType<typeof move>>
    const median = <T>(moved: T[], of: (one: T) => number) => percentile(moved.map(of), 0.5) / 1000

    async function pushByHand({ log }: Moved): Promise<number> {
      await bare.evaluate((log) => window.bench.keepByHand(log), log)
      return bare.evaluate(() => window.bench.pushByHand())
    }
    const small: (Moved & { byHand: number })[] = []
    for (let i = 0; i < rounds.small; i++) {
      const moved = await move(attendances, `small ${i}`)
      small.push({ ...moved, byHand: await pushByHand(moved) })
    }
    const large: Moved[] = []
    for (let i = 0; i < rounds.large; i++) large.push(await move(event, `large ${i}`))

    const first: number[] = []
    const opened: number[] = []
    const bareOpened: number[] = []
    async function open(database: string, space: string): Promise<number> {
      await page.reload()
      const args = [database, space] as const
      const { ms, people } = await page.evaluate(([database, space]) => window.bench.open(database, space), args)
      if (people !== event.people) throw new Error(`${people} people came back`)
      return ms
    }
    for (const { theirs, space, log } of large) {
      await bare.evaluate((log) => window.bench.bareKeep(log), log)
      await bare.reload()
      first.push(await open(theirs, space))
      await page.evaluate(([theirs, space]) => window.bench.keep(theirs, space), [theirs, space] as const)
      opened.push(await open(theirs, space))
      bareOpened.push(await bare.evaluate(() => window.bench.bareOpen()))
    }
    const bareOpening = percentile(bareOpened, 0.5)
    await page.close()
    await bare.close()
    const push = median(small, (one) => one.push)
    const [barePush, byHand] = [median(small, (one) => one.barePush), median(small, (one) => one.byHand)]
    const pulled = (name: string, moved: Moved[]) =>
      figure(
        name,
        median(moved, ({ pull }) => pull),
        's',
        median(moved, ({ barePull }) => barePull),
        1.5,
      )
    return [
      figure('push of 10,000 signed attendances', push, 's', barePush, 1.5),
      figure('the same, against what the rules ask for', push, 's', byHand, 1.5),
      pulled('pull of 10,000 signed attendances', small),
      pulled('first load of 10,000 people, 20,000 ops', large),
      figure('opening 10,000 people, 20,000 ops, cold', percentile(opened, 0.5), 'ms', bareOpening, 2),
      figure('the same the first time, without a snapshot', percentile(first, 0.5), 'ms', bareOpening, 2),
    ]
  })
}
