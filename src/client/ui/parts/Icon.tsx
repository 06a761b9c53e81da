/** Line drawings on a 24 × 24 grid. */
const paths = {
  back: 'M15 5l-7 7 7 7',
  camera: 'M4 8h3l2-3h6l2 3h3v11H4zM12 10a3 3 0 100 6 3 3 0 000-6z',
  check: 'M4 12.5l5.5 5.5L20 7',
  clock: 'M12 3a9 9 0 100 18 9 9 0 000-18zM12 7v5l3.500 2',
  close: 'M6 6l12 12M18 6L6 18',
  device: 'M8 3h8a1 1 0 011 1v16a1 1 0 01-1 1H8a1 1 0 01-1-1V4a1 1 0 011-1zM11 18h2',
  document: 'M7 3h7l4 4v14H7zM14 3v4h4M9.5 12h6M9.5 16h6',
  info: 'M12 8v.01M12 11v5M12 3a9 9 0 100 18 9 9 0 000-18z',
  keyboard: 'M3 6h18v12H3zM7 10v.01M11 10v.01M15 10v.01M18 10v.01M8 14h8',
  people:
    'M9 11a3.5 3.5 0 100-7 3.5 3.5 0 000 7zM2.5 20a6.5 6.5 0 0113 0M16 4.5a3.5 3.5 0 010 6.5M18 14a6.5 6.5 0 013.5 6',
  plus: 'M12 5v14M5 12h14',
  qr: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2M20 14v3M14 20h3M20 20v.01',
  search: 'M11 4a7 7 0 100 14 7 7 0 000-14zM16 16l5 5',
  sent: 'M3 12l4.5 4.5L16 8M11 15l1.500 1.500L21 8',
  settings: 'M4 7h10M18 7h2M16 5v4M4 17h2M10 17h10M8 15v4M4 12h4M12 12h8M10 10v4',
  signature: 'M3 17c3-9 5-12 6.500-11s-3 10-1 10 3-5 4.500-5 0 4 1.500 4 2-2 3-2 1 2 3.500 2M3 21h18',
  stop: 'M12 7v6M12 16.500v.01M8 3h8l5 5v8l-5 5H8l-5-5V8z',
  torch: 'M13 3L5 14h6l-1 7 9-12h-7z',
  undo: 'M9 7L4 12l5 5M4 12h10a6 6 0 016 6',
  upload: 'M12 16V4M7 9l5-5 5 5M4 16v4h16v-4',
  download: 'M12 4v12M7 11l5 5 5-5M4 20h16',
  warning: 'M12 9v5M12 17v.01M12 3l10 18H2z',
} as const
export type IconName = keyof typeof paths

/** A picture beside words that say the same; readers skip it. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  )
}
