import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

/** Versions below which a package has a known hole that concerns us; a new advisory is a new line. */
const minimums: [name: string, minimum: string, why: string][] = [
  ['hono', '4.12.34', 'CVE-2026-44456, 44457, 54290, 69207: body limit, cache, CORS'],
  ['@hono/node-server', '1.19.13', 'GHSA-92pp-h63x-v22m: `//` leaves the folder of static files'],
  ['better-auth', '1.6.11', 'CVE-2026-53516, 45337: accounts taken over by linking, device codes claimed'],
  ['kysely', '0.28.17', 'CVE-2026-44635: injection through JSON paths'],
  ['valibot', '1.2.0', 'CVE-2025-66020: a pattern that takes for ever'],
  ['hucre', '1.0.0', 'the first that we read strangers’ workbooks with; no advisory until November 2026'],
  ['zxing-wasm', '3.1.4', 'the first that we read pictures with; no advisory until November 2026'],
  ['jspdf', '4.2.1', 'CVE-2025-68428, CVE-2026-24737, 25535, 25940: files read, PDF objects injected, memory'],
]

/** Names that must not be there: holes without a fix, or parts of better-auth that were holes again and again. */
const refused = [
  ...['xlsx', 'wouter-preact', '@better-auth/expo', '@better-auth/scim', '@better-auth/sso'],
  '@better-auth/oauth-provider',
]

const lock: { packages: Record<string, { version?: string; optional?: boolean; integrity?: string }> } = JSON.parse(
  readFileSync('package-lock.json', 'utf8'),
)
const versionsOf = (name: string) =>
  Object.entries(lock.packages).flatMap(([path, { version }]) =>
    version && (path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`)) ? [version] : [],
  )

function isAtLeast(version: string, minimum: string): boolean {
  const [given, least] = [version, minimum].map((text) => text.split('-')[0]?.split('.').map(Number) ?? [])
  for (let at = 0; at < 3; at++) {
    const difference = (given?.[at] ?? 0) - (least?.[at] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return !version.includes('-')
}

describe('the lock', () => {
  test.each(minimums)('%s is at least %s (%s)', (name, minimum) => {
    const versions = versionsOf(name)
    expect(versions.length).toBeGreaterThan(0)
    expect(versions.filter((version) => !isAtLeast(version, minimum))).toEqual([])
  })

  test('holds no package that was refused', () => {
    expect(refused.filter((name) => versionsOf(name).length > 0)).toEqual([])
  })

  test('names the content of every package by its hash, but of those for other machines than this', () => {
    const bare = Object.entries(lock.packages).filter(
      ([path, { integrity, optional }]) => path !== '' && !integrity && !optional,
    )
    expect(bare.map(([path]) => path)).toEqual([])
  })
})

test('versions are compared by their numbers, and one before a release is below it', () => {
  expect([isAtLeast('4.10.0', '4.9.9'), isAtLeast('4.9.9', '4.10.0'), isAtLeast('1.0.0-rc.1', '1.0.0')]).toEqual([
    true,
    false,
    false,
  ])
})
