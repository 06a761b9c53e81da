import { useEffect, useState } from 'preact/hooks'
import type { Material } from '../../../../core/material.ts'
import { fileAddress } from '../../../../core/savedFile.ts'
import { holdOpen } from '../../../device/locks.ts'
import { createSavedFiles, savedAddress } from '../../../device/savedFiles.ts'
import { useApp } from '../../app.ts'

/**
 * Where a file can be shown from. `here`: from this device, as bytes or, for what is played, as an address that answers in
 * parts. `there`: from the server only.
 */
export type Content =
  | { where: 'reading' }
  | { where: 'here'; url: string; blob: Blob | undefined }
  | { where: 'there'; url: string }

/** Long files are played from the worker's answer; a short one from memory, which works without a worker. */
const inMemoryBytes = 50_000_000

/** The content of a file material while it is looked at: so long it is not dropped for room. */
export function useContent(space: string, { file, type, sizeBytes }: Material): Content {
  const { saved, uploads } = useApp()
  const isSaved = saved.files.value.get(file)?.state === 'saved'
  const [content, setContent] = useState<Content>({ where: 'reading' })
  useEffect(() => {
    let url: string | undefined
    let gone = false
    const close = holdOpen(file)
    function show(blob: Blob): void {
      url = URL.createObjectURL(blob)
      setContent({ where: 'here', url, blob })
    }
    async function read(): Promise<void> {
      const captured = await uploads.read(file)
      const isPlayed = /^(audio|video)\//.test(type) && sizeBytes > inMemoryBytes
      const isWorked = 'serviceWorker' in navigator && navigator.serviceWorker.controller !== null
      const isServed = isSaved && isPlayed && isWorked
      const held =
        captured ?? (isSaved && !isServed ? await createSavedFiles().blob({ hash: file, type, sizeBytes }) : undefined)
      if (gone) return
      if (isSaved) void saved.use(file)
      if (held) return show(held)
      if (isServed) return setContent({ where: 'here', url: savedAddress(file), blob: undefined })
      /** The browser has cleared a part of it. */
      if (isSaved) void saved.remove(file)
      setContent({ where: 'there', url: fileAddress(space, file) })
    }
    void read()
    return () => {
      gone = true
      close()
      if (url) URL.revokeObjectURL(url)
    }
  }, [space, file, isSaved])
  return content
}
