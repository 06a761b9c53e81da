/**
 * What became of one code, in the words of the screen's language. `good`: done; `used`: it was before, with when and
 * where; `bad`: not accepted, with why; `progress`: one frame of several was taken, and the camera goes on without a
 * pause.
 */
export type ScanResult = {
  tone: 'good' | 'used' | 'bad' | 'progress'
  /** Largest: the person's name, or what is wrong. */
  title: string
  /** Below: institution, time and place, what to do. */
  lines?: string[]
  /** Of `progress`: frames there are and frames needed. */
  done?: number
  total?: number
  /** What a person may do about it, once; what comes of it is shown as the next result. */
  action?: { label: string; run: () => Promise<ScanResult> }
}

/**
 * Takes one text from the camera, a photo, a hardware scanner or the keyboard. Called once per code that comes before the
 * camera, one at a time and in order; one that rejects is shown as `bad`, and the next is taken all the same.
 */
export type ScanHandler = (text: string) => Promise<ScanResult>
