import { useEffect, useRef, useState } from 'preact/hooks'
import type { SheetInput } from '../../../../documents/sheet.ts'
import { canShareFile, saveFile, shareFile } from '../../../device/files.ts'
import { noteExport } from '../../../state/exports.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import type { SheetFormat } from '../../../worker/messages.ts'
import { useApp } from '../../app.ts'
import { orUnavailable } from '../../orUnavailable.ts'

/** What a file is made for: kept on this device in full, or shared masked. */
export type Purpose = 'save' | 'share'

export type SheetFileState = { format: SheetFormat; purpose: Purpose } & (
  | { name: 'making'; done: number; total: number }
  /** Made, and waits for one more tap: browsers share only right after one. */
  | { name: 'ready'; file: File }
  /** `savedInstead`: this browser cannot share files. */
  | { name: 'saved' | 'shared' | 'savedInstead'; file: File }
  | { name: 'failed' }
)

export type SheetFile = {
  state: SheetFileState | undefined
  make: (format: SheetFormat, purpose: Purpose, input: SheetInput, fileName: string) => Promise<void>
  /** Hands over the file that waits. */
  handOver: () => Promise<void>
  cancel: () => void
}

/** Makes one sheet file at a time beside the page, notes that it was made, then saves or shares it. */
export function useSheetFile(space: OpenSpace): SheetFile {
  const { documents } = useApp()
  const [state, setState] = useState<SheetFileState | undefined>(undefined)
  const controller = useRef(new AbortController())
  useEffect(() => () => controller.current.abort(), [])

  async function give(format: SheetFormat, purpose: Purpose, file: File): Promise<void> {
    const canShare = purpose === 'share' && canShareFile(file)
    const outcome = canShare ? await shareFile(file) : await saveFile(file)
    if (outcome === 'closed') setState(undefined)
    else if (outcome === 'needsTap') setState({ name: 'ready', format, purpose, file })
    else if (purpose === 'share' && !canShare) setState({ name: 'savedInstead', format, purpose, file })
    else setState({ name: outcome, format, purpose, file })
  }

  async function make(format: SheetFormat, purpose: Purpose, input: SheetInput, fileName: string): Promise<void> {
    controller.current.abort()
    controller.current = new AbortController()
    const { signal } = controller.current
    const onProgress = (done: number, total: number) =>
      !signal.aborted && setState({ name: 'making', format, purpose, done, total })
    onProgress(0, 0)
    const made = await documents.makeSheets(format, input, { onProgress, signal }).catch(orUnavailable)
    if (made.ok) {
      await noteExport(space, { what: input.options.masked ? 'maskedSheet' : 'sheet', format })
      await give(format, purpose, new File([made.value], fileName, { type: made.value.type }))
    } else if (made.failure.kind === 'unavailable') setState({ name: 'failed', format, purpose })
  }

  return {
    state,
    make,
    handOver: async () => {
      if (state?.name === 'ready') await give(state.format, state.purpose, state.file)
    },
    cancel: () => {
      controller.current.abort()
      setState(undefined)
    },
  }
}
