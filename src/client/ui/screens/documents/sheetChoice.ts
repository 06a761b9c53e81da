import { useLocation } from 'preact-iso'
import { isLate } from '../../../../core/closing.ts'
import { type ConsentKind, consentKinds } from '../../../../core/consent.ts'
import type { SessionRecord } from '../../../../core/event.ts'
import type { Person } from '../../../../core/person.ts'
import { leadingRole, type RoleGroup, roleGroup, roleGroups } from '../../../../core/role.ts'
import type { Paper, SheetInput, SheetSort } from '../../../../documents/sheet.ts'
import { countUnsentChanges } from '../../../state/exports.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { rolesOf } from '../../../state/people.ts'
import type { SheetFormat } from '../../../worker/messages.ts'

export const papers: readonly Paper[] = ['F4', 'A4']
export const sorts: readonly SheetSort[] = ['arrival', 'name', 'institution', 'protocol']
export const formats: readonly SheetFormat[] = ['pdf', 'xlsx', 'csv']
export const maxBlankRows = 200

/** What is printed; `session` and `group` are `undefined` for all of them. */
export type SheetChoice = {
  session: SessionRecord | undefined
  group: RoleGroup | undefined
  people: 'present' | 'everyone'
  paper: Paper
  sort: SheetSort
  blankRows: number
  phone: boolean
}

/** The choice as the address holds it: each part by its name there, and nothing for what is usual. */
const choiceNames = ['sesi', 'kelompok', 'isi', 'kertas', 'urutan', 'kosong', 'hp'] as const
export type ChoiceName = (typeof choiceNames)[number]

/** The choice of the address, and how to change a part of it; it survives a reload and can be sent as a link. */
export function useSheetChoice(space: OpenSpace): [SheetChoice, (name: ChoiceName, value: string) => void] {
  const { path, query, route } = useLocation()
  const choice: SheetChoice = {
    session: space.sessions.value.find(({ id }) => id === query.sesi),
    group: roleGroups.find((group) => group === query.kelompok),
    people: query.isi === 'everyone' ? 'everyone' : 'present',
    paper: papers.find((paper) => paper === query.kertas) ?? 'F4',
    sort: sorts.find((sort) => sort === query.urutan) ?? 'arrival',
    blankRows: /^\d{1,3}$/.test(query.kosong ?? '') ? Math.min(Number(query.kosong), maxBlankRows) : 0,
    phone: query.hp === '1',
  }
  function change(name: ChoiceName, value: string): void {
    const kept = choiceNames.flatMap((one): [string, string][] => {
      const held = one === name ? value : query[one]
      return held ? [[one, held]] : []
    })
    const search = new URLSearchParams(kept).toString()
    route(search ? `${path}?${search}` : path, true)
  }
  return [choice, change]
}

const groupOf = (person: Person) => roleGroup(leadingRole(rolesOf(person)))

function sessionsOf(space: OpenSpace, { session }: SheetChoice): SessionRecord[] {
  return session ? [session] : space.sessions.value
}

/** Who is printed: of the chosen group, present at one of the chosen sessions unless everyone is wanted. */
export function chosenPeople(space: OpenSpace, choice: SheetChoice): { people: Person[]; present: number } {
  const attended = sessionsOf(space, choice).map(({ id }) => space.attendance.value.get(id))
  const inGroup = [...space.people.value.values()].filter((person) => !choice.group || groupOf(person) === choice.group)
  const present = inGroup.filter(({ id }) => attended.some((session) => session?.has(id)))
  return { people: choice.people === 'everyone' ? inGroup : present, present: present.length }
}

/** What the printed people freely agreed to: of each kind that is offered, or that somebody has answered. */
function consentsOf(space: OpenSpace, people: readonly Person[]): SheetInput['consents'] {
  const consents = space.consents.value
  const printed = new Set(people.map(({ id }) => id))
  const said = new Map([...consents].filter(([id]) => printed.has(id)))
  const offered = space.signIn.value.consents
  const isSaid = (kind: ConsentKind) => [...said.values()].some((kinds) => kinds.has(kind))
  return { kinds: consentKinds.filter((kind) => offered.includes(kind) || isSaid(kind)), said }
}

/** Everything that the worker needs, and nothing of those who are not printed. */
export function toSheetInput(space: OpenSpace, choice: SheetChoice, masked: boolean): SheetInput | undefined {
  const event = space.event.value
  if (!event) return undefined
  const sessions = sessionsOf(space, choice)
  const attendances = sessions.flatMap((session) =>
    [...(space.attendance.value.get(session.id)?.values() ?? [])].map((attendance) => {
      const { facts: _, ...plain } = attendance
      return { ...plain, isLate: isLate(session, attendance) }
    }),
  )
  const { people } = chosenPeople(space, choice)
  return {
    event,
    sessions,
    people,
    attendances,
    consents: consentsOf(space, people),
    options: {
      paper: choice.paper,
      sort: choice.sort,
      people: choice.people,
      group: choice.group,
      blankRows: choice.blankRows,
      includePhone: choice.phone,
      unsentCount: countUnsentChanges(space),
      masked,
    },
  }
}

/** `daftar-hadir-2023-08-09-0900-peserta.pdf`: names nobody, since file names show in chats and in the cloud. */
export function fileName(space: OpenSpace, choice: SheetChoice, format: SheetFormat, masked: boolean): string {
  const days = [...new Set(sessionsOf(space, choice).map(({ day }) => day))]
  const sameDay = space.sessions.value.filter(({ day }) => day === choice.session?.day).length > 1
  const parts = [
    'daftar-hadir',
    days.length > 1 ? `${days[0]}-sd-${days.at(-1)}` : days[0],
    sameDay && choice.session?.start.replace(':', ''),
    choice.group,
    masked && 'disamarkan',
  ]
  return `${parts.filter(Boolean).join('-')}.${format}`
}
