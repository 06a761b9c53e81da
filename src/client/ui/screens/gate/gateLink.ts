import { gatePath } from '../../../../core/gate.ts'

/** Where attendees come in; with the code of the moment when the wall shows one. */
export function gateUrl(code: string, wallCode?: string): string {
  return `${location.origin}${gatePath(code)}${wallCode ? `.${wallCode}` : ''}`
}

/** Where the code is typed by hand. */
export const gateAddress = () => `${location.host}/m`

/** As it is read out and typed: in two halves. */
export const spoken = (code: string) => `${code.slice(0, 4)} ${code.slice(4)}`
