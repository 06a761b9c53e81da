/* src/server at ed599500549f538b6346699e900adcf8847339f2, packed by tools/freeze.ts: not to be edited. */
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import { compress } from "hono/compress";
import * as v from "valibot";
import { createHash, createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, randomInt, sign, timingSafeEqual, verify } from "node:crypto";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { gunzipSync, inflateRaw } from "node:zlib";
import { createReadStream, existsSync, mkdirSync, readFileSync, readdirSync, renameSync } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat, statfs } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Readable } from "node:stream";
import "pino";
import { isIPv6 } from "node:net";
import { getConnInfo } from "@hono/node-server/conninfo";
import { betterAuth } from "better-auth";
import { hashPassword, verifyPassword } from "better-auth/crypto";
import { getMigrations } from "better-auth/db/migration";
import { AuthorizationResponseError, allowInsecureRequests, authorizationCodeGrant, buildAuthorizationUrl, calculatePKCECodeChallenge, discovery, enableNonRepudiationChecks, fetchUserInfo } from "openid-client";
import { verifyAuthenticationResponse, verifyRegistrationResponse } from "@simplewebauthn/server";
import { p256_oprf } from "@noble/curves/nist.js";
import { promisify } from "node:util";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import "@hono/node-server";
import "prom-client";
import "aws4fetch";
import { Kysely, SqliteDialect, sql } from "kysely";
import "pg";
import { Migrator } from "kysely/migration";
import Sqlite from "better-sqlite3";
var patterns = [
	"/",
	"/siapkan",
	"/masuk",
	"/lupa-sandi",
	"/akun",
	"/kode-sandi",
	"/gabung",
	"/status",
	"/tim",
	"/riwayat",
	"/aman",
	"/cadangan-darurat",
	"/m",
	"/pindai",
	"/m/:code",
	"/kegiatan/baru",
	"/kegiatan/:space",
	"/kegiatan/:space/ubah",
	"/kegiatan/:space/impor",
	"/kegiatan/:space/peserta",
	"/kegiatan/:space/peserta/:person",
	"/kegiatan/:space/hadir",
	"/kegiatan/:space/hadir/:person",
	"/kegiatan/:space/baru",
	"/kegiatan/:space/pindai",
	"/kegiatan/:space/dokumen",
	"/kegiatan/:space/siap",
	"/kegiatan/:space/gerbang",
	"/kegiatan/:space/layar",
	"/kegiatan/:space/kios",
	"/kegiatan/:space/lupakan",
	"/kegiatan/:space/tanda-pengenal",
	"/kegiatan/:space/tim",
	"/kegiatan/:space/karantina",
	"/kegiatan/:space/riwayat",
	"/kegiatan/:space/materi",
	"/kegiatan/:space/materi/baru",
	"/kegiatan/:space/materi/:material",
	"/kegiatan/:space/materi/:material/ubah",
	"/kegiatan/:space/umpan-balik",
	"/kegiatan/:space/umpan-balik/:form",
	"/kegiatan/:space/umpan-balik/:form/hasil",
	"/kegiatan/:space/umpan-balik/:form/ubah"
].map((page) => new RegExp(`^${page.replace(/:\w+/g, "[^/]+")}/?$`));
function isPage(path) {
	return patterns.some((pattern) => pattern.test(path));
}
// src/protocol/parts.ts
var Id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}$/));
var Hash = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/));
var Signature = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{86}$/));
var Owner = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{11}$/));
var PublicKey = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{87}$/));
var Millis = v.pipe(v.number(), v.safeInteger());
var Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
var Name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200), v.regex(/^\P{Cc}*$/u));
var Email = v.pipe(v.string(), v.trim(), v.toLowerCase(), v.email(), v.maxLength(254));
var Password = v.pipe(v.string(), v.minLength(10), v.maxLength(128));
var Code = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
// src/core/bytes.ts
var alphabet$2 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
var valueOfLetter$1 = new Map([...alphabet$2].map((letter, value) => [letter, value]));
function toBase64Url(bytes) {
	let text = "";
	for (let i = 0; i < bytes.length; i += 3) {
		const triple = (bytes[i] ?? 0) << 16 | (bytes[i + 1] ?? 0) << 8 | (bytes[i + 2] ?? 0);
		const letters = Math.min(4, bytes.length - i + 1);
		for (let k = 0; k < letters; k++) text += alphabet$2[triple >> 18 - 6 * k & 63];
	}
	return text;
}
function fromBase64Url(text) {
	if (text.length % 4 === 1) return void 0;
	const bytes = new Uint8Array(Math.floor(text.length * 3 / 4));
	let buffer = 0;
	let bits = 0;
	let at = 0;
	for (const letter of text) {
		const value = valueOfLetter$1.get(letter);
		if (value === void 0) return void 0;
		buffer = (buffer << 6 | value) & 65535;
		bits += 6;
		if (bits >= 8) {
			bits -= 8;
			bytes[at++] = buffer >> bits & 255;
		}
	}
	return bytes;
}
function utf8(text) {
	const ascii = new Uint8Array(text.length);
	let start = 0;
	for (; start < text.length; start++) {
		const code = text.charCodeAt(start);
		if (code >= 128) break;
		ascii[start] = code;
	}
	return start === text.length ? ascii : anyUtf8(text, ascii.subarray(0, start));
}
function anyUtf8(text, ascii) {
	const bytes = new Uint8Array(text.length * 3);
	bytes.set(ascii);
	let at = ascii.length;
	for (let i = ascii.length; i < text.length; i++) {
		let code = text.charCodeAt(i);
		if (code < 128) {
			bytes[at++] = code;
			continue;
		}
		if (code >= 55296 && code <= 57343) {
			const next = text.charCodeAt(i + 1);
			if (code < 56320 && next >= 56320 && next <= 57343) {
				code = 65536 + (code - 55296 << 10) + (next - 56320);
				i++;
			} else code = 65533;
		}
		if (code < 2048) bytes[at++] = 192 | code >> 6;
		else {
			if (code < 65536) bytes[at++] = 224 | code >> 12;
			else {
				bytes[at++] = 240 | code >> 18;
				bytes[at++] = 128 | code >> 12 & 63;
			}
			bytes[at++] = 128 | code >> 6 & 63;
		}
		bytes[at++] = 128 | code & 63;
	}
	return bytes.subarray(0, at);
}
function concatBytes(...parts) {
	const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}
// src/core/sha256.ts
var roundConstants = fractions(64, Math.cbrt);
var initialHash = fractions(8, Math.sqrt);
function fractions(count, root) {
	const words = new Int32Array(count);
	for (let found = 0, n = 2; found < count; n++) {
		let prime = true;
		for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false;
		if (prime) words[found++] = Math.floor(root(n) % 1 * 2 ** 32);
	}
	return words;
}
var schedule = new Int32Array(64);
var hash = new Int32Array(8);
var tail = new Uint8Array(128);
var tailView = new DataView(tail.buffer);
function compress$1(bytes, offset) {
	for (let t = 0, i = offset; t < 16; t++, i += 4) schedule[t] = bytes[i] << 24 | bytes[i + 1] << 16 | bytes[i + 2] << 8 | bytes[i + 3];
	for (let t = 16; t < 64; t++) {
		const w15 = schedule[t - 15];
		const w2 = schedule[t - 2];
		const s0 = (w15 >>> 7 | w15 << 25) ^ (w15 >>> 18 | w15 << 14) ^ w15 >>> 3;
		const s1 = (w2 >>> 17 | w2 << 15) ^ (w2 >>> 19 | w2 << 13) ^ w2 >>> 10;
		schedule[t] = schedule[t - 16] + s0 + schedule[t - 7] + s1 | 0;
	}
	let a = hash[0];
	let b = hash[1];
	let c = hash[2];
	let d = hash[3];
	let e = hash[4];
	let f = hash[5];
	let g = hash[6];
	let h = hash[7];
	for (let t = 0; t < 64; t++) {
		const sum1 = (e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7);
		const t1 = h + sum1 + (g ^ e & (f ^ g)) + roundConstants[t] + schedule[t] | 0;
		const t2 = ((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + (a & b ^ c & (a ^ b)) | 0;
		h = g;
		g = f;
		f = e;
		e = d + t1 | 0;
		d = c;
		c = b;
		b = a;
		a = t1 + t2 | 0;
	}
	hash[0] = hash[0] + a;
	hash[1] = hash[1] + b;
	hash[2] = hash[2] + c;
	hash[3] = hash[3] + d;
	hash[4] = hash[4] + e;
	hash[5] = hash[5] + f;
	hash[6] = hash[6] + g;
	hash[7] = hash[7] + h;
}
function sha256(input) {
	const message = typeof input === "string" ? utf8(input) : input;
	const whole = message.length - message.length % 64;
	hash.set(initialHash);
	for (let offset = 0; offset < whole; offset += 64) compress$1(message, offset);
	return finish(message.subarray(whole), message.length);
}
function finish(rest, length) {
	const end = rest.length < 56 ? 64 : 128;
	tail.fill(0);
	tail.set(rest);
	tail[rest.length] = 128;
	tailView.setUint32(end - 8, Math.floor(length / 2 ** 29));
	tailView.setUint32(end - 4, length << 3);
	for (let offset = 0; offset < end; offset += 64) compress$1(tail, offset);
	const digest = new Uint8Array(32);
	for (let i = 0; i < 32; i++) digest[i] = hash[i >> 2] >>> 24 - 8 * (i & 3);
	return digest;
}
// src/core/form/ballot.ts
var maxBallotBytes = 65536;
function ballotBox(form) {
	return toBase64Url(sha256(utf8(`ballot box ${form}`)).subarray(0, 16));
}
function ballotName(nonce) {
	const digest = sha256(utf8(`ballot ${nonce}`));
	const view = new DataView(digest.buffer, digest.byteOffset);
	return {
		n: 1 + view.getUint32(0) * 2 ** 16 + view.getUint16(4),
		salt: toBase64Url(digest.subarray(8, 16))
	};
}
// src/protocol/account.ts
var SetupRequest = v.object({
	token: Code,
	name: Name,
	email: Email,
	password: Password
});
var SignInRequest = v.object({
	email: Email,
	password: v.pipe(v.string(), v.maxLength(128))
});
var Done = v.object({ done: v.literal(true) });
// src/protocol/invite.ts
var invitedRoles = [
	"facilitator",
	"viewer",
	"organizer"
];
var InviteRequest = v.object({ role: v.picklist(invitedRoles) });
var InviteAnswer = v.object({
	code: v.string(),
	expiresAt: Millis
});
var Subject$1 = v.pipe(v.string(), v.regex(/^(account|device):[\w-]{1,64}$/));
var TeamAnswer = v.object({
	members: v.array(v.object({
		subject: Subject$1,
		dev: Id,
		holder: Name,
		deviceName: Name,
		role: v.picklist([
			"organizer",
			"facilitator",
			"viewer",
			"attendee"
		]),
		everywhere: v.boolean(),
		since: Millis,
		enrolledAt: Millis,
		lastSeenAt: Millis,
		unsent: v.nullable(Count)
	})),
	revoked: v.optional(v.array(v.object({
		dev: Id,
		holder: Name,
		deviceName: Name,
		revokedAt: Millis,
		lastSeenAt: Millis,
		unsent: v.nullable(Count),
		handedOver: v.boolean()
	})), []),
	openInvites: v.array(v.object({
		id: Id,
		role: v.picklist(invitedRoles),
		createdAt: Millis,
		expiresAt: Millis
	})),
	attendeeDevices: Count,
	parked: Count,
	full: v.optional(Count, 0)
});
// src/protocol/audit.ts
var AuditQuery = v.object({
	about: v.optional(Subject$1),
	before: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number)))
});
var AuditAnswer = v.object({
	entries: v.array(v.object({
		seq: Count,
		at: Millis,
		kind: v.string(),
		space: v.string(),
		account: v.nullable(v.string()),
		dev: v.nullable(v.string()),
		about: v.nullable(v.string()),
		reason: v.string(),
		detail: v.record(v.string(), v.union([v.string(), v.number()])),
		chain: Hash
	})),
	names: v.array(v.object({
		dev: Id,
		holder: v.string(),
		deviceName: v.string()
	})),
	accounts: v.optional(v.array(v.object({
		account: v.string(),
		name: v.string()
	})), []),
	more: v.boolean()
});
// src/protocol/ballot.ts
var Point = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{44}$/));
var TicketRequest = v.object({
	person: Id,
	blinded: Point
});
var TicketAnswer = v.object({
	evaluated: Point,
	proof: Signature,
	publicKey: Point
});
var Answer = v.union([
	v.string(),
	v.number(),
	v.array(v.string()),
	v.record(v.string(), v.pipe(v.number(), v.integer()))
]);
var BallotRequest = v.object({
	space: Id,
	form: Id,
	version: Id,
	nonce: Hash,
	token: Hash,
	answers: v.record(v.string(), Answer)
});
// src/core/ids.ts
var idPattern = /^[A-Za-z0-9_-]{22}$/;
function isId(value) {
	return typeof value === "string" && idPattern.test(value);
}
// src/core/access.ts
var spaceRoles = [
	"organizer",
	"facilitator",
	"viewer",
	"attendee"
];
var allowed = {
	organizer: [
		"pull",
		"push",
		"view",
		"find",
		"gate",
		"invite",
		"listTeam",
		"exportFull",
		"editEvent",
		"importPeople",
		"checkIn",
		"manageTeam",
		"review",
		"history",
		"upload",
		"readFiles"
	],
	facilitator: [
		"pull",
		"push",
		"gate",
		"exportFull",
		"checkIn",
		"upload",
		"readFiles"
	],
	viewer: [
		"pull",
		"exportFull",
		"history",
		"readFiles"
	],
	attendee: [
		"push",
		"view",
		"find",
		"readFiles"
	]
};
var organizerKinds = new Set([
	"event",
	"session",
	"form",
	"formVersion",
	"pass",
	"passIssuer"
]);
var attendeeKinds = new Set([
	"attendance",
	"response",
	"consent",
	"opened"
]);
var teamFields = [
	"invited",
	"note",
	"deleted"
];
function may(role, action) {
	return allowed[role].includes(action);
}
function mayAttendee(change, owner) {
	if (change.type === "set") return change.kind === "person" && isId(change.id) && owner !== "" && change.id.startsWith(owner) && !teamFields.some((field) => Object.hasOwn(change.fields, field));
	if (change.type !== "add" || !attendeeKinds.has(change.kind)) return false;
	return change.kind !== "attendance" || change.fields.m === "own";
}
function mayViewer(change, dev) {
	if (change.type === "set") return change.kind === "device" && change.id === dev;
	return change.type === "add" && change.kind === "exported";
}
function mayWrite(role, body, { owner = "", dev = "" } = {}) {
	return body.changes.every((change) => {
		if (role === "organizer") return true;
		if (role === "viewer") return change.type !== "unknown" && mayViewer(change, dev);
		if (role === "attendee") return change.type !== "unknown" && mayAttendee(change, owner);
		return change.type !== "set" || !organizerKinds.has(change.kind);
	});
}
// src/protocol/limits.ts
var maxPushBytes = 1048576;
var maxPageOps = 2e3;
var maxPageBytes = 4194304;
var maxRecoverBytes = 2 * maxPageBytes;
var maxChunkBytes = 524288;
var maxSmallBytes = 16384;
v.object({
	epoch: Id,
	seq: Count,
	chain: Hash
});
var PullQuery = v.object({
	epoch: v.optional(Id),
	seq: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number)), "0"),
	chain: v.optional(Hash)
});
var PulledOp = v.tuple([
	Count,
	Count,
	Count,
	Millis,
	Millis,
	v.string()
]);
var PullPage = v.object({
	state: v.literal("page"),
	now: Millis,
	epoch: Id,
	after: Count,
	head: Count,
	chain: Hash,
	witness: Hash,
	backedUpThrough: Count,
	devs: v.array(Id),
	ops: v.array(PulledOp)
});
var PullSame = v.object({
	state: v.literal("same"),
	now: Millis,
	backedUpThrough: Count
});
var PullDiverged = v.object({
	state: v.literal("diverged"),
	now: Millis,
	epoch: Id,
	head: Count
});
var PullAnswer = v.variant("state", [
	PullPage,
	PullSame,
	PullDiverged
]);
// src/protocol/view.ts
var ViewAnswer = v.object({
	now: Millis,
	epoch: Id,
	head: Count,
	backedUpThrough: Count,
	tag: Hash,
	devs: v.array(Id),
	ops: v.array(PulledOp)
});
// src/protocol/enrol.ts
function enrolMessage(publicKey) {
	return utf8(JSON.stringify(["enrol", publicKey]));
}
var HeldCertificate = v.object({
	space: Id,
	owner: Owner,
	signature: Signature
});
var EnrolRequest = v.object({
	publicKey: PublicKey,
	proof: Signature,
	name: Name,
	holder: v.optional(Name),
	code: v.optional(Code),
	certificates: v.optional(v.pipe(v.array(HeldCertificate), v.maxLength(30)))
});
var Granted = v.object({
	space: Id,
	role: v.picklist(spaceRoles),
	owner: v.nullable(Owner),
	certificate: v.nullable(Signature)
});
var EnrolAnswer = v.object({
	dev: Id,
	issuer: PublicKey,
	granted: v.nullable(Granted),
	view: v.nullable(ViewAnswer)
});
// src/protocol/file.ts
var FileRequest = v.object({
	hash: Hash,
	sizeBytes: Count,
	type: v.pipe(v.string(), v.maxLength(100))
});
var FileProgress = v.object({
	offset: Count,
	complete: v.boolean()
});
var ChunkQuery = v.object({ offset: v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number)) });
var FilePath = v.object({ hash: Hash });
// src/protocol/find.ts
var Typed = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
var FindRequest = v.variant("by", [
	v.object({
		by: v.literal("nip"),
		nip: Typed
	}),
	v.object({
		by: v.literal("phone"),
		phone: Typed
	}),
	v.object({
		by: v.literal("pass"),
		pass: Typed
	})
]);
var FindAnswer = v.object({ found: v.nullable(v.object({
	person: Id,
	name: v.string(),
	institution: v.string()
})) });
// src/protocol/gate.ts
var GateRequest = v.object({
	open: v.nullable(Id),
	close: v.nullable(Code)
});
var GateAnswer = v.object({ code: v.nullable(v.pipe(v.string(), v.regex(/^[A-Z0-9]{8}$/))) });
// src/protocol/health.ts
var HealthAnswer = v.object({
	app: v.literal("hadir"),
	version: v.string(),
	now: Millis
});
// src/protocol/hints.ts
var Hint = v.object({
	space: Id,
	epoch: Id,
	head: Count
});
var Hints = v.array(Hint);
// src/protocol/passkey.ts
var Bytes = (most) => v.pipe(v.string(), v.regex(/^[\w-]*$/), v.maxLength(most));
var CredentialId = v.pipe(Bytes(1400), v.minLength(1));
var PasskeyChallenge = v.object({
	challenge: Bytes(200),
	site: v.string()
});
var NewPasskeyChallenge = v.object({
	...PasskeyChallenge.entries,
	user: Bytes(64),
	held: v.array(CredentialId)
});
var PasskeySignInRequest = v.object({
	id: CredentialId,
	clientDataJSON: Bytes(4e3),
	authenticatorData: Bytes(4e3),
	signature: Bytes(4e3)
});
var NewPasskeyRequest = v.object({
	name: Name,
	id: CredentialId,
	clientDataJSON: Bytes(4e3),
	attestationObject: Bytes(8e3)
});
var PasskeyChangeRequest = v.object({
	id: CredentialId,
	name: v.nullable(Name)
});
var OwnPasskey = v.object({
	id: CredentialId,
	name: Name,
	createdAt: Millis,
	usedAt: Millis
});
// src/protocol/ownAccount.ts
var AnyPassword = v.pipe(v.string(), v.maxLength(128));
var ResetCodeRequest = v.object({ email: Email });
var ResetCodeAnswer = v.object({
	code: v.string(),
	name: Name,
	expiresAt: Millis
});
var ResetRequest = v.object({
	email: Email,
	code: Code,
	password: Password
});
var OwnDevice = v.object({
	dev: Id,
	name: Name,
	isThis: v.boolean(),
	signedIn: v.boolean(),
	enrolledAt: Millis,
	lastSeenAt: Millis
});
var AccountAnswer = v.object({
	name: Name,
	email: Email,
	hasPassword: v.boolean(),
	passkeys: v.array(OwnPasskey),
	sso: v.nullable(v.object({
		provider: Name,
		isLinked: v.boolean()
	})),
	devices: v.array(OwnDevice)
});
var NameRequest = v.object({ name: Name });
var PasswordRequest = v.object({
	current: AnyPassword,
	password: Password
});
var SignOutsRequest = v.object({ device: v.nullable(Id) });
var NewAccountRequest = v.object({
	name: Name,
	email: Email,
	password: v.optional(Password),
	passkey: v.optional(NewPasskeyRequest)
});
var WaysInAnswer = v.object({
	passkeys: v.boolean(),
	sso: v.nullable(Name)
});
var SsoRequest = v.object({ for: v.picklist([
	"signIn",
	"link",
	"join"
]) });
var SsoAnswer = v.object({ url: v.pipe(v.string(), v.url()) });
// src/protocol/push.ts
var PushedOp = v.tuple([
	v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
	Millis,
	Millis,
	v.string()
]);
var AuthorCertificate = v.object({
	publicKey: PublicKey,
	owner: Owner,
	signature: Signature
});
var PushRequest = v.object({
	v: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
	dev: Id,
	previous: Hash,
	signature: Signature,
	ops: v.pipe(v.array(PushedOp), v.minLength(1), v.maxLength(500)),
	certificate: v.optional(AuthorCertificate)
});
var PushResult = v.variant("state", [
	v.object({
		state: v.literal("committed"),
		n: Count,
		seq: Count,
		at: Millis
	}),
	v.object({
		state: v.literal("parked"),
		n: Count,
		reason: v.string()
	}),
	v.object({
		state: v.literal("forked"),
		n: Count
	})
]);
var PushAnswer = v.object({
	now: Millis,
	epoch: Id,
	backedUpThrough: Count,
	results: v.array(PushResult)
});
// src/protocol/rights.ts
var Reason = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(500), v.regex(/^\P{Cc}*$/u));
var RightsRequest = v.object({
	subject: Subject$1,
	role: v.nullable(v.picklist(invitedRoles)),
	reason: Reason
});
var DeviceRequest = v.variant("change", [v.object({
	change: v.literal("rename"),
	name: Name
}), v.object({
	change: v.literal("revoke"),
	reason: Reason
})]);
var EndInviteRequest = v.object({ end: v.literal(true) });
var AttendeesQuery = v.object({
	before: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number)), "999999999999999"),
	dev: v.optional(Id)
});
var AttendeesAnswer = v.object({
	devices: v.array(v.object({
		dev: Id,
		deviceName: Name,
		enrolledAt: Millis,
		lastSeenAt: Millis,
		unsent: v.nullable(Count)
	})),
	more: v.boolean()
});
// src/protocol/quarantine.ts
var QuarantineAnswer = v.object({ devices: v.array(v.object({
	dev: Id,
	holder: v.nullable(Name),
	deviceName: v.nullable(Name),
	waiting: Count,
	kept: Count,
	oldestAt: Millis
})) });
var ParkedQuery = v.object({
	n: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number)), "0"),
	link: v.optional(v.union([Hash, v.literal("")]), "")
});
var ParkedAnswer = v.object({ ops: v.array(v.object({
	n: Count,
	link: Hash,
	wall: Millis,
	claimedAt: Millis,
	receivedAt: Millis,
	reason: v.string(),
	keptAt: v.nullable(Millis),
	body: v.string()
})) });
var DecisionRequest = v.object({
	decision: v.picklist(["release", "keep"]),
	reason: Reason,
	ops: v.pipe(v.array(v.tuple([Count, Hash])), v.minLength(1), v.maxLength(500))
});
var DecisionAnswer = v.object({ changed: Count });
// src/protocol/recover.ts
var RecoverRequest = v.object({
	epoch: Id,
	after: Count,
	before: Hash,
	chain: Hash,
	witness: Hash,
	devs: v.array(Id),
	ops: v.pipe(v.array(PulledOp), v.minLength(1), v.maxLength(maxPageOps))
});
// src/protocol/session.ts
var SessionQuery = v.object({ unsent: v.optional(v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number))) });
var SessionAnswer = v.object({
	now: Millis,
	account: v.nullable(v.object({
		name: Name,
		email: Email
	})),
	device: v.nullable(v.object({
		dev: Id,
		name: Name,
		holder: Name
	})),
	organizer: v.boolean(),
	auditor: v.optional(v.boolean()),
	spaces: v.array(Granted),
	ended: v.optional(v.array(Id)),
	revoked: v.optional(v.boolean()),
	issuer: PublicKey,
	needsSetup: v.boolean()
});
var Refusal = v.object({
	kind: v.picklist([
		"badRequest",
		"unauthorized",
		"wrongPassword",
		"forbidden",
		"unknownAuthor",
		"notFound",
		"expired",
		"used",
		"emailTaken",
		"lastOrganizer",
		"otherAccount",
		"weakPassword",
		"signInAgain",
		"unknownPasskey",
		"lastWayIn",
		"providerDown",
		"tooLarge",
		"overQuota",
		"badFile",
		"hashMismatch",
		"tooMany",
		"shareUsed",
		"clientTooOld",
		"storageFull",
		"serverError"
	]),
	retryAfterMs: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)))
});
var statusByKind = {
	badRequest: 400,
	weakPassword: 400,
	unauthorized: 401,
	unknownPasskey: 401,
	wrongPassword: 401,
	forbidden: 403,
	unknownAuthor: 403,
	signInAgain: 403,
	notFound: 404,
	used: 409,
	emailTaken: 409,
	lastOrganizer: 409,
	otherAccount: 409,
	lastWayIn: 409,
	expired: 410,
	tooLarge: 413,
	overQuota: 413,
	badFile: 415,
	hashMismatch: 422,
	clientTooOld: 426,
	tooMany: 429,
	shareUsed: 429,
	serverError: 500,
	providerDown: 502,
	storageFull: 507
};
v.object({
	...Refusal.entries,
	kind: v.string()
});
// src/server/routes/answers.ts
function refuse(c, refusal) {
	if (refusal.retryAfterMs !== void 0) c.header("Retry-After", String(Math.ceil(refusal.retryAfterMs / 1e3)));
	return c.json(refusal, statusByKind[refusal.kind]);
}
function answer(c, message) {
	const text = JSON.stringify(message);
	const length = String(Buffer.byteLength(text));
	return c.body(text, 200, {
		"Content-Type": "application/json",
		"Content-Length": length
	});
}
// src/core/result.ts
function ok(value) {
	return {
		ok: true,
		value
	};
}
function fail(failure) {
	return {
		ok: false,
		failure
	};
}
// src/core/time.ts
var zones = {
	WIB: 7,
	WITA: 8,
	WIT: 9
};
var months = [
	"Januari",
	"Februari",
	"Maret",
	"April",
	"Mei",
	"Juni",
	"Juli",
	"Agustus",
	"September",
	"Oktober",
	"November",
	"Desember"
];
var hourMs$1 = 36e5;
var dayMs = 24 * hourMs$1;
function dayToMs(day) {
	const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
	if (!parts) return void 0;
	const ms = Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]));
	return new Date(ms).toISOString().slice(0, 10) === day ? ms : void 0;
}
function isDay(value) {
	return typeof value === "string" && dayToMs(value) !== void 0;
}
function instantOf(day, time, zone) {
	const [hours, minutes] = time.split(":").map(Number);
	return (dayToMs(day) ?? 0) + ((hours ?? 0) - zones[zone]) * hourMs$1 + (minutes ?? 0) * 6e4;
}
function addDays(day, days) {
	return new Date((dayToMs(day) ?? 0) + days * dayMs).toISOString().slice(0, 10);
}
new RegExp(`\\b(?:(?<iso>\\d{4}-\\d{2}-\\d{2})|(?<day>\\d{1,2})(?:\\s+(?<name>${months.join("|")})\\s+|[/.-](?<month>\\d{1,2})[/.-])(?<year>\\d{4}))\\b`, "i");
// src/server/auth/access.ts
var quarantineMs = 30 * dayMs;
function subjectsOf(device) {
	const own = `device:${device.dev}`;
	return device.account ? [own, `account:${device.account}`] : [own];
}
var endOf = ({ revokedAt, expiresAt }) => revokedAt ?? expiresAt ?? void 0;
var isStanding = (grant, now) => grant.revokedAt === null && (endOf(grant) ?? now + 1) > now;
function strongestRole(roles) {
	return spaceRoles.find((role) => roles.includes(role));
}
var isEverywhere = ({ space, role }) => space === "*" && role === "organizer";
async function standingIn(store, device, space, now) {
	const grants = await store.findGrants(subjectsOf(device), space);
	const { revokedAt } = device;
	const standing = revokedAt === null ? grants.filter((grant) => isStanding(grant, now)) : [];
	const role = strongestRole(standing.map((grant) => grant.role));
	if (role) return {
		state: "granted",
		role,
		everywhere: standing.some(isEverywhere),
		owner: ownerIn(role, standing)
	};
	const never = Number.POSITIVE_INFINITY;
	const endedAt = (grant) => Math.min(endOf(grant) ?? never, revokedAt ?? never);
	const lately = grants.filter((grant) => now - endedAt(grant) < quarantineMs);
	const before = strongestRole(lately.map((grant) => grant.role));
	return before ? {
		state: "revoked",
		role: before,
		owner: ownerIn(before, lately)
	} : { state: "none" };
}
function ownerIn(role, grants) {
	return role === "attendee" ? grants.find(({ owner }) => owner)?.owner ?? void 0 : void 0;
}
async function spacesOf(store, subjects, now, isRevoked = false) {
	const held = await store.findGrants(subjects);
	const grants = isRevoked ? [] : held.filter((grant) => isStanding(grant, now));
	const everywhere = grants.some(isEverywhere);
	const audits = grants.some(({ space, role }) => space === "*" && may(role, "history"));
	const all = held.some(({ space }) => space === "*") ? await store.listSpaces() : [];
	const placesOf = ({ space }) => space === "*" ? all : [space];
	const rolesBySpace = new Map();
	for (const grant of grants) for (const space of placesOf(grant)) rolesBySpace.set(space, [...rolesBySpace.get(space) ?? [], grant.role]);
	const spaces = [...rolesBySpace].flatMap(([space, roles]) => {
		const role = strongestRole(roles);
		const owner = role === "attendee" ? grants.find((grant) => grant.space === space && grant.owner)?.owner : null;
		return role ? [{
			space,
			role,
			owner: owner ?? null
		}] : [];
	});
	const taken = held.filter(({ revokedAt }) => isRevoked || revokedAt !== null).flatMap(placesOf);
	return {
		everywhere,
		audits,
		spaces,
		ended: [...new Set(taken)].filter((space) => !rolesBySpace.has(space))
	};
}
async function mayLookAfter(store, organizer, person, now) {
	if (organizer === person) return false;
	const [own, theirs] = [await spacesOf(store, [`account:${organizer}`], now), await spacesOf(store, [`account:${person}`], now)];
	if (own.everywhere) return true;
	const organized = new Set(own.spaces.filter(({ role }) => role === "organizer").map(({ space }) => space));
	return !theirs.everywhere && theirs.spaces.length > 0 && theirs.spaces.every(({ space }) => organized.has(space));
}
// src/server/auth/keys.ts
function newSecret() {
	return randomBytes(32).toString("base64url");
}
function hashSecret(secret) {
	return createHash("sha256").update(secret).digest("base64url");
}
function newOwner() {
	return randomBytes(8).toString("base64url");
}
function newId() {
	return randomBytes(16).toString("base64url");
}
function deviceId(point) {
	return createHash("sha256").update(Buffer.from(point, "base64url")).digest().subarray(0, 16).toString("base64url");
}
function keyOf$1(point) {
	const bytes = Buffer.from(point, "base64url");
	if (bytes.length !== 65 || bytes[0] !== 4) return void 0;
	const x = bytes.subarray(1, 33).toString("base64url");
	const y = bytes.subarray(33).toString("base64url");
	try {
		return createPublicKey({
			key: {
				kty: "EC",
				crv: "P-256",
				x,
				y
			},
			format: "jwk"
		});
	} catch {
		return;
	}
}
function isSealed(point, message, signature) {
	const key = keyOf$1(point);
	if (!key) return false;
	return verify("sha256", message, {
		key,
		dsaEncoding: "ieee-p1363"
	}, Buffer.from(signature, "base64url"));
}
// src/server/routes/cookies.ts
var cookies = {
	session: {
		name: "hadir_session",
		maxAgeDays: 90
	},
	device: {
		name: "hadir_device",
		maxAgeDays: 400
	},
	sso: {
		name: "hadir_sso",
		maxAgeDays: 1 / 144
	}
};
function isHttps(c) {
	return c.req.header("X-Forwarded-Proto") === "https" || c.req.url.startsWith("https:");
}
function readCookie(c, kind) {
	const { name } = cookies[kind];
	return isHttps(c) ? getCookie(c, name, "host") : getCookie(c, name);
}
function writeCookie(c, kind, value) {
	const { name, maxAgeDays } = cookies[kind];
	setCookie(c, name, value, {
		httpOnly: true,
		sameSite: "Lax",
		path: "/",
		maxAge: maxAgeDays * 86400,
		...isHttps(c) && {
			prefix: "host",
			secure: true
		}
	});
}
function dropCookie(c, kind) {
	const { name } = cookies[kind];
	deleteCookie(c, name, {
		path: "/",
		...isHttps(c) && {
			prefix: "host",
			secure: true
		}
	});
}
// src/server/routes/caller.ts
var seenEveryMs = 6e4;
async function findCaller(c, { store, now }) {
	const credential = readCookie(c, "device");
	const device = credential && await store.findDeviceByCredential(hashSecret(credential));
	if (!device) return void 0;
	if (now() - device.seenAt > seenEveryMs) await store.markSeen(device.dev, now());
	return device;
}
async function readStanding(c, deps) {
	const device = await findCaller(c, deps);
	if (!device) return fail({ kind: "unauthorized" });
	const space = v.safeParse(Id, c.req.param("space"));
	if (!space.success) return fail({ kind: "notFound" });
	const standing = await standingIn(deps.store, device, space.output, deps.now());
	return standing.state === "none" ? fail({ kind: "forbidden" }) : ok({
		device,
		space: space.output,
		standing
	});
}
async function readGranted(c, deps, action) {
	const read = await readStanding(c, deps);
	if (!read.ok) return read;
	const { device, space, standing } = read.value;
	if (standing.state !== "granted" || !may(standing.role, action)) return fail({ kind: "forbidden" });
	if (!await deps.store.findSpace(space)) return fail({ kind: "notFound" });
	return ok({
		device,
		space,
		role: standing.role,
		owner: standing.owner
	});
}
// src/server/routes/signedIn.ts
async function findSession(c, { accounts, now }, dev) {
	const token = readCookie(c, "session");
	return token ? accounts.sessions.find(token, dev, now()) : void 0;
}
async function readSession(c, deps) {
	const device = await findCaller(c, deps);
	const session = await findSession(c, deps, device?.dev);
	return session ? ok({
		...session,
		device
	}) : fail({ kind: "unauthorized" });
}
var freshMs = 9e5;
function isFresh({ startedAt }, { now }) {
	return now() - startedAt < freshMs;
}
async function findPlace(c, deps, email) {
	const [account, device] = [await deps.accounts.findByEmail(email), await findCaller(c, deps)];
	return device !== void 0 && account !== void 0 && device.account === account.id ? { device: device.dev } : { address: deps.addressOf(c) };
}
// src/server/routes/account.ts
var account = (deps) => async (c) => {
	const session = await readSession(c, deps);
	if (!session.ok) return refuse(c, session.failure);
	const { account, device } = session.value;
	const { sessions, waysIn } = deps.accounts;
	const signedIn = new Set((await sessions.list(account.id, deps.now())).map(({ dev }) => dev));
	const devices = await deps.store.listDevices(account.id);
	const { password, linked } = await waysIn(account.id);
	const passkeys = await deps.store.listPasskeys(account.id);
	return answer(c, {
		name: account.name,
		email: account.email,
		hasPassword: password,
		sso: deps.oidc ? {
			provider: deps.oidc.name,
			isLinked: linked
		} : null,
		passkeys: passkeys.map(({ id, name, createdAt, usedAt }) => ({
			id,
			name,
			createdAt,
			usedAt
		})),
		devices: devices.filter(({ signedOutAt }) => signedOutAt === null).map(({ dev, name, enrolledAt, seenAt }) => ({
			dev,
			name,
			enrolledAt,
			lastSeenAt: seenAt,
			isThis: dev === device?.dev,
			signedIn: signedIn.has(dev)
		}))
	});
};
// src/server/routes/body.ts
async function collect(stream, maxBytes) {
	const parts = [];
	let length = 0;
	for await (const part of stream) {
		length += part.length;
		if (length > maxBytes) return void 0;
		parts.push(part);
	}
	return Buffer.concat(parts, length);
}
async function readRaw(c, maxBytes) {
	const length = Number(c.req.header("Content-Length"));
	if (length > maxBytes) return void 0;
	if (length > 0) return new Uint8Array(await c.req.arrayBuffer());
	return c.req.raw.body ? collect(c.req.raw.body, maxBytes) : new Uint8Array();
}
function unzip(bytes, maxBytes) {
	try {
		return gunzipSync(bytes, { maxOutputLength: maxBytes });
	} catch (error) {
		if (error instanceof RangeError) return void 0;
		throw error;
	}
}
async function readBody(c, schema, maxBytes) {
	const encoding = c.req.header("Content-Encoding") ?? "identity";
	if (encoding !== "gzip" && encoding !== "identity") return fail({ kind: "badRequest" });
	try {
		const raw = await readRaw(c, maxBytes);
		const bytes = raw && encoding === "gzip" ? unzip(raw, maxBytes) : raw;
		if (!bytes) return fail({ kind: "tooLarge" });
		const parsed = v.safeParse(schema, JSON.parse(new TextDecoder().decode(bytes)));
		return parsed.success ? ok(parsed.output) : fail({ kind: "badRequest" });
	} catch {
		return fail({ kind: "badRequest" });
	}
}
async function readBytes(c, maxBytes) {
	if (c.req.header("Content-Encoding")) return fail({ kind: "badRequest" });
	try {
		const bytes = await readRaw(c, maxBytes);
		return bytes ? ok(bytes) : fail({ kind: "tooLarge" });
	} catch {
		return fail({ kind: "badRequest" });
	}
}
// src/server/routes/note.ts
async function note$1({ store, now }, kind, noted) {
	const { account = null, device, space = "*", about = null, detail = {} } = noted;
	await store.audit.note({
		at: now(),
		kind,
		space,
		account,
		dev: device?.dev ?? null,
		about,
		reason: "",
		detail
	});
}
async function noteSignOuts(deps, devs, by) {
	await Promise.all(devs.map((dev) => note$1(deps, "sessionEnded", {
		...by,
		about: `device:${dev}`
	})));
}
// src/server/routes/accountName.ts
var accountName = (deps) => async (c) => {
	const session = await readSession(c, deps);
	if (!session.ok) return refuse(c, session.failure);
	const request = await readBody(c, NameRequest, maxSmallBytes);
	if (!request.ok) return refuse(c, request.failure);
	const { account, device } = session.value;
	if (request.value.name !== account.name) {
		await deps.accounts.rename(account.id, request.value.name);
		await note$1(deps, "accountRenamed", {
			account: account.id,
			device,
			about: `account:${account.id}`
		});
	}
	return answer(c, { done: true });
};
// src/server/auth/others.ts
async function endSessionsOn({ accounts }, account, dev, now) {
	const sessions = await accounts.sessions.list(account, now);
	for (const { hash, dev: bound } of sessions) if (bound === dev) await accounts.sessions.endHashed(hash);
}
async function signOutDevice({ store, accounts }, account, device, now) {
	await endSessionsOn({ accounts }, account, device.dev, now);
	if (device.revokedAt === null) await store.signOutDevice(device.dev, now);
}
async function signOutOthers({ store, accounts }, account, kept, now) {
	const sessions = await accounts.sessions.list(account, now);
	for (const { hash, dev } of sessions) if (dev === null || dev !== kept) await accounts.sessions.endHashed(hash);
	const others = (await store.listDevices(account)).filter(({ dev, signedOutAt, revokedAt }) => dev !== kept && signedOutAt === null && revokedAt === null).map(({ dev }) => dev);
	for (const dev of others) await store.signOutDevice(dev, now);
	return others;
}
// src/server/auth/refusals.ts
var hourMs = 36e5;
var hourOf = (at) => at - at % hourMs;
function countRefusal(store, account, now) {
	return store.countRefusal(account ?? "", hourOf(now));
}
// src/server/routes/beginSession.ts
async function beginSession(c, deps, account, way) {
	const { sessions } = deps.accounts;
	const device = await findCaller(c, deps);
	if (device?.account && device.account !== account.id) return fail({ kind: "otherAccount" });
	const before = readCookie(c, "session");
	if (before) await sessions.end(before);
	writeCookie(c, "session", await sessions.open(account.id, device?.dev, deps.now()));
	await note$1(deps, "signedIn", {
		account: account.id,
		device,
		detail: { way }
	});
	return ok(void 0);
}
// src/core/password.ts
var common = new Set(`0123456789 0987654321 1029384756 10203040506 1122334455 12341234 1234567890 12345678901 12345678910 123456789a
  123456789q 1357924680 147258369 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc a123456789 aa12345678 abc1234567 abc123456789
  abcd123456 abcd1234567 abcdef1234 abcdefghij admin12345 admin123456 administrator adminadmin alhamdulillah asdfghjkl1
  asdfghjkl123 assalamualaikum bandung123 banten1234 bismillah1 bismillah12 bismillah123 changeme123 cintaku123
  computer123 daftarhadir football123 garuda1945 hadir12345 hadir123456 indonesia1 indonesia123 indonesia17 indonesia1945 indonesia45 iloveyou12
  iloveyou123 inspektorat internet123 jakarta123 jakarta1234 kalimantan katasandi1 katasandi123 kementerian kepegawaian
  letmein123 merdeka123 merdeka1945 p@ssw0rd123 p@ssword123 pancasila1 pancasila123 passw0rd12 passw0rd123 password01
  password10 password11 password12 password123 password1234 password12345 password2025 password2026 pemerintah
  pemprov123 princess123 q1w2e3r4t5 q1w2e3r4t5y6 qazwsxedc1 qazwsxedcrfv qwer123456 qwerty1234 qwerty12345
  qwerty123456 qwertyuiop qwertyuiop1 qwertyuiop123 rahasia123 rahasia1234 sayangku123 selamatdatang sembarang123
  sukses12345 superman123 surabaya123 terimakasih welcome123 welcome1234 zaq12wsxcde3 zxcvbnm123 zxcvbnm1234`.split(/\s+/));
var runs = [
	"01234567890123456789",
	"abcdefghijklmnopqrstuvwxyz",
	"qwertyuiopasdfghjklzxcvbnm"
];
function isPattern(plain) {
	const backwards = [...plain].reverse().join("");
	return /^(.{1,4}?)\1+.{0,3}$/.test(plain) || runs.some((run) => run.includes(plain) || run.includes(backwards));
}
function passwordProblem(password, known = []) {
	if (password.length < 10) return "tooShort";
	const plain = password.normalize("NFKC").toLowerCase();
	const joined = plain.replace(/[\s._-]/g, "");
	if (common.has(plain) || common.has(joined) || isPattern(plain)) return "tooCommon";
	return known.map((word) => word.toLowerCase()).filter((word) => word !== "").some((word) => word === plain || word.replace(/[\s._-]/g, "") === joined) ? "tooCommon" : void 0;
}
// src/server/routes/weak.ts
function isWeak({ name = "", email, password }) {
	const [local = ""] = email.split("@");
	return passwordProblem(password, [
		name,
		email,
		local
	]) !== void 0;
}
// src/server/routes/accountPassword.ts
var accountPassword = (deps) => async (c) => {
	const session = await readSession(c, deps);
	if (!session.ok) return refuse(c, session.failure);
	const request = await readBody(c, PasswordRequest, maxSmallBytes);
	if (!request.ok) return refuse(c, request.failure);
	const { account, device } = session.value;
	const { current, password } = request.value;
	if (isWeak({
		...account,
		password
	})) return refuse(c, { kind: "weakPassword" });
	const { accounts, tries } = deps;
	if ((await accounts.waysIn(account.id)).password) {
		const place = await findPlace(c, deps, account.email);
		const retryAfterMs = await tries.take(account.email, place, deps.now());
		if (retryAfterMs > 0) return refuse(c, {
			kind: "tooMany",
			retryAfterMs
		});
		const checked = await accounts.checkPassword(account.email, current);
		if (!checked.ok) {
			await countRefusal(deps.store, account.id, deps.now());
			return refuse(c, checked.failure);
		}
		await tries.forget(account.email, place);
	} else if (!isFresh(session.value, deps)) return refuse(c, { kind: "signInAgain" });
	await accounts.setPassword(account.id, password);
	const ended = await signOutOthers(deps, account.id, device?.dev, deps.now());
	await note$1(deps, "passwordChanged", {
		account: account.id,
		device,
		about: `account:${account.id}`
	});
	await noteSignOuts(deps, ended, {
		account: account.id,
		device
	});
	const begun = await beginSession(c, deps, account, "password");
	return begun.ok ? answer(c, { done: true }) : refuse(c, begun.failure);
};
// src/server/routes/accountSignOuts.ts
var accountSignOuts = (deps) => async (c) => {
	const session = await readSession(c, deps);
	if (!session.ok) return refuse(c, session.failure);
	const request = await readBody(c, SignOutsRequest, maxSmallBytes);
	if (!request.ok) return refuse(c, request.failure);
	const { account, device } = session.value;
	const now = deps.now();
	const { device: named } = request.value;
	if (named !== null) {
		const other = await deps.store.findDevice(named);
		if (!other || other.account !== account.id || named === device?.dev) return refuse(c, { kind: "notFound" });
		await signOutDevice(deps, account.id, other, now);
	}
	await noteSignOuts(deps, named === null ? await signOutOthers(deps, account.id, device?.dev, now) : [named], {
		account: account.id,
		device
	});
	return answer(c, { done: true });
};
// src/server/routes/attendees.ts
var most$1 = 100;
var attendees = (deps) => async (c) => {
	const granted = await readGranted(c, deps, "listTeam");
	if (!granted.ok) return refuse(c, granted.failure);
	const query = v.safeParse(AttendeesQuery, c.req.query());
	if (!query.success) return refuse(c, { kind: "badRequest" });
	const { before: enrolledAt, dev: last = "" } = query.output;
	const found = await deps.store.listAttendees(granted.value.space, {
		enrolledAt,
		dev: last
	}, 101);
	return answer(c, {
		devices: found.slice(0, most$1).map(({ dev, name, enrolledAt, seenAt, unsent }) => {
			return {
				dev,
				deviceName: name,
				enrolledAt,
				lastSeenAt: seenAt,
				unsent
			};
		}),
		more: found.length > most$1
	});
};
// src/server/routes/governed.ts
async function readGoverned(c, deps, action) {
	if (c.req.param("space") !== "*") return readGranted(c, deps, action);
	const device = await findCaller(c, deps);
	if (!device) return fail({ kind: "unauthorized" });
	const standing = await standingIn(deps.store, device, "*", deps.now());
	if (standing.state !== "granted" || !may(standing.role, action)) return fail({ kind: "forbidden" });
	return ok({
		device,
		space: "*"
	});
}
var readDev = (c) => v.parse(v.fallback(Id, ""), c.req.param("dev"));
function entryOf({ now }, { device, space }, entry) {
	return {
		at: now(),
		space,
		account: device.account,
		dev: device.dev,
		about: null,
		reason: "",
		detail: {},
		...entry
	};
}
var isSubject = (text) => text.startsWith("account:") || text.startsWith("device:");
var refusalOf = {
	lastOrganizer: "lastOrganizer",
	none: "notFound"
};
// src/server/routes/audit.ts
var most = 200;
function subjects(entries, sort, by) {
	const mark = `${sort}:`;
	const named = entries.flatMap((entry) => [entry[by], entry.about?.startsWith(mark) ? entry.about.slice(mark.length) : null]);
	return [...new Set(named.filter((id) => id !== null))];
}
var audit = (deps) => async (c) => {
	const governed = await readGoverned(c, deps, "history");
	if (!governed.ok) return refuse(c, governed.failure);
	const query = v.safeParse(AuditQuery, c.req.query());
	if (!query.success) return refuse(c, { kind: "badRequest" });
	const { about, before } = query.output;
	const { space } = governed.value;
	const found = await deps.store.audit.read({
		most: 201,
		...space !== "*" && { space },
		...about !== void 0 && isSubject(about) && { about },
		...before !== void 0 && { before }
	});
	const entries = found.slice(0, most);
	const devices = await Promise.all(subjects(entries, "device", "dev").map(deps.store.findDevice));
	const accounts = await Promise.all(subjects(entries, "account", "account").map(deps.accounts.find));
	return answer(c, {
		entries,
		names: devices.flatMap((device) => device ? [{
			dev: device.dev,
			holder: device.holder,
			deviceName: device.name
		}] : []),
		accounts: accounts.flatMap((account) => account ? [{
			account: account.id,
			name: account.name
		}] : []),
		more: found.length > most
	});
};
// src/core/fields.ts
function isFields(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
function textOf(fields, name) {
	const value = fields[name];
	return typeof value === "string" ? value : "";
}
function numberOf(fields, name) {
	const value = fields[name];
	return Number.isFinite(value) && typeof value === "number" ? value : void 0;
}
function flagOf(fields, name) {
	return fields[name] === true;
}
function oneOf(fields, name, allowed, fallback) {
	const value = fields[name];
	return allowed.find((one) => one === value) ?? fallback;
}
function listOf(value, read) {
	if (!Array.isArray(value)) return [];
	return value.map(read).filter((item) => item !== void 0);
}
function objectOf(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}
// src/core/form/condition.ts
var comparisons = [
	"is",
	"isNot",
	"has",
	"atLeast",
	"atMost",
	"answered"
];
function readCondition(value) {
	const fields = objectOf(value);
	const clauses = listOf(fields.clauses, (item) => {
		const clause = objectOf(item);
		const comparison = comparisons.find((known) => known === clause.comparison);
		const question = textOf(clause, "question");
		return comparison && question ? {
			question,
			comparison,
			value: textOf(clause, "value")
		} : void 0;
	});
	return clauses.length > 0 ? {
		match: fields.match === "any" ? "any" : "all",
		clauses
	} : void 0;
}
// src/core/form/question.ts
var questionTypes = [
	"section",
	"single",
	"multiple",
	"likert",
	"matrix",
	"ranking",
	"number",
	"date",
	"short",
	"long"
];
function readWords(value) {
	const fields = objectOf(value);
	return {
		id: textOf(fields, "id"),
		en: textOf(fields, "en")
	};
}
function readChoices(value) {
	return listOf(value, (item) => {
		const fields = objectOf(item);
		const name = textOf(fields, "name");
		return name ? {
			name,
			label: readWords(fields.label)
		} : void 0;
	});
}
function readQuestion(value) {
	const fields = objectOf(value);
	const name = textOf(fields, "name");
	const type = questionTypes.find((known) => known === fields.type);
	if (!name || !type) return void 0;
	return {
		name,
		type,
		label: readWords(fields.label),
		hint: readWords(fields.hint),
		required: flagOf(fields, "required"),
		choices: readChoices(fields.choices),
		rows: readChoices(fields.rows),
		scale: fields.scale === 4 ? 4 : 5,
		low: readWords(fields.low),
		high: readWords(fields.high),
		min: numberOf(fields, "min"),
		max: numberOf(fields, "max"),
		shownIf: readCondition(fields.shownIf),
		points: numberOf(fields, "points") ?? 0,
		right: listOf(fields.right, (item) => typeof item === "string" ? item : void 0)
	};
}
function readQuestions(value) {
	return listOf(value, readQuestion);
}
// src/core/form/form.ts
var formPurposes = [
	"evaluation",
	"speaker",
	"preTest",
	"postTest",
	"pulse",
	"assessment",
	"followUp"
];
function readForm(id, { fields }) {
	return {
		id,
		title: readWords(fields.title),
		intro: readWords(fields.intro),
		purpose: oneOf(fields, "purpose", formPurposes, "evaluation"),
		session: textOf(fields, "session"),
		speaker: textOf(fields, "speaker"),
		speakerName: textOf(fields, "speakerName"),
		anonymous: flagOf(fields, "anonymous"),
		open: flagOf(fields, "open"),
		opensAt: numberOf(fields, "opensAt"),
		closesAt: numberOf(fields, "closesAt"),
		attempts: numberOf(fields, "attempts") ?? 1,
		shuffleQuestions: flagOf(fields, "shuffleQuestions"),
		shuffleChoices: flagOf(fields, "shuffleChoices"),
		pairedWith: textOf(fields, "pairedWith"),
		version: textOf(fields, "version"),
		deleted: flagOf(fields, "deleted")
	};
}
function readForms(space) {
	return new Map([...space.records.get("form") ?? []].map(([id, entry]) => [id, readForm(id, entry)]));
}
function readFormVersions(space) {
	const versions = new Map();
	for (const [id, { fields }] of space.records.get("formVersion") ?? []) versions.set(id, {
		id,
		form: textOf(fields, "form"),
		number: numberOf(fields, "number") ?? 1,
		questions: readQuestions(fields.questions)
	});
	return versions;
}
function windowOf(form, now) {
	if (!form.open) return "draft";
	if (form.deleted || form.closesAt !== void 0 && now > form.closesAt) return "closed";
	return form.opensAt !== void 0 && now < form.opensAt ? "before" : "open";
}
// src/core/stamp.ts
function compareStamps(a, b) {
	return a.at - b.at || (a.dev < b.dev ? -1 : a.dev > b.dev ? 1 : a.n - b.n);
}
// src/core/facts.ts
var rivalMark = "~";
var contentOf = ({ fields }) => JSON.stringify(fields);
var rivalName = (name, content) => `${name}${rivalMark}${toBase64Url(sha256(content).subarray(0, 8))}`;
function givenName(id) {
	return id.split(rivalMark, 1)[0] ?? id;
}
function addFact(facts, fact) {
	const { id: name } = fact;
	const held = facts.get(name);
	if (!held) {
		facts.set(name, fact);
		return [name];
	}
	if (held.stamp.dev === fact.stamp.dev && held.stamp.n === fact.stamp.n && compareStamps(held.stamp, fact.stamp) <= 0) return [name];
	const rivals = [...facts.keys()].filter((id) => id.startsWith(name + rivalMark));
	const earliest = new Map();
	for (const one of [
		held,
		...rivals.map((id) => facts.get(id)),
		fact
	]) {
		const known = one && earliest.get(contentOf(one));
		if (one && (!known || compareStamps(one.stamp, known.stamp) < 0)) earliest.set(contentOf(one), one);
	}
	for (const id of rivals) facts.delete(id);
	const [first, ...others] = [...earliest.values()].sort((a, b) => compareStamps(a.stamp, b.stamp));
	if (first) facts.set(name, {
		...first,
		id: name
	});
	const moved = others.map((one) => ({
		...one,
		id: rivalName(name, contentOf(one))
	}));
	for (const one of moved) facts.set(one.id, one);
	return [name, ...moved.map(({ id }) => id)];
}
function encodeBody(salt, changes) {
	const wire = changes.map((change) => {
		if (change.type === "set") return [
			"s",
			change.kind,
			change.id,
			change.fields
		];
		if (change.type === "add") return [
			"a",
			change.kind,
			change.fields
		];
		return [
			"v",
			change.facts,
			change.reason
		];
	});
	return JSON.stringify([salt, ...wire]);
}
var isText = (value) => typeof value === "string";
var deepest = 32;
function isPlain(value, depth = 0) {
	if (depth > deepest || Object.hasOwn(value, "__proto__")) return false;
	return Object.values(value).every((inner) => typeof inner !== "object" || inner === null || isPlain(inner, depth + 1));
}
var isRecord = (value) => isFields(value) && isPlain(value);
function readChange(wire) {
	if (!Array.isArray(wire)) return { type: "unknown" };
	const [tag, first, second, third] = wire;
	if (tag === "s" && isText(first) && isText(second) && isRecord(third)) return {
		type: "set",
		kind: first,
		id: second,
		fields: third
	};
	if (tag === "a" && isText(first) && isRecord(second)) return {
		type: "add",
		kind: first,
		fields: second
	};
	if (tag === "v" && Array.isArray(first) && first.every(isText) && isText(second)) return {
		type: "void",
		facts: first,
		reason: second
	};
	return { type: "unknown" };
}
function decodeBody(body) {
	let wire;
	try {
		wire = JSON.parse(body);
	} catch {
		return;
	}
	if (!Array.isArray(wire) || !isText(wire[0]) || wire[0].length < 8) return void 0;
	return {
		salt: wire[0],
		changes: wire.slice(1).map(readChange)
	};
}
function factId(salt, index) {
	return `${salt}.${index}`;
}
var chainStart = new Uint8Array(32);
function sealLink(previous, op) {
	return sha256(concatBytes(previous, utf8(JSON.stringify([
		op.v,
		op.space,
		op.dev,
		op.n,
		op.wall,
		op.at
	])), sha256(op.body)));
}
function logLink(previous, seq, op) {
	return sha256(concatBytes(previous, utf8(JSON.stringify([
		seq,
		op.v,
		op.dev,
		op.n,
		op.wall,
		op.at
	])), sha256(op.body)));
}
// src/core/fold.ts
function emptySpace() {
	return {
		records: new Map(),
		facts: new Map(),
		voids: new Map(),
		lastAt: 0,
		unknownChanges: new Set()
	};
}
function innerMap(outer, key) {
	const found = outer.get(key);
	if (found) return found;
	const made = new Map();
	outer.set(key, made);
	return made;
}
function stampOf({ stamp, newer }, field) {
	return (newer && Object.hasOwn(newer, field) ? newer[field] : void 0) ?? stamp;
}
function setFields(records, id, fields, stamp) {
	const entry = records.get(id);
	if (!entry) {
		records.set(id, {
			fields,
			stamp,
			newer: void 0
		});
		return;
	}
	const later = Object.keys(fields).filter((field) => !Object.hasOwn(entry.fields, field) || compareStamps(stampOf(entry, field), stamp) < 0);
	if (later.length === 0) return;
	const newer = { ...entry.newer };
	for (const field of later) {
		entry.fields[field] = fields[field];
		newer[field] = stamp;
	}
	entry.newer = newer;
}
function addVoiding(voids, fact, voiding) {
	const held = voids.get(fact);
	if (!held) voids.set(fact, [voiding]);
	else if (!held.some((other) => compareStamps(other.stamp, voiding.stamp) === 0)) {
		held.push(voiding);
		held.sort((a, b) => compareStamps(a.stamp, b.stamp));
	}
}
function nothingTouched() {
	return {
		kinds: new Set(),
		facts: new Set()
	};
}
function applyOp(space, op, touched = nothingTouched()) {
	const body = decodeBody(op.body);
	if (!body) return touched;
	const stamp = {
		at: op.at,
		dev: op.dev,
		n: op.n
	};
	space.lastAt = Math.max(space.lastAt, op.at);
	body.changes.forEach((change, index) => {
		if (change.type === "set") {
			setFields(innerMap(space.records, change.kind), change.id, change.fields, stamp);
			touched.kinds.add(change.kind);
		} else if (change.type === "add") {
			const id = factId(body.salt, index);
			const named = addFact(innerMap(space.facts, change.kind), {
				id,
				kind: change.kind,
				fields: change.fields,
				stamp,
				wall: op.wall
			});
			touched.kinds.add(change.kind);
			for (const one of named) touched.facts.add(one);
		} else if (change.type === "void") {
			for (const fact of change.facts) {
				addVoiding(space.voids, fact, {
					reason: change.reason,
					stamp
				});
				touched.facts.add(fact);
			}
			touched.kinds.add("void");
		} else space.unknownChanges.add(factId(body.salt, index));
	});
	return touched;
}
function* standingFacts(space, kind) {
	for (const fact of space.facts.get(kind)?.values() ?? []) if (!space.voids.has(fact.id)) yield fact;
}
// src/core/role.ts
var roles = [
	"pimpinan",
	"penanggung_jawab",
	"narasumber",
	"moderator",
	"fasilitator",
	"satgas_kpk",
	"tamu",
	"anggota_dprd",
	"ketua_rombongan",
	"peserta",
	"pembawa_acara",
	"notulis",
	"panitia",
	"rohaniwan",
	"penerjemah",
	"pendamping",
	"peninjau",
	"media"
];
function isRole(value) {
	return roles.some((role) => role === value);
}
// src/core/person.ts
var personNumberKinds = [
	"pns",
	"pppk",
	"nrp",
	"none"
];
function readPerson(id, { fields }) {
	return {
		id,
		name: textOf(fields, "name"),
		numberKind: oneOf(fields, "numberKind", personNumberKinds, "none"),
		nip: textOf(fields, "nip"),
		rank: textOf(fields, "rank"),
		position: textOf(fields, "position"),
		institution: textOf(fields, "institution"),
		sex: oneOf(fields, "sex", [
			"L",
			"P",
			""
		], ""),
		phone: textOf(fields, "phone"),
		email: textOf(fields, "email"),
		roles: listOf(fields.roles, (role) => isRole(role) ? role : void 0),
		invited: flagOf(fields, "invited"),
		note: textOf(fields, "note"),
		deleted: flagOf(fields, "deleted")
	};
}
function canonicalIds(space) {
	const parents = new Map();
	const rootOf = (id) => {
		let root = id;
		for (let parent = parents.get(root); parent !== void 0 && parent !== root; parent = parents.get(root)) root = parent;
		return root;
	};
	for (const { fields } of standingFacts(space, "same")) {
		const [a, b] = [rootOf(textOf(fields, "a")), rootOf(textOf(fields, "b"))];
		if (!a || !b) continue;
		const [small, large] = a < b ? [a, b] : [b, a];
		parents.set(large, small);
		parents.set(small, small);
	}
	return new Map([...parents.keys()].map((id) => [id, rootOf(id)]));
}
var readings = new WeakMap();
function readCached(id, entry) {
	const held = readings.get(entry);
	if (held && held.newer === entry.newer) return held.person;
	const person = readPerson(id, entry);
	readings.set(entry, {
		newer: entry.newer,
		person
	});
	return person;
}
function compareRecords(a, b) {
	return Number(b.invited) - Number(a.invited) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
function readPeople(space) {
	const canonical = canonicalIds(space);
	const people = new Map();
	const merged = [];
	for (const [id, entry] of space.records.get("person") ?? []) {
		const person = readCached(id, entry);
		if (person.deleted) continue;
		if (canonical.has(id)) merged.push(person);
		else people.set(id, person);
	}
	for (const record of merged.sort(compareRecords)) {
		const id = canonical.get(record.id) ?? record.id;
		const held = people.get(id);
		people.set(id, held ? fillGaps(held, record) : {
			...record,
			id
		});
	}
	return people;
}
function fillGaps(held, other) {
	const gaps = Object.entries(other).filter(([field]) => {
		const value = held[field];
		return value === "" || Array.isArray(value) && value.length === 0;
	});
	const numberKind = held.nip ? held.numberKind : other.numberKind;
	return {
		...held,
		...Object.fromEntries(gaps),
		numberKind,
		invited: held.invited || other.invited
	};
}
// src/core/form/response.ts
function respond(input) {
	const { form, version, person, answers, late } = input;
	return {
		type: "add",
		kind: "response",
		fields: {
			f: form,
			v: version,
			...person && { p: person },
			a: answers,
			...late && { l: true }
		}
	};
}
// src/server/auth/ballotBox.ts
function ballotDay(now) {
	return Math.floor(now / dayMs);
}
async function emptyBallotBox(store, { space, form }, now) {
	const waiting = await store.listBallots(space, form);
	const isOld = waiting.some(({ day }) => day < ballotDay(now));
	if (waiting.length === 0 || waiting.length < 5 && !isOld) return false;
	const dev = ballotBox(form);
	const ops = waiting.map(({ nonce, body }) => {
		return {
			op: {
				v: 1,
				space,
				dev,
				n: ballotName(nonce).n,
				wall: now,
				at: now,
				body
			},
			link: nonce,
			verdict: "commit"
		};
	});
	const previous = Buffer.from(chainStart).toString("base64url");
	await store.append(space, {
		dev,
		receivedAt: now,
		previous,
		signature: "",
		ops
	});
	await store.dropBallots(space, form, waiting.map(({ nonce }) => nonce));
	return true;
}
// src/server/routes/ballot.ts
var ballot = (deps) => async (c) => {
	const request = await readBody(c, BallotRequest, maxBallotBytes);
	if (!request.ok) return refuse(c, request.failure);
	const { space, form: id, version, nonce, token, answers } = request.value;
	const folded = await deps.folded(space);
	const form = folded && readForms(folded.space).get(id);
	if (!folded || !form?.anonymous) return refuse(c, { kind: "notFound" });
	if (!deps.tickets.holds({
		space,
		form: id
	}, nonce, token)) return refuse(c, { kind: "forbidden" });
	if (readFormVersions(folded.space).get(version)?.form !== id) return refuse(c, { kind: "badRequest" });
	const now = deps.now();
	const change = respond({
		form: id,
		version,
		person: "",
		answers,
		late: windowOf({
			...form,
			deleted: false
		}, now) !== "open"
	});
	const body = encodeBody(ballotName(nonce).salt, [change]);
	await deps.store.keepBallot({
		space,
		form: id,
		nonce,
		day: ballotDay(now),
		body
	});
	if (await emptyBallotBox(deps.store, {
		space,
		form: id
	}, now)) deps.live.look(space);
	return answer(c, { done: true });
};
// src/server/routes/chunk.ts
var chunk = (deps) => async (c) => {
	const granted = await readGranted(c, deps, "upload");
	if (!granted.ok) return refuse(c, granted.failure);
	const path = v.safeParse(FilePath, c.req.param());
	if (!path.success) return refuse(c, { kind: "notFound" });
	const query = v.safeParse(ChunkQuery, c.req.query());
	if (!query.success) return refuse(c, { kind: "badRequest" });
	const bytes = await readBytes(c, maxChunkBytes);
	if (!bytes.ok) return refuse(c, bytes.failure);
	const part = {
		space: granted.value.space,
		hash: path.output.hash
	};
	const { offset } = query.output;
	const taken = await deps.uploads.takeChunk(part, {
		offset,
		bytes: bytes.value,
		now: deps.now()
	});
	return taken.ok ? answer(c, taken.value) : refuse(c, taken.failure);
};
// src/server/auth/governs.ts
async function governs(store, governor, device, now) {
	if (governor.space === "*") return true;
	if ((await store.findGrants(subjectsOf(device))).filter(({ revokedAt }) => revokedAt === null).some(({ space }) => space === "*")) return false;
	const { spaces } = await spacesOf(store, subjectsOf(device), now);
	if (!spaces.some(({ space }) => space === governor.space)) return false;
	for (const { space } of spaces) {
		const standing = await standingIn(store, governor.device, space, now);
		if (standing.state !== "granted" || !may(standing.role, "manageTeam")) return false;
	}
	return true;
}
// src/server/routes/device.ts
var device = (deps) => async (c) => {
	const governed = await readGoverned(c, deps, "manageTeam");
	if (!governed.ok) return refuse(c, governed.failure);
	const request = await readBody(c, DeviceRequest, maxSmallBytes);
	if (!request.ok) return refuse(c, request.failure);
	const { store } = deps;
	const found = await store.findDevice(readDev(c));
	if (!found || !await governs(store, governed.value, found, deps.now())) return refuse(c, { kind: "notFound" });
	const about = `device:${found.dev}`;
	if (request.value.change === "rename") {
		const { name } = request.value;
		await store.renameDevice(found.dev, name);
		await store.audit.note(entryOf(deps, governed.value, {
			kind: "deviceRenamed",
			about,
			detail: { name }
		}));
		return answer(c, { done: true });
	}
	const { reason } = request.value;
	const entry = entryOf(deps, governed.value, {
		kind: "deviceRevoked",
		about,
		reason
	});
	const result = await store.revokeDevice(found.dev, deps.now(), entry);
	if (result !== "done") return refuse(c, { kind: refusalOf[result] });
	if (found.account) await endSessionsOn(deps, found.account, found.dev, deps.now());
	deps.live.ask();
	return answer(c, { done: true });
};
// src/server/auth/codes.ts
var alphabet$1 = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
var newGroups = (count) => Array.from({ length: count }, () => Array.from({ length: 4 }, () => alphabet$1[randomInt(30)]).join("")).join("-");
function newCode() {
	return newGroups(2);
}
function newResetCode() {
	return newGroups(3);
}
function inviteId(codeHash) {
	return hashSecret(codeHash).slice(0, 22);
}
function gateCode(secret, space, gate) {
	let number = createHmac("sha256", secret).update(JSON.stringify([
		"gate",
		space,
		gate
	])).digest().readBigUInt64BE(0);
	return Array.from({ length: 8 }, () => {
		const letter = alphabet$1[Number(number % BigInt(30))];
		number /= BigInt(30);
		return letter;
	}).join("");
}
// src/server/routes/endInvite.ts
var endInvite = (deps) => async (c) => {
	const governed = await readGoverned(c, deps, "invite");
	if (!governed.ok) return refuse(c, governed.failure);
	const request = await readBody(c, EndInviteRequest, maxSmallBytes);
	if (!request.ok) return refuse(c, request.failure);
	const { store, now } = deps;
	const id = c.req.param("invite") ?? "";
	const invite = (await store.listOpenInvites(governed.value.space, now())).find(({ codeHash }) => inviteId(codeHash) === id);
	if (!invite || !await store.endInvite(invite.codeHash, now())) return refuse(c, { kind: "notFound" });
	await store.audit.note(entryOf(deps, governed.value, {
		kind: "inviteRevoked",
		about: id,
		detail: { role: invite.role }
	}));
	return answer(c, { done: true });
};
// src/core/attendance.ts
var attendanceMethods = [
	"facilitator",
	"own",
	"kiosk",
	"scan",
	"paper"
];
function methodOf({ fields }) {
	const method = textOf(fields, "m");
	return attendanceMethods.find((known) => known === method) ?? "facilitator";
}
function firstText(facts, field) {
	for (const { fields } of facts) {
		const text = textOf(fields, field);
		if (text) return text;
	}
	return "";
}
function readAttendance(space, only) {
	const canonical = canonicalIds(space);
	const factsByPlace = new Map();
	for (const fact of standingFacts(space, "attendance")) {
		const session = textOf(fact.fields, "s");
		const written = textOf(fact.fields, "p");
		if (!session || !written) continue;
		const person = canonical.get(written) ?? written;
		if (only && !only.has(person)) continue;
		const people = factsByPlace.get(session) ?? new Map();
		factsByPlace.set(session, people);
		const facts = people.get(person);
		if (facts) facts.push(fact);
		else people.set(person, [fact]);
	}
	const sessions = new Map();
	for (const [session, people] of factsByPlace) {
		const attendances = new Map();
		for (const [person, facts] of people) attendances.set(person, toAttendance(person, session, facts));
		sessions.set(session, attendances);
	}
	return sessions;
}
function toAttendance(person, session, facts) {
	if (facts.length > 1) facts.sort((a, b) => compareStamps(a.stamp, b.stamp));
	const [first] = facts;
	return {
		person,
		session,
		arrivedAt: first?.stamp.at ?? 0,
		method: first ? methodOf(first) : "facilitator",
		ink: firstText(facts, "ink"),
		unsignedReason: firstText(facts, "unsigned"),
		represents: firstText(facts, "represents"),
		facts
	};
}
// src/core/event.ts
var eventModes = [
	"luring",
	"daring",
	"hibrida"
];
function readSignatory(value) {
	const fields = objectOf(value);
	const signatory = {
		label: textOf(fields, "label"),
		position: textOf(fields, "position"),
		name: textOf(fields, "name"),
		rank: textOf(fields, "rank"),
		nip: textOf(fields, "nip")
	};
	return Object.values(signatory).some(Boolean) ? signatory : void 0;
}
function readEvent(space) {
	const [found] = [...space.records.get("event") ?? []].sort(([a], [b]) => a < b ? -1 : 1);
	if (!found) return void 0;
	const [id, { fields }] = found;
	const signatories = objectOf(fields.signatories);
	return {
		id,
		title: textOf(fields, "title"),
		institution: textOf(fields, "institution"),
		institutionWord: textOf(fields, "institutionWord") || "Instansi",
		venue: textOf(fields, "venue"),
		city: textOf(fields, "city"),
		mode: oneOf(fields, "mode", eventModes, "luring"),
		zone: oneOf(fields, "zone", Object.keys(zones), "WIB"),
		letterhead: listOf(fields.letterhead, (line) => typeof line === "string" ? line : void 0),
		signatories: {
			left: readSignatory(signatories.left),
			right: readSignatory(signatories.right)
		},
		roles: listOf(fields.roles, (role) => isRole(role) ? role : void 0),
		namesReaders: flagOf(fields, "namesReaders"),
		salt: textOf(fields, "salt"),
		deleted: flagOf(fields, "deleted")
	};
}
function readSessions(space, attendance = readAttendance(space)) {
	const sessions = [];
	for (const [id, { fields }] of space.records.get("session") ?? []) {
		const deleted = flagOf(fields, "deleted");
		if (deleted && !attendance.get(id)?.size) continue;
		sessions.push({
			id,
			title: textOf(fields, "title"),
			day: textOf(fields, "day"),
			start: textOf(fields, "start"),
			end: textOf(fields, "end"),
			deleted
		});
	}
	return sessions.sort((a, b) => `${a.day} ${a.start} ${a.id}` < `${b.day} ${b.start} ${b.id}` ? -1 : 1);
}
// src/server/auth/attendees.ts
var afterwardsMs = 30 * dayMs;
var followUpMs = 120 * dayMs;
var unnamed = "–";
function endOfGrant(space, now) {
	const zone = (space && readEvent(space)?.zone) ?? "WIB";
	const sessions = space ? readSessions(space, new Map()) : [];
	const isFollowedUp = (space ? [...readForms(space).values()] : []).some(({ purpose, deleted }) => purpose === "followUp" && !deleted);
	return Math.max(now, ...sessions.map(({ day }) => instantOf(day, "23:59", zone))) + (isFollowedUp ? followUpMs : afterwardsMs);
}
async function findOwn(store, { space, dev }) {
	return (await store.findGrants([`device:${dev}`], space)).find((grant) => grant.role === "attendee" && grant.space === space);
}
async function findOwner(store, place, now) {
	const own = await findOwn(store, place);
	return own && own.revokedAt === null && (own.expiresAt ?? now) > now ? own.owner ?? void 0 : void 0;
}
async function letIn(store, place, { end, now, certified }) {
	const before = await findOwn(store, place);
	if (before?.revokedAt) return void 0;
	if (before && certified) return before.owner ?? void 0;
	if (before?.owner && (before.expiresAt ?? 0) > end - 864e5) return before.owner;
	await store.putGrant({
		space: place.space,
		subject: `device:${place.dev}`,
		role: "attendee",
		createdAt: before?.createdAt ?? now,
		revokedAt: null,
		expiresAt: Math.max(before?.expiresAt ?? end, end),
		owner: certified ?? newOwner()
	});
	return (await findOwn(store, place))?.owner ?? void 0;
}
async function letInAbsent({ store, issuer, now }, { space, dev }, { publicKey, owner, signature }) {
	if (deviceId(publicKey) !== dev || !issuer.holds({
		space,
		publicKey,
		owner
	}, signature)) return void 0;
	const at = now();
	const known = await store.findDevice(dev);
	const names = {
		name: unnamed,
		holder: unnamed,
		account: null,
		unsent: null
	};
	const times = {
		enrolledAt: at,
		seenAt: at,
		revokedAt: null,
		signedOutAt: null
	};
	const device = known ?? {
		dev,
		point: publicKey,
		credential: hashSecret(newSecret()),
		...names,
		...times
	};
	if (!known) await store.putDevice(device);
	return await letIn(store, {
		space,
		dev
	}, {
		end: endOfGrant(void 0, at),
		now: at,
		certified: owner
	}) === void 0 ? void 0 : device;
}
// src/server/auth/admit.ts
async function admitInvited(store, device, { codeHash, space, role, dev }, now) {
	const grant = {
		space,
		role,
		subject: device.account ? `account:${device.account}` : `device:${device.dev}`,
		createdAt: now,
		revokedAt: null
	};
	if (await store.claimInvite(codeHash, device.dev, grant)) return ok({
		space,
		role,
		owner: null
	});
	if (dev === null) return fail({ kind: "used" });
	const standing = await standingIn(store, device, space, now);
	if (standing.state !== "granted" || standing.role === "attendee") return fail({ kind: "forbidden" });
	return ok({
		space,
		role: standing.role,
		owner: null
	});
}
async function admit(store, { device, before, owners }, { invite, gate }, now) {
	if (invite) return admitInvited(store, device, invite, now);
	const { space } = gate;
	const known = before ?? device;
	const standing = await standingIn(store, known, space, now);
	if (standing.state === "granted" && standing.role !== "attendee") return ok({
		space,
		role: standing.role,
		owner: null
	});
	const certified = owners.find((held) => held.space === space)?.owner;
	const [place, until] = [{
		space,
		dev: known.dev
	}, {
		end: endOfGrant(void 0, now),
		now
	}];
	if (certified) await letIn(store, place, {
		...until,
		certified
	});
	const owner = await letIn(store, place, until);
	return owner === void 0 ? fail({ kind: "forbidden" }) : ok({
		space,
		role: "attendee",
		owner
	});
}
// src/server/auth/devices.ts
async function keepDevice(store, device, before) {
	const { dev, revokedAt } = device;
	await store.putDevice(device);
	if (before && before.dev !== dev) await store.copyGrants(`device:${before.dev}`, `device:${dev}`);
	if (revokedAt !== null) await store.passOnRevocation(dev, revokedAt);
}
async function noteEnrolment(store, device, how) {
	const { dev, account, seenAt: at } = device;
	const { known, before, invite, given } = how;
	const common = {
		at,
		account,
		dev,
		about: `device:${dev}`,
		reason: "",
		space: given?.space ?? "*"
	};
	const detail = given ? { role: given.role } : {};
	const isRenewed = before !== void 0 && before.dev !== dev;
	if (invite && invite.dev === null) await store.audit.note({
		...common,
		kind: "inviteUsed",
		detail: {
			...detail,
			invite: inviteId(invite.codeHash)
		}
	});
	if (isRenewed) await store.audit.note({
		...common,
		kind: "keyRenewed",
		detail: { before: before.dev }
	});
	else if (!known) await store.audit.note({
		...common,
		kind: "enrolled",
		detail
	});
}
// src/server/routes/granted.ts
function toGranted({ issuer }, publicKey, { space, role, owner }) {
	return {
		space,
		role,
		owner,
		certificate: owner === null ? null : issuer.certify({
			space,
			publicKey,
			owner
		})
	};
}
// src/core/gate.ts
function plainCode(typed) {
	return typed.toUpperCase().replace(/[^A-Z0-9]/g, "");
}
// src/server/routes/openCode.ts
async function openCode(c, deps, code, dev) {
	const { store, codeLimiter } = deps;
	const now = deps.now();
	const address = deps.addressOf(c);
	const retryAfterMs = await codeLimiter.wait(address);
	if (retryAfterMs > 0) return fail({
		kind: "tooMany",
		retryAfterMs
	});
	const codeHash = hashSecret(plainCode(code));
	const invite = await store.findInvite(codeHash);
	if (invite) {
		if (invite.dev !== null && invite.dev !== dev) return fail({ kind: "used" });
		if (invite.expiresAt <= now) return fail({ kind: "expired" });
		return ok({ invite });
	}
	const gate = await store.findGate(codeHash);
	if (!gate) {
		await codeLimiter.take(address);
		return fail({ kind: "notFound" });
	}
	if (await findOwner(store, {
		space: gate.space,
		dev
	}, now) !== void 0) return ok({ gate });
	if (gate.closedAt !== null) return fail({ kind: "expired" });
	const fullForMs = await deps.doors.take(codeHash, address) || await deps.doorLimiter.take(codeHash);
	return fullForMs > 0 ? fail({
		kind: "tooMany",
		retryAfterMs: fullForMs
	}) : ok({ gate });
}
async function passRenewal(c, deps, isRenewed) {
	const retryAfterMs = isRenewed ? await deps.doors.take("renewed", deps.addressOf(c)) : 0;
	return retryAfterMs > 0 ? fail({
		kind: "tooMany",
		retryAfterMs
	}) : ok(void 0);
}
// src/core/form/answerKey.ts
function withoutKey(entry) {
	const { questions } = entry.fields;
	if (!Array.isArray(questions)) return entry;
	const asked = questions.map((question) => {
		const { right: _, points: __, ...rest } = objectOf(question);
		return rest;
	});
	return {
		...entry,
		fields: {
			...entry.fields,
			questions: asked
		}
	};
}
// src/core/fileType.ts
var fileTypes = {
	"application/pdf": "pdf",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
	"application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
	"image/jpeg": "jpg",
	"image/png": "png",
	"image/webp": "webp",
	"image/gif": "gif",
	"audio/mpeg": "mp3",
	"audio/mp4": "m4a",
	"audio/ogg": "ogg",
	"audio/wav": "wav",
	"video/mp4": "mp4",
	"video/quicktime": "mov"
};
function isFileType(value) {
	return typeof value === "string" && Object.hasOwn(fileTypes, value);
}
// src/core/material.ts
var materialForms = [
	"file",
	"link",
	"text"
];
var audiences = ["everyone", "team"];
var releases = [
	"now",
	"afterSession",
	"afterForm"
];
var materialContent = [
	"file",
	"uploaded",
	"url",
	"text"
];
var materialFrame = [...[
	"title",
	"form",
	"type",
	"sizeBytes",
	"speaker",
	"session",
	"order",
	"audience",
	"from",
	"fromForm",
	"addedAt"
], "deleted"];
function isFileHash(value) {
	return /^[A-Za-z0-9_-]{43}$/.test(value);
}
var hashOf = (value) => isFileHash(value) ? value : "";
var addressOf = (value) => /^https?:\/\/[^\s]+$/i.test(value) ? value : "";
function readMaterial(id, { fields }) {
	const { type } = fields;
	const size = numberOf(fields, "sizeBytes") ?? 0;
	return {
		id,
		title: textOf(fields, "title"),
		form: oneOf(fields, "form", materialForms, "text"),
		file: hashOf(textOf(fields, "file")),
		type: isFileType(type) ? type : "",
		sizeBytes: Number.isSafeInteger(size) && size > 0 ? size : 0,
		uploaded: hashOf(textOf(fields, "uploaded")),
		url: addressOf(textOf(fields, "url")),
		text: textOf(fields, "text"),
		speaker: textOf(fields, "speaker"),
		session: textOf(fields, "session"),
		order: numberOf(fields, "order") ?? 0,
		audience: oneOf(fields, "audience", audiences, "team"),
		from: oneOf(fields, "from", releases, "now"),
		fromForm: textOf(fields, "fromForm"),
		addedAt: numberOf(fields, "addedAt") ?? 0,
		deleted: flagOf(fields, "deleted")
	};
}
function readMaterials(space) {
	return [...space.records.get("material") ?? []].map(([id, entry]) => readMaterial(id, entry)).sort((a, b) => a.order - b.order || a.addedAt - b.addedAt || (a.id < b.id ? -1 : 1));
}
function answeredForms(space, isHis = () => true) {
	const forms = new Set();
	for (const fact of standingFacts(space, "response")) if (isHis(fact)) forms.add(textOf(fact.fields, "f"));
	return forms;
}
function endOfSession({ day, start, end }, zone) {
	if (!isDay(day)) return Number.POSITIVE_INFINITY;
	return instantOf(end && end < start ? addDays(day, 1) : day, end || "23:59", zone);
}
function opensAfter(session, planned, zone) {
	const standing = planned.filter(({ deleted }) => !deleted);
	const own = standing.filter(({ id }) => id === session);
	const awaited = own.length > 0 ? own : standing;
	if (awaited.length === 0) return Number.POSITIVE_INFINITY;
	return Math.max(...awaited.map((one) => endOfSession(one, zone)));
}
function isAnswered(space, form, { now, answered }) {
	const found = readForms(space).get(form);
	if (!found) return false;
	const state = windowOf(found, now);
	return state === "closed" || state === "open" && (found.anonymous || answered.has(form));
}
function isReleased(material, space, reader) {
	if (material.from !== "afterSession") return material.from === "now" || isAnswered(space, material.fromForm, reader);
	const zone = readEvent(space)?.zone ?? "WIB";
	return opensAfter(material.session, readSessions(space, new Map()), zone) <= reader.now;
}
function isVisible(material, space, reader) {
	if (material.deleted) return false;
	if (reader.role !== "attendee") return true;
	return material.audience === "everyone" && isReleased(material, space, reader);
}
// src/core/offices.ts
var officesKind = "offices";
var mostOffices = 100;
var leastPeople = 2;
function invitedOfficesOf(space) {
	const counts = new Map();
	for (const { fields } of space.records.get("person")?.values() ?? []) {
		const office = textOf(fields, "institution");
		if (office && flagOf(fields, "invited") && !flagOf(fields, "deleted")) counts.set(office, (counts.get(office) ?? 0) + 1);
	}
	return [...counts].filter(([, count]) => count >= leastPeople).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, mostOffices).map(([office]) => office);
}
// src/core/view.ts
var publicFields = {
	event: [...[
		"title",
		"institution",
		"institutionWord",
		"venue",
		"city",
		"mode",
		"zone",
		"letterhead",
		"roles",
		"deleted"
	], ...[
		"asks",
		"wallCode",
		"consents",
		"namesReaders"
	]],
	session: [
		"title",
		"day",
		"start",
		"end",
		"deleted"
	],
	material: [...materialFrame, ...materialContent],
	form: "all",
	formVersion: "all"
};
var ownFields = [...[
	"name",
	"numberKind",
	"nip",
	"rank",
	"position",
	"institution",
	"sex",
	"phone",
	"email",
	"roles"
], ...["invited", "deleted"]];
var foundFields = ["name", "institution"];
var ownFacts = [
	"attendance",
	"response",
	"consent",
	"opened"
];
function isPublic(space, kind, { fields }) {
	if (kind === "form") return fields.open === true;
	if (kind === "material") return fields.audience === "everyone" && fields.deleted !== true;
	return kind !== "formVersion" || space.records.get("form")?.get(textOf(fields, "form"))?.fields.open === true;
}
function pick(fields, names) {
	return names === "all" ? fields : Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
}
function piecesOf(kind, id, entry, names) {
	const byStamp = new Map();
	for (const [name, value] of Object.entries(pick(entry.fields, names))) {
		const stamp = stampOf(entry, name);
		const key = `${stamp.at} ${stamp.dev} ${stamp.n}`;
		const held = byStamp.get(key) ?? {
			stamp,
			wall: stamp.at,
			change: {
				type: "set",
				kind,
				id,
				fields: {}
			}
		};
		held.change.fields[name] = value;
		byStamp.set(key, held);
	}
	return [...byStamp.values()];
}
function piecesOfFact(space, fact) {
	const name = givenName(fact.id);
	const dot = name.lastIndexOf(".");
	const { kind, fields, stamp, wall } = fact;
	const withdrawn = (space.voids.get(fact.id) ?? []).map(({ stamp: at }) => {
		return {
			stamp: at,
			wall: at.at,
			change: {
				type: "void",
				facts: [name],
				reason: ""
			}
		};
	});
	return [{
		stamp,
		wall,
		change: {
			type: "add",
			kind,
			fields
		},
		salt: name.slice(0, dot),
		index: Number(name.slice(dot + 1))
	}, ...withdrawn];
}
var nobody = "A".repeat(22);
function pieceOfOffices(names) {
	return {
		stamp: {
			at: 0,
			dev: nobody,
			n: 1
		},
		wall: 0,
		change: {
			type: "set",
			kind: officesKind,
			id: officesKind,
			fields: { names }
		}
	};
}
var nothing = {
	type: "void",
	facts: [],
	reason: ""
};
function toFoldedOp({ stamp, wall, change, salt, index = 0 }) {
	const places = Array.from({ length: index }, () => nothing);
	return {
		...stamp,
		wall,
		body: encodeBody(salt ?? "view-of-log", [...places, change])
	};
}
function viewOf(space, { owner, devs, now }) {
	const isOwn = (id) => owner !== "" && id.startsWith(owner);
	const isHis = ({ fields, stamp }) => devs.has(stamp.dev) || isOwn(textOf(fields, "p"));
	const reader = {
		role: "attendee",
		now,
		answered: answeredForms(space, isHis)
	};
	const namesOf = (kind, id, entry, names) => kind === "material" && !isVisible(readMaterial(id, entry), space, reader) ? materialFrame : names;
	const pieces = [];
	for (const [kind, names] of Object.entries(publicFields)) for (const [id, entry] of space.records.get(kind) ?? []) if (isPublic(space, kind, entry)) {
		const shown = kind === "formVersion" ? withoutKey(entry) : entry;
		pieces.push(...piecesOf(kind, id, shown, namesOf(kind, id, entry, names)));
	}
	const signedIn = new Set();
	for (const kind of ownFacts) for (const fact of space.facts.get(kind)?.values() ?? []) {
		if (!isHis(fact)) continue;
		pieces.push(...piecesOfFact(space, fact));
		const person = textOf(fact.fields, "p");
		if (devs.has(fact.stamp.dev) && person) signedIn.add(person);
	}
	for (const [id, entry] of space.records.get("person") ?? []) if (isOwn(id)) pieces.push(...piecesOf("person", id, entry, ownFields));
	else if (signedIn.has(id)) pieces.push(...piecesOf("person", id, entry, foundFields));
	const offices = invitedOfficesOf(space);
	if (offices.length > 0) pieces.push(pieceOfOffices(offices));
	return pieces.map(toFoldedOp).sort((a, b) => a.at - b.at || (a.dev < b.dev ? -1 : a.dev > b.dev ? 1 : a.n - b.n));
}
// src/server/routes/pull.ts
function toWire(logged) {
	const devs = [...new Set(logged.map(({ dev }) => dev))];
	const indexByDev = new Map(devs.map((dev, index) => [dev, index]));
	return {
		devs,
		ops: logged.map(({ v, dev, n, wall, at, body }) => [
			v,
			indexByDev.get(dev) ?? 0,
			n,
			wall,
			at,
			body
		])
	};
}
var pull = (deps) => async (c) => {
	const granted = await readGranted(c, deps, "pull");
	if (!granted.ok) return refuse(c, granted.failure);
	const query = v.safeParse(PullQuery, c.req.query());
	if (!query.success) return refuse(c, { kind: "badRequest" });
	const { epoch, seq, chain } = query.output;
	const cursor = epoch !== void 0 && chain !== void 0 ? {
		epoch,
		seq,
		chain
	} : void 0;
	if (!cursor && (epoch !== void 0 || chain !== void 0 || seq > 0)) return refuse(c, { kind: "badRequest" });
	const { space } = granted.value;
	const page = await deps.store.readPage(space, cursor, {
		maxOps: maxPageOps,
		maxBytes: maxPageBytes
	});
	if (!page) return refuse(c, { kind: "notFound" });
	const { state, head } = page;
	const now = deps.now();
	if (state === "diverged") return answer(c, {
		state,
		now,
		epoch: page.epoch,
		head
	});
	if (cursor && page.ops.length === 0) return answer(c, {
		state: "same",
		now,
		backedUpThrough: page.backedUpThrough
	});
	return answer(c, {
		state,
		now,
		epoch: page.epoch,
		after: page.after,
		head,
		chain: page.chain,
		witness: deps.witness.of({
			space,
			epoch: page.epoch,
			seq: page.after + page.ops.length,
			chain: page.chain
		}),
		backedUpThrough: page.backedUpThrough,
		...toWire(page.ops)
	});
};
// src/server/routes/view.ts
async function makeView(deps, { space, dev, owner }) {
	const folded = await deps.folded(space);
	if (!folded) return void 0;
	const now = deps.now();
	if (owner) await letIn(deps.store, {
		space,
		dev
	}, {
		end: endOfGrant(folded.space, now),
		now
	});
	const subjects = owner ? await deps.store.listOwned(space, owner) : [];
	const devs = new Set(subjects.map((subject) => subject.replace("device:", "")));
	const { epoch, head } = folded;
	const wire = toWire(viewOf(folded.space, {
		owner: owner ?? "",
		devs,
		now
	}).map((op) => ({
		v: 1,
		...op
	})));
	const tag = toBase64Url(sha256(JSON.stringify([epoch, wire])));
	return {
		now,
		epoch,
		head,
		backedUpThrough: (await deps.store.findSpace(space))?.backedUpThrough ?? 0,
		tag,
		...wire
	};
}
var view = (deps) => async (c) => {
	const granted = await readGranted(c, deps, "view");
	if (!granted.ok) return refuse(c, granted.failure);
	const { space, owner, device } = granted.value;
	const message = await makeView(deps, {
		space,
		owner,
		dev: device.dev
	});
	if (!message) return refuse(c, { kind: "notFound" });
	const etag = `W/"${message.tag}"`;
	c.header("ETag", etag);
	return c.req.header("If-None-Match") === etag ? c.body(null, 304) : answer(c, message);
};
// src/server/routes/enrol.ts
var enrol = (deps) => async (c) => {
	const request = await readBody(c, EnrolRequest, maxSmallBytes);
	if (!request.ok) return refuse(c, request.failure);
	const { publicKey, proof, name, holder, code, certificates = [] } = request.value;
	if (!isSealed(publicKey, enrolMessage(publicKey), proof)) return refuse(c, { kind: "badRequest" });
	const [{ store, issuer }, now] = [deps, deps.now()];
	const [dev, current] = [deviceId(publicKey), await findCaller(c, deps)];
	const known = await store.findDevice(dev);
	const account = (await findSession(c, deps, current?.dev ?? dev))?.account;
	const held = certificates.filter(({ signature, ...of }) => issuer.holds({
		...of,
		publicKey
	}, signature));
	if (!account && !current && (!known || known.signedOutAt !== null) && code === void 0 && held.length === 0) return refuse(c, { kind: "unauthorized" });
	const opened = code === void 0 ? await passRenewal(c, deps, current !== void 0 && !known) : await openCode(c, deps, code, dev);
	if (!opened.ok) return refuse(c, opened.failure);
	const before = current ?? known;
	const kept = before?.signedOutAt === null ? before.account : null;
	const credential = current?.dev === dev ? void 0 : newSecret();
	const device = {
		dev,
		point: publicKey,
		credential: credential ? hashSecret(credential) : current?.credential ?? "",
		name,
		holder: holder ?? before?.holder ?? account?.name ?? name,
		account: account?.id ?? kept ?? null,
		enrolledAt: now,
		seenAt: now,
		revokedAt: before?.revokedAt ?? null,
		unsent: null,
		signedOutAt: null
	};
	const comer = {
		device,
		before: current,
		owners: held
	};
	const admitted = opened.value ? await admit(store, comer, opened.value, now) : ok(null);
	if (!admitted.ok) return refuse(c, admitted.failure);
	const given = admitted.value;
	await keepDevice(store, device, current);
	if (account) await deps.accounts.sessions.bind(readCookie(c, "session") ?? "", dev);
	const until = {
		end: endOfGrant(void 0, now),
		now
	};
	for (const { space, owner } of held) await letIn(store, {
		space,
		dev
	}, {
		...until,
		certified: owner
	});
	await noteEnrolment(store, device, {
		known,
		before: current,
		invite: opened.value?.invite,
		given
	});
	if (credential) writeCookie(c, "device", credential);
	const granted = given && given.space !== "*" ? toGranted(deps, publicKey, given) : null;
	const view = given?.owner ? await makeView(deps, {
		space: given.space,
		owner: given.owner,
		dev
	}) : void 0;
	return answer(c, {
		dev,
		issuer: issuer.publicKey,
		granted,
		view: view ?? null
	});
};
// src/server/routes/events.ts
async function readHearable({ store, now }, { dev, credential }) {
	const device = await store.findDevice(dev);
	if (device?.credential !== credential) return void 0;
	const { spaces } = await spacesOf(store, subjectsOf(device), now(), device.revokedAt !== null);
	return new Map(spaces.filter(({ role }) => may(role, "pull") || role === "attendee").map(({ space, role }) => [space, role]));
}
var events = (deps) => async (c) => {
	const device = await findCaller(c, deps);
	if (!device) return refuse(c, { kind: "unauthorized" });
	const stream = await deps.live.open(device.dev, () => readHearable(deps, device));
	if (stream === "none") return refuse(c, { kind: "forbidden" });
	if (stream === "full") return refuse(c, {
		kind: "tooMany",
		retryAfterMs: 6e4
	});
	return c.body(stream, 200, {
		"Content-Type": "text/event-stream",
		"X-Accel-Buffering": "no"
	});
};
// src/server/routes/fileHeaders.ts
function headersOf(type, { title }, hash) {
	const isShown = /^(?:image|audio|video)\//.test(type);
	const name = encodeURIComponent(`${Buffer.from(title || "materi")}.${isFileType(type) ? fileTypes[type] : "bin"}`);
	return {
		"Content-Type": isFileType(type) ? type : "application/octet-stream",
		"Content-Disposition": isShown ? "inline" : `attachment; filename*=UTF-8''${name.replaceAll("'", "%27")}`,
		"Content-Security-Policy": "default-src 'none'; sandbox",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Cache-Control": "private, max-age=31536000, immutable, no-transform",
		"Accept-Ranges": "bytes",
		ETag: `"${hash}"`
	};
}
// src/server/routes/range.ts
function readRange(header, sizeBytes) {
	const [, first = "", last = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "") ?? [];
	if (!first && !last) return void 0;
	if (!first) return Number(last) > 0 ? {
		from: Math.max(0, sizeBytes - Number(last)),
		to: sizeBytes
	} : "beyond";
	const from = Number(first);
	const to = last ? Math.min(Number(last) + 1, sizeBytes) : sizeBytes;
	if (last && Number(last) < from) return void 0;
	return from < sizeBytes ? {
		from,
		to
	} : "beyond";
}
// src/server/routes/file.ts
async function findNaming(deps, { space, role, owner }, hash) {
	const folded = await deps.folded(space);
	const naming = folded ? readMaterials(folded.space).filter(({ file }) => file === hash) : [];
	if (!folded || naming.length === 0) return void 0;
	const answered = role === "attendee" ? await answeredBy(deps, folded.space, {
		space,
		owner
	}) : new Set();
	return naming.find((material) => isVisible(material, folded.space, {
		role,
		now: deps.now(),
		answered
	}));
}
async function answeredBy({ store }, folded, { space, owner = "" }) {
	const devs = owner ? await store.listOwned(space, owner) : [];
	const isOwn = (person) => owner !== "" && person.startsWith(owner);
	return answeredForms(folded, ({ fields, stamp }) => devs.includes(`device:${stamp.dev}`) || isOwn(textOf(fields, "p")));
}
var file = (deps) => async (c) => {
	const granted = await readGranted(c, deps, "readFiles");
	if (!granted.ok) return refuse(c, granted.failure);
	const path = v.safeParse(FilePath, c.req.param());
	if (!path.success) return refuse(c, { kind: "notFound" });
	const { hash } = path.output;
	const material = await findNaming(deps, granted.value, hash);
	const held = material && await deps.store.findFile(granted.value.space, hash);
	const sizeBytes = held && await deps.files.sizeOf(hash);
	if (!material || !held || sizeBytes === void 0) return refuse(c, { kind: "notFound" });
	const headers = headersOf(held.type, material, hash);
	if (c.req.header("If-None-Match") === headers.ETag) return c.body(null, 304, headers);
	const range = readRange([void 0, headers.ETag].includes(c.req.header("If-Range")) ? c.req.header("Range") : void 0, sizeBytes);
	if (range === "beyond") return c.body(null, 416, { "Content-Range": `bytes */${sizeBytes}` });
	const { from, to } = range ?? {
		from: 0,
		to: sizeBytes
	};
	const body = c.req.method === "HEAD" ? null : await deps.files.read(hash, from, to);
	const part = {
		...headers,
		"Content-Length": String(to - from)
	};
	if (!range) return new Response(body, { headers: part });
	const place = { "Content-Range": `bytes ${from}-${to - 1}/${sizeBytes}` };
	return new Response(body, {
		status: 206,
		headers: {
			...part,
			...place
		}
	});
};
// src/server/routes/files.ts
var files$1 = (deps) => async (c) => {
	const granted = await readGranted(c, deps, "upload");
	if (!granted.ok) return refuse(c, granted.failure);
	const request = await readBody(c, FileRequest, maxSmallBytes);
	if (!request.ok) return refuse(c, request.failure);
	const { space, device } = granted.value;
	const now = deps.now();
	const taken = await deps.uploads.begin({
		...request.value,
		space,
		dev: device.dev,
		now
	}, async (other) => {
		const standing = await standingIn(deps.store, device, other, now);
		return standing.state === "granted" && may(standing.role, "pull");
	});
	return taken.ok ? answer(c, taken.value) : refuse(c, taken.failure);
};
// src/core/nip.ts
function nipDigits(text) {
	return text.replace(/^\s*(NIP|NI\s*PPPK)/i, "").replace(/[\s.:\-']/g, "");
}
new Map([..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"].map((letter, value) => [letter, value]));
// src/core/pass.ts
function readPasses(space) {
	const passes = new Map();
	for (const [id, { fields }] of space.records.get("pass") ?? []) {
		const expiresAt = numberOf(fields, "expires") ?? 0;
		passes.set(id, {
			id,
			person: textOf(fields, "p"),
			expiresAt,
			revoked: flagOf(fields, "revoked")
		});
	}
	return passes;
}
// src/core/phone.ts
function normalisePhone(text) {
	const rest = text.replace(/\D/g, "").replace(/^00/, "").replace(/^62/, "").replace(/^0/, "");
	return /^8\d{8,11}$/.test(rest) ? `+62${rest}` : void 0;
}
// src/core/find.ts
function* matches(space, sought, now) {
	if (sought.by === "pass") {
		const pass = readPasses(space).get(sought.pass);
		if (pass?.person && !pass.revoked && now < pass.expiresAt) yield pass.person;
		return;
	}
	const wanted = sought.by === "nip" ? nipDigits(sought.nip) : normalisePhone(sought.phone);
	if (!wanted || wanted.length < 8) return;
	for (const [id, entry] of space.records.get("person") ?? []) if (entry.fields.invited === true && entry.fields[sought.by] === wanted) yield id;
}
function findInvited(space, sought, now) {
	const canonical = canonicalIds(space);
	const [id, ...others] = new Set([...matches(space, sought, now)].map((id) => canonical.get(id) ?? id));
	if (id === void 0 || others.length > 0) return void 0;
	if (canonical.has(id)) return readPeople(space).get(id);
	const entry = space.records.get("person")?.get(id);
	const person = entry && readPerson(id, entry);
	return person?.deleted ? void 0 : person;
}
// src/server/routes/find.ts
var find = (deps) => async (c) => {
	const granted = await readGranted(c, deps, "find");
	if (!granted.ok) return refuse(c, granted.failure);
	const request = await readBody(c, FindRequest, maxSmallBytes);
	if (!request.ok) return refuse(c, request.failure);
	const { space, device } = granted.value;
	const { dev } = device;
	const retryAfterMs = await deps.misses.wait(space, dev) || await deps.findLimiter.take(`${space} ${dev}`);
	if (retryAfterMs > 0) return refuse(c, {
		kind: "tooMany",
		retryAfterMs
	});
	const folded = await deps.folded(space);
	if (!folded) return refuse(c, { kind: "notFound" });
	const person = findInvited(folded.space, request.value, deps.now());
	if (!person) await deps.misses.take(space, dev);
	const { id, name = "", institution = "" } = person ?? {};
	return answer(c, { found: id === void 0 ? null : {
		person: id,
		name,
		institution
	} });
};
// src/server/routes/gate.ts
var gate = (deps) => async (c) => {
	const granted = await readGranted(c, deps, "gate");
	if (!granted.ok) return refuse(c, granted.failure);
	const request = await readBody(c, GateRequest, maxSmallBytes);
	if (!request.ok) return refuse(c, request.failure);
	const { space } = granted.value;
	const { open, close } = request.value;
	const now = deps.now();
	const noteGate = (kind, about) => deps.store.audit.note(entryOf(deps, granted.value, {
		kind,
		about
	}));
	if (close !== null) {
		const codeHash = hashSecret(plainCode(close));
		const closing = await deps.store.findGate(codeHash);
		await deps.store.closeGate(space, codeHash, now);
		if (closing?.space === space && closing.closedAt === null) await noteGate("gateClosed", closing.gate);
	}
	if (open === null) return answer(c, { code: null });
	const code = gateCode(deps.gateSecret, space, open);
	const held = await deps.store.findGate(hashSecret(code));
	if (held && held.space !== space) return refuse(c, { kind: "used" });
	await deps.store.openGate({
		codeHash: hashSecret(code),
		space,
		gate: open,
		createdAt: now,
		closedAt: null
	});
	if (!held || held.closedAt !== null) await noteGate("gateOpened", open);
	return answer(c, { code });
};
// src/server/routes/health.ts
var health = (deps) => (c) => answer(c, {
	app: "hadir",
	version: deps.version,
	now: deps.now()
});
// src/server/routes/invites.ts
var inviteMs = 7 * dayMs;
var invites = (deps) => async (c) => {
	const governed = await readGoverned(c, deps, "invite");
	if (!governed.ok) return refuse(c, governed.failure);
	const request = await readBody(c, InviteRequest, maxSmallBytes);
	if (!request.ok) return refuse(c, request.failure);
	const { role } = request.value;
	const code = newCode();
	const codeHash = hashSecret(plainCode(code));
	const createdAt = deps.now();
	const expiresAt = createdAt + inviteMs;
	await deps.store.addInvite({
		codeHash,
		space: governed.value.space,
		role,
		createdAt,
		expiresAt,
		dev: null
	});
	const about = inviteId(codeHash);
	await deps.store.audit.note(entryOf(deps, governed.value, {
		kind: "invited",
		about,
		detail: { role }
	}));
	return answer(c, {
		code,
		expiresAt
	});
};
// src/server/routes/site.ts
function siteOf(c, { publicUrl }, asked = c.req.header("Origin")) {
	const origin = publicUrl ?? asked;
	if (origin === void 0 || !URL.canParse(origin)) return void 0;
	const { protocol, hostname } = new URL(origin);
	return hostname === "localhost" || publicUrl !== void 0 && protocol === "https:" ? {
		origin,
		id: hostname
	} : void 0;
}
// src/server/routes/newAccount.ts
var newAccount = (deps) => async (c) => {
	const granted = await readGranted(c, deps, "pull");
	if (!granted.ok) return refuse(c, granted.failure);
	const request = await readBody(c, NewAccountRequest, maxSmallBytes);
	if (!request.ok) return refuse(c, request.failure);
	const { device } = granted.value;
	if (device.account !== null) return refuse(c, { kind: "used" });
	const { name, email, password, passkey } = request.value;
	if (password !== void 0 && isWeak({
		name,
		email,
		password
	})) return refuse(c, { kind: "weakPassword" });
	const [site, now] = [siteOf(c, deps), deps.now()];
	const key = passkey && site && await deps.passkeys.readNew(`device:${device.dev}`, passkey, site, now);
	if (passkey ? !key : password === void 0) return refuse(c, { kind: "badRequest" });
	const created = await deps.accounts.create({
		name,
		email,
		...password !== void 0 && { password }
	});
	if (!created.ok) return refuse(c, created.failure);
	const account = created.value;
	const held = {
		account: account.id,
		name: passkey?.name ?? "",
		createdAt: now,
		usedAt: now
	};
	if (key) await deps.store.addPasskey({
		...key,
		...held
	});
	await deps.store.giveToAccount(device.dev, account.id);
	await note$1(deps, "accountMade", {
		account: account.id,
		device,
		about: `account:${account.id}`
	});
	const begun = await beginSession(c, deps, account, key ? "passkey" : "password");
	return begun.ok ? answer(c, { done: true }) : refuse(c, begun.failure);
};
// src/server/routes/passkeyChallenge.ts
var passkeyChallenge = (deps) => async (c) => {
	const site = siteOf(c, deps);
	if (!site) return refuse(c, { kind: "notFound" });
	return answer(c, {
		challenge: deps.passkeys.challenge(void 0, deps.now()),
		site: site.id
	});
};
var newPasskeyChallenge = (deps) => async (c) => {
	const session = await readSession(c, deps);
	if (!session.ok) return refuse(c, session.failure);
	const site = siteOf(c, deps);
	if (!site) return refuse(c, { kind: "notFound" });
	if (!isFresh(session.value, deps)) return refuse(c, { kind: "signInAgain" });
	const { id } = session.value.account;
	const held = await deps.store.listPasskeys(id);
	return answer(c, {
		challenge: deps.passkeys.challenge(id, deps.now()),
		site: site.id,
		user: Buffer.from(id).toString("base64url"),
		held: held.map((passkey) => passkey.id)
	});
};
var firstPasskeyChallenge = (deps) => async (c) => {
	const granted = await readGranted(c, deps, "pull");
	if (!granted.ok) return refuse(c, granted.failure);
	const site = siteOf(c, deps);
	if (!site) return refuse(c, { kind: "notFound" });
	const { dev } = granted.value.device;
	return answer(c, {
		challenge: deps.passkeys.challenge(`device:${dev}`, deps.now()),
		site: site.id,
		user: dev,
		held: []
	});
};
// src/server/routes/passkeys.ts
var addPasskey = (deps) => async (c) => {
	const session = await readSession(c, deps);
	if (!session.ok) return refuse(c, session.failure);
	const request = await readBody(c, NewPasskeyRequest, maxSmallBytes);
	if (!request.ok) return refuse(c, request.failure);
	if (!isFresh(session.value, deps)) return refuse(c, { kind: "signInAgain" });
	const [site, now] = [siteOf(c, deps), deps.now()];
	const { account, device } = session.value;
	const { name, ...made } = request.value;
	const held = site && await deps.passkeys.readNew(account.id, made, site, now);
	if (!held) return refuse(c, { kind: "badRequest" });
	if (!await deps.store.addPasskey({
		...held,
		name,
		account: account.id,
		createdAt: now,
		usedAt: now
	})) return refuse(c, { kind: "used" });
	await note$1(deps, "passkeyAdded", {
		account: account.id,
		device,
		about: `account:${account.id}`
	});
	return answer(c, { done: true });
};
var changePasskey = (deps) => async (c) => {
	const session = await readSession(c, deps);
	if (!session.ok) return refuse(c, session.failure);
	const request = await readBody(c, PasskeyChangeRequest, maxSmallBytes);
	if (!request.ok) return refuse(c, request.failure);
	const { account, device } = session.value;
	const { id, name } = request.value;
	const { store, accounts } = deps;
	if (name !== null) return await store.namePasskey(account.id, id, name) ? answer(c, { done: true }) : refuse(c, { kind: "notFound" });
	const { password, linked } = await accounts.waysIn(account.id);
	const dropped = await store.dropPasskey(account.id, id, !password && !linked);
	if (dropped !== "done") return refuse(c, { kind: dropped === "last" ? "lastWayIn" : "notFound" });
	await note$1(deps, "passkeyRemoved", {
		account: account.id,
		device,
		about: `account:${account.id}`
	});
	return answer(c, { done: true });
};
// src/server/auth/intake.ts
var maxParked = {
	ops: 2e4,
	bytes: 67108864
};
var parkedFullMs = 6e4;
var attendeeShare = {
	ops: 1e3,
	bytes: 4194304
};
var shareUsedMs = 6e5;
function linkOps(push, space) {
	const { v, dev } = push;
	let link = fromBase64Url(push.previous) ?? chainStart;
	return push.ops.map(([n, wall, at, body]) => {
		const op = {
			v,
			space,
			dev,
			n,
			wall,
			at,
			body
		};
		link = sealLink(link, op);
		return {
			op,
			link
		};
	});
}
function isTeam(standing) {
	return standing.state === "granted" && may(standing.role, "checkIn");
}
var isAttendee$1 = (standing) => standing.state !== "none" && standing.role === "attendee";
function judge(op, standing) {
	if (Buffer.byteLength(op.body) > 262144) return "tooLarge";
	const body = decodeBody(op.body);
	if (!body) return "unreadable";
	return standing.state === "granted" && mayWrite(standing.role, body, {
		owner: standing.owner,
		dev: op.dev
	}) ? "commit" : "notAllowed";
}
async function findOrCreate({ store, now }, { space, standing }) {
	const found = await store.findSpace(space);
	if (found || standing.state !== "granted" || !standing.everywhere) return found;
	await store.createSpace(space, newId(), now());
	return store.findSpace(space);
}
async function boundOf({ store }, { device, space, standing }, byTeam) {
	if (standing.state === "none") return void 0;
	const { role, owner } = standing;
	if (isAttendee$1(standing) && !byTeam) {
		const subjects = owner === void 0 ? [] : await store.listOwned(space, owner);
		return {
			of: "all",
			devs: [...new Set([device.dev, ...subjects.map((subject) => subject.replace("device:", ""))])],
			...attendeeShare
		};
	}
	if (standing.state === "granted" && may(role, "push")) return void 0;
	return {
		of: "parked",
		devs: [device.dev],
		...maxParked
	};
}
async function takeIn(parts, author, push, { isAuthor, isTeam: byTeam }) {
	const { dev, previous, signature, ops } = push;
	const { device, space, standing } = author;
	if (ops.some(([n], index) => n <= (ops[index - 1]?.[0] ?? 0))) return fail({ kind: "badRequest" });
	const linked = linkOps(push, space);
	const sealed = isSealed(device.point, linked.at(-1)?.link ?? chainStart, signature);
	if (!sealed && !isAuthor) return fail({ kind: "badRequest" });
	const offered = linked.map(({ op, link }) => {
		return {
			op,
			link: toBase64Url(link),
			verdict: sealed ? judge(op, standing) : "badSeal"
		};
	});
	const found = await findOrCreate(parts, author);
	if (!found) return fail({ kind: "notFound" });
	const bound = await boundOf(parts, author, byTeam);
	const batch = {
		dev,
		receivedAt: parts.now(),
		previous,
		signature,
		ops: offered,
		bound
	};
	const results = await parts.store.append(space, batch);
	if (results !== "full") return ok({
		found,
		results
	});
	if (bound?.of === "parked") return fail({
		kind: "tooMany",
		retryAfterMs: parkedFullMs
	});
	if (standing.state !== "none" && standing.owner !== void 0) await parts.store.markFull(space, standing.owner, parts.now());
	return fail({
		kind: "shareUsed",
		retryAfterMs: shareUsedMs
	});
}
async function takeBack({ store, now, witness }, space, part) {
	const { epoch, after, before, chain, devs } = part;
	const ops = [];
	let link = fromBase64Url(before) ?? chainStart;
	for (const [v, index, n, wall, at, body] of part.ops) {
		const dev = devs[index];
		if (dev === void 0) return void 0;
		const op = {
			v,
			space,
			dev,
			n,
			wall,
			at,
			body
		};
		ops.push(op);
		link = logLink(link, after + ops.length, op);
	}
	if (!witness.holds({
		space,
		epoch,
		seq: after + ops.length,
		chain
	}, part.witness) || toBase64Url(link) !== chain) return void 0;
	if (!await store.findSpace(space)) await store.createSpace(space, newId(), now());
	return store.recover(space, ops, now());
}
// src/server/routes/findAuthor.ts
async function findAuthor(deps, carrier, { dev, certificate }) {
	const { device: bearer, space, standing: own } = carrier;
	if (dev === bearer.dev) return ok(carrier);
	if (own.state === "none" || !may(own.role, "push")) return fail({ kind: "forbidden" });
	const author = await standpointOf(deps, space, await deps.store.findDevice(dev)) ?? (certificate && await standpointOf(deps, space, await letInAbsent(deps, {
		space,
		dev
	}, certificate)));
	return author ? ok(author) : fail({ kind: "unknownAuthor" });
}
async function standpointOf(deps, space, device) {
	const standing = device && await standingIn(deps.store, device, space, deps.now());
	return !standing || standing.state === "none" ? void 0 : {
		device,
		space,
		standing
	};
}
// src/server/routes/push.ts
async function paceOf({ pushedBytes }, { space, device, standing }, { ops }) {
	if (standing.state === "none" || standing.role !== "attendee") return 0;
	const bytes = ops.reduce((sum, [, , , body]) => sum + body.length, 0);
	return pushedBytes.take(space, standing.owner ?? device.dev, bytes);
}
var push = (deps) => async (c) => {
	const carrier = await readStanding(c, deps);
	if (!carrier.ok) return refuse(c, carrier.failure);
	const { space, device } = carrier.value;
	const request = await readBody(c, PushRequest, maxPushBytes);
	if (!request.ok) return refuse(c, request.failure);
	const { dev } = request.value;
	const author = await findAuthor(deps, carrier.value, request.value);
	if (!author.ok) return refuse(c, author.failure);
	const carrying = {
		isAuthor: dev === device.dev,
		isTeam: isTeam(carrier.value.standing)
	};
	const retryAfterMs = carrying.isTeam ? 0 : await paceOf(deps, author.value, request.value);
	if (retryAfterMs > 0) return refuse(c, {
		kind: "tooMany",
		retryAfterMs
	});
	const taken = await takeIn(deps, author.value, request.value, carrying);
	if (!taken.ok) return refuse(c, taken.failure);
	deps.live.look(space);
	const { epoch, backedUpThrough } = taken.value.found;
	return answer(c, {
		now: deps.now(),
		epoch,
		backedUpThrough,
		results: taken.value.results
	});
};
// src/server/routes/quarantine.ts
var limits = {
	most: 200,
	maxBytes: maxPushBytes
};
var quarantine = (deps) => async (c) => {
	const granted = await readGranted(c, deps, "review");
	if (!granted.ok) return refuse(c, granted.failure);
	const { store } = deps;
	return answer(c, { devices: await Promise.all((await store.sumParked(granted.value.space)).map(async ({ dev, ...sum }) => {
		const device = await store.findDevice(dev);
		return {
			dev,
			holder: device?.holder ?? null,
			deviceName: device?.name ?? null,
			...sum
		};
	})) });
};
var parkedOf = (deps) => async (c) => {
	const granted = await readGranted(c, deps, "review");
	if (!granted.ok) return refuse(c, granted.failure);
	const query = v.safeParse(ParkedQuery, c.req.query());
	if (!query.success) return refuse(c, { kind: "badRequest" });
	return answer(c, { ops: (await deps.store.listParked(granted.value.space, readDev(c), query.output, limits)).map(({ op: { n, wall, at, body }, link, receivedAt, reason, keptAt }) => {
		return {
			n,
			link,
			wall,
			claimedAt: at,
			receivedAt,
			reason,
			keptAt,
			body
		};
	}) });
};
var decide = (deps) => async (c) => {
	const granted = await readGranted(c, deps, "review");
	if (!granted.ok) return refuse(c, granted.failure);
	const request = await readBody(c, DecisionRequest, maxPushBytes);
	if (!request.ok) return refuse(c, request.failure);
	const { decision, reason, ops } = request.value;
	const { space } = granted.value;
	const dev = readDev(c);
	const kind = decision === "release" ? "released" : "keptAside";
	const entry = entryOf(deps, granted.value, {
		kind,
		about: `device:${dev}`,
		reason
	});
	const names = ops.map(([n, link]) => ({
		n,
		link
	}));
	const changed = await (decision === "release" ? deps.store.releaseParked : deps.store.keepParked)(space, dev, names, entry);
	deps.live.look(space);
	return answer(c, { changed });
};
// src/server/routes/recover.ts
var recover = (deps) => async (c) => {
	const granted = await readGranted(c, deps, "pull");
	if (!granted.ok) return refuse(c, granted.failure);
	const request = await readBody(c, RecoverRequest, maxRecoverBytes);
	if (!request.ok) return refuse(c, request.failure);
	const { space } = granted.value;
	if (await takeBack(deps, space, request.value) === void 0) return refuse(c, { kind: "badRequest" });
	deps.live.look(space);
	return answer(c, { done: true });
};
// src/server/routes/reset.ts
var reset = (deps) => async (c) => {
	const request = await readBody(c, ResetRequest, maxSmallBytes);
	if (!request.ok) return refuse(c, request.failure);
	const { email, code, password } = request.value;
	const { accounts, store, tries } = deps;
	const now = deps.now();
	const address = deps.addressOf(c);
	const waitMs = await deps.codeLimiter.wait(address);
	if (waitMs > 0) return refuse(c, {
		kind: "tooMany",
		retryAfterMs: waitMs
	});
	const place = await findPlace(c, deps, email);
	const retryAfterMs = await tries.take(`reset ${email}`, place, now);
	if (retryAfterMs > 0) return refuse(c, {
		kind: "tooMany",
		retryAfterMs
	});
	const codeHash = hashSecret(plainCode(code));
	const [person, found] = [await accounts.findByEmail(email), await store.findResetCode(codeHash)];
	if (!found) await deps.codeLimiter.take(address);
	if (!person || found?.account !== person.id) {
		await countRefusal(store, person?.id, now);
		return refuse(c, { kind: "notFound" });
	}
	if (isWeak({
		...person,
		password
	})) return refuse(c, { kind: "weakPassword" });
	if (!(found.expiresAt > now && await mayLookAfter(store, found.author, person.id, now))) return refuse(c, { kind: "expired" });
	const device = await findCaller(c, deps);
	if (device?.account && device.account !== person.id) return refuse(c, { kind: "otherAccount" });
	if (!await store.claimResetCode(codeHash, now)) return refuse(c, { kind: "used" });
	await tries.forget(`reset ${email}`, place);
	await accounts.setPassword(person.id, password);
	const ended = await signOutOthers(deps, person.id, device?.account ? device.dev : void 0, now);
	const removed = {
		passkeys: await store.dropPasskeys(person.id),
		links: await accounts.unlink(person.id)
	};
	await note$1(deps, "resetUsed", {
		account: person.id,
		device,
		about: `account:${person.id}`,
		detail: removed
	});
	await noteSignOuts(deps, ended, {
		account: person.id,
		device
	});
	const begun = await beginSession(c, deps, person, "reset");
	return begun.ok ? answer(c, { done: true }) : refuse(c, begun.failure);
};
// src/server/routes/resetCodes.ts
var resetMs = dayMs;
var resetCodes = (deps) => async (c) => {
	const session = await readSession(c, deps);
	if (!session.ok) return refuse(c, session.failure);
	const request = await readBody(c, ResetCodeRequest, maxSmallBytes);
	if (!request.ok) return refuse(c, request.failure);
	const { account: organizer, device } = session.value;
	const { accounts, store } = deps;
	const createdAt = deps.now();
	const person = await accounts.findByEmail(request.value.email);
	if (!person || !await mayLookAfter(store, organizer.id, person.id, createdAt)) return refuse(c, { kind: "notFound" });
	const code = newResetCode();
	const expiresAt = createdAt + resetMs;
	const codeHash = hashSecret(plainCode(code));
	await store.putResetCode({
		account: person.id,
		author: organizer.id,
		codeHash,
		createdAt,
		expiresAt,
		usedAt: null
	});
	await note$1(deps, "resetIssued", {
		account: organizer.id,
		device,
		about: `account:${person.id}`
	});
	return answer(c, {
		code,
		name: person.name,
		expiresAt
	});
};
// src/server/routes/rights.ts
var rights$1 = (deps) => async (c) => {
	const governed = await readGoverned(c, deps, "manageTeam");
	if (!governed.ok) return refuse(c, governed.failure);
	const request = await readBody(c, RightsRequest, maxSmallBytes);
	if (!request.ok) return refuse(c, request.failure);
	const { subject, role, reason } = request.value;
	if (!(isSubject(subject) && (await deps.store.findGrants([subject])).length > 0)) return refuse(c, { kind: "notFound" });
	const { space } = governed.value;
	const change = {
		space,
		subject,
		role,
		now: deps.now()
	};
	const [kind, detail] = role ? ["granted", { role }] : ["grantEnded", {}];
	const entry = entryOf(deps, governed.value, {
		kind,
		about: subject,
		reason,
		detail
	});
	const result = await deps.store.changeRight(change, entry);
	if (result !== "done") return refuse(c, { kind: refusalOf[result] });
	deps.live.ask();
	return answer(c, { done: true });
};
// src/server/routes/session.ts
var session = (deps) => async (c) => {
	const device = await findCaller(c, deps);
	const account = (await findSession(c, deps, device?.dev))?.account;
	for (const kind of ["session", "device"]) {
		const value = readCookie(c, kind);
		if (value && (kind === "session" ? account : device)) writeCookie(c, kind, value);
	}
	const query = v.safeParse(SessionQuery, c.req.query());
	const unsent = query.success ? query.output.unsent : void 0;
	if (device && unsent !== void 0 && unsent !== device.unsent) await deps.store.markUnsent(device.dev, unsent);
	const revoked = (device?.revokedAt ?? null) !== null;
	const subjects = device ? subjectsOf(device) : account ? [`account:${account.id}`] : [];
	const { everywhere, audits, spaces, ended } = subjects.length > 0 ? await spacesOf(deps.store, subjects, deps.now(), revoked) : {
		everywhere: false,
		audits: false,
		spaces: [],
		ended: []
	};
	return answer(c, {
		now: deps.now(),
		account: account ? {
			name: account.name,
			email: account.email
		} : null,
		device: device ? {
			dev: device.dev,
			name: device.name,
			holder: device.holder
		} : null,
		organizer: everywhere,
		auditor: audits,
		spaces: device ? spaces.map((held) => toGranted(deps, device.point, held)) : [],
		ended: device ? ended : [],
		revoked,
		issuer: deps.issuer.publicKey,
		needsSetup: !await deps.store.hasOrganizer()
	});
};
// src/server/routes/setup.ts
var setup = (deps) => async (c) => {
	const request = await readBody(c, SetupRequest, maxSmallBytes);
	if (!request.ok) return refuse(c, request.failure);
	if (await deps.store.hasOrganizer()) return refuse(c, { kind: "used" });
	const now = deps.now();
	const { token, ...person } = request.value;
	const checked = deps.setup.check(token, now);
	if (!checked.ok) return refuse(c, checked.failure);
	if (isWeak(person)) return refuse(c, { kind: "weakPassword" });
	const created = await deps.accounts.create({
		...person,
		isProven: true
	});
	if (!created.ok) return refuse(c, created.failure);
	const account = created.value;
	await deps.store.putGrant({
		space: "*",
		subject: `account:${account.id}`,
		role: "organizer",
		createdAt: now,
		revokedAt: null
	});
	deps.setup.end();
	await note$1(deps, "setUp", {
		account: account.id,
		about: `account:${account.id}`
	});
	const begun = await beginSession(c, deps, account, "password");
	return begun.ok ? answer(c, { done: true }) : refuse(c, begun.failure);
};
// src/server/routes/inTurn.ts
async function inTurn(c, deps, work) {
	const done = await deps.turns(deps.addressOf(c), work);
	return done.ok ? done.value : refuse(c, done.failure);
}
// src/server/routes/signIn.ts
var signIn$1 = (deps) => async (c) => {
	const request = await readBody(c, SignInRequest, maxSmallBytes);
	if (!request.ok) return refuse(c, request.failure);
	const { email, password } = request.value;
	return inTurn(c, deps, async () => {
		const place = await findPlace(c, deps, email);
		const retryAfterMs = await deps.tries.take(email, place, deps.now());
		if (retryAfterMs > 0) return refuse(c, {
			kind: "tooMany",
			retryAfterMs
		});
		const checked = await deps.accounts.checkPassword(email, password);
		if (!checked.ok) {
			const known = await deps.accounts.findByEmail(email);
			await countRefusal(deps.store, known?.id, deps.now());
			return refuse(c, checked.failure);
		}
		await deps.tries.forget(email, place);
		const begun = await beginSession(c, deps, checked.value, "password");
		return begun.ok ? answer(c, { done: true }) : refuse(c, begun.failure);
	});
};
// src/server/routes/signInPasskey.ts
var signInPasskey = (deps) => async (c) => {
	const request = await readBody(c, PasskeySignInRequest, maxSmallBytes);
	if (!request.ok) return refuse(c, request.failure);
	const { store, passkeys, accounts } = deps;
	const now = deps.now();
	const [site, held] = [siteOf(c, deps), await store.findPasskey(request.value.id)];
	const counter = site && held && await passkeys.check(held, request.value, site, now);
	const account = held && counter !== void 0 ? await accounts.find(held.account) : void 0;
	if (!held || counter === void 0 || !account) {
		await countRefusal(store, held?.account, now);
		return refuse(c, { kind: "unknownPasskey" });
	}
	await store.usePasskey(held.id, counter, now);
	const begun = await beginSession(c, deps, account, "passkey");
	return begun.ok ? answer(c, { done: true }) : refuse(c, begun.failure);
};
// src/server/routes/signOut.ts
var signOut = (deps) => async (c) => {
	const token = readCookie(c, "session");
	const device = await findCaller(c, deps);
	const session = await findSession(c, deps, device?.dev);
	if (token) await deps.accounts.sessions.end(token);
	if (device) await deps.store.signOutDevice(device.dev, deps.now());
	if (session || device?.account) await note$1(deps, "signedOut", {
		account: session?.account.id ?? device?.account,
		device
	});
	dropCookie(c, "session");
	dropCookie(c, "device");
	return answer(c, { done: true });
};
// src/server/routes/joined.ts
async function findJoined(c, deps) {
	const device = await findCaller(c, deps);
	if (!device || device.account !== null) return void 0;
	const { spaces } = await spacesOf(deps.store, subjectsOf(device), deps.now());
	return spaces.some(({ role }) => role !== "attendee") ? device : void 0;
}
// src/server/routes/sso.ts
async function mayLeave(c, deps, why) {
	if (why === "signIn") return ok(void 0);
	if (why === "join") return await findJoined(c, deps) ? ok(void 0) : fail({ kind: "forbidden" });
	const session = await readSession(c, deps);
	if (!session.ok) return session;
	return isFresh(session.value, deps) ? ok(void 0) : fail({ kind: "signInAgain" });
}
var sso = (deps) => async (c) => {
	const request = await readBody(c, SsoRequest, maxSmallBytes);
	if (!request.ok) return refuse(c, request.failure);
	if (!deps.oidc) return refuse(c, { kind: "notFound" });
	const may = await mayLeave(c, deps, request.value.for);
	if (!may.ok) return refuse(c, may.failure);
	const secret = newSecret();
	const url = await deps.oidc.leave(secret);
	if (!url) return refuse(c, { kind: "providerDown" });
	writeCookie(c, "sso", `${request.value.for}.${secret}`);
	return answer(c, { url: url.href });
};
// src/server/routes/somebody.ts
var maxName = 200;
var Subject = v.pipe(v.string(), v.minLength(1), v.maxLength(255), v.regex(/^\P{Cc}+$/u));
function readSomebody({ identity, email, name }) {
	if (!v.is(Subject, identity.subject)) return void 0;
	const address = v.safeParse(Email, email);
	const line = name.replace(/\p{Cc}+/gu, " ").trim();
	const called = v.safeParse(Name, line.slice(0, maxName).replace(/\p{Cs}/gu, ""));
	return {
		identity,
		email: address.success ? address.output : void 0,
		name: called.success ? called.output : ""
	};
}
// src/server/routes/ssoReturn.ts
async function enter(c, deps, account) {
	const begun = await beginSession(c, deps, account, "sso");
	return begun.ok ? "ok" : begun.failure.kind;
}
async function link(c, deps, { identity, email }) {
	const session = await readSession(c, deps);
	if (!session.ok) return "failed";
	const { account, device } = session.value;
	const linked = await deps.accounts.findLinked(identity);
	if (linked) return linked.id === account.id ? "linked" : "linkedElsewhere";
	await deps.accounts.link(account.id, identity, email === account.email);
	await note$1(deps, "ssoLinked", {
		account: account.id,
		device,
		about: `account:${account.id}`
	});
	return "linked";
}
async function signIn(c, deps, somebody, mayJoin) {
	const { accounts, store } = deps;
	const { identity, email, name } = somebody;
	const linked = await accounts.findLinked(identity);
	if (linked) return enter(c, deps, linked);
	if (email === void 0) return "unverified";
	const known = await accounts.findByEmail(email);
	if (known) {
		if (!await accounts.isProven(known.id)) return "notLinked";
		await accounts.link(known.id, identity, true);
		return enter(c, deps, known);
	}
	const device = mayJoin ? await findJoined(c, deps) : void 0;
	if (!device) return "unknown";
	const made = await accounts.create({
		name: name || device.holder,
		email,
		isProven: true
	});
	if (!made.ok) return "failed";
	await accounts.link(made.value.id, identity, true);
	await store.giveToAccount(device.dev, made.value.id);
	await note$1(deps, "accountMade", {
		account: made.value.id,
		device,
		about: `account:${made.value.id}`
	});
	return enter(c, deps, made.value);
}
var ssoReturn = (deps) => async (c) => {
	if (!deps.oidc) return refuse(c, { kind: "notFound" });
	const [why = "", secret = ""] = readCookie(c, "sso")?.split(".") ?? [];
	dropCookie(c, "sso");
	const found = secret ? await deps.oidc.comeBack(new URL(c.req.url).search, secret) : void 0;
	async function settle(told) {
		const somebody = readSomebody(told);
		if (!somebody) return "failed";
		return why === "link" ? link(c, deps, somebody) : signIn(c, deps, somebody, why === "join");
	}
	const outcome = !found ? "failed" : found.ok ? await settle(found.value) : found.failure.kind;
	return c.redirect(`${why === "link" || why === "join" ? "/akun" : "/masuk"}?sso=${outcome}`);
};
// src/server/routes/team.ts
var shownMs = 2592e6;
function oncePerDevice(members) {
	const byDev = new Map();
	for (const member of members) {
		const held = byDev.get(member.device.dev);
		if (held?.role === member.role ? !member.everywhere : strongestRole([held?.role ?? "attendee", member.role]) === member.role) byDev.set(member.device.dev, member);
	}
	return [...byDev.values()];
}
var team = (deps) => async (c) => {
	const governed = await readGoverned(c, deps, "listTeam");
	if (!governed.ok) return refuse(c, governed.failure);
	const { space } = governed.value;
	const members = oncePerDevice(await deps.store.listMembers(space));
	const revoked = await deps.store.listRevoked(space, deps.now() - shownMs);
	const open = await deps.store.listOpenInvites(space, deps.now());
	return answer(c, {
		members: members.map(({ role, subject, since, everywhere, device: { dev, holder, name, enrolledAt, seenAt, unsent } }) => ({
			subject,
			dev,
			holder,
			deviceName: name,
			role,
			everywhere: everywhere && space !== "*",
			since,
			enrolledAt,
			lastSeenAt: seenAt,
			unsent
		})),
		revoked: revoked.map(({ dev, holder, name, revokedAt, signedOutAt, seenAt, unsent }) => ({
			dev,
			holder,
			deviceName: name,
			lastSeenAt: seenAt,
			unsent,
			revokedAt: revokedAt ?? 0,
			handedOver: (signedOutAt ?? 0) >= (revokedAt ?? 0)
		})),
		openInvites: open.flatMap(({ role, codeHash, createdAt, expiresAt }) => {
			const invited = invitedRoles.find((known) => known === role);
			return invited ? [{
				id: inviteId(codeHash),
				role: invited,
				createdAt,
				expiresAt
			}] : [];
		}),
		attendeeDevices: await deps.store.countAttendees(space),
		parked: await deps.store.countParked(space),
		full: await deps.store.countFull(space)
	});
};
// src/server/routes/ticket.ts
function wasPresent(space, ids, dev) {
	for (const { fields, stamp } of standingFacts(space, "attendance")) if (ids.includes(textOf(fields, "p")) && (dev === void 0 || stamp.dev === dev)) return true;
	return false;
}
function sameIds(space, person) {
	const canonical = canonicalIds(space);
	const one = canonical.get(person) ?? person;
	return [...new Set([
		one,
		person,
		...[...canonical].flatMap(([id, to]) => to === one ? [id] : [])
	])].sort();
}
var ticket = (deps) => async (c) => {
	const granted = await readGranted(c, deps, "push");
	if (!granted.ok) return refuse(c, granted.failure);
	const request = await readBody(c, TicketRequest, maxSmallBytes);
	if (!request.ok) return refuse(c, request.failure);
	const { space, device, role, owner = "" } = granted.value;
	const { person, blinded } = request.value;
	const folded = await deps.folded(space);
	const form = folded && readForms(folded.space).get(c.req.param("form") ?? "");
	if (!folded || !form?.open || !form.anonymous) return refuse(c, { kind: "notFound" });
	const isOwn = owner !== "" && person.startsWith(owner);
	const own = may(role, "checkIn") || isOwn ? void 0 : device.dev;
	const ids = sameIds(folded.space, person);
	if (!wasPresent(folded.space, ids, own)) return refuse(c, { kind: "forbidden" });
	const issued = deps.tickets.issue({
		space,
		form: form.id
	}, blinded);
	if (!issued) return refuse(c, { kind: "badRequest" });
	for (const id of ids) if (!await deps.store.claimTicket({
		space,
		form: form.id,
		person: id,
		blinded
	})) return refuse(c, { kind: "used" });
	return answer(c, issued);
};
// src/server/routes/waysIn.ts
var waysIn = (deps) => async (c) => {
	return answer(c, {
		passkeys: siteOf(c, deps, `http://${c.req.header("Host")}`) !== void 0,
		sso: deps.oidc?.name ?? null
	});
};
// src/server/endpoints.ts
var on = (method) => (path, who, route, said) => ({
	method,
	path,
	who,
	route,
	...said
});
var [get, post, put] = [
	on("GET"),
	on("POST"),
	on("PUT")
];
var endpoints = [
	get("/health", "anyone", health, { answer: HealthAnswer }),
	get("/session", "anyone", session, {
		query: SessionQuery,
		answer: SessionAnswer
	}),
	get("/events", "reader", events, {
		answer: { events: Hints },
		refusals: ["tooMany"]
	}),
	post("/setup", "bearer", setup, {
		request: SetupRequest,
		answer: Done,
		refusals: [
			"notFound",
			"expired",
			"used",
			"emailTaken",
			"weakPassword",
			"otherAccount"
		]
	}),
	post("/sign-in", "bearer", signIn$1, {
		request: SignInRequest,
		answer: Done,
		refusals: [
			"wrongPassword",
			"tooMany",
			"otherAccount"
		]
	}),
	post("/sign-out", "anyone", signOut, { answer: Done }),
	post("/reset", "bearer", reset, {
		request: ResetRequest,
		answer: Done,
		refusals: [
			"notFound",
			"expired",
			"used",
			"weakPassword",
			"tooMany",
			"otherAccount"
		]
	}),
	get("/account", "account", account, { answer: AccountAnswer }),
	post("/account/name", "account", accountName, {
		request: NameRequest,
		answer: Done
	}),
	post("/account/password", "account", accountPassword, {
		request: PasswordRequest,
		answer: Done,
		refusals: [
			"wrongPassword",
			"weakPassword",
			"signInAgain",
			"tooMany",
			"otherAccount"
		]
	}),
	post("/account/sign-outs", "account", accountSignOuts, {
		request: SignOutsRequest,
		answer: Done,
		refusals: ["notFound"]
	}),
	get("/sign-in", "anyone", waysIn, { answer: WaysInAnswer }),
	post("/sso", "anyone", sso, {
		request: SsoRequest,
		answer: SsoAnswer,
		refusals: [
			"unauthorized",
			"forbidden",
			"signInAgain",
			"notFound",
			"providerDown"
		]
	}),
	get("/sso/return", "anyone", ssoReturn, {
		answer: "redirect",
		refusals: ["notFound"]
	}),
	post("/sign-in/passkey-challenge", "anyone", passkeyChallenge, {
		answer: PasskeyChallenge,
		refusals: ["notFound"]
	}),
	post("/sign-in/passkey", "bearer", signInPasskey, {
		request: PasskeySignInRequest,
		answer: Done,
		refusals: ["unknownPasskey", "otherAccount"]
	}),
	post("/account/passkey-challenge", "account", newPasskeyChallenge, {
		answer: NewPasskeyChallenge,
		refusals: ["notFound", "signInAgain"]
	}),
	post("/account/passkeys", "account", addPasskey, {
		request: NewPasskeyRequest,
		answer: Done,
		refusals: ["used", "signInAgain"]
	}),
	post("/account/passkeys/change", "account", changePasskey, {
		request: PasskeyChangeRequest,
		answer: Done,
		refusals: ["notFound", "lastWayIn"]
	}),
	post("/reset-codes", "account", resetCodes, {
		request: ResetCodeRequest,
		answer: ResetCodeAnswer,
		refusals: ["notFound"]
	}),
	post("/enrol", "bearer", enrol, {
		request: EnrolRequest,
		answer: EnrolAnswer,
		refusals: [
			"notFound",
			"expired",
			"used",
			"tooMany"
		]
	}),
	post("/spaces/:space/push", "standing", push, {
		request: PushRequest,
		maxBytes: maxPushBytes,
		answer: PushAnswer,
		refusals: [
			"unknownAuthor",
			"tooMany",
			"shareUsed"
		]
	}),
	get("/spaces/:space/pull", "pull", pull, {
		query: PullQuery,
		answer: PullAnswer
	}),
	post("/spaces/:space/recover", "pull", recover, {
		request: RecoverRequest,
		maxBytes: maxRecoverBytes,
		answer: Done
	}),
	post("/spaces/:space/invites", "invite", invites, {
		request: InviteRequest,
		answer: InviteAnswer
	}),
	post("/spaces/:space/invites/:invite", "invite", endInvite, {
		request: EndInviteRequest,
		answer: Done,
		refusals: ["notFound"]
	}),
	get("/spaces/:space/team", "listTeam", team, { answer: TeamAnswer }),
	get("/spaces/:space/attendees", "listTeam", attendees, {
		query: AttendeesQuery,
		answer: AttendeesAnswer
	}),
	get("/spaces/:space/quarantine", "review", quarantine, { answer: QuarantineAnswer }),
	get("/spaces/:space/quarantine/:dev", "review", parkedOf, {
		query: ParkedQuery,
		answer: ParkedAnswer
	}),
	post("/spaces/:space/quarantine/:dev", "review", decide, {
		request: DecisionRequest,
		maxBytes: maxPushBytes,
		answer: DecisionAnswer
	}),
	get("/spaces/:space/audit", "history", audit, {
		query: AuditQuery,
		answer: AuditAnswer
	}),
	post("/spaces/:space/rights", "manageTeam", rights$1, {
		request: RightsRequest,
		answer: Done,
		refusals: ["notFound", "lastOrganizer"]
	}),
	post("/spaces/:space/devices/:dev", "manageTeam", device, {
		request: DeviceRequest,
		answer: Done,
		refusals: ["notFound", "lastOrganizer"]
	}),
	post("/spaces/:space/passkey-challenge", "pull", firstPasskeyChallenge, { answer: NewPasskeyChallenge }),
	post("/spaces/:space/account", "pull", newAccount, {
		request: NewAccountRequest,
		answer: Done,
		refusals: [
			"used",
			"emailTaken",
			"weakPassword",
			"otherAccount"
		]
	}),
	post("/spaces/:space/gate", "gate", gate, {
		request: GateRequest,
		answer: GateAnswer,
		refusals: ["used"]
	}),
	get("/spaces/:space/view", "view", view, { answer: ViewAnswer }),
	post("/spaces/:space/find", "find", find, {
		request: FindRequest,
		answer: FindAnswer,
		refusals: ["tooMany"]
	}),
	post("/spaces/:space/files", "upload", files$1, {
		request: FileRequest,
		answer: FileProgress,
		refusals: ["badFile", "overQuota"]
	}),
	put("/spaces/:space/files/:hash", "upload", chunk, {
		request: "bytes",
		maxBytes: maxChunkBytes,
		query: ChunkQuery,
		answer: FileProgress,
		refusals: ["badFile", "hashMismatch"]
	}),
	get("/spaces/:space/files/:hash", "readFiles", file, { answer: "bytes" }),
	post("/spaces/:space/forms/:form/ticket", "push", ticket, {
		request: TicketRequest,
		answer: TicketAnswer,
		refusals: ["used"]
	}),
	post("/ballots", "bearer", ballot, {
		request: BallotRequest,
		maxBytes: maxBallotBytes,
		answer: Done,
		refusals: ["notFound"]
	})
];
// src/server/skin.ts
var headers = {
	"Content-Security-Policy": [
		"default-src 'none'",
		"script-src 'self' 'wasm-unsafe-eval'",
		"worker-src 'self'",
		"connect-src 'self'",
		"img-src 'self' blob:",
		"media-src 'self' blob:",
		"style-src 'self'",
		"font-src 'self'",
		"manifest-src 'self'",
		"base-uri 'none'",
		"form-action 'self'",
		"frame-ancestors 'none'"
	].join("; "),
	"Permissions-Policy": "camera=(self), geolocation=(self), publickey-credentials-get=(self), publickey-credentials-create=(self), screen-wake-lock=(self), microphone=(), display-capture=(), payment=(), usb=(), serial=(), bluetooth=(), hid=(), midi=()",
	"X-Content-Type-Options": "nosniff",
	"Referrer-Policy": "no-referrer",
	"Cross-Origin-Opener-Policy": "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin"
};
var apiHeaders = {
	"X-Content-Type-Options": "nosniff",
	"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"
};
function believeProxies(proxies) {
	return async (c, next) => {
		if (proxies === 0 && c.req.header("X-Forwarded-Proto") !== void 0) {
			const headers = new Headers(c.req.raw.headers);
			headers.delete("X-Forwarded-Proto");
			c.req.raw = new Request(c.req.raw, { headers });
		}
		await next();
	};
}
async function dress(c, next) {
	await next();
	const carried = c.req.path.startsWith("/api/") ? apiHeaders : headers;
	for (const [name, value] of Object.entries(carried)) if (!c.res.headers.has(name)) c.header(name, value);
	if (c.req.header("X-Forwarded-Proto") === "https") c.header("Strict-Transport-Security", "max-age=31536000");
}
async function forbidStoring(c, next) {
	await next();
	if (!c.res.headers.has("Cache-Control")) c.header("Cache-Control", "no-store");
}
var ownTypes = /^application\/(?:json|octet-stream)\b/;
function guardWrites(publicUrl) {
	return async (c, next) => {
		if (c.req.method === "GET" || c.req.method === "HEAD") {
			await next();
			return;
		}
		const origin = c.req.header("Origin");
		const host = c.req.header("Host") ?? new URL(c.req.url).host;
		if (!(origin === void 0 || origin === publicUrl || origin.replace(/^https?:\/\//, "") === host)) return refuse(c, { kind: "forbidden" });
		if (!ownTypes.test(c.req.header("Content-Type") ?? "")) return refuse(c, { kind: "badRequest" });
		await next();
	};
}
// src/server/app.ts
var base = "/api/v1";
var fullDisk = [
	"SQLITE_FULL",
	"ENOSPC",
	"53100"
];
function createApp(deps, { distFolder, publicUrl, proxies, log, onCall }) {
	const app = new Hono();
	app.use(believeProxies(proxies));
	app.use(dress);
	app.use(compress());
	app.use("/api/*", forbidStoring, guardWrites(publicUrl));
	for (const endpoint of endpoints) {
		const { method, path, route } = endpoint;
		app.on(method, `${base}${path}`, note(endpoint, log, onCall), route(deps));
	}
	app.all("/api/*", (c) => refuse(c, { kind: "notFound" }));
	const shell = serveStatic({
		root: distFolder,
		path: "index.html"
	});
	app.use(letStoreAssets, serveStatic({ root: distFolder }));
	app.get("*", (c, next) => isPage(c.req.path) ? shell(c, next) : next());
	app.onError((error, c) => {
		const code = "code" in error && typeof error.code === "string" ? error.code : void 0;
		log.error({
			name: error.name,
			code,
			at: framesOf(error)
		}, "a call failed");
		return refuse(c, { kind: fullDisk.includes(code ?? "") ? "storageFull" : "serverError" });
	});
	return app;
}
function framesOf({ stack = "" }) {
	return stack.split("\n").filter((line) => /^ +at /.test(line));
}
async function letStoreAssets(c, next) {
	await next();
	const isHashed = c.res.ok && c.req.path.startsWith("/assets/");
	c.header("Cache-Control", isHashed ? "public, max-age=31536000, immutable" : "no-cache");
}
function note({ method, path }, log, onCall) {
	return async (c, next) => {
		const start = performance.now();
		await next();
		const ms = Math.round(performance.now() - start);
		const call = `${method} ${path}`;
		onCall?.({
			call,
			status: c.res.status,
			ms
		});
		if (path === "/ballots") return;
		const space = v.safeParse(Id, c.req.param("space"));
		log.info({
			call,
			space: space.success ? space.output : void 0,
			status: c.res.status,
			ms
		}, "call");
	};
}
// src/server/files/disk.ts
var isMissing = (error) => error instanceof Error && "code" in error && error.code === "ENOENT";
async function sizeOfFile(path) {
	try {
		return (await stat(path)).size;
	} catch (error) {
		if (isMissing(error)) return void 0;
		throw error;
	}
}
async function flushFolder(folder) {
	const handle = await open(folder, "r");
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}
async function openDisk(folder) {
	const parts = join(folder, "parts");
	await mkdir(parts, { recursive: true });
	const pathOf = (hash) => join(folder, hash.slice(0, 2), hash);
	const partPath = ({ space, hash }) => join(parts, `${space}.${hash}`);
	return {
		writeChunk: async (part, offset, bytes) => {
			const path = partPath(part);
			const isNew = await sizeOfFile(path) === void 0;
			const handle = await open(path, isNew ? "wx" : "r+");
			try {
				for (let written = 0; written < bytes.length;) written += (await handle.write(bytes, written, bytes.length - written, offset + written)).bytesWritten;
				await handle.datasync();
			} finally {
				await handle.close();
			}
			if (isNew) await flushFolder(parts);
		},
		readPart: async function* (part, sizeBytes) {
			let read = 0;
			for await (const bytes of createReadStream(partPath(part), {
				end: sizeBytes - 1,
				highWaterMark: 1048576
			})) {
				read += bytes.length;
				yield bytes;
			}
			if (read < sizeBytes) throw new Error("A part is shorter than was noted");
		},
		readOfPart: async (part, from, to) => {
			const handle = await open(partPath(part), "r");
			try {
				const { buffer, bytesRead } = await handle.read(new Uint8Array(Math.max(0, to - from)), 0, void 0, from);
				return buffer.subarray(0, bytesRead);
			} finally {
				await handle.close();
			}
		},
		sizeOfPart: async (part) => await sizeOfFile(partPath(part)) ?? 0,
		finish: async (part) => {
			const path = pathOf(part.hash);
			if (await mkdir(dirname(path), { recursive: true })) await flushFolder(folder);
			await rename(partPath(part), path);
			await flushFolder(dirname(path));
		},
		dropPart: (part) => rm(partPath(part), { force: true }),
		listParts: async () => (await readdir(parts)).map((name) => {
			const [space = "", hash = ""] = name.split(".");
			return {
				space,
				hash
			};
		}),
		sizeOf: (hash) => sizeOfFile(pathOf(hash)),
		read: async (hash, from, to) => {
			const handle = await open(pathOf(hash), "r");
			return Readable.toWeb(handle.createReadStream({
				start: from,
				end: to - 1
			}));
		},
		remove: (hash) => rm(pathOf(hash), { force: true }),
		list: async () => {
			const folders = (await readdir(folder)).filter((name) => name.length === 2);
			return (await Promise.all(folders.map((name) => readdir(join(folder, name))))).flat();
		},
		freeBytes: async () => {
			const { bavail, bsize } = await statfs(folder);
			return bavail * bsize;
		}
	};
}
// src/server/addressOf.ts
function groupsOf(address) {
	const [before = [], behind] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::").map((part) => part ? part.split(":") : []);
	if (!behind) return before;
	return [
		...before,
		...Array(8 - before.length - behind.length).fill("0"),
		...behind
	];
}
function networkOf(address) {
	const plain = address.replace(/%.*$/, "");
	if (!isIPv6(plain)) return address;
	const groups = groupsOf(plain);
	if (groups.slice(0, 6).join(":") !== "0:0:0:0:0:ffff") return `${groups.slice(0, 4).join(":")}::/64`;
	return groups.slice(6).map((group) => Number.parseInt(group, 16)).flatMap((bits) => [bits >> 8, bits & 255]).join(".");
}
function createAddressOf(proxies) {
	return (c) => {
		const forwarded = (c.req.header("X-Forwarded-For") ?? "").split(",").map((part) => part.trim());
		return networkOf((proxies > 0 ? forwarded.at(-proxies) : void 0) || (c.env?.incoming ? getConnInfo(c).remote.address : void 0) || "unknown");
	};
}
var unboundMs = hourMs$1;
var devOf = (session) => "dev" in session && typeof session.dev === "string" ? session.dev : null;
function createSessions(people) {
	return {
		open: async (account, dev, now) => {
			const token = newSecret();
			const started = new Date(now);
			const expiresAt = new Date(now + 90 * dayMs);
			const row = {
				token: hashSecret(token),
				dev: dev ?? null,
				createdAt: started,
				updatedAt: started,
				expiresAt
			};
			await people.createSession(account, false, row, true);
			return token;
		},
		find: async (token, dev, now) => {
			const hash = hashSecret(token);
			const found = await people.findSession(hash);
			if (!found) return void 0;
			const [expires, started] = [found.session.expiresAt.getTime(), found.session.createdAt.getTime()];
			const bound = devOf(found.session);
			if (!(bound === null ? now < started + unboundMs : bound === dev) || expires <= now) return void 0;
			if (expires < now + 76896e5) await people.updateSession(hash, { expiresAt: new Date(now + 90 * dayMs) });
			const { id, name, email } = found.user;
			return {
				account: {
					id,
					name,
					email
				},
				dev: bound,
				startedAt: started
			};
		},
		bind: async (token, dev) => {
			await people.updateSession(hashSecret(token), { dev });
		},
		end: (token) => people.deleteSession(hashSecret(token)),
		list: async (account, now) => {
			return (await people.listSessions(account)).map((row) => ({
				hash: row.token,
				dev: devOf(row),
				startedAt: row.createdAt.getTime(),
				row
			})).filter(({ dev, startedAt, row }) => row.expiresAt.getTime() > now && (dev !== null || now < startedAt + unboundMs)).map(({ hash, dev, startedAt }) => ({
				hash,
				dev,
				startedAt
			}));
		},
		endHashed: (hash) => people.deleteSession(hash),
		endAll: (account) => people.deleteUserSessions(account)
	};
}
// src/server/auth/accounts.ts
var providerOf = (issuer) => `oidc ${issuer}`;
var isProvider = (id) => id.startsWith("oidc ");
async function openAccounts(store, passwords = {
	hash: hashPassword,
	verify: verifyPassword
}) {
	const options = {
		baseURL: "http://localhost",
		secret: newSecret(),
		database: {
			...store.accounts,
			transaction: true
		},
		session: {
			expiresIn: 7776e3,
			additionalFields: { dev: {
				type: "string",
				required: false,
				input: false
			} }
		},
		rateLimit: { enabled: false },
		logger: { disabled: true },
		telemetry: { enabled: false }
	};
	await store.alone(async () => (await getMigrations(options)).runMigrations());
	const { internalAdapter: people } = await betterAuth(options).$context;
	let nobodys;
	const toAccount = ({ id, name, email }) => ({
		id,
		name,
		email
	});
	async function findByEmail(email) {
		const found = await people.findUserByEmail(email);
		return found ? toAccount(found.user) : void 0;
	}
	async function setPassword(id, password) {
		const hash = await passwords.hash(password);
		if (await people.findCredentialAccount(id)) return people.updatePassword(id, hash);
		await people.linkAccount({
			userId: id,
			accountId: id,
			providerId: "credential",
			password: hash
		});
	}
	return {
		sessions: createSessions(people),
		create: async ({ name, email, password, isProven = false }) => {
			if (await findByEmail(email)) return fail({ kind: "emailTaken" });
			try {
				const user = await people.createUser({
					name,
					email,
					emailVerified: isProven
				}, { method: "email-password" });
				if (password !== void 0) await setPassword(user.id, password);
				return ok(toAccount(user));
			} catch (error) {
				if (await findByEmail(email)) return fail({ kind: "emailTaken" });
				throw error;
			}
		},
		checkPassword: async (email, password) => {
			const found = await people.findUserByEmail(email, { includeAccounts: true });
			nobodys ??= passwords.hash(newSecret());
			const other = await nobodys;
			const hash = found?.accounts.find(({ providerId }) => providerId === "credential")?.password;
			const isRight = await passwords.verify({
				hash: hash ?? other,
				password
			});
			return found && hash && isRight ? ok(toAccount(found.user)) : fail({ kind: "wrongPassword" });
		},
		find: async (id) => {
			const user = await people.findUserById(id);
			return user ? toAccount(user) : void 0;
		},
		findByEmail,
		findLinked: async ({ issuer, subject }) => {
			const owner = await people.findAccountOwnerByKey({
				providerId: providerOf(issuer),
				accountId: subject
			});
			return owner?.kind === "owned" ? toAccount(owner.user) : void 0;
		},
		link: async (id, { issuer, subject }, isProven) => {
			await people.linkAccount({
				userId: id,
				accountId: subject,
				providerId: providerOf(issuer)
			});
			if (isProven) await people.updateUser(id, { emailVerified: true });
		},
		unlink: async (id) => {
			const linked = (await people.findAccounts(id)).filter(({ providerId }) => isProvider(providerId));
			for (const row of linked) await people.deleteAccount(row.id);
			return linked.length;
		},
		isProven: async (id) => (await people.findUserById(id))?.emailVerified ?? false,
		waysIn: async (id) => {
			const providers = (await people.findAccounts(id)).map(({ providerId }) => providerId);
			return {
				password: providers.includes("credential"),
				linked: providers.some(isProvider)
			};
		},
		rename: async (id, name) => {
			await people.updateUser(id, { name });
		},
		setPassword
	};
}
// src/core/certificate.ts
function certificateMessage({ space, publicKey, owner }) {
	return utf8(JSON.stringify([
		"attendee",
		space,
		publicKey,
		owner
	]));
}
// src/server/auth/issuer.ts
function newIssuerKey() {
	const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
	return privateKey.export({
		format: "der",
		type: "pkcs8"
	}).toString("base64url");
}
var mostKept$1 = 2e4;
function createIssuer(secret) {
	const key = createPrivateKey({
		key: Buffer.from(secret, "base64url"),
		format: "der",
		type: "pkcs8"
	});
	const { x = "", y = "" } = createPublicKey(key).export({ format: "jwk" });
	const publicKey = Buffer.concat([
		Buffer.of(4),
		Buffer.from(x, "base64url"),
		Buffer.from(y, "base64url")
	]).toString("base64url");
	const certified = new Map();
	return {
		publicKey,
		certify: (holding) => {
			const message = certificateMessage(holding);
			const name = Buffer.from(message).toString("latin1");
			const held = certified.get(name);
			if (held !== void 0) return held;
			const made = sign("sha256", message, {
				key,
				dsaEncoding: "ieee-p1363"
			}).toString("base64url");
			if (certified.size >= mostKept$1) certified.clear();
			certified.set(name, made);
			return made;
		},
		holds: (holding, signature) => isSealed(publicKey, certificateMessage(holding), signature)
	};
}
// src/server/auth/oidc.ts
var answerWithinS = 10;
function createOidc({ issuer, clientId, clientSecret, name }, publicUrl, onTrouble) {
	const redirectUri = `${publicUrl}/api/v1/sso/return`;
	const isLocal = new URL(issuer).protocol === "http:";
	let found;
	function find() {
		const options = {
			execute: [enableNonRepudiationChecks, ...isLocal ? [allowInsecureRequests] : []],
			timeout: answerWithinS
		};
		found ??= discovery(new URL(issuer), clientId, clientSecret, void 0, options);
		found.catch(() => {
			found = void 0;
		});
		return found;
	}
	const draw = (secret) => ({
		state: hashSecret(`state ${secret}`),
		nonce: hashSecret(`nonce ${secret}`),
		verifier: hashSecret(`verifier ${secret}`)
	});
	return {
		name,
		leave: async (secret) => {
			const { state, nonce, verifier } = draw(secret);
			try {
				return buildAuthorizationUrl(await find(), {
					redirect_uri: redirectUri,
					scope: "openid email profile",
					code_challenge: await calculatePKCECodeChallenge(verifier),
					code_challenge_method: "S256",
					state,
					nonce
				});
			} catch (error) {
				onTrouble(error);
				return;
			}
		},
		comeBack: async (search, secret) => {
			const { state, nonce, verifier } = draw(secret);
			const checks = {
				expectedState: state,
				expectedNonce: nonce,
				pkceCodeVerifier: verifier,
				idTokenExpected: true
			};
			try {
				const provider = await find();
				const tokens = await authorizationCodeGrant(provider, new URL(redirectUri + search), checks);
				const claims = tokens.claims();
				if (!claims) return fail({ kind: "failed" });
				const { email, email_verified: isVerified, name: called } = claims.email === void 0 && provider.serverMetadata().userinfo_endpoint !== void 0 ? await fetchUserInfo(provider, tokens.access_token, claims.sub) : claims;
				return ok({
					identity: {
						issuer: claims.iss,
						subject: claims.sub
					},
					email: typeof email === "string" && isVerified === true ? email.trim().toLowerCase() : void 0,
					name: typeof called === "string" ? called : ""
				});
			} catch (error) {
				if (error instanceof AuthorizationResponseError) return fail({ kind: "cancelled" });
				onTrouble(error);
				return fail({ kind: "failed" });
			}
		}
	};
}
// src/server/auth/passkeys.ts
var lifetimeMs$1 = 3e5;
function createPasskeys(secret, store) {
	const macOf = (account, expires, chance) => createHmac("sha256", secret).update(JSON.stringify([
		"passkey",
		account,
		expires,
		chance
	])).digest("base64url");
	function isOurs(challenge, account, now) {
		const [chance = "", expires = "", mac = ""] = Buffer.from(challenge, "base64url").toString().split(".");
		const [ours, theirs] = [Buffer.from(macOf(account, expires, chance)), Buffer.from(mac)];
		return ours.length === theirs.length && timingSafeEqual(ours, theirs) && Number(expires) > now;
	}
	async function expect(account, now, verify) {
		let signed = "";
		try {
			const verified = await verify((challenge) => {
				signed = challenge;
				return isOurs(challenge, account, now);
			});
			return await store.spend(hashSecret(signed), now + lifetimeMs$1, now) ? verified : void 0;
		} catch {
			return;
		}
	}
	const common = {
		type: "public-key",
		clientExtensionResults: {}
	};
	return {
		challenge: (account = "", now) => {
			const [chance, expires] = [newSecret(), String(now + lifetimeMs$1)];
			return Buffer.from([
				chance,
				expires,
				macOf(account, expires, chance)
			].join(".")).toString("base64url");
		},
		readNew: async (account, { id, ...response }, site, now) => {
			const credential = (await expect(account, now, (expectedChallenge) => verifyRegistrationResponse({
				response: {
					id,
					rawId: id,
					response,
					...common
				},
				expectedChallenge,
				expectedOrigin: site.origin,
				expectedRPID: site.id,
				requireUserVerification: true
			})))?.registrationInfo?.credential;
			if (!credential) return void 0;
			return {
				id: credential.id,
				key: Buffer.from(credential.publicKey).toString("base64url"),
				counter: credential.counter
			};
		},
		check: async (held, { id, ...response }, site, now) => {
			const verified = await expect("", now, (expectedChallenge) => verifyAuthenticationResponse({
				response: {
					id,
					rawId: id,
					response,
					...common
				},
				expectedChallenge,
				expectedOrigin: site.origin,
				expectedRPID: site.id,
				credential: {
					...held,
					publicKey: new Uint8Array(Buffer.from(held.key, "base64url"))
				},
				requireUserVerification: true
			}));
			return verified?.verified ? verified.authenticationInfo.newCounter : void 0;
		}
	};
}
// src/server/auth/setup.ts
var lifetimeMs = dayMs;
function createSetup() {
	let open;
	return {
		issue: (now) => {
			const token = newSecret();
			open = {
				hash: hashSecret(token),
				expiresAt: now + lifetimeMs
			};
			return token;
		},
		check: (token, now) => {
			if (!open || !timingSafeEqual(Buffer.from(open.hash), Buffer.from(hashSecret(token)))) return fail({ kind: "notFound" });
			return now < open.expiresAt ? ok(void 0) : fail({ kind: "expired" });
		},
		end: () => {
			open = void 0;
		}
	};
}
// src/server/auth/tickets.ts
var { voprf } = p256_oprf;
var info = new TextEncoder().encode("hadir ballot");
var toText = (bytes) => Buffer.from(bytes).toString("base64url");
var toBytes = (text) => Uint8Array.from(Buffer.from(text, "base64url"));
function createTickets(secret) {
	const keysOf = ({ space, form }) => {
		const seed = createHmac("sha256", secret).update(JSON.stringify([space, form])).digest();
		return voprf.deriveKeyPair(Uint8Array.from(seed), info);
	};
	return {
		issue: (place, blinded) => {
			const { secretKey, publicKey } = keysOf(place);
			try {
				const { evaluated, proof } = voprf.blindEvaluate(secretKey, publicKey, toBytes(blinded));
				return {
					evaluated: toText(evaluated),
					proof: toText(proof),
					publicKey: toText(publicKey)
				};
			} catch {
				return;
			}
		},
		holds: (place, nonce, token) => {
			const { secretKey, publicKey } = keysOf(place);
			const input = toBytes(nonce);
			const { blind, blinded } = voprf.blind(input);
			const { evaluated, proof } = voprf.blindEvaluate(secretKey, publicKey, blinded);
			const expected = voprf.finalize(input, blind, evaluated, blinded, publicKey, proof);
			const given = toBytes(token);
			return given.length === expected.length && timingSafeEqual(given, expected);
		}
	};
}
// src/server/auth/tries.ts
var freeTries = 5;
var longestDelayMs = 9e5;
var manyFromOutside = 100;
function delayMs(wrong, free = freeTries) {
	return wrong < free ? 0 : Math.min(longestDelayMs, 1e3 * 2 ** Math.min(wrong - free + 1, 20));
}
function keyOf(account, place) {
	const where = place && ("device" in place ? place.device : place.address);
	return hashSecret(JSON.stringify([
		"tries",
		account,
		where
	]));
}
function createTries(store) {
	const countOf = (tries, now) => tries && now - tries.at < 864e5 ? tries.wrong : 0;
	async function count(key, free, now) {
		for (;;) {
			const held = await store.findTries(key);
			const wrong = countOf(held, now);
			const waitMs = held ? held.at + delayMs(wrong, free) - now : 0;
			if (waitMs > 0) return waitMs;
			if (await store.putTries(key, {
				wrong: wrong + 1,
				at: now
			}, held)) return 0;
		}
	}
	return {
		take: async (account, place, now) => {
			await store.dropTriesBefore(now - dayMs);
			if ("device" in place) return count(keyOf(account, place), freeTries, now);
			const outside = keyOf(account, void 0);
			const isBusy = countOf(await store.findTries(outside), now) >= manyFromOutside;
			const waitMs = await count(keyOf(account, place), isBusy ? 1 : freeTries, now);
			if (waitMs === 0) await count(outside, Number.POSITIVE_INFINITY, now);
			return waitMs;
		},
		forget: (account, place) => store.dropTries(keyOf(account, place))
	};
}
// src/server/auth/witness.ts
function createWitness(secret) {
	const of = ({ space, epoch, seq, chain }) => createHmac("sha256", secret).update(JSON.stringify([
		space,
		epoch,
		seq,
		chain
	])).digest("base64url");
	return {
		of,
		holds: (place, word) => {
			const [ours, theirs] = [Buffer.from(of(place)), Buffer.from(word)];
			return ours.length === theirs.length && timingSafeEqual(ours, theirs);
		}
	};
}
"Ahmad Siti Budi Dewi Cahyo Endah Fajar Gita Hendra Intan Joko Kartika".split(" ");
"Pratama Wulandari Saputra Maharani Nugraha".split(" ");
// src/core/sniff.ts
function latin(bytes) {
	let text = "";
	for (const byte of bytes) text += String.fromCharCode(byte);
	return text;
}
var marks = [
	["image/png", [0, "PNG\r\n\n"]],
	["image/jpeg", [0, "ÿØÿ"]],
	["image/gif", [0, "GIF87a"]],
	["image/gif", [0, "GIF89a"]],
	[
		"image/webp",
		[0, "RIFF"],
		[8, "WEBP"]
	],
	[
		"audio/wav",
		[0, "RIFF"],
		[8, "WAVE"]
	],
	["audio/ogg", [0, "OggS"]],
	["audio/mpeg", [0, "ID3"]],
	[[
		"video/mp4",
		"audio/mp4",
		"video/quicktime"
	], [4, "ftyp"]],
	["video/quicktime", [4, "moov"]],
	["video/quicktime", [4, "mdat"]],
	["video/quicktime", [4, "wide"]]
];
var mp3Frame = /^\xff[\xe2\xe3\xf2\xf3\xfa\xfb]/;
var pdfMark = /%PDF-\d/;
var headBytes = 1024;
var officeParts = [
	["application/vnd.openxmlformats-officedocument.wordprocessingml.document", "wordprocessingml.document.main+xml"],
	["application/vnd.openxmlformats-officedocument.presentationml.presentation", "presentationml.presentation.main+xml"],
	["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "spreadsheetml.sheet.main+xml"]
];
var contentTypesName = "[Content_Types].xml";
var maxContentTypesBytes = 1048576;
var maxDirectoryBytes = 4194304;
async function sniffTypes(read, sizeBytes, inflate) {
	const head = latin(await read(0, Math.min(headBytes, sizeBytes)));
	const [found] = marks.find(([, ...places]) => places.every(([at, mark]) => head.startsWith(mark, at))) ?? [];
	if (found) return [found].flat();
	if (mp3Frame.test(head)) return ["audio/mpeg"];
	if (head.startsWith("PK")) return inflate ? sniffOffice(read, sizeBytes, inflate) : officeParts.map(([type]) => type);
	return pdfMark.test(head) && !/^\s*</.test(head) ? ["application/pdf"] : [];
}
async function sniffOffice(read, sizeBytes, inflate) {
	const list = await readContentTypes(read, sizeBytes, inflate).catch(() => void 0);
	if (!list || /macroEnabled/i.test(list)) return [];
	return officeParts.filter(([, part]) => list.includes(part)).map(([type]) => type);
}
async function readContentTypes(read, sizeBytes, inflate) {
	const viewOf = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const tail = await read(Math.max(0, sizeBytes - 65557), sizeBytes);
	const end = latinIndexOf(tail, "PK");
	if (end < 0) return void 0;
	const [directoryBytes, directoryAt] = [viewOf(tail).getUint32(end + 12, true), viewOf(tail).getUint32(end + 16, true)];
	if (directoryBytes > maxDirectoryBytes) return void 0;
	const directory = await read(directoryAt, directoryAt + directoryBytes);
	const view = viewOf(directory);
	for (let at = 0; at + 46 <= directory.length;) {
		const nameBytes = view.getUint16(at + 28, true);
		if (latin(directory.subarray(at + 46, at + 46 + nameBytes)) === contentTypesName) {
			const [method, packedBytes, local] = [
				view.getUint16(at + 10, true),
				view.getUint32(at + 20, true),
				view.getUint32(at + 42, true)
			];
			if (packedBytes > maxContentTypesBytes) return void 0;
			const header = viewOf(await read(local, local + 30));
			const from = local + 30 + header.getUint16(26, true) + header.getUint16(28, true);
			const packed = await read(from, from + packedBytes);
			return latin(method === 0 ? packed : await inflate(packed, maxContentTypesBytes));
		}
		at += 46 + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
	}
}
function latinIndexOf(bytes, mark) {
	for (let at = bytes.length - 22; at >= 0; at--) if (latin(bytes.subarray(at, at + mark.length)) === mark) return at;
	return -1;
}
// src/server/files/uploads.ts
var reservedBytes = 268435456;
var unpack = promisify(inflateRaw);
function createUploads(store, files, limits) {
	const turns = new Map();
	function inTurn(hash, work) {
		const turn = (turns.get(hash) ?? Promise.resolve()).then(work, work);
		turns.set(hash, turn);
		const leave = () => {
			if (turns.get(hash) === turn) turns.delete(hash);
		};
		turn.then(leave, leave);
		return turn;
	}
	const whole = (sizeBytes) => ok({
		offset: sizeBytes,
		complete: true
	});
	const at = (offset) => ok({
		offset,
		complete: false
	});
	async function sizeHeld({ space, hash }) {
		return await store.findFile(space, hash) && await files.sizeOf(hash);
	}
	async function findElsewhere(hash, mayRead) {
		if (await files.sizeOf(hash) === void 0) return void 0;
		for (const space of await store.listHolders(hash)) if (space !== "" && await mayRead(space)) return store.findFile(space, hash);
	}
	async function drop(part) {
		await store.dropUpload(part.space, part.hash);
		await files.dropPart(part);
	}
	async function hasHash({ sizeBytes, ...part }) {
		const hash = createHash("sha256");
		for await (const bytes of files.readPart(part, sizeBytes)) hash.update(bytes);
		return hash.digest("base64url") === part.hash;
	}
	async function isOfItsType({ sizeBytes, type, ...part }) {
		return (await sniffTypes((from, to) => files.readOfPart(part, from, Math.min(to, sizeBytes)), sizeBytes, (packed, maxOutputLength) => unpack(packed, { maxOutputLength }))).some((one) => one === type);
	}
	async function findFault(upload) {
		if (await files.sizeOfPart(upload) < upload.sizeBytes) return "notFound";
		if (!await hasHash(upload)) return "hashMismatch";
		return await isOfItsType(upload) ? void 0 : "badFile";
	}
	const hold = (file) => store.alone(async () => {
		const isThere = await files.sizeOf(file.hash) !== void 0;
		if (isThere) await store.putFile(file);
		return isThere;
	});
	async function finish(upload, now) {
		const { space, hash, type, sizeBytes, dev, verified } = upload;
		if (!verified) {
			const refusal = await findFault(upload);
			if (refusal) {
				await drop(upload);
				return fail({ kind: refusal });
			}
			await store.noteVerified(space, hash);
		}
		if (await files.sizeOf(hash) === void 0) {
			if (await files.sizeOfPart(upload) < sizeBytes) {
				await drop(upload);
				return fail({ kind: "notFound" });
			}
			await files.finish(upload, {
				sizeBytes,
				type
			});
		}
		if (!await hold({
			space,
			hash,
			type,
			sizeBytes,
			dev,
			createdAt: now,
			unnamedSince: null
		})) return finish(upload, now);
		await files.dropPart(upload);
		return whole(sizeBytes);
	}
	async function isOverQuota({ space, dev, sizeBytes }) {
		const [ofSpace, ofDevice] = [await store.sizeOfFiles({ space }), await store.sizeOfFiles({ dev })];
		return ofSpace + sizeBytes > limits.spaceBytes || ofDevice + sizeBytes > limits.deviceBytes;
	}
	const takeRoom = (upload) => store.alone(async () => {
		if (await isOverQuota(upload)) return false;
		await store.beginUpload(upload);
		return true;
	});
	return {
		begin: (request, mayRead) => inTurn(request.hash, async () => {
			const { now, ...place } = request;
			const { space, dev, hash, sizeBytes, type } = place;
			if (sizeBytes === 0 || !isFileType(type)) return fail({ kind: "badFile" });
			if (sizeBytes > limits.fileBytes) return fail({ kind: "tooLarge" });
			const held = await sizeHeld(request);
			if (held !== void 0) return whole(held);
			const begun = await store.findUpload(space, hash);
			if (begun?.sizeBytes === sizeBytes && begun.received === sizeBytes) return finish(begun, now);
			if (begun?.sizeBytes === sizeBytes && await files.sizeOfPart(begun) >= begun.received) return at(begun.received);
			if (begun) await drop(begun);
			await files.dropPart(request);
			if (!await takeRoom({
				...place,
				received: 0,
				verified: false,
				touchedAt: now
			})) return fail({ kind: "overQuota" });
			const elsewhere = await findElsewhere(hash, mayRead);
			if (elsewhere && await hold({
				...elsewhere,
				space,
				dev,
				createdAt: now,
				unnamedSince: null
			})) return whole(elsewhere.sizeBytes);
			const free = await files.freeBytes();
			if (free === void 0 || free - sizeBytes >= reservedBytes) return at(0);
			await drop(request);
			return fail({ kind: "storageFull" });
		}),
		takeChunk: (part, { offset, bytes, now }) => inTurn(part.hash, async () => {
			const held = await sizeHeld(part);
			if (held !== void 0) return whole(held);
			const upload = await store.findUpload(part.space, part.hash);
			if (!upload) return fail({ kind: "notFound" });
			const { received, sizeBytes } = upload;
			if (received === sizeBytes) return finish(upload, now);
			if (offset !== received) return at(received);
			if (bytes.length === 0) return fail({ kind: "badRequest" });
			const reached = offset + bytes.length;
			if (reached > sizeBytes) return fail({ kind: "tooLarge" });
			await files.writeChunk(part, offset, bytes);
			const step = {
				from: offset,
				to: reached,
				now
			};
			if (!await store.advanceUpload(part.space, part.hash, step)) return at((await store.findUpload(part.space, part.hash))?.received ?? 0);
			return reached === sizeBytes ? finish({
				...upload,
				received: reached
			}, now) : at(reached);
		})
	};
}
// src/server/folded.ts
var pageLimits = {
	maxOps: 2e3,
	maxBytes: 4194304
};
function createFoldedSpaces(store, maxBytes) {
	const held = new Map();
	const turns = new Map();
	function keep(space, now) {
		held.delete(space);
		held.set(space, now);
		let total = [...held.values()].reduce((sum, { bytes }) => sum + bytes, 0);
		for (const [oldest, { bytes }] of held) {
			if (total <= maxBytes || oldest === space) break;
			held.delete(oldest);
			total -= bytes;
		}
	}
	async function bringUp(space) {
		let now = held.get(space);
		for (;;) {
			const page = await store.readPage(space, now?.cursor, pageLimits);
			if (!page) {
				held.delete(space);
				return;
			}
			if (page.state === "diverged") {
				now = void 0;
				continue;
			}
			const { epoch, head, chain, ops } = page;
			const next = now ?? {
				cursor: {
					epoch,
					seq: 0,
					chain: ""
				},
				space: emptySpace(),
				bytes: 0
			};
			for (const op of ops) {
				applyOp(next.space, op);
				next.bytes += op.body.length;
			}
			next.cursor = {
				epoch,
				seq: page.after + ops.length,
				chain
			};
			now = next;
			keep(space, next);
			if (next.cursor.seq >= head) return {
				space: next.space,
				epoch,
				head: next.cursor.seq
			};
		}
	}
	return (space) => {
		const turn = (turns.get(space) ?? Promise.resolve(void 0)).then(() => bringUp(space), () => bringUp(space));
		turns.set(space, turn);
		const leave = () => {
			if (turns.get(space) === turn) turns.delete(space);
		};
		turn.then(leave, leave);
		return turn;
	};
}
// src/server/limiter.ts
function createLimiter(tries, windowMs) {
	const limiter = new RateLimiterMemory({
		points: tries,
		duration: windowMs / 1e3
	});
	return {
		wait: async (key) => {
			const held = await limiter.get(key);
			return held && held.remainingPoints <= 0 ? Math.max(1, held.msBeforeNext) : 0;
		},
		take: async (key, count = 1) => {
			try {
				await limiter.consume(key, count);
				return 0;
			} catch (refusal) {
				if (refusal instanceof RateLimiterRes) return Math.max(1, refusal.msBeforeNext);
				throw refusal;
			}
		}
	};
}
function createPace(own, shared) {
	return {
		wait: async (all, one) => await own.wait(`${all} ${one}`) > 0 ? shared.wait(all) : 0,
		take: async (all, one, count) => await own.take(`${all} ${one}`, count) > 0 ? shared.take(all, count) : 0
	};
}
// src/server/hintStream.ts
function isAttendee(roles) {
	return [...roles.values()].every((role) => role === "attendee");
}
var maxUnread = 50;
var encoder = new TextEncoder();
function createHintStream(parts) {
	const { times, readRoles } = parts;
	let roles = parts.roles;
	const waiting = new Map();
	let pause;
	let out;
	function leave() {
		clearTimeout(pause);
		clearInterval(beat);
		out = void 0;
		parts.onEnd();
	}
	function end() {
		out?.close();
		if (out) leave();
	}
	function send(hints) {
		if (!out) return;
		if ((out.desiredSize ?? 0) <= 0) end();
		else out.enqueue(encoder.encode(`data: ${JSON.stringify(hints)}\n\n`));
	}
	function wait() {
		pause = setTimeout(flush, isAttendee(roles) ? times.attendeeSpacingMs * Math.random() : times.spacingMs).unref();
	}
	function flush() {
		pause = void 0;
		if (waiting.size === 0) return;
		const hints = [...waiting.values()];
		waiting.clear();
		send(hints);
		if (out) wait();
	}
	async function stand() {
		const now = await readRoles().catch(() => roles);
		if (!now || now.size === 0) return end();
		roles = now;
		send([]);
	}
	const beat = setInterval(stand, times.beatMs).unref();
	const body = new ReadableStream({
		start: (controller) => {
			out = controller;
		},
		cancel: leave
	}, { highWaterMark: maxUnread });
	send(parts.heads.filter(({ space }) => roles.has(space)));
	return {
		dev: parts.dev,
		isAttendee: () => isAttendee(roles),
		body,
		tell: (hint) => {
			if (!out || !roles.has(hint.space)) return;
			waiting.set(hint.space, hint);
			if (pause) return;
			if (isAttendee(roles)) wait();
			else flush();
		},
		ask: () => void stand(),
		end
	};
}
// src/server/live.ts
var usualTimes = {
	beatMs: 2e4,
	lookMs: 1e3,
	spacingMs: 1e3,
	attendeeSpacingMs: 15e3
};
var usualRoom = {
	all: 1e4,
	attendees: 8e3
};
var maxStreamsPerDevice = 4;
function createLive(store, times = usualTimes, room = usualRoom) {
	const streams = new Set();
	const known = new Map();
	let timer;
	let closed = false;
	let lastEnding;
	function note(hint) {
		const held = known.get(hint.space);
		if (held && held.epoch === hint.epoch && held.head >= hint.head) return;
		known.set(hint.space, hint);
		for (const stream of streams) stream.tell(hint);
	}
	async function lookAtAll() {
		for (const hint of await store.listHeads().catch(() => [])) note(hint);
		const ending = await store.audit.lastEnding().catch(() => lastEnding);
		if (ending !== lastEnding) ask();
		lastEnding = ending;
		timer = void 0;
		watch();
	}
	function ask() {
		for (const stream of streams) stream.ask();
	}
	function watch() {
		if (streams.size > 0 && !closed) timer ??= setTimeout(lookAtAll, times.lookMs).unref();
	}
	function makeRoom(dev) {
		const own = [...streams].filter((stream) => stream.dev === dev);
		for (const stream of own.slice(0, Math.max(0, own.length + 1 - maxStreamsPerDevice))) stream.end();
	}
	function hasRoom(roles) {
		if (closed || streams.size >= room.all) return false;
		return !isAttendee(roles) || [...streams].filter((stream) => stream.isAttendee()).length < room.attendees;
	}
	return {
		open: async (dev, readRoles) => {
			const roles = await readRoles();
			if (!roles || roles.size === 0) return "none";
			if (!hasRoom(roles)) return "full";
			const heads = await store.listHeads();
			for (const hint of heads) note(hint);
			makeRoom(dev);
			const onEnd = () => {
				streams.delete(stream);
				if (streams.size === 0) known.clear();
			};
			const stream = createHintStream({
				dev,
				roles,
				heads,
				readRoles,
				times,
				onEnd
			});
			streams.add(stream);
			watch();
			return stream.body;
		},
		look: async (space) => {
			const found = streams.size > 0 ? await store.findSpace(space).catch(() => void 0) : void 0;
			if (found) note(found);
		},
		ask,
		close: () => {
			closed = true;
			clearTimeout(timer);
			for (const stream of streams) stream.end();
		}
	};
}
// src/core/audit.ts
var endingKinds = [
	"signedOut",
	"sessionEnded",
	"passwordChanged",
	"resetUsed",
	"deviceRevoked",
	"granted",
	"grantEnded"
];
function auditLink(previous, seq, entry) {
	const { at, kind, space, account, dev, about, reason, detail } = entry;
	const details = Object.entries(detail).sort(([a], [b]) => a < b ? -1 : 1);
	return sha256(concatBytes(previous, utf8(JSON.stringify([
		seq,
		at,
		kind,
		space,
		account,
		dev,
		about,
		reason,
		details
	]))));
}
// src/server/store/together.ts
function createTogether(work, { waitMs, weigh, maxWeight }) {
	const waitingByKey = new Map();
	function countOf(waiting) {
		let weight = 0;
		const tooMany = waiting.findIndex(({ job }, place) => {
			weight += weigh(job);
			return place > 0 && weight > maxWeight;
		});
		return tooMany < 0 ? waiting.length : tooMany;
	}
	async function drain(key, waiting) {
		while (waiting.length > 0) {
			await new Promise((resolve) => setTimeout(resolve, waitMs));
			const round = waiting.splice(0, countOf(waiting));
			try {
				(await work(key, round.map(({ job }) => job))).forEach((result, index) => {
					round[index]?.resolve(result);
				});
			} catch (error) {
				for (const { reject } of round) reject(error);
			}
		}
		waitingByKey.delete(key);
	}
	return (key, job) => new Promise((resolve, reject) => {
		const held = waitingByKey.get(key);
		const waiting = held ?? [];
		waiting.push({
			job,
			resolve,
			reject
		});
		if (held) return;
		waitingByKey.set(key, waiting);
		drain(key, waiting);
	});
}
// src/server/store/audit.ts
var togetherMs$1 = 4;
var maxTogether = 500;
async function appendEntries(transaction, entries) {
	const end = await transaction.updateTable("auditEnd").set((of) => ({ seq: of.ref("seq") })).returning(["seq", "chain"]).executeTakeFirstOrThrow();
	let { seq } = end;
	let link = Buffer.from(end.chain, "base64url");
	const rows = entries.map(({ detail, ...entry }) => {
		seq++;
		link = auditLink(link, seq, {
			...entry,
			detail
		});
		return {
			...entry,
			seq,
			detail: JSON.stringify(detail),
			chain: Buffer.from(link).toString("base64url")
		};
	});
	await transaction.insertInto("audit").values(rows).execute();
	await transaction.updateTable("auditEnd").set({
		seq,
		chain: Buffer.from(link).toString("base64url")
	}).execute();
}
function createAudit({ db, atomically }) {
	const noteTogether = createTogether(async (_, jobs) => {
		await atomically((transaction) => appendEntries(transaction, jobs.flat()));
		return jobs.map(() => void 0);
	}, {
		waitMs: togetherMs$1,
		weigh: (entries) => entries.length,
		maxWeight: maxTogether
	});
	return {
		note: (...entries) => noteTogether("", entries),
		read: async ({ space, about, before, most }) => {
			let query = db.selectFrom("audit").selectAll().orderBy("seq", "desc").limit(most);
			if (space !== void 0) query = query.where("space", "=", space);
			const renewed = JSON.stringify({ before: about?.replace(/^device:/, "") });
			if (about !== void 0) query = query.where((of) => of.or([
				of("about", "=", about),
				of("dev", "=", about.replace(/^device:/, "")),
				of("account", "=", about.replace(/^account:/, "")),
				of("detail", "=", renewed)
			]));
			if (before !== void 0) query = query.where("seq", "<", before);
			return (await query.execute()).map(({ detail, ...row }) => ({
				...row,
				detail: JSON.parse(detail)
			}));
		},
		lastEnding: async () => {
			return (await db.selectFrom("audit").select((of) => of.fn.max("seq").as("seq")).where("kind", "in", [...endingKinds]).executeTakeFirst())?.seq ?? 0;
		}
	};
}
// src/server/store/ballots.ts
function createBallots({ db, atomically }) {
	return {
		claimTicket: (ticket) => atomically(async (transaction) => {
			await transaction.insertInto("tickets").values(ticket).onConflict((conflict) => conflict.columns([
				"space",
				"form",
				"person"
			]).doNothing()).execute();
			return (await transaction.selectFrom("tickets").select("blinded").where("space", "=", ticket.space).where("form", "=", ticket.form).where("person", "=", ticket.person).executeTakeFirstOrThrow()).blinded === ticket.blinded;
		}),
		keepBallot: async ({ body, ...ballot }) => {
			await db.insertInto("ballots").values({
				...ballot,
				body: Buffer.from(body, "utf8")
			}).onConflict((conflict) => conflict.columns([
				"space",
				"form",
				"nonce"
			]).doNothing()).execute();
		},
		listBallots: async (space, form) => {
			return (await db.selectFrom("ballots").selectAll().where("space", "=", space).where("form", "=", form).orderBy("nonce").execute()).map((row) => ({
				...row,
				body: Buffer.from(row.body).toString("utf8")
			}));
		},
		dropBallots: (space, form, nonces) => atomically(async (transaction) => {
			await transaction.deleteFrom("ballots").where("space", "=", space).where("form", "=", form).where("nonce", "in", nonces).execute();
		}),
		listBallotForms: () => db.selectFrom("ballots").select(["space", "form"]).distinct().execute()
	};
}
// src/server/store/credentials.ts
function toPasskey({ created, used, ...row }) {
	return {
		...row,
		createdAt: created,
		usedAt: used
	};
}
function toResetCode({ code, created, expires, used, ...row }) {
	return {
		...row,
		codeHash: code,
		createdAt: created,
		expiresAt: expires,
		usedAt: used
	};
}
function createCredentials({ db, atomically }) {
	return {
		addPasskey: async ({ createdAt, usedAt, ...rest }) => {
			return await db.insertInto("passkeys").values({
				...rest,
				created: createdAt,
				used: usedAt
			}).onConflict((conflict) => conflict.doNothing()).returning("id").executeTakeFirst() !== void 0;
		},
		findPasskey: async (id) => {
			const row = await db.selectFrom("passkeys").selectAll().where("id", "=", id).executeTakeFirst();
			return row && toPasskey(row);
		},
		listPasskeys: async (account) => {
			return (await db.selectFrom("passkeys").selectAll().where("account", "=", account).orderBy("created").execute()).map(toPasskey);
		},
		usePasskey: async (id, counter, now) => {
			await db.updateTable("passkeys").set({
				counter,
				used: now
			}).where("id", "=", id).execute();
		},
		namePasskey: async (account, id, name) => {
			return await db.updateTable("passkeys").set({ name }).where("id", "=", id).where("account", "=", account).returning("id").executeTakeFirst() !== void 0;
		},
		dropPasskey: (account, id, isOnlyWay) => atomically(async (transaction) => {
			const held = await transaction.updateTable("passkeys").set((of) => ({ name: of.ref("name") })).where("account", "=", account).returning("id").execute();
			if (!held.some((passkey) => passkey.id === id)) return "none";
			if (isOnlyWay && held.length === 1) return "last";
			await transaction.deleteFrom("passkeys").where("id", "=", id).execute();
			return "done";
		}),
		dropPasskeys: (account) => atomically(async (transaction) => {
			const dropped = transaction.deleteFrom("passkeys").where("account", "=", account);
			return Number((await dropped.executeTakeFirst()).numDeletedRows);
		}),
		putResetCode: async ({ account, codeHash, createdAt, expiresAt, usedAt, author }) => {
			const row = {
				author,
				code: codeHash,
				created: createdAt,
				expires: expiresAt,
				used: usedAt
			};
			await db.insertInto("resetCodes").values({
				account,
				...row
			}).onConflict((conflict) => conflict.column("account").doUpdateSet(row)).execute();
		},
		findResetCode: async (codeHash) => {
			const row = await db.selectFrom("resetCodes").selectAll().where("code", "=", codeHash).executeTakeFirst();
			return row && toResetCode(row);
		},
		claimResetCode: async (codeHash, now) => {
			return await db.updateTable("resetCodes").set({ used: now }).where("code", "=", codeHash).where("used", "is", null).returning("code").executeTakeFirst() !== void 0;
		},
		findTries: async (key) => {
			return db.selectFrom("tries").select(["wrong", "at"]).where("key", "=", key).executeTakeFirst();
		},
		putTries: async (key, next, before) => {
			if (!before) return await db.insertInto("tries").values({
				key,
				...next
			}).onConflict((conflict) => conflict.doNothing()).returning("key").executeTakeFirst() !== void 0;
			return await db.updateTable("tries").set(next).where("key", "=", key).where("wrong", "=", before.wrong).where("at", "=", before.at).returning("key").executeTakeFirst() !== void 0;
		},
		dropTries: async (key) => {
			await db.deleteFrom("tries").where("key", "=", key).execute();
		},
		dropTriesBefore: (at) => atomically(async (transaction) => {
			await transaction.deleteFrom("tries").where("at", "<", at).execute();
		}),
		countRefusal: async (account, hour) => {
			await db.insertInto("refusals").values({
				account,
				hour,
				count: 1
			}).onConflict((conflict) => conflict.columns(["hour", "account"]).doUpdateSet({ count: sql`refusals.count + 1` })).execute();
		},
		settleRefusals: (before, now) => atomically(async (transaction) => {
			const over = await transaction.deleteFrom("refusals").where("hour", "<", before).returningAll().execute();
			const common = {
				at: now,
				kind: "signInRefused",
				space: "*",
				account: null,
				dev: null,
				reason: ""
			};
			const entries = over.filter(({ account }) => account !== "").sort((a, b) => a.hour - b.hour).map(({ account, hour, count }) => ({
				...common,
				about: `account:${account}`,
				detail: {
					count,
					hour
				}
			}));
			if (entries.length > 0) await appendEntries(transaction, entries);
		}),
		spend: async (hash, expires, now) => {
			await atomically((transaction) => transaction.deleteFrom("spent").where("expires", "<", now).execute());
			return await db.insertInto("spent").values({
				hash,
				expires
			}).onConflict((conflict) => conflict.doNothing()).returning("hash").executeTakeFirst() !== void 0;
		}
	};
}
// src/server/store/files.ts
function toFile({ size, created, unnamed, ...file }) {
	return {
		...file,
		sizeBytes: size,
		createdAt: created,
		unnamedSince: unnamed
	};
}
function toUpload({ size, verified, touched, ...upload }) {
	return {
		...upload,
		sizeBytes: size,
		verified: verified === 1,
		touchedAt: touched
	};
}
function createFiles({ db, atomically }) {
	const ofFile = (space, hash) => db.selectFrom("files").selectAll().where("space", "=", space).where("hash", "=", hash);
	const ofUpload = (space, hash) => db.updateTable("uploads").where("space", "=", space).where("hash", "=", hash);
	return {
		findFile: async (space, hash) => {
			const row = await ofFile(space, hash).executeTakeFirst();
			return row && toFile(row);
		},
		listHolders: async (hash) => {
			return (await db.selectFrom("files").select("space").where("hash", "=", hash).execute()).map(({ space }) => space);
		},
		listFiles: async () => (await db.selectFrom("files").selectAll().execute()).map(toFile),
		putFile: ({ sizeBytes, createdAt, unnamedSince, ...file }) => atomically(async (transaction) => {
			await transaction.insertInto("files").values({
				...file,
				size: sizeBytes,
				created: createdAt,
				unnamed: unnamedSince
			}).onConflict((conflict) => conflict.columns(["space", "hash"]).doUpdateSet({ unnamed: unnamedSince })).execute();
			await transaction.deleteFrom("uploads").where("space", "=", file.space).where("hash", "=", file.hash).execute();
		}),
		noteUnnamed: async (space, hash, since) => {
			await db.updateTable("files").set({ unnamed: since }).where("space", "=", space).where("hash", "=", hash).execute();
		},
		dropFile: async (space, hash) => {
			await db.deleteFrom("files").where("space", "=", space).where("hash", "=", hash).execute();
		},
		sizeOfFiles: async (place) => {
			let total = 0;
			for (const table of ["files", "uploads"]) {
				const all = db.selectFrom(table).select(sql`sum(size)`.as("size"));
				const own = "dev" in place ? all.where("dev", "=", place.dev) : all.where("space", "=", place.space);
				total += Number((await own.executeTakeFirst())?.size ?? 0);
			}
			return total;
		},
		findUpload: async (space, hash) => {
			const row = await db.selectFrom("uploads").selectAll().where("space", "=", space).where("hash", "=", hash).executeTakeFirst();
			return row && toUpload(row);
		},
		listUploads: async () => (await db.selectFrom("uploads").selectAll().execute()).map(toUpload),
		beginUpload: async ({ sizeBytes, verified, touchedAt, ...upload }) => {
			await db.insertInto("uploads").values({
				...upload,
				size: sizeBytes,
				verified: verified ? 1 : 0,
				touched: touchedAt
			}).onConflict((conflict) => conflict.columns(["space", "hash"]).doNothing()).execute();
		},
		advanceUpload: async (space, hash, { from, to, now }) => {
			return (await ofUpload(space, hash).set({
				received: to,
				touched: now
			}).where("received", "=", from).executeTakeFirst()).numUpdatedRows > 0n;
		},
		noteVerified: async (space, hash) => {
			await ofUpload(space, hash).set({ verified: 1 }).execute();
		},
		dropUpload: async (space, hash) => {
			await db.deleteFrom("uploads").where("space", "=", space).where("hash", "=", hash).execute();
		}
	};
}
// src/server/store/held.ts
function nameOf$1({ dev, n }, link) {
	return link === void 0 ? `${dev} ${n}` : `${dev} ${n} ${link}`;
}
async function readHeld(transaction, space, batches) {
	const runs = batches.map(({ dev, ops }) => {
		const numbers = ops.map(({ op }) => op.n);
		return sql`(cast(${dev} as text), cast(${Math.min(...numbers)} as bigint), cast(${Math.max(...numbers)} as bigint))`;
	});
	const within = (table) => sql`
    from runs cross join ${sql.table(table)} as held
    where held.space = ${space} and held.dev = runs.dev and held.n between runs.first and runs.last`;
	const asked = sql`with runs(dev, first, last) as (values ${sql.join(runs)})`;
	const known = await sql`${asked} select held.dev, held.n, link, seq, at ${within("ops")}`.execute(transaction);
	const parked = await sql`${asked} select held.dev, held.n, link ${within("parked")}`.execute(transaction);
	return {
		ops: new Map(known.rows.map((row) => [nameOf$1(row), row])),
		parked: new Set(parked.rows.map((row) => nameOf$1(row, row.link))),
		sizes: await readSizes(transaction, space, batches)
	};
}
async function readSizes(transaction, space, batches) {
	const sizes = new Map();
	const bounds = batches.flatMap(({ bound }) => bound ?? []);
	const inLog = bounds.filter(({ of }) => of === "all").flatMap(({ devs }) => devs);
	const aside = bounds.flatMap(({ devs }) => devs);
	for (const [table, devs] of [["ops", inLog], ["parked", aside]]) {
		if (devs.length === 0) continue;
		const rows = await transaction.selectFrom(table).select((of) => [
			"dev",
			of.fn.countAll().as("ops"),
			sql`coalesce(sum(length(body)), 0)`.as("bytes")
		]).where("space", "=", space).where("dev", "in", [...new Set(devs)]).groupBy("dev").execute();
		for (const { dev, ops, bytes } of rows) {
			const size = sizes.get(dev) ?? {
				ops: 0,
				bytes: 0
			};
			sizes.set(dev, {
				ops: size.ops + ops,
				bytes: size.bytes + Number(bytes)
			});
		}
	}
	return sizes;
}
// src/server/store/append.ts
function contentMark({ v, wall, body }) {
	return `=${createHash("sha256").update(JSON.stringify([
		v,
		wall,
		body
	])).digest("base64url")}`;
}
async function withEnds(transaction, space, work) {
	const { head, chain } = await transaction.updateTable("spaces").set((of) => ({ head: of.ref("head") })).where("space", "=", space).returning(["head", "chain"]).executeTakeFirstOrThrow();
	const ends = {
		seq: head,
		chain: Buffer.from(chain, "base64url")
	};
	const result = await work(ends);
	if (ends.seq > head) await transaction.updateTable("spaces").set({
		head: ends.seq,
		chain: Buffer.from(ends.chain).toString("base64url")
	}).where("space", "=", space).execute();
	return result;
}
function numberOp(ends, op) {
	ends.seq += 1;
	ends.chain = logLink(ends.chain, ends.seq, op);
	return {
		seq: ends.seq,
		chain: Buffer.from(ends.chain).toString("base64url")
	};
}
function appendAll(transaction, space, batches) {
	return withEnds(transaction, space, async (ends) => {
		const held = await readHeld(transaction, space, batches);
		const rows = {
			ops: [],
			parked: [],
			seals: [],
			released: []
		};
		const results = batches.map((batch) => appendBatch(space, batch, {
			ends,
			held,
			rows
		}));
		await write(transaction, space, rows);
		return results;
	});
}
function appendBatch(space, batch, { ends, held, rows }) {
	const fresh = batch.ops.filter(({ op, link }) => !held.ops.has(nameOf$1(op)) && !held.parked.has(nameOf$1(op, link)));
	if (!hasRoom(batch, fresh, held)) return "full";
	const released = rows.released.length;
	const results = batch.ops.map(({ op, link, verdict }) => {
		const { n } = op;
		const known = held.ops.get(nameOf$1(op));
		if (known && (known.link === link || known.link === contentMark(op))) return {
			state: "committed",
			n,
			seq: known.seq,
			at: known.at
		};
		if (known && verdict !== "badSeal") return {
			state: "forked",
			n
		};
		const row = toRow(space, batch, {
			op,
			link,
			verdict
		});
		const parked = held.parked.has(nameOf$1(op, link));
		if (verdict !== "commit") {
			if (!parked) rows.parked.push({
				...row,
				reason: verdict,
				kept: null
			});
			held.parked.add(nameOf$1(op, link));
			return {
				state: "parked",
				n,
				reason: verdict
			};
		}
		const at = Math.min(op.at, batch.receivedAt);
		const numbered = numberOp(ends, {
			...op,
			at
		});
		rows.ops.push({
			...row,
			...numbered,
			at
		});
		if (parked) rows.released.push({
			dev: batch.dev,
			link
		});
		held.ops.set(nameOf$1(op), {
			link,
			seq: numbered.seq,
			at
		});
		return {
			state: "committed",
			n,
			seq: numbered.seq,
			at
		};
	});
	const [first, last] = [batch.ops[0]?.op.n, batch.ops.at(-1)?.op.n];
	if ((fresh.length > 0 || rows.released.length > released) && first !== void 0 && last !== void 0) {
		const { dev, previous, signature, receivedAt: received } = batch;
		rows.seals.push({
			space,
			dev,
			first,
			last,
			previous,
			signature,
			received
		});
	}
	return results;
}
function hasRoom({ dev, bound }, fresh, held) {
	if (!bound || fresh.length === 0) return true;
	const sizes = bound.devs.map((of) => held.sizes.get(of) ?? {
		ops: 0,
		bytes: 0
	});
	const bytes = fresh.reduce((sum, { op }) => sum + Buffer.byteLength(op.body), 0);
	if (sizes.reduce((sum, size) => sum + size.ops, fresh.length) > bound.ops) return false;
	if (sizes.reduce((sum, size) => sum + size.bytes, bytes) > bound.bytes) return false;
	const own = held.sizes.get(dev) ?? {
		ops: 0,
		bytes: 0
	};
	held.sizes.set(dev, {
		ops: own.ops + fresh.length,
		bytes: own.bytes + bytes
	});
	return true;
}
function toRow(space, batch, { op, link }) {
	return {
		space,
		dev: batch.dev,
		n: op.n,
		link,
		v: op.v,
		wall: op.wall,
		claimed: op.at,
		received: batch.receivedAt,
		body: Buffer.from(op.body, "utf8")
	};
}
var rowsAtOnce = 2e3;
function* parts(rows) {
	for (let from = 0; from < rows.length; from += rowsAtOnce) yield rows.slice(from, from + rowsAtOnce);
}
async function write(transaction, space, rows) {
	for (const ops of parts(rows.ops)) await transaction.insertInto("ops").values(ops).execute();
	for (const parked of parts(rows.parked)) await transaction.insertInto("parked").values(parked).execute();
	for (const { dev, link } of rows.released) await transaction.deleteFrom("parked").where("space", "=", space).where("dev", "=", dev).where("link", "=", link).execute();
	for (const seals of parts(rows.seals)) await transaction.insertInto("seals").values(seals).onConflict((conflict) => conflict.columns([
		"space",
		"dev",
		"first",
		"last"
	]).doNothing()).execute();
}
// src/server/store/recover.ts
var nameOf = ({ dev, n }) => `${dev}.${n}`;
function asTwin(op) {
	const twin = createHash("sha256").update(`${nameOf(op)} ${contentMark(op)}`).digest();
	return {
		...op,
		dev: twin.subarray(0, 16).toString("base64url")
	};
}
async function marksByName(transaction, space, ops) {
	const known = await transaction.selectFrom("ops").select([
		"dev",
		"n",
		"v",
		"wall",
		"body"
	]).where("space", "=", space).where("dev", "in", [...new Set(ops.map(({ dev }) => dev))]).where("n", "in", [...new Set(ops.map(({ n }) => n))]).execute();
	return new Map(known.map(({ body, ...row }) => [nameOf(row), contentMark({
		...row,
		body: Buffer.from(body).toString("utf8")
	})]));
}
async function heldContents(transaction, space, ops) {
	const bodies = ops.filter(({ body }) => decodeBody(body)).map(({ body }) => Buffer.from(body, "utf8"));
	if (bodies.length === 0) return new Set();
	const held = await transaction.selectFrom("ops").select([
		"v",
		"wall",
		"body"
	]).where("space", "=", space).where("body", "in", bodies).execute();
	return new Set(held.map((row) => contentMark({
		...row,
		body: Buffer.from(row.body).toString("utf8")
	})));
}
function recoverOps(transaction, space, ops, receivedAt) {
	return withEnds(transaction, space, async (ends) => {
		const known = await marksByName(transaction, space, ops);
		const named = ops.map((op) => (known.get(nameOf(op)) ?? contentMark(op)) === contentMark(op) ? op : asTwin(op));
		const held = await marksByName(transaction, space, named);
		const unnamed = named.filter((op) => !held.has(nameOf(op)));
		const contents = await heldContents(transaction, space, unnamed);
		const lost = unnamed.filter((op) => !contents.has(contentMark(op)));
		if (lost.length === 0) return 0;
		const rows = lost.map((op) => {
			const { dev, n, v, wall, at } = op;
			const body = Buffer.from(op.body, "utf8");
			return {
				space,
				dev,
				n,
				v,
				wall,
				at,
				link: contentMark(op),
				claimed: at,
				received: receivedAt,
				...numberOp(ends, op),
				body
			};
		});
		await transaction.insertInto("ops").values(rows).execute();
		return rows.length;
	});
}
// src/server/store/log.ts
var togetherMs = 4;
var maxTogetherOps = 4e3;
var startOfChain = Buffer.from(chainStart).toString("base64url");
function createLog({ db, atomically }) {
	const appendTogether = createTogether((space, batches) => atomically((transaction) => appendAll(transaction, space, batches)), {
		waitMs: togetherMs,
		weigh: ({ ops }) => ops.length,
		maxWeight: maxTogetherOps
	});
	const heads = db.selectFrom("spaces").select([
		"space",
		"epoch",
		"head",
		"backed as backedUpThrough"
	]);
	const findHead = (space) => heads.where("space", "=", space).executeTakeFirst();
	async function knows(space, epoch, cursor) {
		if (cursor.epoch !== epoch) return false;
		if (cursor.seq === 0) return cursor.chain === startOfChain;
		return (await db.selectFrom("ops").select("chain").where("space", "=", space).where("seq", "=", cursor.seq).executeTakeFirst())?.chain === cursor.chain;
	}
	async function endOfPage(space, after, head, limits) {
		const sizes = await db.selectFrom("ops").select(["seq", sql`length(body)`.as("bytes")]).where("space", "=", space).where("seq", ">", after).where("seq", "<=", head).orderBy("seq").limit(limits.maxOps).execute();
		let end = after;
		let total = 0;
		for (const { seq, bytes } of sizes) {
			total += bytes;
			if (total > limits.maxBytes && end > after) break;
			end = seq;
		}
		return end;
	}
	return {
		findSpace: findHead,
		listSpaces: async () => {
			return (await db.selectFrom("spaces").select("space").orderBy("created").execute()).map(({ space }) => space);
		},
		listHeads: () => heads.execute(),
		createSpace: async (space, epoch, now) => {
			await db.insertInto("spaces").values({
				space,
				epoch,
				head: 0,
				chain: startOfChain,
				created: now,
				backed: 0
			}).onConflict((conflict) => conflict.column("space").doNothing()).execute();
		},
		append: appendTogether,
		recover: (space, ops, receivedAt) => atomically((transaction) => recoverOps(transaction, space, ops, receivedAt)),
		readPage: async (space, cursor, limits) => {
			const found = await findHead(space);
			if (!found) return void 0;
			if (cursor && !await knows(space, found.epoch, cursor)) return {
				state: "diverged",
				...found
			};
			const after = cursor?.seq ?? 0;
			const end = await endOfPage(space, after, found.head, limits);
			const rows = await db.selectFrom("ops").select([
				"seq",
				"v",
				"dev",
				"n",
				"wall",
				"at",
				"chain",
				"body"
			]).where("space", "=", space).where("seq", ">", after).where("seq", "<=", end).orderBy("seq").execute();
			const ops = rows.map(({ chain: _, body, ...op }) => ({
				...op,
				body: Buffer.from(body).toString("utf8")
			}));
			return {
				state: "page",
				...found,
				after,
				chain: rows.at(-1)?.chain ?? cursor?.chain ?? startOfChain,
				ops
			};
		},
		countParked: async (space) => {
			return (await db.selectFrom("parked").select((of) => of.fn.countAll().as("count")).where("space", "=", space).where("kept", "is", null).executeTakeFirstOrThrow()).count;
		}
	};
}
// src/server/store/migrations/0001-start.ts
function start(bytes) {
	const inKeyOrder = bytes === bytesOf.sqlite ? sql`without rowid` : sql``;
	return async (db) => {
		await db.schema.createTable("spaces").addColumn("space", "text", (column) => column.primaryKey()).addColumn("epoch", "text", (column) => column.notNull()).addColumn("head", "bigint", (column) => column.notNull()).addColumn("chain", "text", (column) => column.notNull()).addColumn("created", "bigint", (column) => column.notNull()).addColumn("backed", "bigint", (column) => column.notNull()).execute();
		await db.schema.createTable("ops").addColumn("space", "text", (column) => column.notNull()).addColumn("seq", "bigint", (column) => column.notNull()).addColumn("dev", "text", (column) => column.notNull()).addColumn("n", "bigint", (column) => column.notNull()).addColumn("v", "bigint", (column) => column.notNull()).addColumn("wall", "bigint", (column) => column.notNull()).addColumn("claimed", "bigint", (column) => column.notNull()).addColumn("at", "bigint", (column) => column.notNull()).addColumn("received", "bigint", (column) => column.notNull()).addColumn("link", "text", (column) => column.notNull()).addColumn("chain", "text", (column) => column.notNull()).addColumn("body", bytes, (column) => column.notNull()).addPrimaryKeyConstraint("ops_key", ["space", "seq"]).addUniqueConstraint("ops_name", [
			"space",
			"dev",
			"n"
		]).execute();
		await db.schema.createTable("parked").addColumn("space", "text", (column) => column.notNull()).addColumn("dev", "text", (column) => column.notNull()).addColumn("n", "bigint", (column) => column.notNull()).addColumn("link", "text", (column) => column.notNull()).addColumn("v", "bigint", (column) => column.notNull()).addColumn("wall", "bigint", (column) => column.notNull()).addColumn("claimed", "bigint", (column) => column.notNull()).addColumn("received", "bigint", (column) => column.notNull()).addColumn("reason", "text", (column) => column.notNull()).addColumn("body", bytes, (column) => column.notNull()).addPrimaryKeyConstraint("parked_key", [
			"space",
			"dev",
			"n",
			"link"
		]).execute();
		await db.schema.createTable("seals").addColumn("space", "text", (column) => column.notNull()).addColumn("dev", "text", (column) => column.notNull()).addColumn("first", "bigint", (column) => column.notNull()).addColumn("last", "bigint", (column) => column.notNull()).addColumn("previous", "text", (column) => column.notNull()).addColumn("signature", "text", (column) => column.notNull()).addColumn("received", "bigint", (column) => column.notNull()).addPrimaryKeyConstraint("seals_key", [
			"space",
			"dev",
			"first",
			"last"
		]).execute();
		await db.schema.createTable("devices").addColumn("dev", "text", (column) => column.primaryKey()).addColumn("point", "text", (column) => column.notNull()).addColumn("credential", "text", (column) => column.notNull().unique()).addColumn("name", "text", (column) => column.notNull()).addColumn("holder", "text", (column) => column.notNull()).addColumn("account", "text").addColumn("enrolled", "bigint", (column) => column.notNull()).addColumn("seen", "bigint", (column) => column.notNull()).execute();
		await db.schema.createIndex("devices_account").on("devices").column("account").execute();
		await db.schema.createTable("grants").addColumn("space", "text", (column) => column.notNull()).addColumn("subject", "text", (column) => column.notNull()).addColumn("role", "text", (column) => column.notNull()).addColumn("created", "bigint", (column) => column.notNull()).addColumn("revoked", "bigint").addColumn("expires", "bigint").addColumn("owner", "text").addPrimaryKeyConstraint("grants_key", [
			"space",
			"subject",
			"role"
		]).execute();
		await db.schema.createIndex("grants_subject").on("grants").column("subject").execute();
		await db.schema.createTable("secrets").addColumn("name", "text", (column) => column.primaryKey()).addColumn("value", "text", (column) => column.notNull()).execute();
		await db.schema.createTable("invites").addColumn("code", "text", (column) => column.primaryKey()).addColumn("space", "text", (column) => column.notNull()).addColumn("role", "text", (column) => column.notNull()).addColumn("created", "bigint", (column) => column.notNull()).addColumn("expires", "bigint", (column) => column.notNull()).addColumn("dev", "text").execute();
		await db.schema.createTable("gates").addColumn("code", "text", (column) => column.primaryKey()).addColumn("space", "text", (column) => column.notNull()).addColumn("gate", "text", (column) => column.notNull()).addColumn("created", "bigint", (column) => column.notNull()).addColumn("closed", "bigint").execute();
		await db.schema.createTable("tickets").addColumn("space", "text", (column) => column.notNull()).addColumn("form", "text", (column) => column.notNull()).addColumn("person", "text", (column) => column.notNull()).addColumn("blinded", "text", (column) => column.notNull()).addPrimaryKeyConstraint("tickets_key", [
			"space",
			"form",
			"person"
		]).modifyEnd(inKeyOrder).execute();
		await db.schema.createTable("ballots").addColumn("space", "text", (column) => column.notNull()).addColumn("form", "text", (column) => column.notNull()).addColumn("nonce", "text", (column) => column.notNull()).addColumn("day", "bigint", (column) => column.notNull()).addColumn("body", bytes, (column) => column.notNull()).addPrimaryKeyConstraint("ballots_key", [
			"space",
			"form",
			"nonce"
		]).modifyEnd(inKeyOrder).execute();
		await db.schema.createIndex("invites_space").on("invites").column("space").execute();
	};
}
var bytesOf = {
	sqlite: sql`blob`,
	postgres: sql`bytea`
};
// src/server/store/migrations/0002-files.ts
async function files(db) {
	await db.schema.createTable("files").addColumn("space", "text", (column) => column.notNull()).addColumn("hash", "text", (column) => column.notNull()).addColumn("type", "text", (column) => column.notNull()).addColumn("size", "bigint", (column) => column.notNull()).addColumn("dev", "text", (column) => column.notNull()).addColumn("created", "bigint", (column) => column.notNull()).addColumn("unnamed", "bigint").addPrimaryKeyConstraint("files_key", ["space", "hash"]).execute();
	await db.schema.createIndex("files_hash").on("files").column("hash").execute();
	await db.schema.createIndex("files_dev").on("files").column("dev").execute();
	await db.schema.createTable("uploads").addColumn("space", "text", (column) => column.notNull()).addColumn("hash", "text", (column) => column.notNull()).addColumn("type", "text", (column) => column.notNull()).addColumn("size", "bigint", (column) => column.notNull()).addColumn("dev", "text", (column) => column.notNull()).addColumn("received", "bigint", (column) => column.notNull()).addColumn("verified", "bigint", (column) => column.notNull()).addColumn("touched", "bigint", (column) => column.notNull()).addPrimaryKeyConstraint("uploads_key", ["space", "hash"]).execute();
	await db.schema.createIndex("uploads_dev").on("uploads").column("dev").execute();
}
// src/server/store/migrations/0003-accounts.ts
async function accounts(db) {
	await db.schema.alterTable("devices").addColumn("signedOut", "bigint").execute();
	await db.schema.createTable("passkeys").addColumn("id", "text", (column) => column.primaryKey()).addColumn("account", "text", (column) => column.notNull()).addColumn("name", "text", (column) => column.notNull()).addColumn("key", "text", (column) => column.notNull()).addColumn("counter", "bigint", (column) => column.notNull()).addColumn("created", "bigint", (column) => column.notNull()).addColumn("used", "bigint", (column) => column.notNull()).execute();
	await db.schema.createIndex("passkeys_account").on("passkeys").column("account").execute();
	await db.schema.createTable("resetCodes").addColumn("account", "text", (column) => column.primaryKey()).addColumn("code", "text", (column) => column.notNull().unique()).addColumn("author", "text", (column) => column.notNull()).addColumn("created", "bigint", (column) => column.notNull()).addColumn("expires", "bigint", (column) => column.notNull()).addColumn("used", "bigint").execute();
	await db.schema.createTable("tries").addColumn("key", "text", (column) => column.primaryKey()).addColumn("wrong", "bigint", (column) => column.notNull()).addColumn("at", "bigint", (column) => column.notNull()).execute();
	await db.schema.createIndex("tries_at").on("tries").column("at").execute();
	await db.schema.createTable("spent").addColumn("hash", "text", (column) => column.primaryKey()).addColumn("expires", "bigint", (column) => column.notNull()).execute();
	await db.schema.createIndex("spent_expires").on("spent").column("expires").execute();
}
// src/server/store/migrations/0004-rights.ts
var appendOnly = {
	sqlite: [sql`create trigger audit_update before update on audit begin select raise(abort, 'audit is append-only'); end`, sql`create trigger audit_delete before delete on audit begin select raise(abort, 'audit is append-only'); end`],
	postgres: [sql`create function hadir_append_only() returns trigger language plpgsql as $$ begin raise exception 'audit is append-only'; end $$`, sql`create trigger audit_stays before update or delete on audit for each row execute function hadir_append_only()`]
};
function rights(type) {
	return async (db) => {
		await db.schema.createTable("audit").addColumn("seq", "bigint", (column) => column.primaryKey()).addColumn("at", "bigint", (column) => column.notNull()).addColumn("kind", "text", (column) => column.notNull()).addColumn("space", "text", (column) => column.notNull()).addColumn("account", "text").addColumn("dev", "text").addColumn("about", "text").addColumn("reason", "text", (column) => column.notNull()).addColumn("detail", "text", (column) => column.notNull()).addColumn("chain", "text", (column) => column.notNull()).execute();
		await db.schema.createIndex("audit_space").on("audit").columns(["space", "seq"]).execute();
		await db.schema.createIndex("audit_kind").on("audit").columns(["kind", "seq"]).execute();
		for (const statement of appendOnly[type]) await statement.execute(db);
		await db.schema.createTable("auditEnd").addColumn("seq", "bigint", (column) => column.notNull()).addColumn("chain", "text", (column) => column.notNull()).execute();
		await sql`insert into "auditEnd" values (0, ${Buffer.from(chainStart).toString("base64url")})`.execute(db);
		await db.schema.alterTable("devices").addColumn("revoked", "bigint").execute();
		await db.schema.alterTable("devices").addColumn("unsent", "bigint").execute();
		await db.schema.alterTable("parked").addColumn("kept", "bigint").execute();
	};
}
// src/server/store/migrations/0005-shares.ts
async function shares(db) {
	await db.schema.alterTable("grants").addColumn("full", "bigint").execute();
	await db.schema.createIndex("grants_owner").on("grants").columns(["space", "owner"]).execute();
}
// src/server/store/migrations/0006-refusals.ts
async function refusals(db) {
	await db.schema.createTable("refusals").addColumn("hour", "bigint", (column) => column.notNull()).addColumn("account", "text", (column) => column.notNull()).addColumn("count", "bigint", (column) => column.notNull()).addPrimaryKeyConstraint("refusals_key", ["hour", "account"]).execute();
}
// src/server/store/migrations/migrate.ts
async function migrate(db, type) {
	const migrations = {
		"0001-start": { up: start(bytesOf[type]) },
		"0002-files": { up: files },
		"0003-accounts": { up: accounts },
		"0004-rights": { up: rights(type) },
		"0005-shares": { up: shares },
		"0006-refusals": { up: refusals }
	};
	const { error } = await new Migrator({
		db,
		provider: { getMigrations: async () => migrations }
	}).migrateToLatest();
	if (error) throw error;
}
// src/server/store/people.ts
function toDevice({ enrolled, seen, revoked, signedOut, ...row }) {
	return {
		...row,
		enrolledAt: enrolled,
		seenAt: seen,
		revokedAt: revoked,
		signedOutAt: signedOut
	};
}
function toGrant({ created, revoked, expires, full: _, ...row }) {
	return {
		...row,
		createdAt: created,
		revokedAt: revoked,
		expiresAt: expires
	};
}
function toInvite({ code, created, expires, ...row }) {
	return {
		...row,
		codeHash: code,
		createdAt: created,
		expiresAt: expires
	};
}
function toGate({ code, created, closed, ...row }) {
	return {
		...row,
		codeHash: code,
		createdAt: created,
		closedAt: closed
	};
}
var grantColumns = [
	"space",
	"subject",
	"role",
	"created",
	"revoked",
	"expires",
	"owner"
];
async function putGrant(db, grant) {
	const { space, subject, role, createdAt, revokedAt, expiresAt = null, owner = null } = grant;
	const times = {
		created: createdAt,
		revoked: revokedAt,
		expires: expiresAt
	};
	await db.insertInto("grants").values({
		space,
		subject,
		role,
		owner,
		...times
	}).onConflict((conflict) => conflict.columns([
		"space",
		"subject",
		"role"
	]).doUpdateSet({
		...times,
		owner: sql`coalesce(grants.owner, excluded.owner)`
	})).execute();
}
function createPeople({ db, atomically }) {
	const devices = db.selectFrom("devices").selectAll();
	const seeTogether = createTogether(async (_, seen) => {
		const devs = seen.map(({ dev }) => dev);
		const latest = Math.max(...seen.map(({ now }) => now));
		await atomically((transaction) => transaction.updateTable("devices").set({ seen: latest }).where("dev", "in", devs).execute());
		return seen.map(() => void 0);
	}, {
		waitMs: 4,
		weigh: () => 1,
		maxWeight: 1e3
	});
	const invites = db.selectFrom("invites").selectAll();
	const ofTeam = (space) => db.selectFrom("grants").innerJoin("devices", (join) => join.on(sql`grants.subject = 'device:' || devices.dev or grants.subject = 'account:' || devices.account`)).where("grants.space", "in", [space, "*"]).where("grants.role", "!=", "attendee");
	const attendees = (space) => db.selectFrom("grants").innerJoin("devices", (join) => join.on(sql`grants.subject = 'device:' || devices.dev`)).where("grants.space", "=", space).where("grants.role", "=", "attendee").where("grants.revoked", "is", null).where("devices.revoked", "is", null);
	return {
		findDevice: async (dev) => {
			const row = await devices.where("dev", "=", dev).executeTakeFirst();
			return row && toDevice(row);
		},
		findDeviceByCredential: async (credential) => {
			const row = await devices.where("credential", "=", credential).executeTakeFirst();
			return row && toDevice(row);
		},
		putDevice: async ({ dev, point, credential, name, holder, account, enrolledAt, seenAt }) => {
			const row = {
				dev,
				point,
				credential,
				name,
				holder,
				account,
				seen: seenAt,
				signedOut: null
			};
			await db.insertInto("devices").values({
				...row,
				enrolled: enrolledAt
			}).onConflict((conflict) => conflict.column("dev").doUpdateSet(row)).execute();
		},
		markSeen: (dev, now) => seeTogether("", {
			dev,
			now
		}),
		listDevices: async (account) => {
			return (await devices.where("account", "=", account).orderBy("enrolled").execute()).map(toDevice);
		},
		giveToAccount: (dev, account) => atomically(async (transaction) => {
			await transaction.updateTable("devices").set({ account }).where("dev", "=", dev).execute();
			await transaction.updateTable("grants").set({ subject: `account:${account}` }).where("subject", "=", `device:${dev}`).where("role", "!=", "attendee").execute();
		}),
		signOutDevice: async (dev, now) => {
			const credential = `none:${dev}`;
			await db.updateTable("devices").set({
				credential,
				signedOut: now
			}).where("dev", "=", dev).execute();
		},
		markUnsent: async (dev, unsent) => {
			await db.updateTable("devices").set({ unsent }).where("dev", "=", dev).execute();
		},
		renameDevice: async (dev, name) => {
			await db.updateTable("devices").set({ name }).where("dev", "=", dev).execute();
		},
		passOnRevocation: async (dev, revoked) => {
			await db.updateTable("devices").set({ revoked }).where("dev", "=", dev).where("revoked", "is", null).execute();
		},
		findGrants: async (subjects, space) => {
			let query = db.selectFrom("grants").selectAll().where("subject", "in", subjects);
			if (space !== void 0) query = query.where("space", "in", [space, "*"]);
			return (await query.execute()).map(toGrant);
		},
		putGrant: (grant) => putGrant(db, grant),
		copyGrants: async (from, to) => {
			const held = db.selectFrom("grants").select((of) => [
				"space",
				of.val(to).as("subject"),
				"role",
				"created",
				"revoked",
				"expires",
				"owner"
			]).where("subject", "=", from);
			await db.insertInto("grants").columns(grantColumns).expression(held).onConflict((conflict) => conflict.doNothing()).execute();
		},
		hasOrganizer: async () => {
			return await db.selectFrom("grants").select("subject").where("space", "=", "*").where("role", "=", "organizer").where("revoked", "is", null).executeTakeFirst() !== void 0;
		},
		listOwned: async (space, owner) => {
			return (await db.selectFrom("grants").select("subject").where("space", "=", space).where("owner", "=", owner).execute()).map(({ subject }) => subject);
		},
		markFull: (space, owner, now) => atomically(async (transaction) => {
			await transaction.updateTable("grants").set({ full: now }).where("space", "=", space).where("owner", "=", owner).execute();
		}),
		countFull: async (space) => {
			return (await db.selectFrom("grants").select((of) => of.fn.count("owner").distinct().as("count")).where("space", "=", space).where("full", "is not", null).executeTakeFirstOrThrow()).count;
		},
		listRevoked: async (space, until) => {
			return (await ofTeam(space).selectAll("devices").distinct().where("devices.revoked", "is not", null).where(({ eb, or, ref }) => or([
				eb("devices.signedOut", "is", null),
				eb("devices.signedOut", "<", ref("devices.revoked")),
				eb("devices.signedOut", ">=", until)
			])).orderBy("devices.revoked", "desc").execute()).map(toDevice);
		},
		listMembers: async (space) => {
			return (await ofTeam(space).selectAll("devices").select([
				"grants.role",
				"grants.subject",
				"grants.created as since",
				"grants.space"
			]).where("grants.revoked", "is", null).where("devices.revoked", "is", null).orderBy("devices.enrolled").execute()).map(({ role, subject, since, space: where, ...device }) => {
				return {
					device: toDevice(device),
					role,
					subject,
					since,
					everywhere: where === "*"
				};
			});
		},
		countAttendees: async (space) => {
			return (await attendees(space).select((of) => of.fn.countAll().as("count")).executeTakeFirstOrThrow()).count;
		},
		listAttendees: async (space, { enrolledAt, dev }, most) => {
			return (await attendees(space).selectAll("devices").where(sql`(devices.enrolled, devices.dev) < (${enrolledAt}, ${dev})`).orderBy("devices.enrolled", "desc").orderBy("devices.dev", "desc").limit(most).execute()).map(toDevice);
		},
		addInvite: async ({ codeHash, createdAt, expiresAt, ...rest }) => {
			await db.insertInto("invites").values({
				...rest,
				code: codeHash,
				created: createdAt,
				expires: expiresAt
			}).execute();
		},
		findInvite: async (codeHash) => {
			const row = await invites.where("code", "=", codeHash).executeTakeFirst();
			return row && toInvite(row);
		},
		claimInvite: (codeHash, dev, grant) => atomically(async (transaction) => {
			const claimed = await transaction.updateTable("invites").set({ dev }).where("code", "=", codeHash).where("dev", "is", null).returning("code").executeTakeFirst();
			if (claimed) await putGrant(transaction, grant);
			return claimed !== void 0;
		}),
		listOpenInvites: async (space, now) => {
			return (await invites.where("space", "=", space).where("dev", "is", null).where("expires", ">", now).execute()).map(toInvite);
		},
		endInvite: async (codeHash, now) => {
			return await db.updateTable("invites").set({ expires: now }).where("code", "=", codeHash).where("dev", "is", null).where("expires", ">", now).returning("code").executeTakeFirst() !== void 0;
		},
		openGate: async ({ codeHash, createdAt, closedAt, ...rest }) => {
			await db.insertInto("gates").values({
				...rest,
				code: codeHash,
				created: createdAt,
				closed: closedAt
			}).onConflict((conflict) => conflict.column("code").doUpdateSet({ closed: closedAt })).execute();
		},
		findGate: async (codeHash) => {
			const row = await db.selectFrom("gates").selectAll().where("code", "=", codeHash).executeTakeFirst();
			return row && toGate(row);
		},
		closeGate: async (space, codeHash, now) => {
			await db.updateTable("gates").set({ closed: now }).where("code", "=", codeHash).where("space", "=", space).where("closed", "is", null).execute();
		},
		keepSecret: async (name, value) => {
			await db.insertInto("secrets").values({
				name,
				value
			}).onConflict((conflict) => conflict.column("name").doNothing()).execute();
			return (await db.selectFrom("secrets").select("value").where("name", "=", name).executeTakeFirstOrThrow()).value;
		}
	};
}
// src/server/store/quarantine.ts
function toOp({ space, dev, n, v, wall, claimed: at, body }) {
	return {
		space,
		dev,
		n,
		v,
		wall,
		at,
		body: Buffer.from(body).toString("utf8")
	};
}
function toParked(row) {
	const { link, received, reason, kept } = row;
	return {
		op: toOp(row),
		link,
		receivedAt: received,
		reason,
		keptAt: kept
	};
}
async function parkedRows(transaction, space, dev, names) {
	return (await transaction.selectFrom("parked").selectAll().where("space", "=", space).where("dev", "=", dev).where("link", "in", names.map(({ link }) => link)).orderBy("n").orderBy("link").execute()).filter((row) => names.some(({ n, link }) => row.n === n && row.link === link));
}
async function commitParked(transaction, ends, row) {
	const op = {
		...toOp(row),
		at: Math.min(row.claimed, row.received)
	};
	const nameOf = ({ dev, n }) => `${dev}.${n}`;
	const held = (await marksByName(transaction, row.space, [op])).get(nameOf(op));
	const named = held === void 0 || held === contentMark(op) ? op : asTwin(op);
	if ((await marksByName(transaction, row.space, [named])).has(nameOf(named))) return false;
	if ((await heldContents(transaction, row.space, [op])).has(contentMark(op))) return false;
	const link = named === op ? row.link : contentMark(op);
	const { space, received, claimed, body } = row;
	const { dev, n, v, wall, at } = named;
	await transaction.insertInto("ops").values({
		space,
		dev,
		n,
		v,
		wall,
		at,
		link,
		claimed,
		received,
		body,
		...numberOp(ends, named)
	}).execute();
	return true;
}
function createQuarantine({ db, atomically }) {
	const noteCount = (transaction, entry, ops) => appendEntries(transaction, [{
		...entry,
		detail: {
			...entry.detail,
			ops
		}
	}]);
	return {
		sumParked: (space) => db.selectFrom("parked").select((of) => [
			"dev",
			sql`cast(sum(case when kept is null then 1 else 0 end) as bigint)`.as("waiting"),
			sql`cast(sum(case when kept is null then 0 else 1 end) as bigint)`.as("kept"),
			of.fn.min("received").as("oldestAt")
		]).where("space", "=", space).groupBy("dev").orderBy("oldestAt").execute(),
		listParked: async (space, dev, after, { most, maxBytes }) => {
			const rows = await db.selectFrom("parked").selectAll().where("space", "=", space).where("dev", "=", dev).where((of) => of.or([of("n", ">", after.n), of.and([of("n", "=", after.n), of("link", ">", after.link)])])).orderBy("n").orderBy("link").limit(most).execute();
			let bytes = 0;
			return rows.filter(({ body }, i) => {
				bytes += body.length;
				return i === 0 || bytes <= maxBytes;
			}).map(toParked);
		},
		releaseParked: (space, dev, names, entry) => atomically((transaction) => withEnds(transaction, space, async (ends) => {
			const rows = (await parkedRows(transaction, space, dev, names)).filter(({ reason }) => reason === "notAllowed");
			let entered = 0;
			for (const row of rows) {
				if (await commitParked(transaction, ends, row)) entered++;
				await transaction.deleteFrom("parked").where("space", "=", space).where("dev", "=", dev).where("n", "=", row.n).where("link", "=", row.link).execute();
			}
			if (rows.length > 0) await noteCount(transaction, entry, rows.length);
			return entered;
		})),
		keepParked: (space, dev, names, entry) => atomically(async (transaction) => {
			const rows = (await parkedRows(transaction, space, dev, names)).filter(({ kept }) => kept === null);
			for (const { n, link } of rows) await transaction.updateTable("parked").set({ kept: entry.at }).where("space", "=", space).where("dev", "=", dev).where("n", "=", n).where("link", "=", link).execute();
			if (rows.length > 0) await noteCount(transaction, entry, rows.length);
			return rows.length;
		})
	};
}
// src/server/store/queue.ts
function createQueue() {
	let last = Promise.resolve();
	return (work) => {
		const turn = last.then(work, work);
		last = turn;
		return turn;
	};
}
// src/server/store/rights.ts
var Refused = class extends Error {
	why;
	constructor(why) {
		super(why);
		this.why = why;
	}
};
async function countOrganizers(transaction) {
	const { count } = await transaction.selectFrom("grants").leftJoin("devices", (join) => join.on(sql`grants.subject = 'device:' || devices.dev`)).select((of) => of.fn.countAll().as("count")).where("grants.space", "=", "*").where("grants.role", "=", "organizer").where("grants.revoked", "is", null).where("devices.revoked", "is", null).executeTakeFirstOrThrow();
	return count;
}
async function endOthers(transaction, { space, subject, role, now }) {
	let ending = transaction.updateTable("grants").set({ revoked: now }).where("space", "=", space).where("subject", "=", subject).where("revoked", "is", null);
	if (role) ending = ending.where("role", "!=", role);
	return Number((await ending.executeTakeFirst()).numUpdatedRows);
}
function createRights({ atomically }) {
	async function change(entry, work) {
		try {
			await atomically(async (transaction) => {
				await appendEntries(transaction, [entry]);
				const before = await countOrganizers(transaction);
				if (await work(transaction) === 0) throw new Refused("none");
				if (before > 0 && await countOrganizers(transaction) === 0) throw new Refused("lastOrganizer");
			});
			return "done";
		} catch (error) {
			if (error instanceof Refused) return error.why;
			throw error;
		}
	}
	return {
		changeRight: (right, entry) => change(entry, async (transaction) => {
			const ended = await endOthers(transaction, right);
			const { space, subject, role, now } = right;
			if (role === null) return ended;
			await transaction.insertInto("grants").values({
				space,
				subject,
				role,
				created: now,
				revoked: null,
				expires: null,
				owner: null
			}).onConflict((conflict) => conflict.columns([
				"space",
				"subject",
				"role"
			]).doUpdateSet({
				created: now,
				revoked: null,
				expires: null
			})).execute();
			return ended + 1;
		}),
		revokeDevice: (dev, now, entry) => change(entry, async (transaction) => {
			const revoking = transaction.updateTable("devices").set({ revoked: now }).where("dev", "=", dev);
			return Number((await revoking.where("revoked", "is", null).executeTakeFirst()).numUpdatedRows);
		})
	};
}
// src/server/store/folder.ts
var databaseName = "hadir.db";
function makeFolder(folder) {
	if (existsSync(folder)) return;
	makeFolder(dirname(folder));
	mkdirSync(folder);
}
function holdFolder(folder, name = "lock") {
	let lock;
	try {
		makeFolder(resolve(folder));
		lock = new Sqlite(join(folder, name), { timeout: 0 });
		lock.exec("begin exclusive");
		return ok(lock);
	} catch (error) {
		lock?.close();
		return fail({
			kind: error instanceof Sqlite.SqliteError && error.code.startsWith("SQLITE_BUSY") ? "inUse" : "notWritable",
			detail: folder
		});
	}
}
var restoredName = "restored.db";
function finishRestore(folder) {
	if (!existsSync(join(folder, restoredName))) return;
	const isThere = existsSync(join(folder, databaseName));
	const latest = readdirSync(folder).filter((name) => name.startsWith("before-")).sort().at(-1);
	const aside = !isThere && latest ? latest : `before-${new Date().toISOString().replaceAll(":", "-")}`;
	makeFolder(join(folder, aside));
	for (const name of [
		databaseName,
		`${databaseName}-wal`,
		`${databaseName}-shm`
	]) if (existsSync(join(folder, name))) renameSync(join(folder, name), join(folder, aside, name));
	renameSync(join(folder, restoredName), join(folder, databaseName));
}
// src/server/store/sqlite.ts
var [longestKept, mostKept] = [1500, 500];
function withOwnStatements(file) {
	const prepared = new Map();
	const statements = {
		begin: () => "begin immediate",
		rollback: () => file.inTransaction ? "rollback" : "select 1"
	};
	function prepare(text) {
		const held = prepared.get(text);
		if (held) return held;
		const made = file.prepare(text);
		if (text.length < longestKept && prepared.size < mostKept) prepared.set(text, made);
		return made;
	}
	return {
		close: () => file.close(),
		prepare: (text) => prepare(statements[text]?.() ?? text)
	};
}
function toStore(file, locks) {
	const db = new Kysely({ dialect: new SqliteDialect({ database: withOwnStatements(file) }) });
	const database = {
		db,
		atomically: (work) => db.transaction().execute(work)
	};
	return {
		db,
		store: {
			...createLog(database),
			...createPeople(database),
			...createCredentials(database),
			...createBallots(database),
			...createRights(database),
			...createQuarantine(database),
			...createFiles(database),
			audit: createAudit(database),
			alone: createQueue(),
			accounts: {
				db,
				type: "sqlite"
			},
			close: async () => {
				await db.destroy();
				for (const lock of locks) lock.close();
			}
		}
	};
}
function openFile(folder) {
	const file = new Sqlite(join(folder, databaseName));
	file.pragma("journal_mode = WAL");
	file.pragma("synchronous = FULL");
	return file;
}
async function openSqlite(folder) {
	const held = holdFolder(folder);
	if (!held.ok) return held;
	try {
		finishRestore(folder);
		const { db, store } = toStore(openFile(folder), [held.value]);
		await migrate(db, "sqlite");
		return ok(store);
	} catch (error) {
		held.value.close();
		if (!(error instanceof Sqlite.SqliteError)) throw error;
		return fail({
			kind: "notWritable",
			detail: `${folder}: ${error.message}`
		});
	}
}
// src/server/turns.ts
var comeBackMs = 2e3;
function createTurns({ waiting, perAddress }) {
	const queue = [];
	const countByAddress = new Map();
	let isBusy = false;
	function leave(address) {
		const left = (countByAddress.get(address) ?? 1) - 1;
		if (left > 0) countByAddress.set(address, left);
		else countByAddress.delete(address);
		const next = queue.shift();
		if (next) next();
		else isBusy = false;
	}
	return async (address, work) => {
		const own = countByAddress.get(address) ?? 0;
		if (own >= perAddress || queue.length >= waiting) return fail({
			kind: "tooMany",
			retryAfterMs: comeBackMs
		});
		countByAddress.set(address, own + 1);
		if (isBusy) await new Promise((resolve) => queue.push(resolve));
		isBusy = true;
		try {
			return ok(await work());
		} finally {
			leave(address);
		}
	};
}
// src/server/start.ts
var Manifest = v.object({ version: v.string() });
var foldedBytes = 67108864;
var minuteMs = 6e4;
function readVersion() {
	return v.parse(Manifest, JSON.parse(readFileSync(new URL("../../package.json", new URL("../../../src/server/start.ts", import.meta.url).href), "utf8"))).version;
}
async function createDeps(store, proxies, { files, limits }, { publicUrl, oidc } = {}, log) {
	const onTrouble = (error) => log?.warn({ name: error instanceof Error ? error.name : "" }, "no identity provider");
	return {
		store,
		files,
		uploads: createUploads(store, files, limits),
		accounts: await openAccounts(store),
		setup: createSetup(),
		live: createLive(store),
		witness: createWitness(await store.keepSecret("witness", newSecret())),
		tries: createTries(store),
		turns: createTurns({
			waiting: 40,
			perAddress: 10
		}),
		passkeys: createPasskeys(await store.keepSecret("passkeys", newSecret()), store),
		publicUrl,
		oidc: oidc && publicUrl ? createOidc(oidc, publicUrl, onTrouble) : void 0,
		tickets: createTickets(await store.keepSecret("tickets", newSecret())),
		issuer: createIssuer(await store.keepSecret("issuer", newIssuerKey())),
		gateSecret: await store.keepSecret("gate", newSecret()),
		folded: createFoldedSpaces(store, foldedBytes),
		codeLimiter: createLimiter(300, 10 * minuteMs),
		findLimiter: createLimiter(20, hourMs$1),
		misses: createPace(createLimiter(3, hourMs$1), createLimiter(600, 10 * minuteMs)),
		doors: createPace(createLimiter(600, minuteMs), createLimiter(600, minuteMs)),
		doorLimiter: createLimiter(1e4, hourMs$1),
		pushedBytes: createPace(createLimiter(16384, hourMs$1), createLimiter(67108864, hourMs$1)),
		version: readVersion(),
		now: Date.now,
		addressOf: createAddressOf(proxies)
	};
}
export { createApp, createDeps, openDisk, openSqlite };
