/** Usual reasons why a person who was there did not sign, as they are kept and printed; any other text is one too. */
export const unsignedReasons = {
  body: 'Kendala fisik',
  paper: 'Menandatangani lembar kertas',
  online: 'Hadir secara daring',
  declined: 'Tidak bersedia menandatangani',
} as const
export type UnsignedReason = keyof typeof unsignedReasons
