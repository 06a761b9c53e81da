import '../../src/client/ui/styles/index.css'
import { type RenderResult, render } from '@testing-library/preact'
import { loadWords } from '../../src/client/i18n/i18n.ts'
import type { OpenSpace } from '../../src/client/state/openSpace.ts'
import type { NewEvent } from '../../src/client/state/spaces.ts'
import type { AppParts } from '../../src/client/ui/app.ts'
import { Pages } from '../../src/client/ui/Pages.tsx'
import { type PersonFields, setPerson } from '../../src/core/person.ts'
import { dayAt } from '../../src/core/time.ts'

const event: NewEvent = {
  title: 'Sosialisasi Antikorupsi',
  institution: 'Inspektorat Contoh',
  institutionWord: 'OPD',
  namesReaders: false,
  venue: 'Aula Contoh',
  city: 'Serang',
  mode: 'luring',
  zone: 'WITA',
  letterhead: [],
  signatories: { left: undefined, right: undefined },
  roles: ['peserta', 'narasumber', 'panitia'],
}

/** An event of today on this device, and its people: by name, whatever else is given. */
export async function openEvent(
  app: AppParts,
  people: Partial<PersonFields>[],
  titles: string[] = ['Pembukaan'],
): Promise<{ space: OpenSpace; ids: string[]; session: string }> {
  const day = dayAt(app.wall(), event.zone)
  const sessions = titles.map((title, i) => ({ title, day, start: `0${i}:00`, end: '' }))
  const space = await app.spaces.open(await app.spaces.createEvent(event, sessions))
  if (!space) throw new Error('The event was not created')
  const ids = people.map(() => space.newId())
  const changes = people.map((person, i) => setPerson(ids[i] ?? '', { invited: true, ...person }))
  for (let from = 0; from < changes.length; from += 500) await space.commit(changes.slice(from, from + 500))
  return { space, ids, session: space.sessions.value[0]?.id ?? '' }
}

/** The app at an address, with all its screens; their words anew, since each boot starts with none. */
export async function showAt(app: AppParts, path: string): Promise<RenderResult> {
  await Promise.all(['eventHome', 'checkIn', 'people', 'person', 'attendance'].map(loadWords))
  history.replaceState(null, '', path)
  return render(<Pages app={app} />)
}

/** Draws across a pad with one finger, like a person in a hurry. */
export function sign(canvas: Element): void {
  const { left, top, width, height } = canvas.getBoundingClientRect()
  const at = (step: number) => ({
    bubbles: true,
    cancelable: true,
    pointerId: 1,
    isPrimary: true,
    pointerType: 'touch',
    buttons: 1,
    clientX: left + width * (0.1 + 0.08 * step),
    clientY: top + height * (0.5 + 0.3 * Math.sin(step * 2)),
  })
  canvas.dispatchEvent(new PointerEvent('pointerdown', at(0)))
  for (let step = 1; step <= 10; step++) canvas.dispatchEvent(new PointerEvent('pointermove', at(step)))
  canvas.dispatchEvent(new PointerEvent('pointerup', { ...at(10), buttons: 0 }))
}
