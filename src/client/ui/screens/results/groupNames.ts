import type { TFunction } from 'i18next'
import type { EventRecord } from '../../../../core/event.ts'
import { isRole, roleLabels } from '../../../../core/role.ts'
import type { Grouping } from '../../../state/forms.ts'

/** How a grouping is called in an event, in the words of `results`. */
export function nameOfGrouping(t: TFunction, event: EventRecord, by: Grouping): string {
  return by === 'institution' ? event.institutionWord : t(`groups.${by}`)
}

export function nameOfGroup(t: TFunction, by: Grouping, group: string): string {
  if (group === '') return t('groups.unknown')
  if (by === 'sex') return t(`groups.sexes.${group}`)
  return by === 'role' && isRole(group) ? roleLabels[group] : group
}
