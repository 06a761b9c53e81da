import { comeIn, isAttendee } from './attendees.ts'
import { comeBack } from './calm.ts'
import { type Device, TabDied } from './device.ts'
import { beginWorld } from './template.ts'
import { createTrace } from './trace.ts'
import { putBack, type World } from './world.ts'

/** More reads, writes and calls than a first start has until it is enrolled. */
const mostSteps = 60

/** Opens the app, which makes its key, and enrols; what stood in the way, if anything. */
async function startFirst(world: World, device: Device, dieIn?: number): Promise<string | undefined> {
  const tab = await device.tab(0, dieIn)
  await world.settle()
  const refused = await tab.orDeath(isAttendee(device) ? comeIn(world, tab) : comeBack(world, device))
  await world.settle()
  return refused || ((await tab.open(world.event)) ? undefined : 'it does not hold its event')
}

/** A browser's very first start dies at each of its steps in turn, and the second start must still come in. */
export async function dieInFirstStarts(): Promise<{ died: number; failures: string[] }> {
  const world = await beginWorld(1, {}, createTrace(false))
  const failures: string[] = []
  let died = 0
  for (const device of world.devices.filter(({ name }) => ['Siti', 'Tamu Ani'].includes(name))) {
    for (let step = 1; step <= mostSteps; step++) {
      await putBack(device, { disk: [], cookies: new Map() })
      await startFirst(world, device, step).catch((error: unknown) => {
        if (!(error instanceof TabDied)) throw error
        died++
      })
      await world.settle()
      device.kill()
      const refused = await startFirst(world, device)
      if (refused) failures.push(`${device.name}, dead at step ${step}: ${refused}`)
    }
  }
  await world.stop()
  return { died, failures }
}
