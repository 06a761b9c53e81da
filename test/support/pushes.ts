import type { Link } from '../../src/client/sync/link.ts'
import { ok } from '../../src/core/result.ts'

const told = () => ({ now: Date.now(), epoch: 'EPOCHEPOCHEPOCHEPOCHEP', backedUpThrough: 0 })

/** A server that takes every op. */
export const takesAll: Link['push'] = async (_space, { ops }) =>
  ok({ ...told(), results: ops.map(([n], i) => ({ state: 'committed', n, seq: i + 1, at: Date.now() })) })

/** A server that accepts none, and puts them aside. */
export const parksAll: Link['push'] = async (_space, { ops }) =>
  ok({ ...told(), results: ops.map(([n]) => ({ state: 'parked', n, reason: 'notAllowed' })) })
