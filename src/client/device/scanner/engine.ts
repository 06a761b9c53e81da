/**
 * Reads the QR codes of a picture. `thorough` also looks for codes that are inverted, far away or badly printed, and
 * takes several times as long. The picture may be empty afterwards: an engine hands its bytes over instead of copying
 * them. Rejects when the engine does not work; the next picture may.
 */
export type ScanEngine = {
  read: (picture: ImageData, thorough: boolean) => Promise<string[]>
  close: () => void
}
