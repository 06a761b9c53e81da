import type { Ink } from '../../../core/ink.ts'

/**
 * An empty pad. Ink is kept in these units whatever the pad's size on screen: turning the phone scales it and clears
 * nothing.
 */
export const noInk: Ink = { width: 512, height: 256, strokes: [] }
