/**
 * What a gigabyte of mobile data costs in Indonesia, rupiah: the average of all prepaid packages on sale, US$ 0.42
 * (Cable.co.uk, Worldwide mobile data pricing, 2021, as Databoks gives it in rupiah). Small packages cost more per
 * gigabyte: a screen says "±".
 */
const rupiahPerGigabyte = 6_000

const roundTo = 10

/** What a download of so many bytes takes off a prepaid balance, rounded up to tens of rupiah. */
export function dataCostRupiah(sizeBytes: number): number {
  return Math.ceil((sizeBytes * rupiahPerGigabyte) / 1e9 / roundTo) * roundTo
}
