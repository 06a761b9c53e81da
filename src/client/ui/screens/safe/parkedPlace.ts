/** Where the screen of the status shows what the server did not accept of an event, as the hash of its address. */
export const parkedPlace = (space: string) => `#perlu-dilihat-${space}`
