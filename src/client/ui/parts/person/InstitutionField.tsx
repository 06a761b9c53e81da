import { bareRegion } from '../../../../core/region.ts'
import type { FormSpace } from '../../../state/formSpace.ts'
import { institutions } from '../../../state/suggestions.ts'
import { useWords } from '../../words.ts'
import { Notice } from '../Notice.tsx'
import type { PersonDraft } from './personDraft.ts'
import { SuggestField } from './SuggestField.tsx'

/**
 * Where somebody is from. The bare name of a region may be that of a regency or of a city: one tap writes the whole one.
 * As of numbers it is a warning, since nobody is turned away at the door.
 */
export function InstitutionField(props: {
  space: Pick<FormSpace, 'event' | 'people' | 'offices'>
  draft: PersonDraft
  onChange: (draft: PersonDraft) => void
}) {
  const t = useWords('person')
  const { space, draft, onChange } = props
  const regions = bareRegion(draft.institution)
  const write = (institution: string) => onChange({ ...draft, institution })
  return (
    <>
      <SuggestField
        label={t('institution', { word: space.event.value?.institutionWord ?? '' })}
        value={draft.institution}
        from={institutions(space)}
        onInput={write}
      />
      {regions.length > 0 && (
        <Notice kind="warn">
          <div class="stack">
            <p>{t('writeRegion', { regions: regions.join(t('or')) })}</p>
            {regions.map((region) => (
              <button key={region} type="button" onClick={() => write(region)}>
                {region}
              </button>
            ))}
          </div>
        </Notice>
      )}
    </>
  )
}
