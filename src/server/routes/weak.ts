import { passwordProblem } from '../../core/password.ts'
import { isCommon } from '../auth/commonPasswords.ts'

/** Whether a password is among those that are tried first, for this person too. */
export function isWeak({ name = '', email, password }: { name?: string; email: string; password: string }): boolean {
  const [local = ''] = email.split('@')
  return passwordProblem(password, [name, email, local]) !== undefined || isCommon(password)
}
