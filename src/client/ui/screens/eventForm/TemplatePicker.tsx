import type { EventTemplate } from '../../../../core/templates.ts'
import { useWords } from '../../words.ts'

export function TemplatePicker(props: { templates: readonly EventTemplate[]; onPick: (one: EventTemplate) => void }) {
  const t = useWords('eventForm')
  return (
    <section class="stack">
      <p>{t('templateHint')}</p>
      <ul class="rows">
        {props.templates.map((template) => (
          <li key={template.id}>
            <button type="button" class="template" onClick={() => props.onPick(template)}>
              <strong>{t(`template.${template.id}.name`)}</strong>
              <span class="soft">{t(`template.${template.id}.about`)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
