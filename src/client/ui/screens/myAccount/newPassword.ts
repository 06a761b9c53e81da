import type { TFunction } from 'i18next'
import { passwordProblem } from '../../../../core/password.ts'

/** Why a new password would be refused, in words; `known` is what a stranger tries first. */
export function newPasswordError(t: TFunction, password: string, known: string[]): string | undefined {
  const problem = passwordProblem(password, known)
  return problem && t(problem === 'tooShort' ? 'tooShort' : 'failure.weakPassword')
}
