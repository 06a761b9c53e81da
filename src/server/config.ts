import * as v from 'valibot'
import { fail, ok, type Result } from '../core/result.ts'
import type { OidcSettings } from './auth/oidc.ts'
import { type FileSettings, fileVariables, toFileSettings } from './fileSettings.ts'
import { oidcVariables, toOidcSettings } from './oidcSettings.ts'

const number = (maximum: number) => v.pipe(v.string(), v.regex(/^\d{1,5}$/), v.transform(Number), v.maxValue(maximum))

/** Every variable that the server reads, with its form, its default and its meaning. */
const Environment = v.object({
  PORT: v.optional(v.pipe(number(65_535), v.description('a port from 0 to 65535; 0 takes a free one')), '8080'),
  HADIR_HOST: v.optional(v.pipe(v.string(), v.description('the address to listen on; default: all')), ''),
  HADIR_DATA: v.optional(v.pipe(v.string(), v.minLength(1), v.description('the folder of the data')), 'data'),
  HADIR_DIST: v.optional(v.pipe(v.string(), v.minLength(1), v.description('the folder of the built app')), 'dist'),
  DATABASE_URL: v.optional(
    v.pipe(v.string(), v.regex(/^postgres(ql)?:\/\//), v.description('postgres://…, instead of SQLite in HADIR_DATA')),
  ),
  HADIR_PUBLIC_URL: v.optional(
    v.pipe(v.string(), v.regex(/^https?:\/\/[^/]+$/), v.description('https://name, as browsers reach the server')),
  ),
  HADIR_PROXIES: v.optional(
    v.pipe(number(9), v.description('how many proxies stand in front and add to X-Forwarded-For, 0 to 9')),
    '0',
  ),
  HADIR_METRICS_PORT: v.optional(
    v.pipe(number(65_535), v.description('a port from 0 to 65535 of its own for /metrics; default: none')),
  ),
  HADIR_METRICS_HOST: v.optional(
    v.pipe(v.string(), v.description('the address on which /metrics is; default: this machine alone')),
    '127.0.0.1',
  ),
  ...fileVariables,
  ...oidcVariables,
  LOG_LEVEL: v.optional(
    v.pipe(v.picklist(['silent', 'error', 'warn', 'info', 'debug']), v.description('silent, error, warn, info, debug')),
    'info',
  ),
})

export type Config = {
  port: number
  host: string
  dataFolder: string
  distFolder: string
  databaseUrl: string | undefined
  publicUrl: string | undefined
  oidc: OidcSettings | undefined
  proxies: number
  /** Where Prometheus may ask, when anywhere. */
  metrics: { port: number; host: string } | undefined
  logLevel: string
  content: FileSettings
  /** `--demo`: load the sample event. */
  demo: boolean
}

export type ConfigFailure = { kind: 'badSetting'; detail: string }

/** The configuration in an environment and a command line. An empty variable counts as absent. */
export function readConfig(env: Record<string, string | undefined>, args: string[]): Result<Config, ConfigFailure> {
  const unknown = args.find((arg) => arg !== '--demo')
  if (unknown !== undefined) return fail({ kind: 'badSetting', detail: `${unknown}: the only option is --demo` })
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value))
  const read = v.safeParse(Environment, given)
  if (!read.success) {
    const name = Object.keys(Environment.entries).find((key) =>
      read.issues.some((issue) => issue.path?.[0].key === key),
    )
    return fail({ kind: 'badSetting', detail: `${name}: must be ${meaningOf(name)}` })
  }
  const { PORT, HADIR_HOST, HADIR_DATA, HADIR_DIST, DATABASE_URL, HADIR_PUBLIC_URL, HADIR_PROXIES } = read.output
  const { HADIR_METRICS_PORT, HADIR_METRICS_HOST, LOG_LEVEL } = read.output
  const oidc = toOidcSettings(read.output, HADIR_PUBLIC_URL)
  if (!oidc.ok) return oidc
  const content = toFileSettings(read.output)
  if (!content.ok) {
    const { name } = content.failure
    return fail({
      kind: 'badSetting',
      detail: `${name}: must be ${meaningOf(name)}, beside the other HADIR_S3_…`,
    })
  }
  return ok({
    port: PORT,
    host: HADIR_HOST,
    dataFolder: HADIR_DATA,
    distFolder: HADIR_DIST,
    databaseUrl: DATABASE_URL,
    publicUrl: HADIR_PUBLIC_URL,
    oidc: oidc.value,
    proxies: HADIR_PROXIES,
    metrics: HADIR_METRICS_PORT === undefined ? undefined : { port: HADIR_METRICS_PORT, host: HADIR_METRICS_HOST },
    logLevel: LOG_LEVEL,
    content: content.value,
    demo: args.includes('--demo'),
  })
}

function meaningOf(name: string | undefined): string {
  const entry = Object.entries(Environment.entries).find(([key]) => key === name)?.[1]
  return (entry && v.getDescription(entry.wrapped)) ?? 'another value'
}
