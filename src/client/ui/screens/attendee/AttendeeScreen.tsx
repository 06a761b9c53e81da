import { useState } from 'preact/hooks'
import { useApp } from '../../app.ts'
import type { ScreenProps } from '../../routes.ts'
import { Attendee } from './Attendee.tsx'
import { FormContext } from './formContext.ts'
import { createFormParts } from './formParts.ts'

/** The attendees' door in a browser that was here before. */
export function AttendeeScreen({ code }: ScreenProps) {
  const app = useApp()
  const [parts] = useState(() => createFormParts(Promise.resolve(app), app.drafts))
  return (
    <FormContext.Provider value={parts}>
      <Attendee key={code} code={code ?? ''} />
    </FormContext.Provider>
  )
}
