export function SignAttendance() {
  return null
}
