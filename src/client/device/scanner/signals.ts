type Sound = { hertz: number[]; pulses: number[] }

/**
 * Rising, level and falling, and as different to feel. Hertz, each for a tenth of a second; pulses and pauses in ms.
 */
const sounds = {
  good: { hertz: [880, 1320], pulses: [80] },
  used: { hertz: [660, 660], pulses: [80, 80, 80] },
  bad: { hertz: [330, 220], pulses: [250] },
  progress: { hertz: [], pulses: [] },
} as const satisfies Record<string, Sound>

const toneSeconds = 0.1
const loudness = 0.25

export type Signals = { give: (kind: keyof typeof sounds) => void; close: () => void }

/**
 * Sound and vibration. Browsers let a page sound only after a tap on it; until then it only shakes, where it can. The
 * device's own volume decides how loud.
 */
export function createSignals(): Signals {
  let context: AudioContext | undefined

  function wake(): void {
    if (!('AudioContext' in globalThis)) return
    context ??= new AudioContext()
    if (context.state !== 'running') void context.resume().catch(() => undefined)
  }
  const taps = ['pointerup', 'keyup'] as const
  for (const tap of taps) addEventListener(tap, wake)
  if (navigator.userActivation?.hasBeenActive) wake()

  function sound(to: AudioContext, hertz: readonly number[]): void {
    hertz.forEach((each, at) => {
      const start = to.currentTime + at * toneSeconds
      const tone = to.createOscillator()
      const volume = to.createGain()
      tone.frequency.value = each
      volume.gain.setValueAtTime(loudness, start)
      volume.gain.exponentialRampToValueAtTime(0.001, start + toneSeconds)
      tone.connect(volume).connect(to.destination)
      tone.start(start)
      tone.stop(start + toneSeconds)
    })
  }

  return {
    give(kind) {
      const { hertz, pulses } = sounds[kind]
      if (context?.state === 'running') sound(context, hertz)
      if (pulses.length > 0) navigator.vibrate?.([...pulses])
    },
    close() {
      for (const tap of taps) removeEventListener(tap, wake)
      void context?.close()
    },
  }
}
