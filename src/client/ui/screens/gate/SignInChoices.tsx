import { type ConsentKind, consentKinds } from '../../../../core/consent.ts'
import type { EventRecord } from '../../../../core/event.ts'
import { askedFields, type SignInSettings } from '../../../../core/signIn.ts'
import { updateSignIn } from '../../../state/gate.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { SaveFailed } from '../../parts/SaveFailed.tsx'
import { useSaving } from '../../useSaving.ts'
import { useWords } from '../../words.ts'

/** What attendees are asked on their own phone and at the kiosk; each tick is saved at once. */
export function SignInChoices({ space, event }: { space: OpenSpace; event: EventRecord }) {
  const t = useWords('gate')
  const { failure, save } = useSaving()
  const { asks, wallCode, consents } = space.signIn.value
  const change = (settings: Partial<SignInSettings>) => void save(() => updateSignIn(space, settings))
  const toggled = <T,>(all: readonly T[], chosen: readonly T[], one: T) =>
    all.filter((item) => chosen.includes(item) !== (item === one))
  /** Who may be sent something is asked where to. */
  const addressFor = (kind: ConsentKind) =>
    kind === 'mail' ? { asks: askedFields.filter((field) => field === 'email' || asks.includes(field)) } : {}
  return (
    <section class="stack">
      <h2>{t('settings')}</h2>
      <label class="choice">
        <input type="checkbox" checked={wallCode} onChange={() => change({ wallCode: !wallCode })} />
        <span>
          {t('wallCode')}
          <br />
          <span class="soft">{t('wallCodeHint')}</span>
        </span>
      </label>
      <fieldset class="choices choices-column">
        <legend>{t('asks')}</legend>
        {askedFields.map((field) => (
          <label class="choice" key={field}>
            <input
              type="checkbox"
              checked={asks.includes(field)}
              onChange={() => change({ asks: toggled(askedFields, asks, field) })}
            />
            {t(`fields.${field}`, { word: event.institutionWord })}
          </label>
        ))}
      </fieldset>
      <fieldset class="choices choices-column">
        <legend>{t('consents')}</legend>
        <p class="soft">{t('consentsHint')}</p>
        {consentKinds.map((kind) => (
          <label class="choice" key={kind}>
            <input
              type="checkbox"
              checked={consents.includes(kind)}
              onChange={() => change({ consents: toggled(consentKinds, consents, kind), ...addressFor(kind) })}
            />
            {t(`consentKinds.${kind}`)}
          </label>
        ))}
      </fieldset>
      <SaveFailed failure={failure} />
    </section>
  )
}
