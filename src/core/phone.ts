/**
 * An Indonesian mobile number as `+62…`, or `undefined` when it cannot be one (domain.md 2.4: without the prefix it is
 * an 8 and 8 to 11 more digits). Phones only suggest that two persons are the same: a secretary signs in three chiefs.
 */
export function normalisePhone(text: string): string | undefined {
  const rest = text.replace(/\D/g, '').replace(/^00/, '').replace(/^62/, '').replace(/^0/, '')
  return /^8\d{8,11}$/.test(rest) ? `+62${rest}` : undefined
}

/** `0812-3456-7890`; what is no mobile number is given back as it came. */
export function formatPhone(phone: string): string {
  const rest = /^\+62(8\d{8,11})$/.exec(phone)?.[1]
  if (!rest) return phone
  const local = `0${rest}`
  return [local.slice(0, 4), local.slice(4, 8), local.slice(8)].filter(Boolean).join('-')
}

/** `0812-****-7890` for lists that are shared. */
export function maskPhone(phone: string): string {
  const parts = /^\+62(8\d{2})\d+(\d{4})$/.exec(phone)
  return parts ? `0${parts[1]}-****-${parts[2]}` : phone.replace(/\d(?=(\D*\d){4})/g, '*')
}
