/** An op's name on this device: its space, device and counter, with spaces between. */
export type OpName = string

/** The name of an op in queues: unique, since a key never numbers two ops alike. */
export function opName({ space, dev, n }: { space: string; dev: string; n: number }): OpName {
  return `${space} ${dev} ${n}`
}

/** Stands for all ops of a page that a restored server has lost, which is named by its space and chain. */
export function lostName({ space, chain }: { space: string; chain: string }): OpName {
  return `${space} log ${chain}`
}

/** Stands for a file of a material, which is beside the rescue file once a person has saved it. */
export function fileName({ space, hash }: { space: string; hash: string }): OpName {
  return `${space} file ${hash}`
}

/** The space of any name that this file makes. */
export function spaceOfName(name: OpName): string {
  return name.slice(0, name.indexOf(' '))
}
