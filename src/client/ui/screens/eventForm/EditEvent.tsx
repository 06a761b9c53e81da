export function EditEvent() {
  return null
}
