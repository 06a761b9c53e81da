import * as v from 'valibot'
import { maxPasswordLength } from '../core/passwordLength.ts'
import { Code, Email, Name, Password } from './parts.ts'
import { Solution } from './puzzle.ts'

/** `POST /api/v1/setup`: the first organizer, with the one-time token of the link that the server printed. */
export const SetupRequest = v.object({ token: Code, name: Name, email: Email, password: Password })
export type SetupRequest = v.InferOutput<typeof SetupRequest>

/** `POST /api/v1/sign-in`, with the solution of the puzzle that came with the last refusal, if one did. */
export const SignInRequest = v.object({
  email: Email,
  password: v.pipe(v.string(), v.maxLength(maxPasswordLength)),
  solution: v.optional(Solution),
})
export type SignInRequest = v.InferOutput<typeof SignInRequest>

/** The answer to calls that only succeed. A session travels as a cookie. */
export const Done = v.object({ done: v.literal(true) })
export type Done = v.InferOutput<typeof Done>
