import { useEffect, useState } from 'preact/hooks'
import type { OpenedRescue } from '../../../sync/rescue.ts'
import { useApp } from '../../app.ts'
import { isAnswered, keptFileKey, readKeptFile } from './keptFile.ts'

export type Problem = { kind: string; retryAfterMs?: number | undefined }

export type Delivery = {
  opened: OpenedRescue | undefined
  /** Why the chosen file cannot be read. */
  unreadable: 'foreign' | 'damaged' | 'newer' | undefined
  /** Why the last try did not reach the server. */
  failure: Problem | undefined
  sending: boolean
  choose: (file: File) => Promise<void>
  send: () => Promise<void>
  /** Puts the file away: it is not kept here any more. */
  close: () => Promise<void>
}

/** A rescue file on the device that delivers it: kept over a reload while anything in it waits for an answer. */
export function useDelivery(): Delivery {
  const { rescue, drafts, sync } = useApp()
  const { running } = sync.value
  const [opened, setOpened] = useState<OpenedRescue | undefined>(undefined)
  const [unreadable, setUnreadable] = useState<Delivery['unreadable']>(undefined)
  const [failure, setFailure] = useState<Problem | undefined>(undefined)
  const [sending, setSending] = useState(false)

  /** After each round all of the file may be on the server. */
  useEffect(() => {
    if (!running) void look()
  }, [drafts, rescue, running])

  async function look(): Promise<void> {
    const kept = await readKeptFile({ drafts, rescue })
    if (kept) setOpened((already) => (already && !isAnswered(kept) ? already : kept))
  }

  async function choose(file: File): Promise<void> {
    const read = await rescue.read(file)
    setFailure(undefined)
    setUnreadable(read.ok ? undefined : read.failure.kind)
    if (!read.ok) return
    await drafts.write(keptFileKey, await file.text())
    setOpened(read.value)
  }

  async function send(): Promise<void> {
    if (!opened || sending) return
    setSending(true)
    const sent = await rescue.send(opened)
    setOpened(sent.opened)
    setFailure(sent.failure)
    setSending(false)
    if (isAnswered(sent.opened)) await drafts.drop(keptFileKey)
  }

  async function close(): Promise<void> {
    setOpened(undefined)
    setFailure(undefined)
    await drafts.drop(keptFileKey)
  }

  return { opened, unreadable, failure, sending, choose, send, close }
}
