import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { FormRecord } from '../../../../core/form/form.ts'
import { formTitle } from '../../../state/forms.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { AnswerNotices } from '../../parts/feedback/AnswerNotices.tsx'
import { FillSheet } from '../../parts/feedback/FillSheet.tsx'
import type { DraftKeeper } from '../../useDraft.ts'
import { useLanguage } from '../../words.ts'
import { KioskFrame } from './KioskFrame.tsx'

/** What is answered here is kept once it is saved and not before: whoever walks away leaves nothing behind. */
const noDrafts: DraftKeeper = {
  read: async () => undefined,
  write: async () => undefined,
  rescue: () => undefined,
  drop: async () => undefined,
}

/** Whoever has just signed in answers an open form. */
export function Answering(props: {
  space: OpenSpace
  form: FormRecord
  person: string
  name: string
  cancel: ComponentChildren
  onDone: () => void
}) {
  const language = useLanguage()
  const { space, person, name, cancel, onDone } = props
  const [form] = useState(props.form)
  return (
    <KioskFrame space={space} title={formTitle(space, form, language)} actions={cancel}>
      <AnswerNotices space={space} form={form} />
      <FillSheet space={space} form={form} person={person} name={name} onDone={onDone} drafts={noDrafts} />
    </KioskFrame>
  )
}
