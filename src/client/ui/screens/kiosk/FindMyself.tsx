import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { nipDigits } from '../../../../core/nip.ts'
import type { Person } from '../../../../core/person.ts'
import { normalisePhone } from '../../../../core/phone.ts'
import { dayAt } from '../../../../core/time.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { TextField } from '../../parts/Field.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { draftFromSearch, type PersonDraft } from '../../parts/person/personDraft.ts'
import { useWords } from '../../words.ts'
import { KioskFrame } from './KioskFrame.tsx'

function find(space: OpenSpace, typed: string): Person | undefined {
  return normalisePhone(typed)
    ? space.findInvited({ by: 'phone', phone: typed })
    : space.findInvited({ by: 'nip', nip: nipDigits(typed) })
}

/** An invited person by the whole of a number: no list, and no part of a name, tells who else is invited. */
export function FindMyself(props: {
  space: OpenSpace
  cancel: ComponentChildren
  onFound: (person: Person) => void
  onNotFound: (typed: PersonDraft) => void
}) {
  const t = useWords('kiosk')
  const { space, cancel } = props
  const [typed, setTyped] = useState('')
  const [found, setFound] = useState<Person | 'nobody' | undefined>(undefined)
  function search(event: SubmitEvent): void {
    event.preventDefault()
    if (typed.trim()) setFound(find(space, typed.trim()) ?? 'nobody')
  }
  const fillIn = () => props.onNotFound(draftFromSearch(typed, dayAt(space.now(), space.event.value?.zone ?? 'WIB')))
  if (found && found !== 'nobody')
    return (
      <KioskFrame
        space={space}
        title={t('isItYou')}
        actions={
          <>
            <button type="button" onClick={() => setFound(undefined)}>
              {t('notMe')}
            </button>
            <button type="button" class="primary" onClick={() => props.onFound(found)}>
              {t('me')}
            </button>
          </>
        }
      >
        <div class="card">
          <p class="kiosk-name">{found.name}</p>
          <p>{found.institution}</p>
        </div>
      </KioskFrame>
    )
  return (
    <KioskFrame
      space={space}
      title={t('findTitle')}
      actions={
        <>
          {cancel}
          <button type="submit" form="find-myself" class="primary">
            {t('find')}
          </button>
        </>
      }
    >
      <form id="find-myself" class="stack" autocomplete="off" noValidate onSubmit={search}>
        <TextField
          label={t('numberLabel')}
          hint={t('numberHint')}
          value={typed}
          onInput={(next) => {
            setTyped(next)
            setFound(undefined)
          }}
          inputMode="tel"
          autoComplete="off"
          maxLength={40}
        />
      </form>
      {found === 'nobody' && (
        <Notice kind="warn">
          <p>{t('notFound')}</p>
          <button type="button" onClick={fillIn}>
            {t('fillIn')}
          </button>
        </Notice>
      )}
    </KioskFrame>
  )
}
