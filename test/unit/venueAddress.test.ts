import { expect, test } from 'vitest'
import { readOrigin } from '../../src/client/device/venueAddress.ts'
import { urlsOnNetwork } from '../../src/server/neighbours.ts'

test('a server tells where phones of its network reach it, not where only its own machine does', () => {
  const shared = { netmask: '', mac: '', cidr: null }
  const found = urlsOnNetwork(8080, {
    lo: [{ ...shared, family: 'IPv4', address: '127.0.0.1', internal: true }],
    wlan0: [
      { ...shared, family: 'IPv4', address: '192.168.1.7', internal: false },
      { ...shared, family: 'IPv6', address: 'fe80::1', internal: false, scopeid: 2 },
    ],
  })
  expect(found).toEqual(['http://192.168.1.7:8080'])
})

test('an address is taken as people type it, with or without its scheme, and nothing that is none', () => {
  expect(['192.168.1.7:8080', ' http://192.168.1.7:8080/m ', 'HTTPS://Hadir.Contoh'].map(readOrigin)).toEqual([
    'http://192.168.1.7:8080',
    'http://192.168.1.7:8080',
    'https://hadir.contoh',
  ])
  expect(['', 'aula', 'http://', '192.168.1.7:abc'].map(readOrigin)).toEqual(Array(4).fill(undefined))
})
