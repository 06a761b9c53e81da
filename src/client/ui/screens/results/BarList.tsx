/** A share of a whole: what it is of, in words, and as a bar. Every bar says its number, so none is told by colour. */
export type Bar = { name: string; said: string; share: number }

export function BarList({ bars, label }: { bars: Bar[]; label: string }) {
  return (
    <ul class="bars" aria-label={label}>
      {bars.map(({ name, said, share }) => (
        <li key={name} class="bar-row">
          <span class="bar-words">
            <span>{name}</span>
            <span>{said}</span>
          </span>
          <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
            <rect class="bar-all" width="100" height="4" />
            <rect class="bar-present" width={100 * share} height="4" />
          </svg>
        </li>
      ))}
    </ul>
  )
}
