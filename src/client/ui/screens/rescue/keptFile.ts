import type { OpenedRescue } from '../../../sync/rescue.ts'
import type { AppParts } from '../../app.ts'

/** Where an opened rescue file is kept until all of it is answered. */
export const keptFileKey = 'rescue'

export const isAnswered = ({ batches }: OpenedRescue) => batches.every(({ outcomes }) => outcomes !== undefined)

/** The file that is kept. What this device carries goes out by itself: once all of it is answered it is kept no longer. */
export async function readKeptFile({
  drafts,
  rescue,
}: Pick<AppParts, 'drafts' | 'rescue'>): Promise<OpenedRescue | undefined> {
  const text = await drafts.read(keptFileKey)
  const kept = typeof text === 'string' ? await rescue.read(new Blob([text])) : undefined
  if (!kept?.ok || (await drafts.read(keptFileKey)) !== text) return undefined
  if (isAnswered(kept.value)) await drafts.drop(keptFileKey)
  return kept.value
}
