import type { Device, EnrolledDevice, GateCode, Grant, Invite, Member, Subject } from './store.ts'

/** Devices, what they may, and the codes that let them in. */
export type PeopleStore = {
  findDevice(dev: string): Promise<Device | undefined>
  findDeviceByCredential(credential: string): Promise<Device | undefined>
  /** Writes a device; of one that is there, `enrolledAt` stays. */
  putDevice(device: EnrolledDevice): Promise<void>
  markSeen(dev: string, now: number): Promise<void>
  /** Keeps what a device says of its unsent work. */
  markUnsent(dev: string, unsent: number): Promise<void>
  renameDevice(dev: string, name: string): Promise<void>
  /**
   * Gives a device that enrols under a new key the revocation of the one whose place it takes; the first moment stays.
   */
  passOnRevocation(dev: string, revokedAt: number): Promise<void>
  /** The devices that an account has enrolled, also those that were signed out. */
  listDevices(account: string): Promise<Device[]>
  /** Makes a device an account's, and what it may in the team what the account may. */
  giveToAccount(dev: string, account: string): Promise<void>
  /** Makes a device's credential worthless until its person signs in again; its grants and its ops stay. */
  signOutDevice(dev: string, now: number): Promise<void>

  /** The grants of these subjects, also revoked ones: in this space or in every one, or everywhere without a space. */
  findGrants(subjects: Subject[], space?: string): Promise<Grant[]>
  /** Writes a grant; the same space, subject and role again replaces it, but for an owner that it has. */
  putGrant(grant: Grant): Promise<void>
  /** Gives a device's grants, also revoked ones, to the device that takes its place ([S8], [S11]). */
  copyGrants(from: Subject, to: Subject): Promise<void>
  /** Whether anybody may do everything in every space. Throws an error of damage where there was one and is none. */
  hasOrganizer(): Promise<boolean>
  /** The devices that hold an attendee's grant with this owner: more than one after a key was renewed ([S8]). */
  listOwned(space: string, owner: string): Promise<Subject[]>
  /** Notes that an attendee's devices have used up what they may send by themselves. */
  markFull(space: string, owner: string, now: number): Promise<void>
  /** Of how many attendees that was noted. */
  countFull(space: string): Promise<number>
  /** Every device of the team, with a standing grant in a space, once per grant. */
  listMembers(space: string): Promise<Member[]>
  /**
   * The team's devices that were revoked as a whole, but for those that have signed themselves out since and before
   * `until`.
   */
  listRevoked(space: string, until: number): Promise<Device[]>
  /**
   * How many devices hold an attendee's grant in a space that nobody ended; and those behind one of them, newest first.
   */
  countAttendees(space: string): Promise<number>
  listAttendees(space: string, behind: Pick<Device, 'enrolledAt' | 'dev'>, most: number): Promise<Device[]>

  addInvite(invite: Invite): Promise<void>
  findInvite(codeHash: string): Promise<Invite | undefined>
  /** Uses a code for a device and gives it this, both or neither; false when the code was used before. */
  claimInvite(codeHash: string, dev: string, grant: Grant): Promise<boolean>
  listOpenInvites(space: string, now: number): Promise<Invite[]>
  /** Ends a code that nobody has used; false when there is none. */
  endInvite(codeHash: string, now: number): Promise<boolean>

  /** Writes a gate's code, open; one that is there stays as it is, but for being open again. */
  openGate(gate: GateCode): Promise<void>
  findGate(codeHash: string): Promise<GateCode | undefined>
  closeGate(space: string, codeHash: string, now: number): Promise<void>

  /** The secret of this name: the one that is kept, or `made` from now on. */
  keepSecret(name: string, made: string): Promise<string>
}
