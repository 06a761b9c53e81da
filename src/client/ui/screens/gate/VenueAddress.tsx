import { useEffect, useState } from 'preact/hooks'
import { heldAddress, holdAddress, isOnServer, readOrigin } from '../../../device/venueAddress.ts'
import { useApp } from '../../app.ts'
import { TextField } from '../../parts/Field.tsx'
import { useWords } from '../../words.ts'

type Asked = { typed: string; onType: (text: string) => void }

/** What is typed as the server's address; links that the screen shows follow it. */
export function useVenueAddress(): Asked {
  const [typed, setTyped] = useState(heldAddress)
  const onType = (text: string) => {
    holdAddress(text)
    setTyped(text)
  }
  return { typed, onType }
}

/** How other phones reach the server: asked on its own machine only, whose `localhost` leads each of them to itself. */
export function VenueAddress(asked: Asked) {
  return isOnServer() ? <OnServer {...asked} /> : null
}

/** The server offers what it knows; it is typed where the router or a second network makes it another. */
function OnServer({ typed, onType }: Asked) {
  const t = useWords('gate')
  const { attendees } = useApp()
  const [offered, setOffered] = useState<string[]>([])
  useEffect(() => void attendees.neighbours().then(setOffered), [attendees])
  const origin = readOrigin(typed)
  return (
    <div class="stack">
      <TextField
        label={t('address')}
        hint={t('addressHint')}
        value={typed}
        inputMode="text"
        autoComplete="off"
        error={typed && !origin ? t('addressWrong') : undefined}
        onInput={onType}
      />
      {offered
        .filter((address) => address !== origin)
        .map((address) => (
          <button type="button" key={address} onClick={() => onType(address)}>
            {t('useAddress', { address })}
          </button>
        ))}
    </div>
  )
}
