export function WalkIn() {
  return null
}
