/** An op's name on this device: its space, device and counter, with spaces between. */
export type OpName = string

export function opName({ space, dev, n }: { space: string; dev: string; n: number }): OpName {
  return `${space} ${dev} ${n}`
}

export function spaceOfName(name: OpName): string {
  return name.slice(0, name.indexOf(' '))
}
