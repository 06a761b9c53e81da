import { wordsIn } from '../../../../core/form/question.ts'
import { audiences, opensAfter, releases } from '../../../../core/material.ts'
import { dayAt, formatTime } from '../../../../core/time.ts'
import { listForms } from '../../../state/forms.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { dayWords } from '../../dates.ts'
import { useLanguage, useWords } from '../../words.ts'
import { Choose } from '../formEditor/FormSettings.tsx'
import type { Draft } from './draft.ts'

/** Who may see a material, and attendees from when. */
export function Release(props: {
  space: OpenSpace
  draft: Draft
  error: string | undefined
  onChange: (change: Partial<Draft>) => void
}) {
  const t = useWords('materialForm')
  const language = useLanguage()
  const { space, draft, error, onChange } = props
  const forms = listForms(space)
  const sessions = space.sessions.value

  /** When attendees can open it, in the event's time; and by which session that is. */
  function opening(session: string): string {
    const zone = space.event.value?.zone ?? 'WIB'
    const at = opensAfter(session, sessions, zone)
    if (at === Number.POSITIVE_INFINITY) return t('opens.unknown')
    const isOwn = sessions.some(({ id, deleted }) => id === session && !deleted)
    const when = `${dayWords(dayAt(at, zone), language)}, ${formatTime(at, zone)}`
    return t(isOwn ? 'opens.afterSession' : 'opens.afterEvent', { when })
  }

  return (
    <>
      <Choose
        label={t('for')}
        value={draft.audience}
        options={audiences.map((audience) => [audience, t(`audience.${audience}`)])}
        onChoose={(value) => onChange({ audience: audiences.find((one) => one === value) ?? draft.audience })}
      />
      {draft.audience === 'everyone' && (
        <Choose
          label={t('fromWhen')}
          hint={draft.from === 'afterSession' ? opening(draft.session) : undefined}
          value={draft.from}
          options={releases.map((from) => [from, t(`from.${from}`)])}
          onChoose={(value) => onChange({ from: releases.find((one) => one === value) ?? draft.from })}
        />
      )}
      {draft.audience === 'everyone' && draft.from === 'afterForm' && (
        <>
          <Choose
            label={t('fromForm')}
            value={draft.fromForm}
            options={[
              ['', t(forms.length > 0 ? 'chooseForm' : 'noForm')],
              ...forms.map(({ id, title }): [string, string] => [id, wordsIn(title, language)]),
            ]}
            onChoose={(fromForm) => onChange({ fromForm })}
          />
          <p class="error" role="alert">
            {error && t(error)}
          </p>
        </>
      )}
    </>
  )
}
