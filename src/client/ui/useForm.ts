import type { RefObject } from 'preact'
import { useRef, useState } from 'preact/hooks'
import type { Result } from '../../core/result.ts'
import { useFocusFirstError } from './useFocusFirstError.ts'

/** What is wrong, in words, by field; of what is wrong in none of them, `other` tells. */
type Errors<Field extends string> = { [field in Field | 'other']?: string | undefined }

export type Form<Field extends string> = {
  errors: Errors<Field>
  busy: boolean
  /** For the element: `<form {...form.props}>`. */
  props: {
    ref: RefObject<HTMLFormElement | null>
    noValidate: true
    onSubmit: (event: SubmitEvent) => Promise<void>
  }
}

/**
 * A form that asks something of the server, once at a time. What `check` finds wrong is said before anything is sent,
 * what `refused` makes of the answer after it; either takes the person to the first field that needs them. Without
 * `refused`, the screen says by itself what came of `send`.
 */
export function useForm<Field extends string, T, F extends { kind: string }>(steps: {
  check: () => Errors<Field>
  send: () => Promise<Result<T, F>>
  refused?: (failure: F) => Errors<NoInfer<Field>>
  done: (value: T) => unknown
}): Form<Field> {
  const [errors, setErrors] = useState<Errors<Field>>({})
  const [busy, setBusy] = useState(false)
  const isUnderWay = useRef(false)
  const ref = useFocusFirstError(errors)

  async function onSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (isUnderWay.current) return
    const found = steps.check()
    setErrors(found)
    if (Object.values(found).some(Boolean)) return
    isUnderWay.current = true
    setBusy(true)
    try {
      const answer = await steps.send()
      if (answer.ok) await steps.done(answer.value)
      else if (steps.refused) setErrors(steps.refused(answer.failure))
    } finally {
      isUnderWay.current = false
      setBusy(false)
    }
  }
  return { errors, busy, props: { ref, noValidate: true, onSubmit } }
}
