/** Where the screen of the status shows what the server did not accept. */
export const parkedPlace = '#perlu-dilihat'
