import { createDatabase } from '../../../src/client/db/schema.ts'
import type { Author } from '../../../src/client/state/author.ts'
import { countedOf, findForm, saveForm, versionsOf } from '../../../src/client/state/forms.ts'
import type { OpenSpace } from '../../../src/client/state/openSpace.ts'
import { createSpaces } from '../../../src/client/state/spaces.ts'
import { workOut } from '../../../src/client/ui/screens/results/workOut.ts'
import type { Answers } from '../../../src/core/form/answer.ts'
import type { FormPurpose } from '../../../src/core/form/form.ts'
import { newQuestion, type Question } from '../../../src/core/form/question.ts'
import { reportInSteps } from '../../../src/core/form/report.ts'
import { respond } from '../../../src/core/form/response.ts'
import { setPerson } from '../../../src/core/person.ts'
import { finish } from '../../../src/core/steps.ts'
import { inventEvent, inventPerson, inventSessions } from '../invented.ts'

/** An event in the app's own database, whose people have answered a test before and after; what its results cost. */
export type AnswersBench = {
  /** The event's address in the app, and that of the later test's results. */
  answer: (people: number) => Promise<{ event: string; results: string }>
  /**
   * Reads and adds up the answers to each question; then also gain, items and groups, as the screen
   * shows them. In one go, ms.
   */
  workOut: () => { countedMs: number; restMs: number; paired: number }
}

const said = (id: string) => ({ id, en: id })
const choices = ['a', 'b', 'c', 'd'].map((name) => ({ name, label: said(name) }))
/** Twelve that are marked, six ratings and two texts. */
const questions = Array.from({ length: 20 }, (_, i): Question => {
  const own = {
    ...newQuestion(`q${i}`, i < 12 ? 'single' : i < 18 ? 'likert' : 'short'),
    label: said(`Butir ${i + 1}`),
  }
  return i < 12 ? { ...own, choices, points: 1, right: ['a'] } : own
})

/** After the event's people know more: the right choice is one of fewer. */
function answersOf(person: number, after: boolean): Answers {
  const entries = questions.map(({ name, type }, i): [string, string | number] => {
    if (type === 'short') return [name, `Materi ${(person + i) % 77} cukup jelas`]
    if (type === 'likert') return [name, 1 + ((person + i) % 4)]
    return [name, choices[(person * 7 + i * 3) % (after ? 2 : 4)]?.name ?? '']
  })
  return Object.fromEntries(entries)
}

let answered: { space: OpenSpace; form: string } | undefined

export function answersBench(author: Author, random: (count: number) => Uint8Array): AnswersBench {
  async function answer(people: number) {
    const spaces = createSpaces(createDatabase(), author, random)
    const space = await spaces.open(await spaces.createEvent(inventEvent, inventSessions))
    if (!space) throw new Error('no event')
    const ids = Array.from({ length: people }, () => space.newId())
    const addForm = (purpose: FormPurpose) =>
      saveForm(space, undefined, { form: { title: said(purpose), purpose, open: true }, questions })
    const forms = [await addForm('preTest'), await addForm('postTest')]
    for (let from = 0; from < people; from += 200) {
      const some = ids.slice(from, from + 200)
      await space.commit(some.map((id, i) => setPerson(id, inventPerson(from + i))))
      for (const [after, form] of forms.entries()) {
        const version = findForm(space, form)?.version ?? ''
        await space.commit(
          some.map((person, i) => respond({ form, version, person, answers: answersOf(from + i, after === 1) })),
        )
      }
    }
    const form = forms[1] ?? ''
    answered = { space, form }
    const event = `/kegiatan/${space.id}`
    return { event, results: `${event}/umpan-balik/${form}/hasil` }
  }

  return {
    answer,
    workOut: () => {
      const form = answered && findForm(answered.space, answered.form)
      if (!answered || !form) throw new Error('nobody has answered')
      const { space } = answered
      const start = performance.now()
      finish(reportInSteps(form, versionsOf(space), finish(countedOf(space, form))))
      const counted = performance.now()
      const { findings } = finish(workOut(space, form))
      return {
        countedMs: counted - start,
        restMs: performance.now() - counted,
        paired: findings?.gains[0]?.result.paired ?? 0,
      }
    },
  }
}
