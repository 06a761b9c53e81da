import type { EventRecord } from '../../../../core/event.ts'
import { countUnsentChanges } from '../../../state/exports.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { InEvent } from '../../parts/InEvent.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { Screen } from '../../parts/Screen.tsx'
import type { ScreenProps } from '../../routes.ts'
import { useWords } from '../../words.ts'
import { SheetFields } from './SheetFields.tsx'
import { SheetRow } from './SheetRow.tsx'
import { chosenPeople, fileName, formats, toSheetInput, useSheetChoice } from './sheetChoice.ts'
import { useSheetFile } from './useSheetFile.ts'

/** The attendance list as files, made on this device with or without a network. */
export function Documents({ space: id }: ScreenProps) {
  return <InEvent id={id}>{(space, event) => <SheetDocuments key={space.id} space={space} event={event} />}</InEvent>
}

const blankSheetRows = '25'

function SheetDocuments({ space, event }: { space: OpenSpace; event: EventRecord }) {
  const t = useWords('documents')
  const [choice, change] = useSheetChoice(space)
  const file = useSheetFile(space)
  const { people, present } = chosenPeople(space, choice)
  const unsent = countUnsentChanges(space)
  const { seq, head } = space.progress.value
  const isBlank = people.length === 0 && choice.blankRows === 0

  return (
    <Screen title={t('title')} above={event.title} back={`/kegiatan/${space.id}`} wide>
      <div class="documents">
        <SheetFields space={space} choice={choice} onChange={change} />
        <section class="stack" aria-label={t('files')}>
          {seq < head && <Notice kind="warn">{t('notAllHere', { missing: head - seq })}</Notice>}
          {isBlank ? (
            <EmptyState title={t('nobodyYet')}>
              <p>{t('nobodyYetHint')}</p>
              <button type="button" class="primary" onClick={() => change('kosong', blankSheetRows)}>
                {t('blankSheet', { count: Number(blankSheetRows) })}
              </button>
            </EmptyState>
          ) : (
            <>
              <ul class="rows">
                {formats.map((format) => (
                  <SheetRow
                    key={format}
                    format={format}
                    contents={{ people: people.length, present, blankRows: choice.blankRows, unsent }}
                    role={space.role.value}
                    file={file}
                    onMake={(purpose) => {
                      const masked = purpose === 'share'
                      const input = toSheetInput(space, choice, masked)
                      if (input) void file.make(format, purpose, input, fileName(space, choice, format, masked))
                    }}
                  />
                ))}
              </ul>
              <Notice kind="info">{t('personalData')}</Notice>
            </>
          )}
        </section>
      </div>
    </Screen>
  )
}
