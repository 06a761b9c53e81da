import { useEffect, useState } from 'preact/hooks'
import type { OpenedRescue } from '../../../sync/rescue.ts'
import { useApp } from '../../app.ts'

/** Where the opened file is kept until all of it is answered. */
const draftKey = 'rescue'

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

export const isAnswered = ({ batches }: OpenedRescue) => batches.every(({ outcomes }) => outcomes !== undefined)

/** A rescue file on the device that delivers it: kept over a reload while anything in it waits for an answer. */
export function useDelivery(): Delivery {
  const { rescue, drafts, sync } = useApp()
  const { running } = sync.value
  const [opened, setOpened] = useState<OpenedRescue | undefined>(undefined)
  const [unreadable, setUnreadable] = useState<Delivery['unreadable']>(undefined)
  const [failure, setFailure] = useState<Problem | undefined>(undefined)
  const [sending, setSending] = useState(false)

  /** What this device carries goes out by itself: after each round all of the file may be on the server. */
  useEffect(() => {
    if (!running) void look()
  }, [drafts, rescue, running])

  async function look(): Promise<void> {
    const text = await drafts.read(draftKey)
    const kept = typeof text === 'string' ? await rescue.read(new Blob([text])) : undefined
    if (!kept?.ok || (await drafts.read(draftKey)) !== text) return
    const isDone = isAnswered(kept.value)
    setOpened((already) => (already && !isDone ? already : kept.value))
    if (isDone) await drafts.drop(draftKey)
  }

  async function choose(file: File): Promise<void> {
    const read = await rescue.read(file)
    setFailure(undefined)
    setUnreadable(read.ok ? undefined : read.failure.kind)
    if (!read.ok) return
    await drafts.write(draftKey, await file.text())
    setOpened(read.value)
  }

  async function send(): Promise<void> {
    if (!opened || sending) return
    setSending(true)
    const sent = await rescue.send(opened)
    setOpened(sent.opened)
    setFailure(sent.failure)
    setSending(false)
    if (isAnswered(sent.opened)) await drafts.drop(draftKey)
  }

  async function close(): Promise<void> {
    setOpened(undefined)
    setFailure(undefined)
    await drafts.drop(draftKey)
  }

  return { opened, unreadable, failure, sending, choose, send, close }
}
