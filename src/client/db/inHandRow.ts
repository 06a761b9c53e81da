/** Records of a forgotten event that are in a rescue file, and as far as anybody has said nowhere else. */
export type InHand = { space: string; title: string; count: number }
/** Those, until a person has said that the file is delivered. */
export type InHandRow = { key: 'inHand'; files: InHand[] }
