import * as v from 'valibot'
import { fail, ok, type Result } from '../core/result.ts'
import { Id, Millis, Name, PublicKey } from './parts.ts'
import { PushRequest } from './push.ts'
import { RecoverRequest } from './recover.ts'

/** The form of rescue files that this version writes; it reads all before it. */
export const rescueVersion = 1

const mark = 'hadir-rescue'

/**
 * What a device could not send, as a file that any other enrolled device or the server itself takes ([S13]): per space
 * the sealed pushes as they would have gone out, in order, and those that it carried for others; and as `pages` what a
 * restored server has lost of its log ([S7]). `device` says whose file it is, for the person who opens it.
 */
export const RescueFile = v.object({
  format: v.literal(mark),
  v: v.literal(rescueVersion),
  madeAt: Millis,
  device: v.object({ name: Name, holder: v.pipe(v.string(), v.maxLength(200)) }),
  /**
   * Public keys of devices whose pushes are in it: with them a carrier sees without a network that nothing was altered.
   */
  keys: v.array(PublicKey),
  spaces: v.array(v.object({ space: Id, pushes: v.array(PushRequest), pages: v.array(RecoverRequest) })),
})
export type RescueFile = v.InferOutput<typeof RescueFile>

/** What every version of a rescue file begins with. */
const RescueHead = v.object({ format: v.literal(mark), v: v.pipe(v.number(), v.safeInteger()) })

/**
 * `foreign`: no rescue file at all; `damaged`: a rescue file that is cut off or was altered; `newer`: update the app
 * first.
 */
export type RescueFailure = { kind: 'foreign' | 'damaged' | 'newer' }

/** A rescue file's text. */
export function writeRescue(content: Omit<RescueFile, 'format' | 'v'>): string {
  return JSON.stringify({ format: mark, v: rescueVersion, ...content } satisfies RescueFile)
}

/** What a rescue file's text holds, or why it is none that this version reads. */
export function readRescue(text: string): Result<RescueFile, RescueFailure> {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    return fail({ kind: text.startsWith(`{"format":"${mark}"`) ? ('damaged' as const) : ('foreign' as const) })
  }
  const head = v.safeParse(RescueHead, content)
  if (!head.success) return fail({ kind: 'foreign' as const })
  if (head.output.v > rescueVersion) return fail({ kind: 'newer' as const })
  const file = v.safeParse(RescueFile, content)
  return file.success ? ok(file.output) : fail({ kind: 'damaged' as const })
}
