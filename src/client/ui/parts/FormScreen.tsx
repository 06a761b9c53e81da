import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import type { Form } from '../useForm.ts'
import { Notice } from './Notice.tsx'
import { Screen } from './Screen.tsx'

/** A screen that is one form: its fields, what went wrong in none of them, and its button under the thumb. */
export function FormScreen<Field extends string>(props: {
  title: string
  back: string
  first?: boolean
  form: Form<Field>
  /** The words on the button, and those while it works. */
  submit: string
  submitting: string
  above: ComponentChildren
  children: ComponentChildren
  below?: ComponentChildren
}) {
  const { form, submit, submitting, above, children, below, ...screen } = props
  const id = useId()
  return (
    <Screen
      {...screen}
      actions={
        <button type="submit" form={id} class="primary" aria-disabled={form.busy}>
          {form.busy ? submitting : submit}
        </button>
      }
    >
      {above}
      <form id={id} {...form.props}>
        {children}
        {form.errors.other && <Notice kind="danger">{form.errors.other}</Notice>}
      </form>
      {below}
    </Screen>
  )
}
