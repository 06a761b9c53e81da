import type { ReadonlySignal } from '@preact/signals'
import { may } from '../../core/access.ts'
import {
  answeredForms,
  isVisible,
  type Material,
  namedFiles,
  type OpenedHow,
  openedMaterial,
  readMaterials,
  setMaterial,
} from '../../core/material.ts'
import { type Readers, readReaders } from '../../core/opened.ts'
import { ownAttendance } from './attendee.ts'
import type { OpenSpace } from './openSpace.ts'

type Materials = {
  all: ReadonlySignal<Material[]>
  /** Those whose content may be opened now, by id; time passes, so it is asked for. */
  visible: () => Set<string>
  readers: ReadonlySignal<Map<string, Readers>>
}

const materialsBySpace = new WeakMap<OpenSpace, Materials>()

function materialsOf(space: OpenSpace): Materials {
  const held = materialsBySpace.get(space)
  if (held) return held
  const all = space.view(readMaterials)
  const asker = space.view((now) => (at: number) => {
    const reader = { role: space.role.value, now: at, answered: answeredForms(now) }
    return new Set(readMaterials(now).flatMap((material) => (isVisible(material, now, reader) ? [material.id] : [])))
  })
  const made = { all, visible: () => asker.value(space.now()), readers: space.view(readReaders) }
  materialsBySpace.set(space, made)
  return made
}

/** Whether this device may add and change materials. */
export function mayEditMaterials(space: OpenSpace): boolean {
  return may(space.role.value, 'upload')
}

/** What is shown here, in the organizers' order: also what may be opened later only. */
export function listMaterials(space: OpenSpace): Material[] {
  const isOfTeam = space.role.value !== 'attendee'
  return materialsOf(space).all.value.filter(
    ({ deleted, audience }) => !deleted && (isOfTeam || audience === 'everyone'),
  )
}

/** What a material is called, also one that was deleted since. */
export function titleOfMaterial(space: OpenSpace, id: string): string {
  return materialsOf(space).all.value.find((material) => material.id === id)?.title ?? ''
}

/** A material that is listed; deleted ones are not found. */
export function findMaterial(space: OpenSpace, id: string | undefined): Material | undefined {
  return listMaterials(space).find((material) => material.id === id)
}

/** The materials whose content may be opened now. */
export function visibleMaterials(space: OpenSpace): Set<string> {
  return materialsOf(space).visible()
}

/** The materials whose file is on the server and may be fetched now, each file once. */
export function sentFiles(space: OpenSpace): Material[] {
  const visible = visibleMaterials(space)
  const sent = listMaterials(space).filter(
    ({ id, form, file, uploaded }) => form === 'file' && file !== '' && uploaded === file && visible.has(id),
  )
  return [...new Map(sent.map((material) => [material.file, material])).values()]
}

/** Every file that a material of the event has, whoever may see it. */
export function filesOf(space: OpenSpace): Set<string> {
  return space.view(namedFiles).peek()
}

/** A session with what belongs to it; `''` holds what belongs to the whole event. */
export type MaterialGroup = { session: string; materials: Material[] }

/** By session in their order, the whole event's first. What belongs to a session that is gone belongs to the event. */
export function groupMaterials(space: OpenSpace): MaterialGroup[] {
  const sessions = space.sessions.value.map(({ id }) => id)
  const sessionOf = ({ session }: Material) => (sessions.includes(session) ? session : '')
  const materials = listMaterials(space)
  return ['', ...sessions].flatMap((session) => {
    const own = materials.filter((material) => sessionOf(material) === session)
    return own.length > 0 ? [{ session, materials: own }] : []
  })
}

export type Counts = { opened: number; saved: number; people: string[] }

/** How many devices opened and kept a material, and who while the event's notice says that readers are named. */
export function readersOf(space: OpenSpace, material: string): Counts {
  const readers = materialsOf(space).readers.value.get(material)
  const named = space.event.value?.namesReaders ? [...(readers?.people ?? [])] : []
  return {
    opened: readers?.opened.size ?? 0,
    saved: readers?.saved.size ?? 0,
    people: named.flatMap((id) => space.people.value.get(id)?.name ?? []).sort(),
  }
}

export type MaterialFields = Partial<Omit<Material, 'id'>>

/** Writes a link or a text, or what is said of a material. Says its id. */
export async function saveMaterial(
  space: OpenSpace,
  id: string | undefined,
  fields: MaterialFields,
  draft?: string,
): Promise<string> {
  const material = id ?? space.newId()
  await space.commit([setMaterial(material, fields)], draft)
  return material
}

/** What a new material needs beside what its form says: it stands last among those of its session. */
export function newMaterial(space: OpenSpace): Pick<Material, 'order' | 'addedAt' | 'deleted'> {
  const orders = listMaterials(space).map(({ order }) => order)
  return { order: Math.max(0, ...orders) + 1, addedAt: space.now(), deleted: false }
}

/** Puts a material before or behind its neighbour of the same session; each keeps a place of its own. */
export async function moveMaterial(space: OpenSpace, group: MaterialGroup, id: string, by: -1 | 1): Promise<void> {
  const ids = group.materials.map((material) => material.id)
  const at = ids.indexOf(id)
  const moved = ids.filter((one) => one !== id)
  moved.splice(at + by, 0, id)
  const orders = group.materials.map(({ order }) => order).sort((a, b) => a - b)
  const isSpread = new Set(orders).size === orders.length
  const changes = moved.flatMap((one, place) => {
    const order = isSpread ? (orders[place] ?? place) : place
    const held = group.materials.find((material) => material.id === one)
    return held?.order === order ? [] : [setMaterial(one, { order })]
  })
  if (changes.length > 0) await space.commit(changes)
}

/** Takes a deletion back (uploads.ts deletes). */
export async function restoreMaterial(space: OpenSpace, id: string): Promise<void> {
  await space.commit([setMaterial(id, { deleted: false })])
}

/**
 * Notes that somebody of this device opened or kept a material, once. `person`: who it was, where the event names
 * readers. What organizers do with their own materials is not counted, and who may write nothing says nothing.
 */
export async function noteReader(space: OpenSpace, material: string, how: OpenedHow, person?: string): Promise<void> {
  const role = space.role.value
  if (role === 'organizer' || !may(role, 'push')) return
  const devices = materialsOf(space).readers.value.get(material)?.[how] ?? new Set()
  if ([...devices].some(space.isOwn)) return
  await space.commit([openedMaterial({ material, how, ...(person !== undefined && { person }) })])
}

/** A file is on this device now: every material here that it belongs to was kept. */
export async function noteSaved(space: OpenSpace, file: string): Promise<void> {
  for (const material of listMaterials(space))
    if (material.file === file) await noteReader(space, material.id, 'saved', namedReader(space))
}

/** Whose device this is, where the event's notice says that readers are named and there is no doubt whose. */
export function namedReader(space: OpenSpace): string | undefined {
  if (!space.event.value?.namesReaders || space.role.value !== 'attendee') return undefined
  const people = new Set(ownAttendance(space).map(({ person }) => person))
  return people.size === 1 ? [...people][0] : undefined
}
