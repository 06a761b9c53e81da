import { gatePath } from '../../../../core/gate.ts'
import { guestOrigin } from '../../../device/venueAddress.ts'

/** Where attendees come in; with the wall's code of the moment, or with the pass of whom the link is for. */
export function gateUrl(code: string, wallCodeOrPass?: string): string {
  return `${guestOrigin()}${gatePath(code)}${wallCodeOrPass ? `.${wallCodeOrPass}` : ''}`
}

/** Where attendees come in and are led to one material. `origin`: as their phones reach the server. */
export function materialUrl(code: string, material: string, origin: string): string {
  return origin + gatePath(code, material)
}

/** Where the code is typed by hand. */
export const gateAddress = () => `${new URL(guestOrigin()).host}/m`

/** As it is read out and typed: in two halves. */
export const spoken = (code: string) => `${code.slice(0, 4)} ${code.slice(4)}`
