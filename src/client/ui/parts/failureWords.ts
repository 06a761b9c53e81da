import type { TFunction } from 'i18next'

/** A failure in plain words, with the time to wait when the server named one. */
export function failureWords(t: TFunction, failure: { kind: string; retryAfterMs?: number | undefined }): string {
  const words = t(`failure.${failure.kind}`)
  if (failure.retryAfterMs === undefined) return words
  const seconds = Math.max(1, Math.ceil(failure.retryAfterMs / 1000))
  const wait =
    seconds < 90 ? t('retryIn.seconds', { count: seconds }) : t('retryIn.minutes', { count: Math.ceil(seconds / 60) })
  return `${words} ${wait}`
}
