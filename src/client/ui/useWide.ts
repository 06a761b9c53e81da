import { useEffect, useState } from 'preact/hooks'

/** As in the style sheets: from here on a list and its detail stand side by side. */
const query = '(min-width: 900px)'

/** Whether there is room for two columns; follows a turn of the device. */
export function useWide(): boolean {
  const [wide, setWide] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const media = matchMedia(query)
    const follow = () => setWide(media.matches)
    media.addEventListener('change', follow)
    return () => media.removeEventListener('change', follow)
  }, [])
  return wide
}
