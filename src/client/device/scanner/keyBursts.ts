/** Scanners type a key in 2 to 50 ms; people, key after key, do not. */
const slowestMs = 70
/** Shorter than any code of ours, longer than a slip of two fingers. */
const shortest = 6

export type Key = {
  key: string
  /** Any clock, ms. */
  at: number
  /** With Control, Alt or the system's key: a shortcut, not a letter. */
  isShortcut: boolean
}

/** `part`: the key belongs to a burst and should do nothing else. */
export type BurstStep = { kind: 'other' } | { kind: 'part' } | { kind: 'text'; text: string }

/** Tells the typing of a hardware scanner, a fast burst that ends with Enter or Tab, from a person's. */
export function createBurstReader(): (key: Key) => BurstStep {
  let typed = ''
  let lastAt = Number.NEGATIVE_INFINITY
  return ({ key, at, isShortcut }) => {
    if (isShortcut || at - lastAt > slowestMs) typed = ''
    lastAt = at
    if (key === 'Shift' || key === 'CapsLock') return { kind: 'other' }
    if (key === 'Enter' || key === 'Tab') {
      const text = typed
      typed = ''
      return text.length >= shortest ? { kind: 'text', text } : { kind: 'other' }
    }
    if (isShortcut || [...key].length !== 1) {
      typed = ''
      return { kind: 'other' }
    }
    typed += key
    return { kind: typed.length > 2 ? 'part' : 'other' }
  }
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
}

/**
 * Hears a hardware scanner wherever the focus is, and keeps its keys from pressing the button that has it. In a field
 * it types as a person would: the field's own form takes it. Returns how to stop.
 */
export function listenForBursts(onText: (text: string) => void): () => void {
  const read = createBurstReader()
  let isBurst = false

  function pressed(event: KeyboardEvent): void {
    if (isField(event.target)) return
    const { key, timeStamp: at, ctrlKey, altKey, metaKey } = event
    const step = read({ key, at, isShortcut: ctrlKey || altKey || metaKey })
    isBurst = step.kind !== 'other'
    if (isBurst) {
      event.preventDefault()
      event.stopPropagation()
    }
    if (step.kind === 'text') onText(step.text)
  }
  /** A space presses the focused button only when it is let go. */
  function released(event: KeyboardEvent): void {
    if (isBurst) event.preventDefault()
  }
  addEventListener('keydown', pressed, true)
  addEventListener('keyup', released, true)
  return () => {
    removeEventListener('keydown', pressed, true)
    removeEventListener('keyup', released, true)
  }
}
