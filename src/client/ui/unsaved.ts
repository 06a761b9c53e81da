import { computed, signal } from '@preact/signals'

const keys = signal<ReadonlySet<string>>(new Set())

/** Whether a form of this tab holds what a person typed and has not saved; other tabs' drafts are theirs to wait for. */
export const hasUnsaved = computed(() => keys.value.size > 0)

/** Something is half-written under this key: the page is not left without a word. */
export function markUnsaved(key: string): void {
  if (!keys.value.has(key)) keys.value = new Set(keys.value).add(key)
}

/** The form was saved or left; what was typed is in the drafts. */
export function markSaved(key: string): void {
  const rest = new Set(keys.value)
  if (rest.delete(key)) keys.value = rest
}
