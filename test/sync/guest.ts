import { saveSignIn } from '../../src/client/state/attendee.ts'
import { createReceipts } from '../../src/client/sync/receipt.ts'
import { createDevice, type Device, type Server } from './world.ts'

/** Short enough for a receipt of one code. */
const shortInk = 'AQID'

/** A phone that came in by the gate, lost its network, and signed its owner in. */
export async function signInOffline(
  server: Pick<Server, 'fetch'>,
  code: string,
  name: string,
  ink = shortInk,
): Promise<Device> {
  const phone = await createDevice(server, `Ponsel ${name}`)
  const entered = await phone.attendees.enter(code)
  if (!entered.ok) throw new Error(entered.failure.kind)
  phone.net.state = 'down'
  const opened = await phone.open(entered.value.space)
  const session = opened.sessions.value[0]?.id ?? ''
  await saveSignIn(opened, { session, fields: { name, institution: 'Dinas Contoh' }, ink })
  return phone
}

/** Receipts as a device makes and reads them. `issuer`: the key of the server that it knows; `''`: none yet. */
export function receiptsOf({ db, identity }: Device, issuer = identity.known().issuer) {
  return createReceipts({ db, device: identity.device, issuer: () => issuer, wall: Date.now, onTaken: () => undefined })
}
