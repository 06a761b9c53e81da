/** A key in a person's authenticator. `id` and `key` (COSE) as base64url. */
export type Passkey = {
  id: string
  account: string
  name: string
  key: string
  counter: number
  createdAt: number
  usedAt: number
}

/** A code with which a person sets a new password, known only by its hash; each account has at most one. */
export type ResetCode = {
  account: string
  codeHash: string
  /** The account of the organizer who made it. */
  author: string
  createdAt: number
  expiresAt: number
  usedAt: number | null
}

/** Wrong tries in a row, and when the last one was. */
export type Tries = { wrong: number; at: number }

/** How people show who they are, beside their passwords, and how often somebody failed to. */
export type CredentialStore = {
  /** False: this authenticator's key is known already. */
  addPasskey(passkey: Passkey): Promise<boolean>
  findPasskey(id: string): Promise<Passkey | undefined>
  listPasskeys(account: string): Promise<Passkey[]>
  usePasskey(id: string, counter: number, now: number): Promise<void>
  /** False: this account has no such passkey. */
  namePasskey(account: string, id: string, name: string): Promise<boolean>
  /**
   * `last`: nothing was removed, since this is the account's only passkey and its only way in (`isOnlyWay`: passkeys
   * are).
   */
  dropPasskey(account: string, id: string, isOnlyWay: boolean): Promise<'done' | 'last' | 'none'>
  /** Removes all of an account; how many that were. */
  dropPasskeys(account: string): Promise<number>

  /** Keeps a code in place of the account's last one. */
  putResetCode(code: ResetCode): Promise<void>
  findResetCode(codeHash: string): Promise<ResetCode | undefined>
  /** Uses a code; false when it was used before. */
  claimResetCode(codeHash: string, now: number): Promise<boolean>

  findTries(key: string): Promise<Tries | undefined>
  /** Writes `next` if what is there is still `before`. */
  putTries(key: string, next: Tries, before: Tries | undefined): Promise<boolean>
  dropTries(key: string): Promise<void>
  dropTriesBefore(at: number): Promise<void>

  /** Counts a failed sign-in in the hour that begins at `hour`; of the account '' what no account failed at. */
  countRefusal(account: string, hour: number): Promise<void>
  /**
   * Turns what was counted in hours before `hour` into lines of the history, one per account and hour, over all
   * servers.
   */
  settleRefusals(hour: number, now: number): Promise<void>

  /** Notes that something single-use was used, until it expires anyway; false when it was used before. */
  spend(hash: string, expiresAt: number, now: number): Promise<boolean>
}
