/** The words of one screen: `locales/<language>/<namespace>.json`. Those of the shell come with the first paint. */
export const wordFiles = import.meta.glob<{ default: Record<string, unknown> }>([
  '../../../locales/*/*.json',
  '!../../../locales/id/shell.json',
])
