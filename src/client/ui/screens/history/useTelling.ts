import type { TFunction } from 'i18next'
import { useApp } from '../../app.ts'
import { localMoment } from '../../dates.ts'
import { useLanguage, useWords } from '../../words.ts'
import type { Audit } from './useAudit.ts'

type Entry = Audit['entries'][number]

/** An entry in words, as it is listed, sought and exported. */
export type Told = {
  seq: number
  kind: string
  at: string
  what: string
  role: string
  about: string
  by: string
  reason: string
}

/** A device and who uses it; `''` for one that the history does not know. */
export function deviceIn({ names }: Audit, dev: string): string {
  const device = names.get(dev)
  return device ? `${device.holder} (${device.deviceName})` : ''
}

/** Who and on which device, as far as either is said: in a browser that is not enrolled yet, a person alone. */
function nameOf(t: TFunction, { names, accounts }: Audit, account: string | null, dev: string | null): string {
  const device = dev === null ? undefined : names.get(dev)
  const person = account === null ? device?.holder : (accounts.get(account) ?? device?.holder ?? t('unknownAccount'))
  if (device) return `${person} (${device.deviceName})`
  return person ?? (dev === null ? '' : t('unknownDevice'))
}

/** To whom or to which device something was done, unless it is who did it. */
function subjectOf(t: TFunction, audit: Audit, { about, account, dev }: Entry): string {
  const [sort, id = ''] = about?.split(':') ?? []
  if (sort === 'account') return id === account ? '' : nameOf(t, audit, id, null)
  return sort === 'device' && id !== dev ? nameOf(t, audit, null, id) : ''
}

const countOf = (detail: Entry['detail'], field: string) => {
  const value = detail[field]
  return typeof value === 'number' ? value : 0
}

/** What else is known of an entry: how many, by which way, what was removed. */
function detailWords(t: TFunction, { detail }: Entry, from: string): string[] {
  const counts = ['ops', 'passkeys', 'links'].filter((field) => countOf(detail, field) > 0)
  const counted = counts.map((field) => t(field, { count: countOf(detail, field) }))
  const way = typeof detail.way === 'string' ? [t([`way.${detail.way}`, 'way.other'])] : []
  const format = typeof detail.format === 'string' ? [detail.format.toUpperCase()] : []
  const name = typeof detail.name === 'string' ? [t('newName', { name: detail.name })] : []
  const refused = from === '' ? [] : [t('refused', { count: countOf(detail, 'count'), from })]
  return [...counted, ...way, ...format, ...name, ...refused]
}

/** Puts entries into words. */
export function useTelling(): (audit: Audit) => Told[] {
  const t = useWords('history')
  const language = useLanguage()
  const { clockOffsetMs } = useApp()
  const moment = (at: number) => localMoment(at - clockOffsetMs(), language)
  return (audit) =>
    audit.entries.map((entry) => {
      const { seq, at, kind, account, dev, reason, detail } = entry
      const hour = typeof detail.hour === 'number' ? moment(detail.hour) : ''
      return {
        ...{ seq, kind, reason, at: moment(at) },
        by: nameOf(t, audit, account, dev) || t('byServer'),
        what: t([`audit.${kind}`, 'audit.other']),
        role: typeof detail.role === 'string' ? t(`role.${detail.role}`) : '',
        about: [subjectOf(t, audit, entry), ...detailWords(t, entry, hour)].filter(Boolean).join(' · '),
      }
    })
}
