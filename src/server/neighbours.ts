import { networkInterfaces } from 'node:os'

/** Where the phones of a local network reach a server that listens on every address of this machine. */
export function urlsOnNetwork(port: number, interfaces = networkInterfaces()): string[] {
  const found = Object.values(interfaces).flatMap((own) => own ?? [])
  return found.flatMap(({ family, internal, address }) =>
    family === 'IPv4' && !internal ? [`http://${address}:${port}`] : [],
  )
}
