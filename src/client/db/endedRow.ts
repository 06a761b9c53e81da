/**
 * What a device lost and erased: an event, or with an empty `space` everything that it held. `handedOver` ops went into
 * quarantine, for an organizer to look at. `erasedAt`: this device's clock.
 */
export type EndedAccess = { space: string; title: string; erasedAt: number; handedOver: number }
/** That, until a person has read it. */
export type EndedRow = { key: 'ended'; ended: EndedAccess[] }
