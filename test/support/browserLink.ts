import { createHttpLink } from '../../src/client/sync/httpLink.ts'
import type { Link } from '../../src/client/sync/link.ts'
import type { Result } from '../../src/core/result.ts'

/** The client's own link, over a socket, with the cookies of one browser. `address` may change from call to call. */
export function createBrowserLink(address: () => Promise<string>): Link {
  const cookies = new Map<string, string>()
  return createHttpLink('/api/v1', async (input, init) => {
    const url = new URL(String(input), await address())
    const headers = new Headers(init?.headers)
    headers.set('Cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    const response = await fetch(url, { ...init, headers })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      cookies.set(name, value)
    }
    return response
  })
}

/** The value of an answer; a refusal is the test's failure. */
export function must<T>(answer: Result<T, { kind: string }>): T {
  if (!answer.ok) throw new Error(`refused: ${answer.failure.kind}`)
  return answer.value
}
