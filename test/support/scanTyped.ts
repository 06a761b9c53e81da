import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import type { AppParts } from '../../src/client/ui/app.ts'
import { Scan } from '../../src/client/ui/screens/scan/Scan.tsx'
import { showScreen } from './app.tsx'

/** Types a code where the camera is missing, and gives back what the scanner says of it. */
export async function scanTyped(app: AppParts, space: string, text: string): Promise<string> {
  cleanup()
  await showScreen(app, 'scan scanner person', Scan, { space })
  fireEvent.input(await screen.findByLabelText('Kode'), { target: { value: text } })
  fireEvent.click(screen.getByRole('button', { name: 'Periksa kode' }))
  return waitFor(() => {
    const shown = document.querySelector('.outcome')?.textContent
    if (!shown) throw new Error('nothing is said yet')
    return shown
  })
}
