import { scrypt } from '@noble/hashes/scrypt.js'
import { blockSize, guessBytes, hashBytes, isHit, type Puzzle } from '../../core/puzzle.ts'

declare const self: DedicatedWorkerGlobalScope

/** Tells each guess that hits, in the order of the parts. */
self.addEventListener('message', ({ data }: MessageEvent<Puzzle>) => {
  const { token, cost, parts, odds } = data
  const options = { N: cost, r: blockSize, p: 1, dkLen: hashBytes }
  for (let part = 0; part < parts; part++) {
    let guess = 0
    while (!isHit(scrypt(guessBytes({ token, part, guess }), '', options), odds)) guess++
    self.postMessage(guess)
  }
})
