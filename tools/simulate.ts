/**
 * Nothing is ever lost, proven from seeds: `npm run simulate -- --seeds 200 --from 1`. A seed that fails is printed
 * with the shortest script that still does, and the exit status is 1. `--break NAME` puts a known bug back, or several
 * one after the other (`NAME,NAME`: 1 when each is found), `--list-breaks` names them, `--script FILE` runs one script,
 * `--trace FILE` writes down all that happened: the same seeds give the same trace. `--first-starts` kills a browser's
 * first start at each of its steps. `--tries` bounds the search for the shortest script. What a seed does:
 * test/README.md.
 */
import { createHash } from 'node:crypto'
import { appendFileSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { breaks, isBreak } from '../test/sync/simulator/breaks.ts'
import { dieInFirstStarts } from '../test/sync/simulator/firstStarts.ts'
import { runScript } from '../test/sync/simulator/run.ts'
import { describeStep, drawScript, readScript, type Step } from '../test/sync/simulator/script.ts'
import { shrink } from '../test/sync/simulator/shrink.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    break: { type: 'string' },
    script: { type: 'string' },
    trace: { type: 'string' },
    'first-starts': { type: 'boolean', default: false },
    'list-breaks': { type: 'boolean', default: false },
    'no-shrink': { type: 'boolean', default: false },
    tries: { type: 'string', default: '250' },
  },
})

const isTraceKept = values.trace !== undefined
const say = (text: string) => process.stdout.write(`${text}\n`)

async function main(): Promise<number> {
  if (values['list-breaks']) {
    say(Object.keys(breaks).join('\n'))
    return 0
  }
  if (values['first-starts']) {
    const { died, failures } = await dieInFirstStarts()
    say(`${died} first starts died: ${failures.join('\n') || 'the next ones came in.'}`)
    return failures.length > 0 ? 1 : 0
  }
  const [from, seeds] = [Number(values.from), Number(values.seeds)]
  /** The world that every seed begins with is itself made from the seed 0: that one's devices would have its keys. */
  if (!(Number.isSafeInteger(from) && from > 0 && Number.isSafeInteger(seeds) && seeds >= 0)) {
    say('--seeds is a whole number, and --from is one from 1 on.')
    return 2
  }
  if (values.break === undefined)
    return simulate((seed, script) => runScript(seed, script, { isTraceKept }), from, seeds)
  const names = values.break.split(',')
  const unknown = names.find((name) => !isBreak(name))
  if (unknown !== undefined) {
    say(`There is no break called ${unknown}; --list-breaks names them.`)
    return 2
  }
  let status = 1
  for (const name of names.filter(isBreak)) {
    say(`With ${name}:`)
    status = Math.min(
      status,
      await simulate((seed, script) => runScript(seed, script, { broken: breaks[name](), isTraceKept }), from, seeds),
    )
  }
  return status
}

/** Seconds since now; and of a processor, which a busy machine does not lengthen. */
function startWatch(): () => string {
  const [begun, used] = [performance.now(), process.cpuUsage()]
  return () => {
    const { user, system } = process.cpuUsage(used)
    return `${((performance.now() - begun) / 1000).toFixed(1)} s, ${((user + system) / 1e6).toFixed(1)} s at work`
  }
}

/** A run that waits for what never comes ends the process: then at least its seed is known. */
let running: number | undefined
process.once('exit', () => {
  if (running !== undefined) say(`Seed ${running} hangs: it waits for something that never comes.`)
})

type Run = (seed: number, script: Step[]) => ReturnType<typeof runScript>

function keepTrace(seed: number, { lines }: { lines: readonly string[] }): void {
  if (values.trace !== undefined) appendFileSync(values.trace, lines.map((line) => `${seed} ${line}\n`).join(''))
}

/** Runs seeds until one fails: 1 then, else 0. */
async function simulate(run: Run, from: number, seeds: number): Promise<number> {
  if (values.script !== undefined) {
    running = from
    const { failures, trace } = await run(from, readScript(readFileSync(values.script, 'utf8')))
    running = undefined
    keepTrace(from, trace)
    say(failures.length > 0 ? failures.join('\n') : 'Nothing was lost.')
    return failures.length > 0 ? 1 : 0
  }
  const heard = new Map<string, number>()
  const took = startWatch()
  const traces = createHash('sha256')
  for (let seed = from; seed < from + seeds; seed++) {
    const script = drawScript(seed)
    running = seed
    const { failures, heard: more, trace } = await run(seed, script)
    running = undefined
    traces.update(trace.hash())
    keepTrace(seed, trace)
    for (const [what, times] of more) heard.set(what, (heard.get(what) ?? 0) + times)
    if (failures.length === 0) continue
    say(`Seed ${seed} fails:\n${failures.join('\n')}`)
    if (!values['no-shrink']) await printShortest(seed, script, failures, run)
    return 1
  }
  say(`${seeds} seeds from ${from}: nothing was lost. ${took()}`)
  const counts = [...heard].sort().map(([what, times]) => `${what} ${times}`)
  say(`Met: ${counts.join(', ')}`)
  say(`Trace ${traces.digest('hex').slice(0, 16)}`)
  return 0
}

/** What a failure is about, without ids and numbers: shrinking must not end at another failure. */
const kindOf = (failure: string) => failure.replace(/[\w-]{11,}|\d+/g, '')

async function printShortest(seed: number, script: Step[], failures: string[], run: Run): Promise<void> {
  const wanted = new Set(failures.map(kindOf))
  const stillFails = async (candidate: Step[]) =>
    (await run(seed, candidate)).failures.some((failure) => wanted.has(kindOf(failure)))
  const shortest = await shrink(script, stillFails, Number(values.tries))
  const left = await run(seed, shortest)
  say(`The shortest script (run it with --from ${seed} --script FILE):`)
  say(shortest.map(describeStep).join('\n'))
  say(`It fails with:\n${left.failures.join('\n')}`)
}

process.exitCode = await main()
