import type { Ink } from '../../src/core/ink.ts'

/**
 * Four strokes of 90 points as a hand draws them on a phone: loops that lean and drift; each `variant` another hand.
 */
export function drawSignature(variant = 0): Ink {
  const lean = 1 + (variant % 7) / 20
  return {
    width: 350,
    height: 175,
    strokes: Array.from({ length: 4 }, (_, stroke) =>
      Array.from({ length: 90 }, (_, i) => ({
        x: 30 + stroke * 70 + i * 0.9 + 14 * Math.sin((i * lean) / (5 + stroke)) + 0.4 * Math.sin(i * 2.1),
        y:
          90 +
          (38 - stroke * 4) * Math.sin((i * lean) / (6 - stroke * 0.5)) +
          6 * Math.cos(i / 11) +
          0.4 * Math.cos(i * 1.7),
      })),
    ),
  }
}
