import { useEffect, useState } from 'preact/hooks'
import type { FormRecord } from '../../../../core/form/form.ts'
import { responseRate } from '../../../state/forms.ts'
import type { OpenSpace } from '../../../state/openSpace.ts'
import type { Governing } from '../../../sync/governing.ts'
import { useApp } from '../../app.ts'

type Rates = Extract<Awaited<ReturnType<Governing['rates']>>, { ok: true }>['value']

const everyMs = 30_000

/**
 * How many were given the right to answer an anonymous form, as the server tells it: asked anew whenever answers come in,
 * and twice a minute, since answers wait for company and people arrive. `unknown`: there is no way to the server.
 */
export function useTicketRates(space: OpenSpace, form: FormRecord): Rates | 'asking' | 'unknown' {
  const { governing } = useApp()
  const [rates, setRates] = useState<Rates | 'asking' | 'unknown'>('asking')
  const { answered } = responseRate(space, form)
  useEffect(() => {
    let isShown = true
    async function ask(): Promise<void> {
      const answer = await (await governing()).rates(space.id, form.id)
      if (isShown) setRates(answer.ok ? answer.value : 'unknown')
    }
    const askQuietly = () => void ask().catch(() => isShown && setRates('unknown'))
    askQuietly()
    const timer = setInterval(askQuietly, everyMs)
    return () => {
      isShown = false
      clearInterval(timer)
    }
  }, [governing, space.id, form.id, answered])
  return rates
}
