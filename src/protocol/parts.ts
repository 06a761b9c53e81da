import * as v from 'valibot'
import { maxPasswordLength, minPasswordLength } from '../core/passwordLength.ts'

/** 128 bits as 22 characters of base64url (core/ids.ts). */
export const Id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}$/))
/** 32 bytes as 43 characters of base64url. */
export const Hash = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/))
/** An ES256 signature: 64 raw bytes as 86 characters of base64url. */
export const Signature = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{86}$/))
/** What the ids of an attendee's own persons begin with: 8 bytes as 11 characters of base64url. */
export const Owner = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{11}$/))
/** A P-256 point, uncompressed (65 bytes) as base64url; its SHA-256 cut to 128 bits is the device's id. */
export const PublicKey = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{87}$/))
/** Epoch milliseconds, also of clocks that are half a century wrong. */
export const Millis = v.pipe(v.number(), v.safeInteger())
/** A count from 0 or a number in a log, which starts at 1. */
export const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
/** What a person or a device is called; no control characters, since PostgreSQL's text refuses a NUL. */
export const Name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200), v.regex(/^\P{Cc}*$/u))
export const Email = v.pipe(v.string(), v.trim(), v.toLowerCase(), v.email(), v.maxLength(254))
export const Password = v.pipe(v.string(), v.minLength(minPasswordLength), v.maxLength(maxPasswordLength))
export const Code = v.pipe(v.string(), v.minLength(1), v.maxLength(200))
