export function EventHome() {
  return null
}
