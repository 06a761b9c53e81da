import { isFields, oneOf, textOf } from '../../../../core/fields.ts'
import { audiences, type Material, materialForms, releases } from '../../../../core/material.ts'

/** What is typed of a material; a chosen file is not among it, since a draft outlives the page and a file does not. */
export type Draft = Pick<
  Material,
  'form' | 'title' | 'url' | 'text' | 'speaker' | 'session' | 'audience' | 'from' | 'fromForm'
>

export const emptyDraft: Draft = {
  form: 'file',
  title: '',
  url: '',
  text: '',
  speaker: '',
  session: '',
  audience: 'everyone',
  from: 'now',
  fromForm: '',
}

export function draftOf(material: Material): Draft {
  const { form, title, url, text, speaker, session, audience, from, fromForm } = material
  return { form, title, url, text, speaker, session, audience, from, fromForm }
}

/** A draft as an older version may have kept it. */
export function parseDraft(stored: unknown): Draft | undefined {
  if (!isFields(stored)) return undefined
  return {
    form: oneOf(stored, 'form', materialForms, 'file'),
    title: textOf(stored, 'title'),
    url: textOf(stored, 'url'),
    text: textOf(stored, 'text'),
    speaker: textOf(stored, 'speaker'),
    session: textOf(stored, 'session'),
    audience: oneOf(stored, 'audience', audiences, 'everyone'),
    from: oneOf(stored, 'from', releases, 'now'),
    fromForm: textOf(stored, 'fromForm'),
  }
}

/** An address as people type it, with the scheme that they leave out; `''` when it is none. */
export function addressOf(typed: string): string {
  const text = typed.trim()
  try {
    const url = new URL(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`)
    return ['http:', 'https:'].includes(url.protocol) && url.hostname.includes('.') ? url.href : ''
  } catch {
    return ''
  }
}

export type DraftErrors = Partial<Record<'title' | 'file' | 'url' | 'text' | 'fromForm', string>>

/** What is missing, as keys of words. `hasFile`: one is chosen, or there was one before. */
export function checkDraft(draft: Draft, hasFile: boolean): DraftErrors {
  const errors: DraftErrors = {}
  if (!draft.title.trim()) errors.title = 'errors.title'
  if (draft.form === 'file' && !hasFile) errors.file = 'errors.file'
  if (draft.form === 'link' && !addressOf(draft.url)) errors.url = 'errors.url'
  if (draft.form === 'text' && !draft.text.trim()) errors.text = 'errors.text'
  if (draft.from === 'afterForm' && draft.audience === 'everyone' && !draft.fromForm)
    errors.fromForm = 'errors.fromForm'
  return errors
}

/** What is written of it. Only what belongs to its form: a link that became a text has no address any more. */
export function fieldsOf(draft: Draft): Draft {
  return {
    ...draft,
    title: draft.title.trim(),
    speaker: draft.speaker.trim(),
    url: draft.form === 'link' ? addressOf(draft.url) : '',
    text: draft.form === 'text' ? draft.text.trim() : '',
    fromForm: draft.from === 'afterForm' ? draft.fromForm : '',
  }
}
