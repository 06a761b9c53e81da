import { expect, it } from 'vitest'
import { simulate } from '../support/simulate.ts'

/** What the seeds must have met, or that they lost nothing says nothing. */
const answers = [
  'committed',
  'parked',
  'forked',
  'pull diverged',
  'pull forbidden',
  'recover',
  'quarantine',
  'sign-out',
]
const tooOld = ['pull clientTooOld', 'view clientTooOld']
const notTheirs = ['team forbidden', 'audit forbidden', 'attendees forbidden', 'quarantine forbidden', 'find forbidden']
/** What was told to devices that may not see both events, and could have told them too much; and what to the others. */
const toldOfOne = ['pull', 'view', 'find', 'session', 'enrol', 'team', 'audit'].map(
  (call) => `${call} tells who sees a part`,
)
const asideOfOne = ['quarantine', 'parked'].map((call) => `${call} (tells|is empty for) who sees a part`)
const toldOfAll = ['attendees', 'quarantine', 'parked', 'audit'].map((call) => `${call} tells who sees all`)
const mishaps = [
  ...['fault late', 'fault slow', 'fault doubled', 'fault answerLost', 'fault cut', 'fault requestCut', 'fault hang'],
  ...['killed in a call', 'killed in a transaction', 'killed before the answer'],
  ...['died', 'died while opening', 'connection lost', 'connection lost in a round'],
  ...['half of the devices gone', 'all but one reader gone'],
  ...['former app, former server', 'former app, present server', 'present app, former server'],
  ...['recorded before the closing', 'recorded in sight of the closing', 'zipped page', 'zipped answer'],
  ...['answer counted', 'answer not counted: rightly refused', 'restored under another epoch'],
  ...['server updated', 'killed in a migration', 'updated with unsent work', 'former tab beside a new one'],
]

it('200 seeds of faults lose nothing, double nothing and show nobody what is not theirs', async () => {
  const halves = await Promise.all([1, 101].map((from) => simulate('--seeds', '100', '--from', String(from))))
  for (const [half, { status, text }] of halves.entries()) {
    expect(text).toContain(`100 seeds from ${1 + 100 * half}: nothing was lost.`)
    expect(status).toBe(0)
  }
  const both = halves.map(({ text }) => text).join('\n')
  /** The duration of both, which took turns with whatever else ran. */
  console.info(both.match(/^.*nothing was lost.*$/gm)?.join('\n'))
  const all = [...answers, ...tooOld, ...notTheirs, ...toldOfOne, ...asideOfOne, ...toldOfAll, ...mishaps]
  expect(all.filter((what) => !new RegExp(`\\b${what} [1-9]`).test(both))).toEqual([])
}, 600_000)
