/* src/client at ed599500549f538b6346699e900adcf8847339f2, packed by tools/freeze.ts: not to be edited. */
import { Dexie, liveQuery } from "dexie";
import { computed, signal } from "@preact/signals";
import { p256, p256_oprf } from "@noble/curves/nist.js";
import * as v from "valibot";
import { deflateSync, inflateSync } from "fflate";
// \0rolldown/runtime.js
var __defProp = Object.defineProperty;
var __esmMin = (fn, res, err) => () => {
	if (err) throw err[0];
	try {
		return fn && (res = fn(fn = 0)), res;
	} catch (e) {
		throw err = [e], e;
	}
};
var __exportAll = (all, no_symbols) => {
	let target = {};
	for (var name in all) __defProp(target, name, {
		get: all[name],
		enumerable: true
	});
	if (!no_symbols) __defProp(target, Symbol.toStringTag, { value: "Module" });
	return target;
};
// src/core/bytes.ts
function toBase64Url(bytes) {
	let text = "";
	for (let i = 0; i < bytes.length; i += 3) {
		const triple = (bytes[i] ?? 0) << 16 | (bytes[i + 1] ?? 0) << 8 | (bytes[i + 2] ?? 0);
		const letters = Math.min(4, bytes.length - i + 1);
		for (let k = 0; k < letters; k++) text += alphabet$1[triple >> 18 - 6 * k & 63];
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
function fromUtf8(bytes) {
	if (!bytes) return void 0;
	let text = "";
	for (let at = 0; at < bytes.length;) {
		const first = bytes[at++] ?? 0;
		const more = first < 128 ? 0 : first < 194 ? -1 : first < 224 ? 1 : first < 240 ? 2 : first < 245 ? 3 : -1;
		if (more < 0) return void 0;
		let code = more === 0 ? first : first & 63 >> more;
		for (let i = 0; i < more; i++) {
			const next = bytes[at++];
			if (next === void 0 || next >> 6 !== 2) return void 0;
			code = code << 6 | next & 63;
		}
		const smallest = [
			0,
			128,
			2048,
			65536
		][more] ?? 0;
		if (code < smallest || code > 1114111 || code >= 55296 && code <= 57343) return void 0;
		text += String.fromCodePoint(code);
	}
	return text;
}
var alphabet$1, valueOfLetter$1;
var init_bytes = __esmMin((() => {
	alphabet$1 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	valueOfLetter$1 = new Map([...alphabet$1].map((letter, value) => [letter, value]));
}));
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
var init_fields = __esmMin((() => {}));
// src/core/sha256.ts
function fractions(count, root) {
	const words = new Int32Array(count);
	for (let found = 0, n = 2; found < count; n++) {
		let prime = true;
		for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false;
		if (prime) words[found++] = Math.floor(root(n) % 1 * 2 ** 32);
	}
	return words;
}
function compress(bytes, offset) {
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
	for (let offset = 0; offset < whole; offset += 64) compress(message, offset);
	return finish(message.subarray(whole), message.length);
}
function finish(rest, length) {
	const end = rest.length < 56 ? 64 : 128;
	tail.fill(0);
	tail.set(rest);
	tail[rest.length] = 128;
	tailView.setUint32(end - 8, Math.floor(length / 2 ** 29));
	tailView.setUint32(end - 4, length << 3);
	for (let offset = 0; offset < end; offset += 64) compress(tail, offset);
	const digest = new Uint8Array(32);
	for (let i = 0; i < 32; i++) digest[i] = hash[i >> 2] >>> 24 - 8 * (i & 3);
	return digest;
}
function hmacSha256(key, message) {
	const block = new Uint8Array(64);
	block.set(key.length > 64 ? sha256(key) : key);
	const inner = sha256(concatBytes(block.map((byte) => byte ^ 54), message));
	return sha256(concatBytes(block.map((byte) => byte ^ 92), inner));
}
var roundConstants, initialHash, schedule, hash, tail, tailView;
var init_sha256 = __esmMin((() => {
	init_bytes();
	roundConstants = fractions(64, Math.cbrt);
	initialHash = fractions(8, Math.sqrt);
	schedule = new Int32Array(64);
	hash = new Int32Array(8);
	tail = new Uint8Array(128);
	tailView = new DataView(tail.buffer);
}));
// src/core/op.ts
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
function isPlain(value, depth = 0) {
	if (depth > deepest || Object.hasOwn(value, "__proto__")) return false;
	return Object.values(value).every((inner) => typeof inner !== "object" || inner === null || isPlain(inner, depth + 1));
}
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
var isText, deepest, isRecord, chainStart;
var init_op = __esmMin((() => {
	init_bytes();
	init_fields();
	init_sha256();
	isText = (value) => typeof value === "string";
	deepest = 32;
	isRecord = (value) => isFields(value) && isPlain(value);
	chainStart = new Uint8Array(32);
}));
// src/client/db/ballots.ts
function waitingTickets(db, space) {
	return db.tickets.where({ space }).filter(({ state }) => state === "waiting").toArray();
}
function dueBallots(db, space, epoch, now) {
	const isDue = ({ state, sendAt, sentIn }) => state === "waiting" && sendAt <= now || state === "sent" && sentIn !== epoch;
	return db.ballots.where({ space }).filter(isDue).toArray();
}
async function keepBlinding(db, row, made) {
	const key = ticketKey(row);
	return db.transaction("rw", db.tickets, async () => {
		const held = await db.tickets.get(key);
		if (!held || held.blinding) return held;
		await db.tickets.update(key, { blinding: made });
		return {
			...held,
			blinding: made
		};
	});
}
async function partAnswers(db, row, ballot) {
	await db.transaction("rw", [db.tickets, db.ballots], async () => {
		const { space, form, person, state, held, blinding } = await db.tickets.get(ticketKey(row)) ?? row;
		if (state !== "waiting" || !held || !blinding) return;
		const { version, answers } = held;
		await db.tickets.put({
			space,
			form,
			person,
			state: "given"
		});
		await db.ballots.put({
			nonce: blinding.nonce,
			space,
			form,
			version,
			answers,
			...ballot,
			state: "waiting"
		});
	});
}
async function refuseTicket(db, row, refusedFor) {
	await db.tickets.update(ticketKey(row), {
		state: "refused",
		refusedFor
	});
}
async function settleBallot(db, { nonce }, outcome) {
	const change = outcome === "refused" ? { state: "refused" } : {
		state: "sent",
		...outcome
	};
	await db.ballots.update(nonce, change);
}
async function pruneBallots(db, space, before) {
	await db.ballots.where({ space }).filter(({ state, sendAt }) => state === "sent" && sendAt < before).delete();
}
async function countBallots(db, space) {
	const count = {
		waiting: 0,
		refused: 0,
		oldest: Number.POSITIVE_INFINITY
	};
	const add = (state, since) => {
		if (state === "refused") count.refused++;
		if (state !== "waiting") return;
		count.waiting++;
		count.oldest = Math.min(count.oldest, since);
	};
	await ticketsOf(db, space).each(({ state, held }) => add(state, held?.writtenAt ?? 0));
	await ballotsOf(db, space).each(({ state, sendAt }) => add(state, sendAt));
	return count;
}
var ticketsOf, ballotsOf, ticketKey;
var init_ballots = __esmMin((() => {
	ticketsOf = (db, space) => space === void 0 ? db.tickets.toCollection() : db.tickets.where({ space });
	ballotsOf = (db, space) => space === void 0 ? db.ballots.toCollection() : db.ballots.where({ space });
	ticketKey = ({ space, form, person }) => [
		space,
		form,
		person
	];
}));
// src/client/db/connection.ts
function isNamed(error, names) {
	return [error, error instanceof Error && "inner" in error ? error.inner : void 0].some((found) => found instanceof Error && names.includes(found.name));
}
async function reopen(db) {
	db.close({ disableAutoOpen: false });
	await db.open();
}
async function withConnection(db, work) {
	try {
		return await work();
	} catch (error) {
		if (isNamed(error, full)) {
			if (!await roomMakers.get(db)?.()) throw error;
		} else if (isNamed(error, lost)) await reopen(db);
		else throw error;
		return work();
	}
}
async function probe(db) {
	try {
		await withConnection(db, () => db.meta.get("schema"));
		return true;
	} catch {
		return false;
	}
}
var lost, full, roomMakers;
var init_connection = __esmMin((() => {
	lost = [
		"DatabaseClosedError",
		"InvalidStateError",
		"UnknownError"
	];
	full = ["QuotaExceededError"];
	roomMakers = new WeakMap();
}));
// src/client/db/blobs.ts
async function keepCaptured(db, { row, content }) {
	await db.contents.put({
		hash: row.hash,
		content
	});
	await db.blobs.put(row);
}
async function dropUnnamed(db, hashes) {
	for (const hash of hashes) if (await db.blobs.where("hash").equals(hash).count() === 0) await db.contents.delete(hash);
}
async function dropRows(db, isGone) {
	await db.transaction("rw", [db.blobs, db.contents], async () => {
		const rows = await db.blobs.filter(isGone).toArray();
		await db.blobs.bulkDelete(rows.map(({ space, hash }) => [space, hash]));
		await dropUnnamed(db, rows.map(({ hash }) => hash));
	});
}
async function dropBlobsOf(db, space) {
	await dropRows(db, (row) => row.space === space);
}
async function countBlobs(db, space) {
	const inState = (state) => space === void 0 ? db.blobs.where({ state }) : db.blobs.where("[space+state]").equals([space, state]);
	const unsent = (await Promise.all(unsentStates.map((state) => inState(state).toArray()))).flat();
	const oldest = Math.min(Number.POSITIVE_INFINITY, ...unsent.map(({ addedAt }) => addedAt));
	return {
		waiting: unsent.length,
		refused: await inState("refused").count(),
		oldest
	};
}
var unsentStates;
var init_blobs = __esmMin((() => {
	unsentStates = ["waiting", "paused"];
}));
// src/client/db/opName.ts
function opName({ space, dev, n }) {
	return `${space} ${dev} ${n}`;
}
function lostName({ space, chain }) {
	return `${space} log ${chain}`;
}
function spaceOfName(name) {
	return name.slice(0, name.indexOf(" "));
}
var init_opName = __esmMin((() => {}));
// src/client/db/carried.ts
function sealedOps({ ops }) {
	return JSON.parse(ops);
}
async function addCarried(db, batches) {
	await db.transaction("rw", db.carried, async () => {
		for (const { ops, ...batch } of batches) {
			if (await db.carried.get([
				batch.space,
				batch.dev,
				batch.link
			])) continue;
			const waiting = ops.map(([n]) => opName({
				...batch,
				n
			}));
			await db.carried.add({
				...batch,
				ops: JSON.stringify(ops),
				waiting,
				refused: []
			});
		}
	});
}
async function waitingCarried(db, space) {
	return (await db.carried.where("space").equals(space).sortBy("takenAt")).filter(({ waiting }) => waiting.length > 0);
}
async function carriedNames(db, space, state = "waiting") {
	return (await (space === void 0 ? db.carried.orderBy(state) : db.carried.where(state).startsWith(`${space} `)).uniqueKeys()).map(String);
}
async function turnedAway(db) {
	return (await db.carried.filter(({ refused }) => refused.length > 0).toArray()).flatMap((row) => nameOps(row, row.outcomes ?? [], (outcome) => "reason" in outcome && !keptAside.has(outcome.reason)));
}
async function oldestCarried(db, space) {
	const waits = (row) => row.space === space && row.waiting.length > 0;
	return (await db.carried.orderBy("takenAt").filter(waits).first())?.takenAt ?? Number.POSITIVE_INFINITY;
}
function foldable(rows) {
	return rows.flatMap((row) => sealedOps(row).flatMap(([n, wall, at, body], i) => {
		const outcome = row.outcomes?.[i];
		if (outcome && "reason" in outcome) return [];
		return [{
			dev: row.dev,
			n,
			wall,
			at: outcome?.at ?? at,
			body
		}];
	}));
}
function carriedOf(db, space) {
	return db.carried.where("space").equals(space).toArray();
}
function carriedWith(db, names) {
	return db.carried.where("waiting").anyOf(names).distinct().toArray();
}
async function settleCarried(db, row, outcomes) {
	const refused = nameOps(row, outcomes, (outcome) => "reason" in outcome);
	await db.transaction("rw", db.carried, async () => {
		const held = await db.carried.get([
			row.space,
			row.dev,
			row.link
		]);
		if (held) await db.carried.put({
			...held,
			outcomes,
			waiting: [],
			refused
		});
	});
}
async function reofferCarried(db, space, seq) {
	for (const row of await carriedOf(db, space)) if (row.outcomes?.some((outcome) => "seq" in outcome && outcome.seq > seq)) await db.carried.put(waitAnew(row));
}
function waitAnew({ outcomes: _, ...row }) {
	const waiting = sealedOps(row).map(([n]) => opName({
		...row,
		n
	}));
	return {
		...row,
		waiting,
		refused: []
	};
}
var keptAside, nameOps;
var init_carried = __esmMin((() => {
	init_opName();
	keptAside = new Set([
		"notAllowed",
		"unreadable",
		"badSeal"
	]);
	nameOps = (row, outcomes, isNamed) => sealedOps(row).flatMap(([n], i) => {
		const outcome = outcomes[i];
		return outcome && isNamed(outcome) ? [opName({
			...row,
			n
		})] : [];
	});
}));
// src/client/db/meta.ts
async function readDevice(db) {
	const row = await db.meta.get("device");
	return row?.key === "device" ? row : void 0;
}
async function readClock(db) {
	const row = await db.meta.get("clock");
	return row?.key === "clock" ? row : void 0;
}
async function readIdentity(db) {
	const row = await db.meta.get("identity");
	return row?.key === "identity" ? row : void 0;
}
async function writeMeta(db, row) {
	await db.transaction("rw", db.meta, () => db.meta.put(row));
}
async function claimDevice(db, made) {
	return db.transaction("rw", db.meta, async () => {
		const held = await readDevice(db);
		if (held) return held;
		await db.meta.add(made);
		return made;
	});
}
function whenGivenUp(db, onGivenUp) {
	const subscription = liveQuery(() => db.meta.get("device")).subscribe((row) => {
		if (row) return;
		subscription.unsubscribe();
		onGivenUp();
	});
}
var init_meta = __esmMin((() => {}));
// src/client/db/sent.ts
function packRuns(rows) {
	const runs = [];
	for (const row of rows) {
		const { space, dev, n, v, wall, at, body, seq = 0, finalAt = at, link = "", previous = "" } = row;
		let run = runs.at(-1);
		if (!run || !goesOn(run, row)) {
			run = {
				space,
				dev,
				n,
				v,
				seq,
				previous,
				link,
				ops: [],
				length: 0
			};
			runs.push(run);
		}
		run.ops.push([
			wall,
			at,
			body,
			seq,
			finalAt,
			link
		]);
		run.length += body.length;
		Object.assign(run, {
			n,
			link,
			seq: Math.max(run.seq, seq)
		});
	}
	return runs.map(({ space, dev, n, v, seq, previous, ops }) => {
		return {
			space,
			dev,
			n,
			v,
			seq,
			previous,
			ops: JSON.stringify(ops)
		};
	});
}
function unpackRun({ space, dev, n: last, v, previous, ops }) {
	const packed = JSON.parse(ops);
	return packed.map(([wall, at, body, seq, finalAt, link], i) => {
		return {
			space,
			dev,
			n: last - packed.length + 1 + i,
			v,
			wall,
			at,
			body,
			state: "sent",
			link,
			previous: packed[i - 1]?.[5] ?? previous,
			seq,
			finalAt
		};
	});
}
function countRunsFrom(db, key) {
	return runsFrom(db, key).count();
}
async function lastSent(db, space, dev) {
	const [last] = await runsFrom(db, [
		space,
		dev,
		0
	]).reverse().limit(1).primaryKeys();
	return last?.[2] ?? 0;
}
async function findSent(db, key) {
	const run = await runsFrom(db, key).first();
	return run && unpackRun(run).find(({ n }) => n === key[2]);
}
async function sentAbove(db, space, seq) {
	return (await db.sent.where("[space+seq]").between([space, seq], [space, Dexie.maxKey], false).toArray()).flatMap(unpackRun).filter((row) => (row.seq ?? 0) > seq).sort((a, b) => a.dev < b.dev ? -1 : a.dev > b.dev ? 1 : a.n - b.n);
}
async function moveToSent(db, committed) {
	for (const run of packRuns(committed)) {
		const rows = unpackRun(run);
		const first = run.n - rows.length + 1;
		const { space, dev } = run;
		const held = db.outbox.where("[space+dev+n]").between([
			space,
			dev,
			first
		], [
			space,
			dev,
			run.n
		], true, true);
		if (await held.count() === rows.length) await db.sent.put(run);
		else {
			const left = new Set((await held.primaryKeys()).map(([, , n]) => n));
			await db.sent.bulkPut(packRuns(rows.filter(({ n }) => left.has(n))));
		}
		await held.delete();
	}
}
async function takeFromSent(db, rows) {
	const [first] = rows;
	if (!first) return;
	const taken = new Set(rows.map(({ dev, n }) => `${dev} ${n}`));
	const isTaken = ({ dev, n }) => taken.has(`${dev} ${n}`);
	for (const dev of new Set(rows.map((row) => row.dev))) {
		const lowest = Math.min(...rows.filter((row) => row.dev === dev).map(({ n }) => n));
		for (const run of await runsFrom(db, [
			first.space,
			dev,
			lowest
		]).toArray()) {
			const ops = unpackRun(run);
			if (!ops.some(isTaken)) continue;
			await db.sent.delete([
				run.space,
				dev,
				run.n
			]);
			await db.sent.bulkPut(packRuns(ops.filter((row) => !isTaken(row))));
		}
	}
}
async function packOldSent(outbox, sent) {
	const rows = (await outbox.toArray()).filter(({ state }) => state === "sent");
	await sent.bulkPut(packRuns(rows));
	await outbox.bulkDelete(rows.map(({ space, dev, n }) => [
		space,
		dev,
		n
	]));
}
var maxRunLength, goesOn, runsFrom;
var init_sent = __esmMin((() => {
	maxRunLength = 1e6;
	goesOn = (run, { space, dev, n, v, previous }) => run.length < maxRunLength && run.space === space && run.dev === dev && run.n === n - 1 && run.v === v && run.link === previous;
	runsFrom = (db, [space, dev, n]) => db.sent.where("[space+dev+n]").between([
		space,
		dev,
		n
	], [
		space,
		dev,
		Dexie.maxKey
	]);
}));
// src/client/db/outbox.ts
function toOp(row) {
	const { v, space, dev, n, wall, body } = row;
	return {
		v,
		space,
		dev,
		n,
		wall,
		at: row.finalAt ?? row.at,
		body
	};
}
async function readLast(db, space, dev) {
	const [waiting] = await ofDevice(db, space, dev).reverse().limit(1).primaryKeys();
	return Math.max(waiting?.[2] ?? 0, await lastSent(db, space, dev));
}
function rowAfter(last, op, body) {
	const { space, dev, wall } = op;
	const at = Math.round(Math.max(wall + op.offsetMs, op.lastAt + 1));
	return {
		space,
		dev,
		n: last + 1,
		v: 1,
		wall,
		at,
		body,
		state: "local"
	};
}
async function findRow(db, key) {
	return await db.outbox.get(key) ?? await findSent(db, key);
}
async function isStored(db, row) {
	return (await findRow(db, keyOf(row)))?.body === row.body;
}
async function commitOp(db, op, together = {}) {
	const { newSpace, lastLogged = 0, onlyHeld, draft, captured } = together;
	const body = encodeBody(op.salt, op.changes);
	if (utf8(body).length > 262144) throw new RangeError("An op is longer than a server takes");
	const known = lastKnown.get(db) ?? new Map();
	lastKnown.set(db, known);
	const name = `${op.space} ${op.dev}`;
	const tables = [...[
		db.outbox,
		db.sent,
		...newSpace || onlyHeld ? [db.spaces] : [],
		...draft ? [db.drafts] : []
	], ...captured ? [db.blobs, db.contents] : []];
	const write = (row) => db.transaction("rw", tables, async () => {
		const held = onlyHeld ? db.spaces.get(op.space) : void 0;
		const taken = countRunsFrom(db, keyOf(row));
		if (newSpace) await db.spaces.add(newSpace);
		if (draft) await db.drafts.delete(draft);
		if (captured) await keepCaptured(db, captured);
		await db.outbox.add(row);
		if (onlyHeld && !await held) throw new SpaceGoneError();
		if (await taken > 0) throw new Dexie.ConstraintError("The number was sent by another tab");
	});
	let last = known.get(name) ?? Math.max(lastLogged, await readLast(db, op.space, op.dev));
	for (;;) {
		const row = rowAfter(last, op, body);
		try {
			await withConnection(db, () => write(row));
			known.set(name, row.n);
			return row;
		} catch (error) {
			if (await isStored(db, row)) {
				known.set(name, row.n);
				return row;
			}
			const ahead = await readLast(db, op.space, op.dev);
			if (!(error instanceof Error && error.name === "ConstraintError" && ahead > last)) throw error;
			last = ahead;
		}
	}
}
function outboxRows(db, space, state, most = Number.POSITIVE_INFINITY) {
	return db.outbox.where({
		state,
		space
	}).limit(most).toArray();
}
function namesOf(db, space) {
	const of = [[
		space,
		Dexie.minKey,
		Dexie.minKey
	], [
		space,
		Dexie.maxKey,
		Dexie.maxKey
	]];
	return db.outbox.where("[space+dev+n]").between(of[0], of[1]).primaryKeys();
}
async function readRows(db, keys) {
	const waiting = await db.outbox.bulkGet(keys);
	return (await Promise.all(keys.map((key, i) => waiting[i] ?? findSent(db, key)))).filter((row) => row !== void 0);
}
function inState(db, state) {
	return db.outbox.where("[state+space]").between([state, Dexie.minKey], [state, Dexie.maxKey]);
}
async function countUnsent(db, rescued = nothingRescued$1) {
	const lost = await db.lostPages.filter((page) => !page.refused && !rescued.has(lostName(page))).toArray();
	const own = (await inState(db, "local").primaryKeys()).map(([space, dev, n]) => opName({
		space,
		dev,
		n
	}));
	const stranded = [...new Set([
		...own,
		...await carriedNames(db),
		...await turnedAway(db)
	])].filter((name) => !rescued.has(name));
	const waiting = (await countBallots(db)).waiting + (await countBlobs(db)).waiting;
	return lost.reduce((sum, { count }) => sum + count, stranded.length + waiting);
}
async function forgetAll(db, rescued = nothingRescued$1) {
	const own = [
		db.outbox,
		db.sent,
		db.carried,
		db.tickets,
		db.ballots,
		db.blobs,
		db.contents,
		db.drafts
	];
	const held = [
		db.spaces,
		db.pages,
		db.lostPages,
		db.snapshots,
		...own
	];
	return db.transaction("rw", [...held, db.meta], async () => {
		if (await countUnsent(db, rescued) > 0) return false;
		await Promise.all(held.map((table) => table.clear()));
		await db.meta.bulkDelete([
			"device",
			"identity",
			"forgotten"
		]);
		return true;
	});
}
async function pendingRows(db, space, readThrough) {
	const [local, sent] = await Promise.all([outboxRows(db, space, "local"), sentAbove(db, space, readThrough)]);
	return [...local, ...sent];
}
async function offerAgain(db, rows) {
	await takeFromSent(db, rows.filter(({ state }) => state === "sent"));
	await db.outbox.bulkPut(rows.map(({ parkedFor: _, ...row }) => ({
		...row,
		state: "local"
	})));
}
function rowBefore(db, row) {
	return findRow(db, [
		row.space,
		row.dev,
		row.n - 1
	]);
}
async function acknowledge(db, rows) {
	await db.transaction("rw", [db.outbox, db.sent], async () => {
		await moveToSent(db, rows.filter(({ state }) => state === "sent"));
		const aside = rows.filter(({ state }) => state !== "sent");
		const held = await db.outbox.bulkGet(aside.map(keyOf));
		await db.outbox.bulkPut(aside.filter((_, i) => held[i]));
	});
}
async function acknowledgeAnew(db, before, now) {
	await db.transaction("rw", [db.outbox, db.sent], async () => {
		await offerAgain(db, await readRows(db, before.map(keyOf)));
		await acknowledge(db, now);
	});
}
async function renameUnsent(db, space) {
	return db.transaction("rw", [
		db.meta,
		db.outbox,
		db.sent
	], async () => {
		const device = await readDevice(db);
		if (!device) return false;
		const { dev } = device;
		const older = (await outboxRows(db, space, "local")).filter((row) => row.dev !== dev);
		let n = older.length > 0 ? await readLast(db, space, dev) : 0;
		for (const row of older) {
			await db.outbox.delete(keyOf(row));
			n++;
			const { link: _, previous: __, seq: ___, finalAt, ...unsealed } = row;
			await db.outbox.add({
				...unsealed,
				dev,
				n,
				at: finalAt ?? row.at
			});
		}
		return older.length > 0;
	});
}
var ofDevice, lastKnown, SpaceGoneError, keyOf, nothingRescued$1;
var init_outbox = __esmMin((() => {
	init_bytes();
	init_op();
	init_ballots();
	init_blobs();
	init_carried();
	init_connection();
	init_meta();
	init_opName();
	init_sent();
	ofDevice = (db, space, dev) => db.outbox.where("[space+dev+n]").between([
		space,
		dev,
		Dexie.minKey
	], [
		space,
		dev,
		Dexie.maxKey
	]);
	lastKnown = new WeakMap();
	SpaceGoneError = class extends Error {
		constructor() {
			super("This device does not hold the space any more");
			this.name = "SpaceGoneError";
		}
	};
	keyOf = ({ space, dev, n }) => [
		space,
		dev,
		n
	];
	nothingRescued$1 = new Set();
}));
// src/client/db/pages.ts
async function appendPage(db, page) {
	return db.transaction("rw", [
		db.meta,
		db.spaces,
		db.pages,
		db.outbox,
		db.sent
	], async () => {
		const held = await db.spaces.get(page.space);
		if (!held || held.seq !== page.after || held.epoch && held.epoch !== page.epoch) return false;
		await offerMissing(db, page);
		if (page.ops.length > 0) await takeLogged(db, page);
		const { epoch, chain, head, backedUpThrough } = page;
		const nothingNew = held.epoch === epoch && held.head === head && held.backedUpThrough === backedUpThrough;
		if (page.ops.length === 0 && nothingNew) return true;
		if (page.ops.length > 0) await storeOps(db, held, page);
		await db.spaces.update(page.space, {
			epoch,
			chain,
			head,
			backedUpThrough,
			seq: page.after + page.ops.length
		});
		return true;
	});
}
async function offerMissing(db, { space, after, head, ops }) {
	const end = after + ops.length;
	const missing = (await sentAbove(db, space, after)).filter(({ dev, n, seq = 0 }) => {
		if (seq > end) return end >= head;
		const [, author, number] = ops[seq - after - 1] ?? [];
		return author !== dev || number !== n;
	});
	if (missing.length > 0) await offerAgain(db, missing);
}
async function takeLogged(db, { space, after, ops }) {
	const held = await namesOf(db, space);
	if (held.length === 0) return;
	const placeByName = new Map(ops.map(([, dev, n], i) => [opName({
		space,
		dev,
		n
	}), i]));
	const met = held.filter(([, dev, n]) => placeByName.has(opName({
		space,
		dev,
		n
	})));
	if (met.length === 0) return;
	const device = await readDevice(db);
	const now = (await db.outbox.bulkGet(met)).flatMap((row) => {
		if (!row || row.state === "local" && row.dev === device?.dev) return [];
		const { parkedFor: _, ...rest } = row;
		const place = placeByName.get(opName(row)) ?? -1;
		const [, , , , finalAt, body] = ops[place] ?? [];
		return finalAt !== void 0 && body === row.body ? [{
			...rest,
			state: "sent",
			seq: after + place + 1,
			finalAt
		}] : [];
	});
	if (now.length > 0) await acknowledge(db, now);
}
async function storeOps(db, held, page) {
	const { space, after, chain, witness, ops } = page;
	const last = await ofSpace(db, space).last();
	const packed = JSON.stringify(ops);
	const run = last && last.after + last.count === after && last.count + ops.length <= joinedPageOps && last.ops.length + packed.length <= joinedPageLength ? {
		...last,
		count: last.count + ops.length,
		ops: JSON.stringify([...unpackOps(last), ...ops])
	} : {
		space,
		after,
		count: ops.length,
		before: held.chain,
		ops: packed
	};
	await db.pages.put({
		...run,
		chain,
		witness
	});
}
function unpackOps(page) {
	return JSON.parse(page.ops);
}
async function pagesAbove(db, space, seq) {
	if (seq === 0) return ofSpace(db, space).toArray();
	if (seq >= ((await db.spaces.get(space))?.seq ?? 0)) return [];
	return (await ofSpace(db, space).reverse().until((page) => page.after <= seq, true).toArray()).reverse().filter((page) => page.after + page.count > seq);
}
async function goBack(db, held, known, epoch) {
	const { space } = held;
	const seq = known ? known.after + known.count : 0;
	await db.transaction("rw", [
		db.spaces,
		db.pages,
		db.lostPages,
		db.outbox,
		db.sent,
		db.carried
	], async () => {
		const lost = await pagesAbove(db, space, seq);
		await db.lostPages.bulkPut(lost.map((page) => ({
			...page,
			epoch: held.epoch,
			refused: false
		})));
		await db.pages.bulkDelete(lost.map(({ after }) => [space, after]));
		await db.spaces.update(space, {
			epoch: known ? epoch : "",
			seq,
			chain: known?.chain ?? "",
			head: seq,
			wentBack: held.wentBack + 1
		});
		await offerAgain(db, await sentAbove(db, space, seq));
		await offerAgain(db, await outboxRows(db, space, "parked"));
		await reofferCarried(db, space, seq);
	});
}
async function lostPages(db, space) {
	return (await db.lostPages.where("[space+chain]").between([space, Dexie.minKey], [space, Dexie.maxKey]).toArray()).filter(({ refused }) => !refused).sort((a, b) => a.after - b.after);
}
async function settleLostPage(db, page, taken) {
	const key = [page.space, page.chain];
	await db.transaction("rw", db.lostPages, async () => {
		if (taken) await db.lostPages.delete(key);
		else await db.lostPages.update(key, { refused: true });
	});
}
var joinedPageOps, joinedPageLength, ofSpace;
var init_pages = __esmMin((() => {
	init_carried();
	init_meta();
	init_opName();
	init_outbox();
	init_sent();
	joinedPageOps = 1e3;
	joinedPageLength = 1e6;
	ofSpace = (db, space) => db.pages.where("[space+after]").between([space, Dexie.minKey], [space, Dexie.maxKey]);
}));
// src/client/db/schema.ts
init_pages();
init_sent();
var NewerSchemaError = class extends Error {
	constructor() {
		super("The database was written by a newer version of the app");
		this.name = "NewerSchemaError";
	}
};
function createDatabase(name = "hadir", engine = {}) {
	const db = new Dexie(name, {
		chromeTransactionDurability: "strict",
		cache: "disabled",
		...engine
	});
	db.version(1).stores({
		spaces: "space",
		pages: "[space+after]",
		lostPages: "[space+chain]",
		outbox: "[space+dev+n], [space+state], [space+state+seq], state",
		carried: "[space+dev+link], space, takenAt, *waiting, *refused",
		tickets: "[space+form+person], space",
		ballots: "nonce, space",
		drafts: "key",
		meta: "key"
	});
	db.version(2).stores({
		outbox: "[space+dev+n], [state+space]",
		sent: "[space+dev+n], [space+seq]",
		snapshots: "space"
	}).upgrade(async (upgrade) => {
		await packOldSent(upgrade.table("outbox"), upgrade.table("sent"));
		await upgrade.table("meta").put({
			key: "schema",
			epoch: 2
		});
	});
	db.version(3).stores({
		blobs: "[space+hash], [space+state], state, hash",
		contents: "hash"
	});
	let readOnly = false;
	const readEpoch = async () => {
		const held = await db.meta.get("schema");
		readOnly = held?.key === "schema" && held.epoch > 2;
		if (!held) await db.meta.put({
			key: "schema",
			epoch: 2
		});
	};
	db.on("ready", readEpoch, true);
	db.use({
		stack: "dbcore",
		name: "schemaEpoch",
		create: (core) => ({
			...core,
			table: (tableName) => {
				const table = core.table(tableName);
				return {
					...table,
					mutate: (request) => readOnly ? Promise.reject(new NewerSchemaError()) : table.mutate(request)
				};
			}
		})
	});
	return db;
}
// src/client/db/forget.ts
function isFree({ unsent, parked, lost, drafts }) {
	return unsent + parked + lost + drafts.length === 0;
}
function spaceTables(db) {
	const own = [
		db.snapshots,
		db.outbox,
		db.sent,
		db.carried,
		db.tickets,
		db.ballots,
		db.blobs,
		db.contents,
		db.drafts
	];
	return [
		db.spaces,
		db.pages,
		db.lostPages,
		...own,
		db.meta
	];
}
async function dropSpace(db, space) {
	for (const table of [
		"pages",
		"lostPages",
		"outbox",
		"sent",
		"carried"
	]) await rowsOf(db, table, space).delete();
	await db.tickets.where({ space }).delete();
	await db.ballots.where({ space }).delete();
	await dropBlobsOf(db, space);
	await db.snapshots.delete(space);
	await db.spaces.delete(space);
}
async function readBlockers(db, space, rescued = nothingRescued) {
	const ballots = await countBallots(db, space);
	const inState = (state) => db.outbox.where({
		state,
		space
	}).primaryKeys();
	const own = (await inState("local")).map(([, dev, n]) => opName({
		space,
		dev,
		n
	}));
	const unsent = new Set([...own, ...await carriedNames(db, space)]);
	const refused = await carriedNames(db, space, "refused");
	const lost = await db.lostPages.where("[space+chain]").between([space, Dexie.minKey], [space, Dexie.maxKey]).toArray();
	const drafts = await db.drafts.filter(({ key }) => key.split(":").includes(space)).primaryKeys();
	const files = await countBlobs(db, space);
	return {
		unsent: [...unsent].filter((name) => !rescued.has(name)).length + ballots.waiting + files.waiting,
		parked: (await inState("parked")).length + refused.length + ballots.refused + files.refused,
		lost: lost.reduce((sum, page) => sum + (page.refused || rescued.has(lostName(page)) ? 0 : page.count), 0),
		drafts
	};
}
async function forgetSpace(db, event, rescued = nothingRescued) {
	const { space } = event;
	return db.transaction("rw", spaceTables(db), async () => {
		const blockers = await readBlockers(db, space, rescued);
		if (!isFree(blockers)) return blockers;
		await dropSpace(db, space);
		await writeForgotten(db, [...(await readForgotten(db)).filter((held) => held.space !== space), event]);
	});
}
async function rememberSpace(db, space) {
	await db.transaction("rw", db.meta, async () => {
		await writeForgotten(db, (await readForgotten(db)).filter((held) => held.space !== space));
	});
}
async function readForgotten(db) {
	const row = await db.meta.get("forgotten");
	return row?.key === "forgotten" ? row.events : [];
}
async function writeForgotten(db, events) {
	if (events.length > 0) await db.meta.put({
		key: "forgotten",
		events
	});
	else await db.meta.delete("forgotten");
}
function watchForgotten(db, onEvents) {
	const subscription = liveQuery(() => readForgotten(db)).subscribe(onEvents);
	return () => subscription.unsubscribe();
}
var rowsOf, nothingRescued;
var init_forget = __esmMin((() => {
	init_ballots();
	init_blobs();
	init_carried();
	init_opName();
	rowsOf = (db, table, space) => db[table].where(":id").between([space], [space, [[]]]);
	nothingRescued = new Set();
}));
// src/client/db/notes.ts
var init_notes = __esmMin((() => {
	init_op();
}));
// src/client/db/spaces.ts
function newSpaceRow(space, role) {
	return {
		space,
		role,
		revoked: false,
		epoch: "",
		seq: 0,
		chain: "",
		head: 0,
		backedUpThrough: 0,
		wentBack: 0
	};
}
function attendeePart({ owner, certificate }, held) {
	return owner && certificate ? {
		code: "",
		found: [],
		...held,
		owner,
		certificate
	} : held;
}
async function changeRole(db, held, granted) {
	const { space, role } = granted;
	const attendee = attendeePart(granted, held.attendee);
	const change = {
		role,
		revoked: false,
		ended: false,
		...attendee && { attendee }
	};
	if (held.role === "attendee" === (role === "attendee")) await db.spaces.update(space, change);
	else {
		await db.pages.where("[space+after]").between([space, Dexie.minKey], [space, Dexie.maxKey]).delete();
		await db.snapshots.delete(space);
		await db.spaces.put({
			...newSpaceRow(space, role),
			...change,
			wentBack: held.wentBack + 1
		});
	}
}
async function applyGrants(db, grants, everywhere, ended = []) {
	await db.transaction("rw", [
		db.spaces,
		db.pages,
		db.snapshots,
		db.meta
	], async () => {
		const held = await db.spaces.toArray();
		const grantedBySpace = new Map(grants.map((granted) => [granted.space, granted]));
		for (const row of held) {
			const granted = grantedBySpace.get(row.space);
			const isCertified = !granted?.certificate || granted.certificate === row.attendee?.certificate;
			if (granted && (granted.role !== row.role || !isCertified || row.revoked)) await changeRole(db, row, granted);
			const isEnded = !granted && ended.includes(row.space);
			const isMissed = !granted && row.epoch !== "" && !everywhere;
			if (isEnded && !row.ended) await db.spaces.update(row.space, {
				revoked: true,
				ended: true
			});
			else if (isMissed && !row.revoked) await db.spaces.update(row.space, { revoked: true });
			grantedBySpace.delete(row.space);
		}
		for (const { space } of await readForgotten(db)) grantedBySpace.delete(space);
		await db.spaces.bulkAdd([...grantedBySpace.values()].map(toSpaceRow));
	});
}
function toSpaceRow(granted) {
	const attendee = attendeePart(granted, void 0);
	return {
		...newSpaceRow(granted.space, granted.role),
		...attendee && { attendee }
	};
}
function readSpace(db, space) {
	return db.spaces.get(space);
}
function listSpaces(db) {
	return db.spaces.toArray();
}
function watchSpaces(db, onRows) {
	const subscription = liveQuery(() => db.spaces.toArray()).subscribe(onRows);
	return () => subscription.unsubscribe();
}
function watchSpace(db, space, onChange) {
	const subscription = liveQuery(async () => {
		const row = await db.spaces.get(space);
		return {
			row,
			unsent: await db.outbox.where({
				state: "local",
				space
			}).primaryKeys(),
			carried: await carriedNames(db, space),
			refused: await carriedNames(db, space, "refused"),
			oldestWall: await oldestUnsentWall(db, space),
			parked: await db.outbox.where({
				state: "parked",
				space
			}).toArray(),
			sent: row?.role === "attendee" ? (await sentAbove(db, space, 0)).map(keyOf) : []
		};
	}).subscribe(({ row, ...change }) => row && onChange({
		row,
		...change
	}));
	return () => subscription.unsubscribe();
}
async function oldestUnsentWall(db, space, notes) {
	const unsent = db.outbox.where({
		state: "local",
		space
	});
	const oldest = await (notes?.size ? unsent.filter((row) => !notes.has(opName(row))) : unsent).first();
	return Math.min(oldest?.wall ?? Number.POSITIVE_INFINITY, await oldestCarried(db, space));
}
var init_spaces = __esmMin((() => {
	init_ballots();
	init_carried();
	init_forget();
	init_notes();
	init_opName();
	init_outbox();
	init_sent();
}));
// src/core/stamp.ts
function compareStamps(a, b) {
	return a.at - b.at || (a.dev < b.dev ? -1 : a.dev > b.dev ? 1 : a.n - b.n);
}
var init_stamp = __esmMin((() => {}));
// src/core/facts.ts
init_spaces();
init_bytes();
init_sha256();
init_stamp();
var rivalMark = "~";
var contentOf = ({ fields }) => JSON.stringify(fields);
var rivalName = (name, content) => `${name}${rivalMark}${toBase64Url(sha256(content).subarray(0, 8))}`;
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
// src/core/fold.ts
init_op();
init_stamp();
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
// src/core/ids.ts
init_bytes();
init_sha256();
var idPattern = /^[A-Za-z0-9_-]{22}$/;
function isId(value) {
	return typeof value === "string" && idPattern.test(value);
}
function uuidv7(now, random) {
	const bytes = new Uint8Array(16);
	const view = new DataView(bytes.buffer);
	view.setUint32(0, Math.floor(now / 2 ** 16));
	view.setUint16(4, now % 2 ** 16);
	bytes.set(random.subarray(0, 10), 6);
	bytes[6] = 112 | (bytes[6] ?? 0) & 15;
	bytes[8] = 128 | (bytes[8] ?? 0) & 63;
	return toBase64Url(bytes);
}
function derivedId(spaceSalt, kind, value) {
	return toBase64Url(hmacSha256(fromBase64Url(spaceSalt) ?? utf8(spaceSalt), utf8(`${kind}:${value}`)).subarray(0, 16));
}
function ownedId(owner, random) {
	const bytes = random.slice(0, 8);
	bytes[7] = (bytes[7] ?? 0) & 252;
	return owner + toBase64Url(bytes);
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
init_fields();
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
function setPerson(id, fields) {
	const given = Object.entries(fields).filter(([, value]) => value !== void 0);
	return {
		type: "set",
		kind: "person",
		id,
		fields: Object.fromEntries(given)
	};
}
function personId(eventSalt, nip, newId) {
	return nip ? derivedId(eventSalt, "nip", nip) : newId();
}
function samePerson(a, b) {
	return {
		type: "add",
		kind: "same",
		fields: {
			a,
			b
		}
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
// src/core/attendance.ts
init_fields();
init_stamp();
var attendanceMethods = [
	"facilitator",
	"own",
	"kiosk",
	"scan",
	"paper"
];
function checkIn(input) {
	const { person, session, method, ink, unsignedReason, represents, wallCode } = input;
	const fields = {
		p: person,
		s: session,
		m: method
	};
	if (ink) fields.ink = ink;
	if (unsignedReason) fields.unsigned = unsignedReason;
	if (represents) fields.represents = represents;
	if (wallCode) Object.assign(fields, {
		code: wallCode.code,
		codeAt: wallCode.at
	});
	return {
		type: "add",
		kind: "attendance",
		fields
	};
}
function undoCheckIn(attendance, reason) {
	return {
		type: "void",
		facts: attendance.facts.map((fact) => fact.id),
		reason
	};
}
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
function updateAttendance(held, space, facts) {
	const canonical = canonicalIds(space);
	const people = new Set();
	for (const id of facts) {
		const written = textOf(space.facts.get("attendance")?.get(id)?.fields ?? {}, "p");
		if (written) people.add(canonical.get(written) ?? written);
	}
	const fresh = readAttendance(space, people);
	const sessions = new Map(held);
	for (const session of new Set([...held.keys(), ...fresh.keys()])) {
		const attendances = new Map(held.get(session));
		let changed = false;
		for (const person of people) {
			const attendance = fresh.get(session)?.get(person);
			if (attendance) attendances.set(person, attendance);
			if (attendance || attendances.delete(person)) changed = true;
		}
		if (changed) sessions.set(session, attendances);
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
// src/core/consent.ts
init_fields();
init_stamp();
var consentKinds = [
	"photo",
	"group",
	"mail",
	"contacts"
];
function giveConsent(person, kind, given) {
	return {
		type: "add",
		kind: "consent",
		fields: {
			p: person,
			k: kind,
			yes: given,
			notice: 2
		}
	};
}
function readConsents(space) {
	const canonical = canonicalIds(space);
	const facts = [...standingFacts(space, "consent")].sort((a, b) => compareStamps(a.stamp, b.stamp));
	const people = new Map();
	for (const { fields, stamp } of facts) {
		const kind = oneOf(fields, "k", [...consentKinds, ""], "");
		const written = textOf(fields, "p");
		if (!kind || !written) continue;
		const person = canonical.get(written) ?? written;
		const held = people.get(person) ?? new Map();
		people.set(person, held);
		const notice = typeof fields.notice === "number" ? fields.notice : 0;
		held.set(kind, {
			given: flagOf(fields, "yes"),
			notice,
			at: stamp.at
		});
	}
	return people;
}
function consentChanges(consents, person, asked = {}) {
	const held = consents.get(person);
	return consentKinds.flatMap((kind) => {
		const given = asked[kind];
		return given === void 0 || given === (held?.get(kind)?.given ?? false) ? [] : [giveConsent(person, kind, given)];
	});
}
new Set("prof dr ir drs dra drg h hj kh tb rt apt ns pdt bripka iptu ipda akp kompol akbp kombes kapten mayor letkol kolonel".split(" "));
new Intl.Collator("id");
// src/core/merge.ts
init_fields();
function readMerges(space) {
	const canonical = canonicalIds(space);
	const persons = space.records.get("person");
	const merges = new Map();
	for (const [id, root] of canonical) {
		const merge = merges.get(root) ?? {
			records: [],
			facts: []
		};
		merges.set(root, merge);
		const entry = persons?.get(id);
		if (entry) merge.records.push(readPerson(id, entry));
	}
	for (const fact of standingFacts(space, "same")) {
		const root = canonical.get(textOf(fact.fields, "a"));
		if (root) merges.get(root)?.facts.push(fact.id);
	}
	return merges;
}
function undoMerge(merge, reason) {
	return {
		type: "void",
		facts: merge.facts,
		reason
	};
}
// src/core/time.ts
var zones = {
	WIB: 7,
	WITA: 8,
	WIT: 9
};
new RegExp(`\\b(?:(?<iso>\\d{4}-\\d{2}-\\d{2})|(?<day>\\d{1,2})(?:\\s+(?<name>${[
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
].join("|")})\\s+|[/.-](?<month>\\d{1,2})[/.-])(?<year>\\d{4}))\\b`, "i");
// src/core/nip.ts
function nipDigits(text) {
	return text.replace(/^\s*(NIP|NI\s*PPPK)/i, "").replace(/[\s.:\-']/g, "");
}
// src/core/phone.ts
function normalisePhone(text) {
	const rest = text.replace(/\D/g, "").replace(/^00/, "").replace(/^62/, "").replace(/^0/, "");
	return /^8\d{8,11}$/.test(rest) ? `+62${rest}` : void 0;
}
new Intl.Collator("id");
// src/core/shortCode.ts
init_bytes();
init_sha256();
// src/core/ink.ts
init_bytes();
// src/client/state/people.ts
var strongNumber = /^\d{8,}$/;
function newPersonId(space, nip) {
	return personId(space.event.value?.salt ?? "", strongNumber.test(nip) ? nip : "", space.newId);
}
function recordOf(space, person) {
	return (space.merges.value.get(person)?.records.filter(({ deleted }) => !deleted) ?? []).sort(compareRecords)[0]?.id ?? person;
}
async function savePerson(space, id, fields) {
	await space.commit([setPerson(recordOf(space, id), fields)]);
}
async function setDeleted(space, id, deleted) {
	const ids = space.merges.value.get(id)?.records.map((record) => record.id) ?? [id];
	await space.commit(ids.map((record) => setPerson(record, { deleted })));
}
async function mergePeople(space, a, b) {
	await space.commit([samePerson(a, b)]);
}
async function partPeople(space, id, reason) {
	const merge = space.merges.value.get(id);
	if (merge) await space.commit([undoMerge(merge, reason)]);
}
// src/client/state/attendance.ts
async function recordAttendance(space, input, fields = {}, draft, consents) {
	const corrected = Object.keys(fields).length > 0 ? [setPerson(recordOf(space, input.person), fields)] : [];
	await space.commit([
		...corrected,
		checkIn(input),
		...consentChanges(space.consents.value, input.person, consents)
	], draft);
}
async function recordWalkIn(space, fields, input, draft, consents) {
	const person = newPersonId(space, fields.nip);
	const revived = space.people.value.has(person) ? {} : { deleted: false };
	const record = setPerson(person, {
		...fields,
		...revived
	});
	await space.commit([
		record,
		checkIn({
			...input,
			person
		}),
		...consentChanges(space.consents.value, person, consents)
	], draft);
	return person;
}
async function undoAttendance(space, attendance, reason) {
	await space.commit([undoCheckIn(attendance, reason)]);
}
// src/client/state/attendee.ts
init_op();
var isOwnRecord = (space, person) => {
	const owner = space.attendee.value?.owner;
	return owner !== void 0 && owner !== "" && person.startsWith(owner);
};
function corrected(held, fields) {
	const differs = ([name, value]) => JSON.stringify(held?.[name]) !== JSON.stringify(value);
	return held ? Object.fromEntries(Object.entries(fields).filter(differs)) : fields;
}
async function saveSignIn(space, form, draft) {
	const { fields, consents, person = space.newOwnId(), ...proof } = form;
	const written = isOwnRecord(space, person) ? corrected(space.people.value.get(person), fields) : {};
	const changes = [
		...Object.keys(written).length > 0 ? [setPerson(person, written)] : [],
		checkIn({
			...proof,
			person,
			method: "own"
		}),
		...consentChanges(space.consents.value, person, consents)
	];
	return {
		person,
		op: await space.commit(changes, draft)
	};
}
async function correctOwn(space, person, fields) {
	const written = corrected(space.people.value.get(person), fields);
	if (isOwnRecord(space, person) && Object.keys(written).length > 0) await space.commit([setPerson(person, written)]);
}
function ownPeople(space) {
	const people = new Map();
	for (const { person, name, institution } of space.attendee.value?.found ?? []) people.set(person, {
		id: person,
		name,
		institution,
		record: void 0
	});
	for (const person of space.people.value.values()) {
		const { id, name, institution } = person;
		people.set(id, {
			id,
			name,
			institution,
			record: isOwnRecord(space, id) ? person : void 0
		});
	}
	return [...people.values()].sort((a, b) => a.name < b.name ? -1 : 1);
}
// src/client/state/author.ts
init_bytes();
var nobody$1 = {
	holder: "",
	name: ""
};
function createAuthor(parts) {
	const { dev, device = () => nobody$1, wall, offsetMs, random, onCommit } = parts;
	const now = () => wall() + offsetMs();
	return {
		dev,
		device,
		newId: () => uuidv7(now(), random(10)),
		newOwnedId: (owner) => ownedId(owner, random(8)),
		now,
		newOp: (space, changes, lastAt) => ({
			space,
			dev: dev(),
			changes,
			salt: toBase64Url(random(8)),
			wall: wall(),
			offsetMs: offsetMs(),
			lastAt
		}),
		onCommit
	};
}
// src/core/event.ts
init_fields();
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
function setEvent(id, fields) {
	return {
		type: "set",
		kind: "event",
		id,
		fields: toFields(fields)
	};
}
function setSession(id, fields) {
	return {
		type: "set",
		kind: "session",
		id,
		fields: toFields(fields)
	};
}
function toFields(record) {
	return JSON.parse(JSON.stringify(record, (_, value) => value === void 0 ? null : value));
}
// src/client/state/event.ts
var isSame$2 = (a, b) => JSON.stringify(a) === JSON.stringify(b);
function changed(before, after) {
	const fields = {};
	for (const name in after) if (!isSame$2(before[name], after[name])) fields[name] = after[name];
	return Object.keys(fields).length > 0 ? fields : void 0;
}
async function updateEvent(space, before, after) {
	const eventFields = changed(before.event, after.event);
	const changes = eventFields ? [setEvent(space.event.value?.id ?? space.id, eventFields)] : [];
	for (const [key, session] of after.sessions) {
		const held = before.sessions.get(key);
		const fields = held ? changed(held, session) : session;
		if (fields) changes.push(setSession(held ? key : space.newId(), fields));
	}
	if (changes.length > 0) await space.commit(changes);
}
// src/core/gate.ts
init_fields();
function readGates(space) {
	return [...space.records.get("gate") ?? []].map(([id, { fields }]) => ({
		id,
		code: textOf(fields, "code"),
		closed: flagOf(fields, "closed")
	})).filter(({ code }) => code !== "").sort((a, b) => a.id < b.id ? -1 : 1);
}
function openGate(space) {
	const stampOf = (id) => space.records.get("gate")?.get(id)?.stamp.at ?? 0;
	return readGates(space).filter(({ closed }) => !closed).sort((a, b) => stampOf(b.id) - stampOf(a.id))[0];
}
function setGate(id, fields) {
	return {
		type: "set",
		kind: "gate",
		id,
		fields
	};
}
function plainCode(typed) {
	return typed.toUpperCase().replace(/[^A-Z0-9]/g, "");
}
// src/core/signIn.ts
init_fields();
var askedFields = [
	"institution",
	"position",
	"nip",
	"rank",
	"phone",
	"role",
	"represents"
];
var usualSignIn = {
	asks: [
		"institution",
		"position",
		"nip",
		"represents"
	],
	wallCode: false,
	consents: []
};
function readSignIn(space) {
	const [found] = [...space.records.get("event") ?? []].sort(([a], [b]) => a < b ? -1 : 1);
	if (!found) return usualSignIn;
	const [, { fields }] = found;
	const asked = listOf(fields.asks, (name) => askedFields.find((known) => known === name));
	return {
		asks: Array.isArray(fields.asks) ? askedFields.filter((name) => asked.includes(name)) : usualSignIn.asks,
		wallCode: flagOf(fields, "wallCode"),
		consents: listOf(fields.consents, (kind) => consentKinds.find((known) => known === kind))
	};
}
// src/client/state/gate.ts
async function recordGate(space, id, code, replaced) {
	await space.commit([setGate(id, {
		code,
		closed: false
	}), ...replaced ? [setGate(replaced, { closed: true })] : []]);
}
// src/core/savedFile.ts
var reservedBytes = 5e7;
// src/client/state/health.ts
init_connection();
init_meta();
function createHealth(db, readFreeBytes, makeRoom = async () => 0) {
	const health = signal({
		silent: false,
		short: false,
		givenUp: false
	});
	const change = (part) => {
		const next = {
			...health.value,
			...part
		};
		if (!(next.silent === health.value.silent && next.short === health.value.short) || part.givenUp) health.value = next;
	};
	whenGivenUp(db, () => change({ givenUp: true }));
	return {
		health,
		check: async () => {
			const [answers, freeBytes = reservedBytes] = await Promise.all([probe(db), readFreeBytes()]);
			const lacking = reservedBytes - freeBytes;
			const freed = lacking > 0 ? await makeRoom(lacking) : 0;
			change({
				silent: !answers,
				short: lacking > freed
			});
		}
	};
}
// src/client/db/ended.ts
init_ballots();
init_blobs();
init_carried();
init_forget();
init_opName();
init_outbox();
async function readUnhanded(db, space) {
	const own = await db.outbox.where({
		state: "local",
		space
	}).count();
	const carried = await carriedNames(db, space);
	const turned = (await turnedAway(db)).filter((name) => spaceOfName(name) === space);
	const lost = await db.lostPages.where("[space+chain]").between([space, Dexie.minKey], [space, Dexie.maxKey]).toArray();
	const ballots = await countBallots(db, space);
	const files = await countBlobs(db, space);
	return {
		ops: own + carried.length,
		lost: lost.reduce((sum, { count }) => sum + count, 0),
		ballots: ballots.waiting,
		files: files.waiting,
		refused: turned.length + ballots.refused + files.refused
	};
}
function isHandedOver(unhanded) {
	return Object.values(unhanded).every((count) => count === 0);
}
async function titleOf(db, space) {
	const folded = emptySpace();
	const pages = await db.pages.where("[space+after]").between([space, Dexie.minKey], [space, Dexie.maxKey]).toArray();
	for (const page of pages) for (const [, dev, n, wall, at, body] of unpackOps(page)) if (body.includes("\"event\"")) applyOp(folded, {
		dev,
		n,
		wall,
		at,
		body
	});
	for (const row of await outboxRows(db, space, "local")) applyOp(folded, row);
	return readEvent(folded)?.title ?? "";
}
async function eraseEnded(db, space, wall) {
	if (!(await db.spaces.get(space))?.ended) return false;
	const title = await titleOf(db, space);
	return db.transaction("rw", spaceTables(db), async () => {
		if (!(await db.spaces.get(space))?.ended || !isHandedOver(await readUnhanded(db, space))) return false;
		const handedOver = (await outboxRows(db, space, "parked")).length;
		await dropSpace(db, space);
		await db.drafts.filter(({ key }) => key.split(":").includes(space)).delete();
		const kiosk = await db.meta.get("kiosk");
		if (kiosk?.key === "kiosk" && kiosk.space === space) await db.meta.delete("kiosk");
		await noteEnded(db, {
			space,
			title,
			erasedAt: wall,
			handedOver
		});
		return true;
	});
}
async function isAllHandedOver(db) {
	for (const { space } of await db.spaces.toArray()) if (!isHandedOver(await readUnhanded(db, space))) return false;
	return await countUnsent(db) === 0;
}
async function eraseAll(db, wall) {
	return db.transaction("rw", spaceTables(db), async () => {
		if (!await isAllHandedOver(db) || !await forgetAll(db)) return false;
		await db.meta.delete("kiosk");
		await noteEnded(db, {
			space: "",
			title: "",
			erasedAt: wall,
			handedOver: 0
		});
		return true;
	});
}
async function readEnded(db) {
	const row = await db.meta.get("ended");
	return row?.key === "ended" ? row.ended : [];
}
async function noteEnded(db, ended) {
	await db.meta.put({
		key: "ended",
		ended: [...await readEnded(db), ended]
	});
}
async function forgetEnded(db) {
	await db.meta.delete("ended");
}
function watchEnded(db, onEnded) {
	const subscription = liveQuery(() => readEnded(db)).subscribe(onEnded);
	return () => subscription.unsubscribe();
}
// src/core/device.ts
init_fields();
function introduceDevice(dev, { holder, name }) {
	return {
		type: "set",
		kind: "device",
		id: dev,
		fields: {
			holder,
			name
		}
	};
}
function readDevices(space) {
	const devices = new Map();
	for (const [dev, { fields, stamp, newer }] of space.records.get("device") ?? []) if ((newer?.holder?.dev ?? stamp.dev) === dev) devices.set(dev, {
		holder: textOf(fields, "holder"),
		name: textOf(fields, "name")
	});
	return devices;
}
// src/core/base45.ts
var alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
var valueOfLetter = new Map([...alphabet].map((letter, value) => [letter, value]));
function toBase45(bytes) {
	let text = "";
	for (let i = 0; i < bytes.length; i += 2) {
		const [high = 0, low] = [bytes[i], bytes[i + 1]];
		let value = low === void 0 ? high : high * 256 + low;
		for (let letters = low === void 0 ? 2 : 3; letters > 0; letters--) {
			text += alphabet[value % 45];
			value = Math.floor(value / 45);
		}
	}
	return text;
}
function fromBase45(text) {
	if (text.length % 3 === 1) return void 0;
	const bytes = new Uint8Array(Math.floor(text.length / 3) * 2 + (text.length % 3 === 2 ? 1 : 0));
	let at = 0;
	for (let i = 0; i < text.length; i += 3) {
		const letters = [...text.slice(i, i + 3)].map((letter) => valueOfLetter.get(letter) ?? NaN);
		const value = letters.reduceRight((sum, letter) => sum * 45 + letter, 0);
		if (!(value <= (letters.length === 3 ? 65535 : 255))) return void 0;
		if (letters.length === 3) bytes[at++] = value >> 8;
		bytes[at++] = value & 255;
	}
	return bytes;
}
// src/core/cbor.ts
init_bytes();
// src/core/code.ts
var receiptPrefix = "HR1:";
// src/core/pass.ts
init_bytes();
init_fields();
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
// src/core/offices.ts
init_fields();
var officesKind = "offices";
function readOffices(space) {
	const record = space.records.get(officesKind)?.get(officesKind);
	return listOf(record?.fields.names, (name) => typeof name === "string" ? name : void 0);
}
// src/core/opRanges.ts
function placeOf(ranges, n) {
	let [low, high] = [0, ranges.length / 2];
	while (low < high) {
		const middle = low + high >> 1;
		if ((ranges[2 * middle + 1] ?? 0) < n) low = middle + 1;
		else high = middle;
	}
	return 2 * low;
}
function addToRanges(held, dev, n) {
	const ranges = held.get(dev);
	if (!ranges) {
		held.set(dev, [n, n]);
		return;
	}
	if (ranges.at(-1) === n - 1) {
		ranges[ranges.length - 1] = n;
		return;
	}
	const at = placeOf(ranges, n);
	const [from = Number.POSITIVE_INFINITY] = ranges.slice(at, at + 1);
	if (from <= n) return;
	const joinsBefore = at > 0 && ranges[at - 1] === n - 1;
	const joinsAfter = from === n + 1;
	if (joinsBefore && joinsAfter) ranges.splice(at - 1, 2);
	else if (joinsBefore) ranges[at - 1] = n;
	else if (joinsAfter) ranges[at] = n;
	else ranges.splice(at, 0, n, n);
}
function isInRanges(held, dev, n) {
	const ranges = held.get(dev) ?? [];
	return (ranges[placeOf(ranges, n)] ?? Number.POSITIVE_INFINITY) <= n;
}
// src/core/snapshot.ts
var pieceEntries = 1e3;
function* inPieces(items) {
	let piece = [];
	for (const item of items) {
		piece.push(item);
		if (piece.length < pieceEntries) continue;
		yield piece;
		piece = [];
	}
	if (piece.length > 0) yield piece;
}
function* packSpace({ records, facts, voids, lastAt, unknownChanges }) {
	const placeOfDev = new Map();
	let entries = 0;
	const pack = ({ at, dev, n }) => {
		const place = placeOfDev.get(dev) ?? placeOfDev.size;
		placeOfDev.set(dev, place);
		return [
			at,
			place,
			n
		];
	};
	const packNewer = (newer) => Object.fromEntries(Object.entries(newer).map(([field, stamp]) => [field, pack(stamp)]));
	const write = (piece, count) => {
		entries += count;
		return JSON.stringify(piece);
	};
	for (const [kind, held] of records) for (const some of inPieces(held)) yield write({
		records: kind,
		entries: some.map(([id, { fields, stamp, newer }]) => {
			return newer ? [
				id,
				fields,
				pack(stamp),
				packNewer(newer)
			] : [
				id,
				fields,
				pack(stamp)
			];
		})
	}, some.length);
	for (const [kind, held] of facts) for (const some of inPieces(held.values())) yield write({
		facts: kind,
		entries: some.map(({ id, fields, stamp, wall }) => [
			id,
			fields,
			pack(stamp),
			wall
		])
	}, some.length);
	for (const some of inPieces(voids)) yield write({ voids: some.map(([fact, held]) => [fact, held.map((one) => [one.reason, pack(one.stamp)])]) }, some.length);
	const head = {
		devs: [...placeOfDev.keys()],
		lastAt,
		unknownChanges: [...unknownChanges],
		entries
	};
	yield JSON.stringify(head);
}
function unpackPiece(piece, { records, facts, voids }, unpack) {
	if ("voids" in piece) {
		for (const [fact, held] of piece.voids) voids.set(fact, held.map(([reason, stamp]) => ({
			reason,
			stamp: unpack(stamp)
		})));
		return piece.voids.length;
	}
	if ("facts" in piece) {
		const kind = piece.facts;
		const held = innerMap(facts, kind);
		for (const [id, fields, stamp, wall] of piece.entries) held.set(id, {
			id,
			kind,
			fields,
			stamp: unpack(stamp),
			wall
		});
		return piece.entries.length;
	}
	const held = innerMap(records, piece.records);
	for (const [id, fields, stamp, packedNewer] of piece.entries) {
		const later = Object.entries(packedNewer ?? {}).map(([field, one]) => [field, unpack(one)]);
		held.set(id, {
			fields,
			stamp: unpack(stamp),
			newer: packedNewer && Object.fromEntries(later)
		});
	}
	return piece.entries.length;
}
function unpackSpace(pieces) {
	try {
		const { devs, lastAt, unknownChanges, entries } = JSON.parse(pieces.at(-1) ?? "");
		const space = {
			...emptySpace(),
			lastAt,
			unknownChanges: new Set(unknownChanges)
		};
		const unpack = ([at, dev, n]) => ({
			at,
			dev: devs[dev] ?? "",
			n
		});
		let found = 0;
		for (const piece of pieces.slice(0, -1)) found += unpackPiece(JSON.parse(piece), space, unpack);
		return found === entries ? space : void 0;
	} catch {
		return;
	}
}
// src/client/db/snapshots.ts
async function writeSnapshot(db, { logged, ...made }) {
	const copied = [...logged].map(([dev, ranges]) => [dev, [...ranges]]);
	await db.snapshots.put({
		...made,
		version: 1,
		logged: copied
	});
	if ((await db.spaces.get(made.space))?.wentBack !== made.wentBack) await db.snapshots.delete(made.space);
}
async function readSnapshot(db, held) {
	const row = await db.snapshots.get(held.space);
	return row?.wentBack === held.wentBack && row.seq <= held.seq && row.version === 1 ? row : void 0;
}
// src/client/state/foldedSpace.ts
init_carried();
init_outbox();
init_pages();
var nameOf$1 = ({ dev, n }) => `${dev}.${n}`;
function emptyMemory() {
	return {
		space: emptySpace(),
		readThrough: 0,
		keptThrough: 0,
		wentBack: 0,
		logged: new Map(),
		aheadAt: new Map()
	};
}
function createFoldedSpace(db, id) {
	let memory = emptyMemory();
	let meanwhile;
	let changes = 0;
	function applyOps(into, ops) {
		const touched = nothingTouched();
		for (const op of ops) {
			if (isFolded(into, op)) continue;
			changes++;
			into.aheadAt.set(nameOf$1(op), op.at);
			applyOp(into.space, op, touched);
		}
		return touched;
	}
	async function readPages(into) {
		const touched = nothingTouched();
		let moved = false;
		for (const page of await pagesAbove(db, id, into.readThrough)) {
			changes++;
			for (const [, dev, n, wall, at, body] of unpackOps(page).slice(Math.max(0, into.readThrough - page.after))) {
				addToRanges(into.logged, dev, n);
				if (into.aheadAt.size > 0) {
					const name = nameOf$1({
						dev,
						n
					});
					moved ||= (into.aheadAt.get(name) ?? at) !== at;
					into.aheadAt.delete(name);
				}
				applyOp(into.space, {
					dev,
					n,
					wall,
					at,
					body
				}, touched);
			}
			into.readThrough = page.after + page.count;
		}
		return {
			touched,
			moved
		};
	}
	function apply(ops) {
		meanwhile?.push(...ops);
		return applyOps(memory, ops);
	}
	async function readKept() {
		const held = await readSpace(db, id);
		const empty = {
			...emptyMemory(),
			wentBack: held?.wentBack ?? 0
		};
		const kept = held && await readSnapshot(db, held);
		const space = kept && unpackSpace(kept.pieces);
		if (!space) return empty;
		return {
			...empty,
			space,
			logged: new Map(kept.logged),
			readThrough: kept.seq,
			keptThrough: kept.seq
		};
	}
	return {
		current: () => memory.space,
		readThrough: () => memory.readThrough,
		lastLogged: (dev) => memory.logged.get(dev)?.at(-1) ?? 0,
		applyOwn: (rows) => apply(rows.map(toOp)),
		applyNamed: async (keys) => {
			const missing = keys.filter(([, dev, n]) => !isFolded(memory, {
				dev,
				n
			}));
			return apply(missing.length > 0 ? (await readRows(db, missing)).map(toOp) : []);
		},
		applyCarried: async (names) => {
			const missing = names.filter((name) => {
				const [, dev = "", n] = name.split(" ");
				return !isFolded(memory, {
					dev,
					n: Number(n)
				});
			});
			return apply(missing.length > 0 ? foldable(await carriedWith(db, missing)) : []);
		},
		catchUp: () => readPages(memory),
		refold: async () => {
			meanwhile = [];
			const next = await readKept();
			await readPages(next);
			applyOps(next, (await pendingRows(db, id, next.readThrough)).map(toOp));
			applyOps(next, foldable(await carriedOf(db, id)));
			applyOps(next, meanwhile);
			meanwhile = void 0;
			changes++;
			memory = next;
		},
		countUnkept: () => memory.readThrough - memory.keptThrough,
		keep: async (pause) => {
			const { space, readThrough, wentBack, logged, aheadAt } = memory;
			const before = changes;
			const pieces = [];
			if (aheadAt.size > 0 || space.unknownChanges.size > 0) return;
			for (const piece of packSpace(space)) {
				pieces.push(piece);
				await pause();
				if (changes !== before) return;
			}
			memory.keptThrough = readThrough;
			await writeSnapshot(db, {
				space: id,
				wentBack,
				seq: readThrough,
				logged,
				pieces
			});
		}
	};
}
function isFolded({ logged, aheadAt }, op) {
	return aheadAt.has(nameOf$1(op)) || isInRanges(logged, op.dev, op.n);
}
// src/client/state/openSpace.ts
init_opName();
init_outbox();
init_spaces();
var keyName = ([space, dev, n]) => opName({
	space,
	dev,
	n
});
var attendanceKinds = new Set(["attendance", "void"]);
var manyFacts = 200;
function throwLater(error) {
	setTimeout(() => {
		throw error;
	});
}
async function openSpace(db, author, row, keeping) {
	const id = row.space;
	const folded = createFoldedSpace(db, id);
	await folded.refold();
	const role = signal(row.role);
	const isEnded = signal(row.revoked);
	const unsent = signal({
		count: 0,
		names: new Set(),
		oldestWall: 0,
		parked: []
	});
	const progress = signal({
		seq: row.seq,
		head: row.head
	});
	const attendee = signal(row.attendee);
	const sent = signal(new Set());
	const recordVersion = signal(0);
	const attendance = signal(readAttendance(folded.current()));
	function announceAll() {
		recordVersion.value++;
		attendance.value = readAttendance(folded.current());
	}
	function announce({ kinds, facts }) {
		const merges = folded.current().facts.get("same");
		if ([...facts].some((fact) => merges?.has(fact)) || facts.size > manyFacts) announceAll();
		else {
			if ([...kinds].some((kind) => !attendanceKinds.has(kind))) recordVersion.value++;
			if (facts.size > 0) attendance.value = updateAttendance(attendance.value, folded.current(), facts);
		}
	}
	let isKeeping = false;
	async function keep({ afterOps, pause }) {
		if (isKeeping || role.value === "attendee" || folded.countUnkept() < afterOps) return;
		isKeeping = true;
		await folded.keep(pause).finally(() => {
			isKeeping = false;
		});
	}
	let wentBack = row.wentBack;
	let refusedBefore = 0;
	async function follow(change) {
		const { row: now, unsent: names, carried, refused, oldestWall, parked } = change;
		role.value = now.revoked ? "viewer" : now.role;
		isEnded.value = now.revoked;
		const newlyParked = parked.length !== unsent.value.parked.length || refused.length !== refusedBefore;
		refusedBefore = refused.length;
		const unsentNames = new Set([...names.map(keyName), ...carried]);
		unsent.value = {
			count: unsentNames.size,
			names: unsentNames,
			oldestWall,
			parked
		};
		announce(await folded.applyNamed(names));
		announce(await folded.applyCarried(carried));
		const isOfOtherLog = now.wentBack !== wentBack;
		const { touched, moved } = await folded.catchUp();
		if (moved || isOfOtherLog || newlyParked) {
			await folded.refold();
			wentBack = now.wentBack;
			announceAll();
		} else announce(touched);
		sent.value = new Set(change.sent.map(keyName));
		attendee.value = now.attendee;
		progress.value = {
			seq: now.seq,
			head: now.head
		};
		if (keeping && now.seq === now.head) keep(keeping).catch(() => void 0);
	}
	let following = Promise.resolve();
	const close = watchSpace(db, id, (change) => {
		following = following.then(() => follow(change)).catch(throwLater);
	});
	function introduction() {
		if (role.value === "attendee") return [];
		const { holder, name } = author.device();
		const known = readDevices(folded.current()).get(author.dev());
		const isKnown = known?.holder === holder && known.name === name;
		return holder === "" || isKnown ? [] : [introduceDevice(author.dev(), {
			holder,
			name
		})];
	}
	function view(read) {
		return computed(() => {
			recordVersion.value;
			return read(folded.current());
		});
	}
	return {
		id,
		role,
		isEnded,
		event: view(readEvent),
		sessions: view((now) => readSessions(now, attendance.value)),
		people: view(readPeople),
		merges: view(readMerges),
		devices: view(readDevices),
		gate: view(openGate),
		offices: view(readOffices),
		signIn: view(readSignIn),
		findInvited: (sought) => findInvited(folded.current(), sought, author.now()),
		attendance,
		consents: view(readConsents),
		attendee,
		sent,
		unsent,
		progress,
		unknownChanges: view(({ unknownChanges }) => unknownChanges.size),
		view,
		newId: author.newId,
		newOwnId: () => author.newOwnedId(attendee.value?.owner ?? ""),
		now: author.now,
		knowsFact: (id) => [...folded.current().facts.values()].some((facts) => facts.has(id)),
		isOwn: (dev) => dev === author.dev(),
		commit: async (changes, draft, captured) => {
			const op = author.newOp(id, [...changes, ...introduction()], folded.current().lastAt);
			const row = await commitOp(db, op, {
				lastLogged: folded.lastLogged(op.dev),
				onlyHeld: true,
				draft,
				captured
			});
			announce(folded.applyOwn([row]));
			author.onCommit();
			return toOp(row);
		},
		close
	};
}
// src/core/history.ts
function historyOf(ops) {
	const sorted = [...ops].sort(compareStamps);
	const records = new Map();
	const facts = new Map();
	const entries = new Map();
	for (const { dev, n, wall, at, body } of sorted) {
		const told = entries.get(body);
		if (told && told.dev !== dev) told.again.push(dev);
		const decoded = told ? void 0 : decodeBody(body);
		if (!decoded) continue;
		const lines = decoded.changes.flatMap((change, index) => {
			if (change.type === "unknown") return [{ type: "unknown" }];
			if (change.type === "add") {
				const { kind, fields } = change;
				facts.set(factId(decoded.salt, index), {
					kind,
					fields
				});
				return [{
					type: "fact",
					kind,
					fields
				}];
			}
			if (change.type === "void") return [{
				type: "void",
				facts: change.facts.flatMap((fact) => facts.get(fact) ?? []),
				reason: change.reason
			}];
			const { kind, id } = change;
			const key = `${kind} ${id}`;
			const made = !records.has(key);
			const held = records.get(key) ?? new Map();
			records.set(key, held);
			return Object.entries(change.fields).flatMap(([field, after]) => {
				const before = held.get(field);
				held.set(field, after);
				return isSame$1(before, after) ? [] : [{
					type: "field",
					kind,
					id,
					made,
					field,
					before,
					after
				}];
			});
		});
		entries.set(body, {
			dev,
			n,
			wall,
			at,
			again: [],
			lines
		});
	}
	return [...entries.values()].filter(({ lines }) => lines.length > 0).reverse();
}
var isSame$1;
var init_history$1 = __esmMin((() => {
	init_op();
	init_stamp();
	isSame$1 = (a, b) => JSON.stringify(a) === JSON.stringify(b);
}));
// src/client/state/history.ts
var history_exports = __exportAll({ readHistory: () => readHistory });
async function readHistory(db, space) {
	const row = await readSpace(db, space);
	const read = (await pagesAbove(db, space, 0)).flatMap(unpackOps).map(([, dev, n, wall, at, body]) => ({
		dev,
		n,
		wall,
		at,
		body
	}));
	const pending = (await pendingRows(db, space, row?.seq ?? 0)).map(toOp);
	return historyOf([...read, ...pending]);
}
var init_history = __esmMin((() => {
	init_history$1();
	init_outbox();
	init_pages();
	init_spaces();
}));
// src/client/state/spaces.ts
init_bytes();
init_forget();
init_outbox();
init_spaces();
function createSpaces(db, author, random, keeping, onOpen = () => void 0) {
	const rows = signal(void 0);
	const opened = new Map();
	watchSpaces(db, (found) => {
		for (const [space, opening] of opened) {
			if (found.some((row) => row.space === space)) continue;
			opened.delete(space);
			opening.then(({ close }) => close());
		}
		rows.value = found;
	});
	const forgotten = signal([]);
	watchForgotten(db, (events) => {
		forgotten.value = events;
	});
	const ended = signal([]);
	watchEnded(db, (found) => {
		ended.value = found;
	});
	async function open(space) {
		const held = opened.get(space);
		if (held) return held;
		const row = await readSpace(db, space);
		if (!row) return void 0;
		const opening = opened.get(space) ?? openSpace(db, author, row, keeping);
		opened.set(space, opening);
		opening.then(onOpen, () => opened.delete(space));
		return opening;
	}
	async function createEvent(event, sessions, draft) {
		const space = author.newId();
		const salt = toBase64Url(random(16));
		const changes = [setEvent(space, {
			...event,
			salt,
			deleted: false
		}), ...sessions.map((session) => setSession(author.newId(), {
			...session,
			deleted: false
		}))];
		await commitOp(db, author.newOp(space, changes, 0), {
			newSpace: newSpaceRow(space, "organizer"),
			draft
		});
		author.onCommit();
		return space;
	}
	return {
		rows,
		open,
		createEvent,
		forgotten,
		blockers: (space) => readBlockers(db, space),
		forget: (event, rescued) => forgetSpace(db, event, rescued),
		remember: (space) => rememberSpace(db, space),
		history: async (space) => (await Promise.resolve().then(() => (init_history(), history_exports))).readHistory(db, space),
		unhanded: (space) => readUnhanded(db, space),
		ended,
		readEnded: () => forgetEnded(db)
	};
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
// src/client/sync/account.ts
init_outbox();
init_spaces();
function createAccount(parts) {
	const { db, link, identity, engine } = parts;
	async function enrolAccount(signedIn) {
		if (!signedIn.ok) return signedIn;
		const enrolled = await identity.enrol({});
		if (enrolled.ok) engine.trigger("start");
		return enrolled;
	}
	return {
		setUp: async (input) => enrolAccount(await link.setUp(input)),
		signIn: async (input) => {
			const last = identity.known().lastAccount;
			if (last !== void 0 && last !== input.email.trim().toLowerCase() && (await listSpaces(db)).length > 0) return fail({ kind: "otherAccount" });
			return enrolAccount(await link.signIn(input));
		},
		signOut: async (rescued) => {
			const count = await countUnsent(db, rescued);
			if (count > 0) return fail({
				kind: "unsent",
				count
			});
			const answer = await link.signOut();
			if (!answer.ok) return answer;
			engine.stop();
			if (await forgetAll(db, rescued)) {
				parts.onForgotten?.();
				return answer;
			}
			engine.resume();
			return fail({
				kind: "unsent",
				count: await countUnsent(db, rescued)
			});
		},
		join: async (input) => {
			const enrolled = await identity.enrol(input);
			if (!enrolled.ok) return enrolled;
			const { failure } = await engine.syncNow();
			return failure ? fail(failure) : enrolled;
		},
		invite: (space, role) => link.invite(space, { role }),
		team: (space) => link.team(space)
	};
}
// src/client/db/views.ts
init_op();
init_outbox();
init_sent();
init_spaces();
var shownKinds = [
	"attendance",
	"response",
	"consent",
	"opened"
];
function lacksFact(sent, { head, ops }) {
	const salts = new Set(ops.map(([, , , , , body]) => decodeBody(body)?.salt));
	return sent.some(({ seq = 0, body }) => {
		const { salt, changes } = decodeBody(body) ?? {
			salt: "",
			changes: []
		};
		const isShown = changes.some((change) => change.type === "add" && shownKinds.includes(change.kind));
		return seq <= head && isShown && !salts.has(salt);
	});
}
async function replaceView(db, space, view) {
	const { epoch, head, tag, backedUpThrough, ops } = view;
	await db.transaction("rw", [
		db.spaces,
		db.pages,
		db.outbox,
		db.sent
	], async () => {
		const held = await db.spaces.get(space);
		if (held?.role !== "attendee") return;
		const sent = await sentAbove(db, space, 0);
		if (held.epoch !== "" && held.epoch !== epoch || lacksFact(sent, view)) await offerAgain(db, sent);
		const page = {
			space,
			after: 0,
			count: head,
			before: "",
			chain: tag,
			witness: "",
			ops: JSON.stringify(ops)
		};
		await db.pages.put(page);
		const place = {
			epoch,
			head,
			seq: head,
			chain: tag,
			backedUpThrough
		};
		await db.spaces.update(space, {
			...place,
			wentBack: held.wentBack + 1
		});
	});
}
async function loseView(db, space) {
	await db.transaction("rw", [
		db.spaces,
		db.outbox,
		db.sent
	], async () => {
		await offerAgain(db, await sentAbove(db, space, 0));
		await db.spaces.update(space, {
			epoch: "",
			chain: ""
		});
	});
}
async function enterSpace(db, { space, role, owner, certificate }, code) {
	if (role !== "attendee" || !owner || !certificate) return;
	await db.transaction("rw", db.spaces, async () => {
		const held = await db.spaces.get(space);
		const attendee = {
			found: [],
			...held?.attendee,
			owner,
			certificate,
			code
		};
		if (held && held.role !== "attendee") return;
		await db.spaces.put({
			...held ?? newSpaceRow(space, role),
			revoked: false,
			ended: false,
			attendee
		});
	});
}
async function spaceOfCode(db, code) {
	return db.spaces.filter(({ attendee, revoked }) => attendee?.code === code && !revoked).first();
}
async function keepFound(db, space, found) {
	await db.transaction("rw", db.spaces, async () => {
		const held = await db.spaces.get(space);
		if (!held?.attendee) return;
		const others = held.attendee.found.filter(({ person }) => person !== found.person);
		await db.spaces.update(space, { attendee: {
			...held.attendee,
			found: [...others, found]
		} });
	});
}
async function foundByPass(db, space, pass) {
	return (await db.spaces.get(space))?.attendee?.found.find((found) => found.pass === pass);
}
// src/client/sync/unpackView.ts
function unpackView(view) {
	const ops = [];
	for (const [v, index, n, wall, at, body] of view.ops) {
		const dev = view.devs[index];
		if (dev === void 0) return void 0;
		ops.push([
			v,
			dev,
			n,
			wall,
			at,
			body
		]);
	}
	const { epoch, head, tag, backedUpThrough } = view;
	return {
		epoch,
		head,
		tag,
		backedUpThrough,
		ops
	};
}
// src/client/sync/attendee.ts
function isWhole(sought) {
	if (sought.by === "nip") return nipDigits(sought.nip).length >= 8;
	return sought.by === "pass" || normalisePhone(sought.phone) !== void 0;
}
function createAttendees(parts) {
	const { db, link, identity, engine } = parts;
	async function take(code, granted, view) {
		await enterSpace(db, granted, code);
		const received = view && unpackView(view);
		if (received) await replaceView(db, granted.space, received);
		return Boolean(received);
	}
	async function enter(typed) {
		const code = plainCode(typed);
		const held = await spaceOfCode(db, code);
		if (held?.epoch) {
			engine.trigger("visible");
			return ok({
				space: held.space,
				team: held.role !== "attendee"
			});
		}
		const answer = await identity.enter(code);
		if (!answer.ok) return answer;
		const { granted, view } = answer.value;
		if (!granted) return fail({ kind: "notFound" });
		const team = granted.role !== "attendee";
		if (await take(code, granted, view)) engine.trigger("start");
		else {
			const { failure } = await engine.syncNow();
			if (failure) return fail(failure);
		}
		return ok({
			space: granted.space,
			team
		});
	}
	return {
		enter,
		keep: async ({ dev, code, answer }) => {
			if (dev !== identity.device().dev) return void await enter(code);
			await identity.entered(answer);
			if (answer.granted) await take(code, answer.granted, answer.view);
			engine.trigger("start");
		},
		find: async (space, sought) => {
			if (!isWhole(sought)) return ok(void 0);
			const answer = await link.find(space, sought);
			const pass = sought.by === "pass" ? { pass: sought.pass } : void 0;
			if (!answer.ok) {
				const before = pass && await foundByPass(db, space, pass.pass);
				return before ? ok(before) : answer;
			}
			const { found } = answer.value;
			if (found) await keepFound(db, space, {
				...found,
				...pass
			});
			return ok(found ?? void 0);
		},
		gate: (space, request) => link.gate(space, request)
	};
}
// src/client/sync/clock.ts
init_meta();
var staleMs = 36e5;
async function createClock(db) {
	let held = await readClock(db) ?? {
		key: "clock",
		offsetMs: 0,
		uncertaintyMs: Number.POSITIVE_INFINITY,
		measuredAt: 0
	};
	return {
		offsetMs: () => held.offsetMs,
		measuredAt: () => held.measuredAt > 0 ? held.measuredAt : void 0,
		observe: async (sentAt, receivedAt, serverNow) => {
			const uncertaintyMs = (receivedAt - sentAt) / 2;
			if (uncertaintyMs < 0) return;
			const offsetMs = Math.round(serverNow - (sentAt + receivedAt) / 2);
			const contradicts = Math.abs(offsetMs - held.offsetMs) > uncertaintyMs + held.uncertaintyMs;
			const stale = Math.abs(receivedAt - held.measuredAt) > staleMs;
			if (uncertaintyMs >= held.uncertaintyMs && !stale && !contradicts) return;
			held = {
				key: "clock",
				offsetMs,
				uncertaintyMs,
				measuredAt: receivedAt
			};
			await writeMeta(db, held).catch(() => void 0);
		}
	};
}
// src/client/sync/clockedLink.ts
function createClockedLink(link, clock, wall) {
	async function observed(call, nowOf) {
		const sentAt = wall();
		const answer = await call();
		const now = answer.ok ? nowOf(answer.value) : void 0;
		if (now !== void 0) await clock.observe(sentAt, wall(), now);
		return answer;
	}
	const said = ({ now }) => now;
	return {
		...link,
		session: (unsent) => observed(() => link.session(unsent), said),
		push: (space, request) => observed(() => link.push(space, request), said),
		pull: (space, cursor) => observed(() => link.pull(space, cursor), said),
		view: (space, tag) => observed(() => link.view(space, tag), (answer) => answer?.now),
		enrol: (request) => observed(() => link.enrol(request), ({ view }) => view?.now)
	};
}
// src/client/sync/backoff.ts
var firstMs = 1e3;
var longestMs = 6e4;
function backoffMs(attempt, random, retryAfterMs) {
	if (retryAfterMs !== void 0) return retryAfterMs + random * retryAfterMs;
	return firstMs + random * (Math.min(longestMs, firstMs * 2 ** (attempt + 1)) - firstMs);
}
// src/client/db/prune.ts
init_carried();
init_opName();
init_pages();
init_sent();
var keptMs$1 = 2592e6;
async function namesAbove(db, space, seq) {
	const names = new Map();
	for (const page of await pagesAbove(db, space, seq)) unpackOps(page).forEach(([, dev, n], i) => {
		names.set(page.after + i + 1, opName({
			space,
			dev,
			n
		}));
	});
	return names;
}
async function pruneOutbox(db, space, now) {
	await db.transaction("rw", [
		db.spaces,
		db.pages,
		db.outbox,
		db.sent
	], async () => {
		const held = await db.spaces.get(space);
		const through = Math.min(held?.backedUpThrough ?? 0, held?.seq ?? 0);
		const isOld = ({ finalAt = now }) => now - finalAt > keptMs$1;
		const all = [
			space,
			Dexie.minKey,
			Dexie.minKey
		];
		const runs = await db.sent.where("[space+dev+n]").between(all, [
			space,
			Dexie.maxKey,
			Dexie.maxKey
		]).toArray();
		const old = runs.filter((run, i) => run.seq <= through && runs[i + 1]?.dev === run.dev).filter((run) => unpackRun(run).every(isOld));
		if (old.length === 0) return;
		const names = await namesAbove(db, space, 0);
		for (const run of old) {
			const isDoubled = unpackRun(run).every((row) => names.get(row.seq ?? 0) === opName(row));
			const isNeeded = await db.outbox.get([
				space,
				run.dev,
				run.n + 1
			]) !== void 0;
			if (isDoubled && !isNeeded) await db.sent.delete([
				space,
				run.dev,
				run.n
			]);
		}
	});
}
function placesOf({ outcomes }) {
	const places = outcomes?.flatMap((outcome) => "seq" in outcome ? [outcome.seq] : []);
	return places && places.length === outcomes?.length ? places : void 0;
}
async function pruneCarried(db, space) {
	await db.transaction("rw", [
		db.spaces,
		db.pages,
		db.carried
	], async () => {
		const held = await db.spaces.get(space);
		if (!held || held.revoked) return;
		const isView = held.role === "attendee";
		const isRead = (seq) => seq <= held.seq || !isView && held.seq === held.head;
		const read = (await carriedOf(db, space)).filter((row) => placesOf(row)?.every(isRead));
		if (read.length === 0) return;
		const names = await namesAbove(db, space, Math.min(...read.flatMap((row) => placesOf(row) ?? [])) - 1);
		for (const row of read) {
			const ops = sealedOps(row);
			const isThere = placesOf(row)?.every((seq, i) => names.get(seq) === opName({
				...row,
				n: ops[i]?.[0] ?? 0
			}));
			if (isView || isThere) await db.carried.delete([
				row.space,
				row.dev,
				row.link
			]);
			else await db.carried.put(waitAnew(row));
		}
	});
}
// src/client/sync/blinding.ts
var blinding_exports = __exportAll({
	makeBlinding: () => makeBlinding,
	unblind: () => unblind
});
function makeBlinding(nonce) {
	const { blind, blinded } = voprf.blind(nonce);
	return {
		nonce: toBase64Url(nonce),
		blind: toBase64Url(blind),
		blinded: toBase64Url(blinded)
	};
}
function unblind(blinding, answer) {
	const [nonce, blind, blinded] = [
		bytesOf$1(blinding.nonce),
		bytesOf$1(blinding.blind),
		bytesOf$1(blinding.blinded)
	];
	const [evaluated, key, proof] = [
		bytesOf$1(answer.evaluated),
		bytesOf$1(answer.publicKey),
		bytesOf$1(answer.proof)
	];
	try {
		return toBase64Url(voprf.finalize(nonce, blind, evaluated, blinded, key, proof));
	} catch {
		return;
	}
}
var voprf, bytesOf$1;
var init_blinding = __esmMin((() => {
	init_bytes();
	({voprf} = p256_oprf);
	bytesOf$1 = (text) => fromBase64Url(text) ?? new Uint8Array();
}));
// src/client/sync/ballots.ts
init_ballots();
init_spaces();
var spreadMs = 18e4;
var keptMs = 2592e6;
var passing = new Set([
	"forbidden",
	"notFound",
	"badRequest"
]);
var retryMs = 6e4;
function createBallotSender({ db, link, wall, random }) {
	const notBefore = new Map();
	const mayTry = (name) => (notBefore.get(name) ?? Number.NEGATIVE_INFINITY) <= wall();
	const wait = (name) => notBefore.set(name, wall() + retryMs);
	async function askTicket(row) {
		const { makeBlinding, unblind } = await Promise.resolve().then(() => (init_blinding(), blinding_exports));
		const kept = await keepBlinding(db, row, row.blinding ?? makeBlinding(crypto.getRandomValues(new Uint8Array(32))));
		if (!kept?.blinding || kept.state !== "waiting") return void 0;
		const { space, form, person, blinding } = kept;
		const answer = await link.ticket(space, form, {
			person,
			blinded: blinding.blinded
		});
		if (answer.ok) {
			const token = unblind(blinding, answer.value);
			if (token) await partAnswers(db, row, {
				token,
				sendAt: Math.round(wall() + random() * spreadMs)
			});
			else await refuseTicket(db, row, "badProof");
			return;
		}
		if (answer.failure.kind === "used") await refuseTicket(db, row, "used");
		else if (passing.has(answer.failure.kind)) wait(nameOf(row));
		else return answer.failure;
	}
	async function sendBallot(row, epoch) {
		const { nonce, space, form, version, token, answers } = row;
		const answer = await link.ballot({
			space,
			form,
			version,
			nonce,
			token,
			answers
		});
		if (answer.ok) await settleBallot(db, row, {
			sentIn: epoch,
			sendAt: wall()
		});
		else if (answer.failure.kind === "forbidden" || answer.failure.kind === "tooLarge") {
			if (row.state === "waiting") await settleBallot(db, row, "refused");
			else wait(nonce);
		} else if (passing.has(answer.failure.kind)) wait(nonce);
		else return answer.failure;
	}
	return async (space, pushed) => {
		for (const row of pushed ? await waitingTickets(db, space) : []) {
			const failure = mayTry(nameOf(row)) ? await askTicket(row) : void 0;
			if (failure) return failure;
		}
		const epoch = (await readSpace(db, space))?.epoch ?? "";
		for (const row of await dueBallots(db, space, epoch, wall())) {
			const failure = mayTry(row.nonce) ? await sendBallot(row, epoch) : void 0;
			if (failure) return failure;
		}
		await pruneBallots(db, space, wall() - keptMs);
	};
}
var nameOf = ({ space, form, person }) => `${space} ${form} ${person}`;
// src/client/sync/carry.ts
init_bytes();
init_op();
init_carried();
function lastLink(space, { v, dev, previous, ops }) {
	let link = fromBase64Url(previous) ?? chainStart;
	for (const [n, wall, at, body] of ops) link = sealLink(link, {
		v,
		space,
		dev,
		n,
		wall,
		at,
		body
	});
	return link;
}
function toCarried(space, request, how) {
	const { v, dev, previous, signature, ops, certificate } = request;
	return {
		space,
		dev,
		link: toBase64Url(lastLink(space, request)),
		v,
		previous,
		signature,
		ops,
		...certificate && { certificate },
		...how
	};
}
function toPush(row) {
	const { v, dev, previous, signature, certificate } = row;
	return {
		v,
		dev,
		previous,
		signature,
		ops: sealedOps(row),
		...certificate && { certificate }
	};
}
var ofBatch = new Set([
	"unknownAuthor",
	"badRequest",
	"tooLarge"
]);
function toOutcome(result) {
	if (result.state === "committed") return {
		seq: result.seq,
		at: result.at
	};
	return { reason: result.state === "parked" ? result.reason : result.state };
}
async function deliver(link, space, request) {
	const answer = await link.push(space, request);
	if (!answer.ok && ofBatch.has(answer.failure.kind)) return ok(request.ops.map(() => ({ reason: answer.failure.kind })));
	if (!answer.ok) return answer;
	const { results } = answer.value;
	return results.length === request.ops.length ? ok(results.map(toOutcome)) : fail({ kind: "notHadir" });
}
async function pushCarried(db, link, space) {
	let failure;
	for (const row of await waitingCarried(db, space)) {
		const answer = await deliver(link, space, toPush(row));
		if (answer.ok) await settleCarried(db, row, answer.value);
		else if (answer.failure.kind === "shareUsed") failure = answer.failure;
		else return answer.failure;
	}
	return failure;
}
// src/client/sync/recover.ts
init_bytes();
init_op();
init_pages();
var startOfLog = toBase64Url(chainStart);
async function walkBack(db, link, held, epoch) {
	const pages = await pagesAbove(db, held.space, 0);
	let known;
	let [low, high] = [0, pages.length - 1];
	while (low <= high) {
		const middle = low + high >> 1;
		const page = pages[middle];
		if (!page) break;
		const answer = await link.pull(held.space, {
			epoch,
			seq: page.after + page.count,
			chain: page.chain
		});
		if (!answer.ok) return answer.failure;
		if (answer.value.state !== "diverged") {
			known = page;
			low = middle + 1;
		} else high = middle - 1;
	}
	await goBack(db, held, known, epoch);
}
function toRequest(page) {
	const { epoch, after, before, chain, witness } = page;
	const ops = unpackOps(page);
	const devs = [...new Set(ops.map(([, dev]) => dev))];
	return {
		epoch,
		after,
		before: before || startOfLog,
		chain,
		witness,
		devs,
		ops: ops.map(([v, dev, n, wall, at, body]) => [
			v,
			devs.indexOf(dev),
			n,
			wall,
			at,
			body
		])
	};
}
async function recoverSpace(db, link, space) {
	for (const page of await lostPages(db, space)) {
		const answer = await link.recover(space, toRequest(page));
		if (!answer.ok && answer.failure.kind !== "badRequest") return answer.failure;
		await settleLostPage(db, page, answer.ok);
	}
}
// src/client/sync/pull.ts
init_bytes();
init_op();
init_pages();
init_sent();
init_spaces();
function cursorOf({ epoch, seq, chain }) {
	return epoch ? {
		epoch,
		seq,
		chain
	} : void 0;
}
function unpack(page) {
	const ops = [];
	for (const [v, devIndex, n, wall, at, body] of page.ops) {
		const dev = page.devs[devIndex];
		if (dev === void 0) return void 0;
		ops.push([
			v,
			dev,
			n,
			wall,
			at,
			body
		]);
	}
	return ops;
}
function chainHolds(space, held, page, ops) {
	let link = held.chain && fromBase64Url(held.chain) || chainStart;
	ops.forEach(([v, dev, n, wall, at, body], i) => {
		link = logLink(link, page.after + i + 1, {
			v,
			space,
			dev,
			n,
			wall,
			at,
			body
		});
	});
	return toBase64Url(link) === page.chain;
}
async function wasKnown(db, { space, epoch }) {
	return epoch !== "" || (await sentAbove(db, space, 0)).length > 0;
}
var isSame = (a, b) => a.epoch === b.epoch && a.seq === b.seq && a.chain === b.chain;
function askAhead(link, space, page) {
	if (page.state !== "page" || page.ops.length === 0) return void 0;
	const { epoch, chain, head } = page;
	const seq = page.after + page.ops.length;
	if (seq >= head) return void 0;
	const after = {
		epoch,
		seq,
		chain
	};
	const answer = link.pull(space, after);
	answer.catch(() => void 0);
	return {
		after,
		answer
	};
}
async function pullSpace(db, link, space) {
	let wentBack = false;
	let mayHaveLost = true;
	let unrecovered;
	let ahead;
	for (;;) {
		const held = await readSpace(db, space);
		if (!held || held.revoked) return void 0;
		if (mayHaveLost) unrecovered = await recoverSpace(db, link, space);
		mayHaveLost = false;
		const cursor = cursorOf(held);
		const answer = await (cursor && ahead && isSame(cursor, ahead.after) ? ahead.answer : link.pull(space, cursor));
		if (!answer.ok) {
			if (answer.failure.kind === "notFound" && await wasKnown(db, held)) await goBack(db, held, void 0, "");
			return answer.failure;
		}
		const page = answer.value;
		if (page.state === "same") {
			if (!cursor) return { kind: "notHadir" };
			const { backedUpThrough } = page;
			const end = {
				after: cursor.seq,
				head: cursor.seq,
				witness: "",
				ops: []
			};
			await appendPage(db, {
				...cursor,
				...end,
				space,
				backedUpThrough
			});
			return unrecovered;
		}
		ahead = askAhead(link, space, page);
		const ops = page.state === "page" ? unpack(page) : void 0;
		if (page.state === "diverged" || !ops || page.after !== held.seq || !chainHolds(space, held, page, ops)) {
			if (wentBack) return { kind: "notHadir" };
			wentBack = mayHaveLost = true;
			const failure = await walkBack(db, link, held, page.epoch);
			if (failure) return failure;
			continue;
		}
		const { epoch, after, head, chain, witness, backedUpThrough } = page;
		await appendPage(db, {
			space,
			epoch,
			after,
			head,
			chain,
			witness,
			backedUpThrough,
			ops
		});
		if (after + ops.length >= head || ops.length === 0) return unrecovered;
	}
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
v.object({
	epoch: Id,
	seq: Count,
	chain: Hash
});
v.object({
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
init_bytes();
function enrolMessage(publicKey) {
	return utf8(JSON.stringify(["enrol", publicKey]));
}
var HeldCertificate = v.object({
	space: Id,
	owner: Owner,
	signature: Signature
});
v.object({
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
// src/client/sync/softKey.ts
var softKey_exports = __exportAll({
	holdsSoftly: () => holdsSoftly,
	makeSoftKey: () => makeSoftKey,
	signSoftly: () => signSoftly
});
function makeSoftKey() {
	const secret = new Uint8Array(p256.utils.randomSecretKey());
	return {
		secret,
		point: p256.getPublicKey(secret, false)
	};
}
function signSoftly(secret, message) {
	return p256.sign(message, secret, {
		prehash: true,
		format: "compact"
	});
}
function holdsSoftly(point, message, signature) {
	return p256.verify(signature, message, point, {
		prehash: true,
		format: "compact",
		lowS: false
	});
}
var init_softKey = __esmMin((() => {}));
// src/client/sync/deviceKey.ts
init_bytes();
init_sha256();
function deviceId(publicPoint) {
	return toBase64Url(sha256(publicPoint).subarray(0, 16));
}
var hasWebCrypto = () => crypto.subtle !== void 0;
var ecdsa = {
	name: "ECDSA",
	namedCurve: "P-256",
	hash: "SHA-256"
};
async function makeKey() {
	if (!hasWebCrypto()) {
		const { point, secret } = (await Promise.resolve().then(() => (init_softKey(), softKey_exports))).makeSoftKey();
		return {
			point,
			privateKey: secret
		};
	}
	const pair = await crypto.subtle.generateKey(ecdsa, false, ["sign", "verify"]);
	return {
		point: new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)),
		privateKey: pair.privateKey
	};
}
async function makeDevice(name, holder) {
	const { point, privateKey } = await makeKey();
	return {
		key: "device",
		dev: deviceId(point),
		publicKey: toBase64Url(point),
		privateKey,
		name,
		holder
	};
}
async function sign({ privateKey }, message) {
	if (privateKey instanceof Uint8Array) return toBase64Url((await Promise.resolve().then(() => (init_softKey(), softKey_exports))).signSoftly(privateKey, message));
	return toBase64Url(new Uint8Array(await crypto.subtle.sign(ecdsa, privateKey, new Uint8Array(message))));
}
async function isSignedBy(publicKey, message, signature) {
	const point = new Uint8Array(fromBase64Url(publicKey) ?? []);
	const made = new Uint8Array(fromBase64Url(signature) ?? []);
	try {
		if (!hasWebCrypto()) return (await Promise.resolve().then(() => (init_softKey(), softKey_exports))).holdsSoftly(point, message, made);
		const key = await crypto.subtle.importKey("raw", point, ecdsa, false, ["verify"]);
		return await crypto.subtle.verify(ecdsa, key, made, new Uint8Array(message));
	} catch {
		return false;
	}
}
async function toEnrolRequest(device) {
	const { publicKey, name } = device;
	return {
		publicKey,
		name,
		proof: await sign(device, enrolMessage(publicKey))
	};
}
// src/client/sync/seal.ts
init_bytes();
init_op();
function nextBatch(rows) {
	const batch = [];
	let bytes = 0;
	for (const row of rows) {
		const previous = batch.at(-1);
		if (previous && (row.dev !== previous.dev || row.v !== previous.v || row.n !== previous.n + 1)) break;
		bytes += row.body.length * 3 + 64;
		if (batch.length === 500 || previous && bytes > 1048576) break;
		batch.push(row);
	}
	return batch;
}
function sealedOp({ v, space, dev, n, wall, at, body }) {
	return {
		v,
		space,
		dev,
		n,
		wall,
		at,
		body
	};
}
async function sealBatch(device, batch, before) {
	const held = before?.link ?? batch[0]?.previous;
	const previous = held && fromBase64Url(held) || chainStart;
	const links = [];
	let link = previous;
	for (const row of batch) {
		link = sealLink(link, sealedOp(row));
		links.push(toBase64Url(link));
	}
	return {
		request: {
			v: batch[0]?.v ?? 1,
			dev: device.dev,
			previous: toBase64Url(previous),
			signature: await sign(device, link),
			ops: batch.map(({ n, wall, at, body }) => [
				n,
				wall,
				at,
				body
			])
		},
		links
	};
}
// src/client/sync/push.ts
init_meta();
init_opName();
init_outbox();
function settle(row, sealed, result) {
	if (result?.state === "committed") return {
		...row,
		...sealed,
		state: "sent",
		seq: result.seq,
		finalAt: result.at
	};
	if (result?.state === "parked") return {
		...row,
		...sealed,
		state: "parked",
		parkedFor: result.reason
	};
	return result ? {
		...row,
		state: "local"
	} : row;
}
async function sendBatch({ link }, device, batch, before) {
	const { request, links } = await sealBatch(device, batch, before);
	const answer = await link.push(batch[0]?.space ?? "", request);
	if (!answer.ok) return fail(answer.failure);
	const resultByN = new Map(answer.value.results.map((result) => [result.n, result]));
	return ok({
		settled: batch.map((row, i) => {
			return settle(row, {
				link: links[i] ?? "",
				previous: links[i - 1] ?? request.previous
			}, resultByN.get(row.n));
		}),
		forked: answer.value.results.some(({ state }) => state === "forked")
	});
}
var readAheadOps = 2e3;
async function pushSpace(parts, space) {
	const written = createWriter(parts.db);
	let failure;
	try {
		failure = await sendAll(parts, space, written);
	} finally {
		await written.settled();
	}
	if (!failure && written.trouble()) throw written.trouble()?.error;
	return failure;
}
function createWriter(db) {
	const unwritten = new Set();
	let trouble;
	let writing = Promise.resolve();
	async function write(rows) {
		try {
			await acknowledge(db, rows);
		} catch (error) {
			trouble ??= { error };
			for (const row of rows) unwritten.add(opName(row));
		}
	}
	return {
		begin: async (rows) => {
			await writing;
			writing = write(rows);
		},
		settled: () => writing,
		trouble: () => trouble,
		read: async (space, dev) => {
			await writing;
			return (await outboxRows(db, space, "local", readAheadOps + unwritten.size)).filter((row) => row.dev === dev && !unwritten.has(opName(row)));
		}
	};
}
async function sendAll(parts, space, written) {
	const { db } = parts;
	let device = await readDevice(db);
	let waiting = [];
	let last;
	for (;;) {
		if (!device) return void 0;
		if (waiting.length === 0) waiting = await written.read(space, device.dev);
		const batch = nextBatch(waiting);
		const first = batch[0];
		if (!first) return void 0;
		const isNext = last?.dev === first.dev && last.n === first.n - 1;
		const sent = await sendBatch(parts, device, batch, isNext ? last : await rowBefore(db, first));
		if (!sent.ok) return sent.failure;
		const { settled, forked } = sent.value;
		if (forked) {
			await written.settled();
			if (written.trouble()) return void 0;
			await acknowledge(db, settled);
			const renewed = await parts.renewDevice(device);
			if (!renewed.ok) return renewed.failure;
			device = renewed.value;
			await renameUnsent(db, space);
			waiting = [];
			continue;
		}
		await written.begin(settled);
		if (settled.every(({ state }) => state === "local")) return { kind: "notHadir" };
		waiting = waiting.slice(batch.length);
		last = settled.at(-1);
	}
}
// src/client/sync/reoffer.ts
init_meta();
init_outbox();
init_sent();
init_spaces();
var offered = new WeakMap();
var saysOther = (before, row) => before?.state !== row.state || before.seq !== row.seq || before.parkedFor !== row.parkedFor;
async function offerBlindly(parts, space) {
	const { db } = parts;
	const held = await readSpace(db, space);
	const done = offered.get(db) ?? new Set();
	if (!held || !held.revoked && may(held.role, "pull") || done.has(space)) return void 0;
	const device = await readDevice(db);
	if (!device) return void 0;
	let rest = [...await sentAbove(db, space, 0), ...await outboxRows(db, space, "parked")].filter(({ dev }) => dev === device.dev).sort((a, b) => a.n - b.n);
	for (;;) {
		const batch = nextBatch(rest);
		const first = batch[0];
		if (!first) break;
		const sent = await sendBatch(parts, device, batch, await rowBefore(db, first));
		if (!sent.ok) return sent.failure;
		const { settled } = sent.value;
		const isChanged = settled.map((row, i) => saysOther(batch[i], row));
		const ofChanged = (_, i) => isChanged[i];
		if (isChanged.includes(true)) await acknowledgeAnew(db, batch.filter(ofChanged), settled.filter(ofChanged));
		rest = rest.slice(batch.length);
	}
	offered.set(db, done.add(space));
}
// src/client/sync/view.ts
init_spaces();
async function viewSpace(db, link, space) {
	const held = await readSpace(db, space);
	if (!held || held.revoked) return void 0;
	const answer = await link.view(space, held.chain || void 0);
	if (!answer.ok) {
		if (answer.failure.kind === "notFound" && held.epoch) await loseView(db, space);
		return answer.failure;
	}
	if (!answer.value) return void 0;
	const view = unpackView(answer.value);
	if (!view) return { kind: "notHadir" };
	await replaceView(db, space, view);
}
// src/client/sync/rounds.ts
init_outbox();
init_spaces();
var sessionFreshMs = 6e4;
var pruneEveryMs = 864e5;
var ofOneSpace = new Set([...[
	"forbidden",
	"notFound",
	"badRequest",
	"tooLarge",
	"clientTooOld",
	"shareUsed"
]]);
var unreached = new Set([
	"offline",
	"timeout",
	"notHadir"
]);
function createRounds(parts) {
	const { db, link, wall } = parts;
	const sendBallots = createBallotSender(parts);
	let troubled;
	let sessionAt = Number.NEGATIVE_INFINITY;
	let prunedAt = Number.NEGATIVE_INFINITY;
	const refusing = new Map();
	async function syncSpace(space) {
		const refusal = refusing.get(space);
		const waits = refusal !== void 0 && refusal.until > wall();
		const pushed = waits ? refusal.failure : await pushSpace(parts, space) ?? await offerBlindly(parts, space);
		if (!waits && pushed?.retryAfterMs !== void 0 && ofOneSpace.has(pushed.kind)) refusing.set(space, {
			failure: pushed,
			until: wall() + pushed.retryAfterMs
		});
		const carried = !pushed || ofOneSpace.has(pushed.kind) ? await pushCarried(db, link, space) : void 0;
		const pulled = await ((await readSpace(db, space))?.role === "attendee" ? viewSpace : pullSpace)(db, link, space);
		const again = (!pulled || ofOneSpace.has(pulled.kind)) && await renameUnsent(db, space) && !waits ? await pushSpace(parts, space) : void 0;
		await pruneCarried(db, space);
		const voted = pulled && unreached.has(pulled.kind) ? void 0 : await sendBallots(space, !pushed && !carried);
		if ((!pushed || ofOneSpace.has(pushed.kind) && pushed.retryAfterMs === void 0) && await eraseEnded(db, space, wall())) return void 0;
		return pushed ?? carried ?? pulled ?? again ?? voted;
	}
	return {
		all: async () => {
			let failed;
			if (Math.abs(wall() - sessionAt) > sessionFreshMs) {
				failed = await parts.refreshSession();
				if (failed && unreached.has(failed.kind)) return failed;
				if (!failed) sessionAt = wall();
			}
			if (!parts.isEnrolled()) return failed;
			const spaces = (await listSpaces(db)).map(({ space }) => space);
			const from = troubled === void 0 ? 0 : spaces.indexOf(troubled) + 1;
			troubled = void 0;
			let crash;
			for (const space of [...spaces.slice(from), ...spaces.slice(0, from)]) try {
				const failure = await syncSpace(space);
				failed ??= failure;
				if (!failure || ofOneSpace.has(failure.kind)) continue;
				troubled = space;
				return failure;
			} catch (error) {
				crash ??= { error };
			}
			if (crash) throw crash.error;
			if (!failed) await parts.leave();
			if (Math.abs(wall() - prunedAt) > pruneEveryMs) {
				prunedAt = wall();
				for (const space of spaces) await pruneOutbox(db, space, wall());
			}
			return failed;
		},
		some: async (hints) => {
			let reached = false;
			for (const { space, epoch, head } of parts.isEnrolled() ? hints : []) {
				const held = await readSpace(db, space);
				if (!held || held.revoked || held.epoch === epoch && held.seq >= head) continue;
				const failure = await syncSpace(space);
				reached ||= !failure || !unreached.has(failure.kind);
			}
			return reached;
		},
		askSessionAgain: () => {
			sessionAt = Number.NEGATIVE_INFINITY;
			refusing.clear();
		}
	};
}
// src/client/sync/engine.ts
var commitDebounceMs = 50;
var visiblePollMs = 4e3;
var livePollMs = 45e3;
var hiddenPollMs = 6e4;
function createEngine(parts) {
	const { wall, random } = parts;
	const rounds = createRounds(parts);
	let status = {
		running: false,
		lastContactAt: void 0,
		failure: void 0
	};
	let timer;
	let current;
	let next;
	let stopped = false;
	let failures = 0;
	let mustWait = false;
	let isLive = false;
	const hinted = new Map();
	function report(change) {
		status = {
			...status,
			...change
		};
		parts.onStatus(status);
	}
	function schedule(delayMs) {
		clearTimeout(timer);
		if (!stopped) timer = setTimeout(() => void run(), delayMs);
	}
	function pollMs() {
		if (!parts.isVisible()) return hiddenPollMs;
		return isLive ? livePollMs : visiblePollMs;
	}
	async function heed() {
		const hints = [...hinted.values()];
		hinted.clear();
		await parts.exclusively(async () => {
			if (!stopped && await rounds.some(hints)) report({ lastContactAt: wall() });
		});
	}
	async function attempt() {
		if (stopped) return;
		report({ running: true });
		let failure;
		let ran;
		try {
			ran = await parts.exclusively(async () => {
				failure = await rounds.all();
			});
		} catch (error) {
			failures++;
			report({ running: false });
			schedule(backoffMs(failures - 1, random()));
			throw error;
		}
		if (!ran) {
			report({ running: false });
			return schedule(visiblePollMs * (.5 + random()));
		}
		failures = failure ? failures + 1 : 0;
		const waitsMs = failure && !ofOneSpace.has(failure.kind) ? failure.retryAfterMs : void 0;
		mustWait = waitsMs !== void 0;
		if (failure?.kind === "unauthorized" || failure?.kind === "forbidden") rounds.askSessionAgain();
		const reached = !failure || !unreached.has(failure.kind);
		report({
			running: false,
			failure,
			...reached && { lastContactAt: wall() }
		});
		schedule(failure ? backoffMs(failures - 1, random(), waitsMs) : pollMs() * (.5 + random()));
	}
	function begin(work) {
		current = work().finally(() => {
			current = void 0;
			if (hinted.size > 0) begin(heed);
		});
		return current;
	}
	function run() {
		if (!current) {
			clearTimeout(timer);
			return begin(attempt);
		}
		const follow = () => {
			next = void 0;
			return mustWait ? void 0 : run();
		};
		next ??= current.then(follow, follow);
		return next;
	}
	return {
		trigger: (why) => {
			if (stopped || mustWait && why !== "person") return;
			if (why === "start" || why === "person" || why === "online") rounds.askSessionAgain();
			if (why === "commit" && !current) schedule(commitDebounceMs);
			else run();
		},
		syncNow: async () => {
			await run();
			return status;
		},
		hear: (hints) => {
			if (stopped || mustWait || status.failure && !ofOneSpace.has(status.failure.kind)) return;
			for (const hint of hints) hinted.set(hint.space, hint);
			if (hinted.size > 0 && !current) begin(heed);
		},
		setLive: (now) => {
			isLive = now;
			if (now && status.failure && unreached.has(status.failure.kind)) run();
			if (!now && failures === 0 && !current) schedule(pollMs() * (.5 + random()));
		},
		stop: () => {
			stopped = true;
			clearTimeout(timer);
		},
		resume: () => {
			stopped = false;
			run();
		}
	};
}
v.object({
	token: Code,
	name: Name,
	email: Email,
	password: Password
});
v.object({
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
v.object({ role: v.picklist(invitedRoles) });
var InviteAnswer = v.object({
	code: v.string(),
	expiresAt: Millis
});
var Subject = v.pipe(v.string(), v.regex(/^(account|device):[\w-]{1,64}$/));
var TeamAnswer = v.object({
	members: v.array(v.object({
		subject: Subject,
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
v.object({
	about: v.optional(Subject),
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
// src/protocol/rights.ts
var Reason = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(500), v.regex(/^\P{Cc}*$/u));
v.object({
	subject: Subject,
	role: v.nullable(v.picklist(invitedRoles)),
	reason: Reason
});
v.variant("change", [v.object({
	change: v.literal("rename"),
	name: Name
}), v.object({
	change: v.literal("revoke"),
	reason: Reason
})]);
v.object({ end: v.literal(true) });
v.object({
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
v.object({
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
v.object({
	decision: v.picklist(["release", "keep"]),
	reason: Reason,
	ops: v.pipe(v.array(v.tuple([Count, Hash])), v.minLength(1), v.maxLength(500))
});
var DecisionAnswer = v.object({ changed: Count });
// src/client/sync/governing.ts
var decidedAtOnce = 200;
function createGoverning({ ask }) {
	async function parked(space, dev) {
		const all = [];
		for (;;) {
			const last = all.at(-1);
			const answer = await ask(ParkedAnswer, "GET", `/spaces/${space}/quarantine/${dev}${last ? `?n=${last.n}&link=${last.link}` : ""}`);
			if (!answer.ok) return answer;
			if (answer.value.ops.length === 0) return ok(all);
			all.push(...answer.value.ops);
		}
	}
	return {
		changeRight: (space, request) => ask(Done, "POST", `/spaces/${space}/rights`, request),
		changeDevice: (space, dev, request) => ask(Done, "POST", `/spaces/${space}/devices/${dev}`, request),
		endInvite: (space, invite) => ask(Done, "POST", `/spaces/${space}/invites/${invite}`, { end: true }),
		attendeeDevices: (space, last) => {
			return ask(AttendeesAnswer, "GET", `/spaces/${space}/attendees${last ? `?before=${last.enrolledAt}&dev=${last.dev}` : ""}`);
		},
		quarantine: (space) => ask(QuarantineAnswer, "GET", `/spaces/${space}/quarantine`),
		parked,
		decide: async (space, dev, ops, decision) => {
			let changed = 0;
			for (let from = 0; from < ops.length; from += decidedAtOnce) {
				const names = ops.slice(from, from + decidedAtOnce).map(({ n, link }) => [n, link]);
				const request = {
					...decision,
					ops: names
				};
				const answer = await ask(DecisionAnswer, "POST", `/spaces/${space}/quarantine/${dev}`, request);
				if (!answer.ok) return answer;
				changed += answer.value.changed;
			}
			return ok(changed);
		},
		audit: (space, { dev, before } = {}) => {
			const query = new URLSearchParams();
			if (dev !== void 0) query.set("about", `device:${dev}`);
			if (before !== void 0) query.set("before", String(before));
			return ask(AuditAnswer, "GET", `/spaces/${space}/audit${query.size > 0 ? `?${query}` : ""}`);
		}
	};
}
// src/protocol/ballot.ts
var Point = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{44}$/));
v.object({
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
v.object({
	space: Id,
	form: Id,
	version: Id,
	nonce: Hash,
	token: Hash,
	answers: v.record(v.string(), Answer)
});
v.object({
	hash: Hash,
	sizeBytes: Count,
	type: v.pipe(v.string(), v.maxLength(100))
});
var FileProgress = v.object({
	offset: Count,
	complete: v.boolean()
});
v.object({ offset: v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number)) });
v.object({ hash: Hash });
// src/protocol/find.ts
var Typed = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
v.variant("by", [
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
v.object({
	open: v.nullable(Id),
	close: v.nullable(Code)
});
var GateAnswer = v.object({ code: v.nullable(v.pipe(v.string(), v.regex(/^[A-Z0-9]{8}$/))) });
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
v.object({
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
v.object({ unsent: v.optional(v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number))) });
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
// src/protocol/failure.ts
var refusalKinds = [
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
];
var Refusal = v.object({
	kind: v.picklist(refusalKinds),
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
var AnyRefusal = v.object({
	...Refusal.entries,
	kind: v.string()
});
var isKnown = (kind) => Object.hasOwn(statusByKind, kind);
function readRefusal(status, answer) {
	const { success, output } = v.safeParse(AnyRefusal, answer);
	if (!success) return void 0;
	const { kind, ...rest } = output;
	if (isKnown(kind)) return {
		...rest,
		kind
	};
	const alike = refusalKinds.find((known) => statusByKind[known] === status);
	return {
		...rest,
		kind: alike ?? (status < 500 ? "badRequest" : "serverError")
	};
}
// src/client/sync/call.ts
var silenceMs = 3e4;
var msPerByteSent = 1;
var notModified = 304;
var gzipFromBytes = 1024;
async function encode(body) {
	if (body instanceof Uint8Array) {
		const bytes = new Uint8Array(body);
		return {
			body: bytes,
			headers: { "Content-Type": "application/octet-stream" },
			sizeBytes: bytes.length
		};
	}
	const headers = { "Content-Type": "application/json" };
	const text = JSON.stringify(body);
	if (text.length < gzipFromBytes || !("CompressionStream" in globalThis)) return {
		body: text,
		headers,
		sizeBytes: text.length
	};
	const zipped = new Response(text).body?.pipeThrough(new CompressionStream("gzip"));
	const bytes = await new Response(zipped).arrayBuffer();
	return {
		body: bytes,
		headers: {
			...headers,
			"Content-Encoding": "gzip"
		},
		sizeBytes: bytes.byteLength
	};
}
function readJson(response, onPart) {
	const heard = new TransformStream({ transform: (part, out) => {
		onPart();
		out.enqueue(part);
	} });
	return new Response(response.body?.pipeThrough(heard)).json();
}
function createCall(base = "/api/v1", send = (...request) => fetch(...request)) {
	return async (schema, method, path, body, { heldTag, asNobody } = {}) => {
		let response;
		let answer;
		const abort = new AbortController();
		let timer;
		const waitAnew = (sentBytes = 0) => {
			clearTimeout(timer);
			timer = setTimeout(() => abort.abort(), silenceMs + sentBytes * msPerByteSent);
		};
		try {
			const encoded = body === void 0 ? void 0 : await encode(body);
			waitAnew(encoded?.sizeBytes);
			const { body: sent, headers } = encoded ?? {};
			const condition = heldTag === void 0 ? void 0 : { "If-None-Match": `W/"${heldTag}"` };
			const init = {
				method,
				signal: abort.signal,
				cache: "no-store",
				headers: {
					...headers,
					...condition
				},
				...asNobody && {
					credentials: "omit",
					referrerPolicy: "no-referrer"
				}
			};
			response = await send(base + path, sent === void 0 ? init : {
				...init,
				body: sent
			});
			answer = response.status === notModified ? null : await readJson(response, waitAnew);
		} catch (error) {
			if (error instanceof SyntaxError) return fail({ kind: "notHadir" });
			return fail({ kind: abort.signal.aborted ? "timeout" : "offline" });
		} finally {
			clearTimeout(timer);
		}
		if (response.ok || response.status === notModified && heldTag !== void 0) {
			const parsed = v.safeParse(schema, answer);
			return parsed.success ? ok(parsed.output) : fail({ kind: "notHadir" });
		}
		return fail(readRefusal(response.status, answer) ?? { kind: "notHadir" });
	};
}
// src/client/sync/httpLink.ts
function createHttpLink(base, send) {
	const call = createCall(base, send);
	const post = (schema, path, body) => call(schema, "POST", path, body);
	const done = async (answer) => {
		const result = await answer;
		return result.ok ? ok(void 0) : result;
	};
	const query = (cursor) => cursor ? `?${new URLSearchParams({
		epoch: cursor.epoch,
		seq: String(cursor.seq),
		chain: cursor.chain
	})}` : "";
	return {
		session: (unsent) => call(SessionAnswer, "GET", unsent === void 0 ? "/session" : `/session?unsent=${unsent}`),
		push: (space, request) => post(PushAnswer, `/spaces/${space}/push`, request),
		pull: (space, cursor) => call(PullAnswer, "GET", `/spaces/${space}/pull${query(cursor)}`),
		recover: (space, request) => done(post(Done, `/spaces/${space}/recover`, request)),
		setUp: (request) => done(post(Done, "/setup", request)),
		signIn: (request) => done(post(Done, "/sign-in", request)),
		signOut: () => done(post(Done, "/sign-out", {})),
		enrol: (request) => post(EnrolAnswer, "/enrol", request),
		gate: (space, request) => post(GateAnswer, `/spaces/${space}/gate`, request),
		view: async (space, tag) => {
			const answer = await call(v.nullable(ViewAnswer), "GET", `/spaces/${space}/view`, void 0, { heldTag: tag });
			return answer.ok ? ok(answer.value ?? void 0) : answer;
		},
		find: (space, request) => post(FindAnswer, `/spaces/${space}/find`, request),
		ticket: (space, form, request) => post(TicketAnswer, `/spaces/${space}/forms/${form}/ticket`, request),
		ballot: (request) => done(call(Done, "POST", "/ballots", request, { asNobody: true })),
		beginFile: (space, request) => post(FileProgress, `/spaces/${space}/files`, request),
		sendChunk: (space, hash, offset, bytes) => call(FileProgress, "PUT", `/spaces/${space}/files/${hash}?offset=${offset}`, bytes),
		invite: (space, request) => post(InviteAnswer, `/spaces/${space}/invites`, request),
		ask: call,
		team: (space) => call(TeamAnswer, "GET", `/spaces/${space}/team`)
	};
}
// src/client/sync/identity.ts
init_meta();
init_outbox();
init_spaces();
async function readCertificates(db) {
	return (await listSpaces(db)).filter(({ role, revoked }) => role === "attendee" && !revoked).flatMap(({ space, attendee }) => attendee ? [{
		space,
		owner: attendee.owner,
		signature: attendee.certificate
	}] : []);
}
var nobody = {
	key: "identity",
	account: null,
	enrolled: false,
	organizer: false,
	needsSetup: false
};
async function createIdentity(parts) {
	const { db, link, deviceName, wall = Date.now, onChange } = parts;
	const kept = await readDevice(db);
	let device = kept ?? await claimDevice(db, parts.made ?? await makeDevice(deviceName, ""));
	const keptIdentity = await readIdentity(db);
	let known = keptIdentity ?? nobody;
	const isEmpty = !kept && !keptIdentity;
	let wipedAt = keptIdentity?.wipedAt;
	onChange(known);
	async function askSession() {
		await readKey();
		const answer = await link.session(await countUnsent(db));
		if (!answer.ok) return answer;
		if (await isOthers(answer.value)) return ok({
			...answer.value,
			account: null,
			organizer: false,
			auditor: false
		});
		const { account, device: named } = answer.value;
		const isNobody = !account && !named && !known.enrolled;
		const granted = new Set(answer.value.spaces.map(({ space }) => space));
		const certificates = (await readCertificates(db)).filter(({ space }) => !granted.has(space)).slice(0, 30);
		if (isNobody || named?.dev === device.dev && certificates.length === 0) return answer;
		const enrolled = await link.enrol({
			...await toEnrolRequest(device),
			certificates
		});
		if (enrolled.ok && isEmpty && named && !known.enrolled) {
			await keep({
				...device,
				holder: named.holder
			});
			wipedAt = wall();
		}
		if (enrolled.ok) return link.session();
		return enrolled.failure.kind === "unauthorized" ? answer : enrolled;
	}
	async function isOthers({ account, device: named }) {
		return account !== null && known.lastAccount !== void 0 && account.email !== known.lastAccount && named === null && (await listSpaces(db)).length > 0;
	}
	async function refresh() {
		const answer = await askSession();
		if (!answer.ok) return answer.failure;
		const { account, organizer, auditor, needsSetup, spaces, issuer, ended, revoked } = answer.value;
		const enrolled = answer.value.device?.dev === device.dev;
		const lastAccount = account?.email ?? known.lastAccount;
		await know({
			key: "identity",
			account,
			organizer,
			needsSetup,
			enrolled,
			issuer,
			...lastAccount !== void 0 && { lastAccount },
			...wipedAt !== void 0 && { wipedAt },
			...revoked && { revoked },
			...auditor && { auditor }
		});
		if (enrolled) await applyGrants(db, spaces, organizer, ended);
	}
	async function know(next) {
		if (JSON.stringify(next) === JSON.stringify(known)) return;
		known = next;
		await writeMeta(db, next);
		onChange(next);
	}
	async function entered({ issuer }) {
		await know({
			...known,
			enrolled: true,
			issuer
		});
	}
	let last = Promise.resolve();
	function inTurn(work) {
		const turn = last.then(work);
		last = turn.catch(() => void 0);
		return turn;
	}
	async function enrol({ holder, code }) {
		const answer = await link.enrol({
			...await toEnrolRequest(await readKey()),
			holder,
			code
		});
		if (!answer.ok) return answer;
		if (holder) await keep({
			...device,
			holder
		});
		const failure = await refresh();
		return failure ? fail(failure) : ok(answer.value.granted?.space);
	}
	async function readKey() {
		device = await readDevice(db) ?? device;
		return device;
	}
	async function keep(row) {
		await writeMeta(db, row);
		device = row;
	}
	return {
		device: () => device,
		known: () => known,
		refresh: () => inTurn(refresh),
		enrol: (options) => inTurn(() => enrol(options)),
		enter: async (code) => {
			const answer = await link.enrol({
				...await toEnrolRequest(await readKey()),
				code
			});
			if (answer.ok) await entered(answer.value);
			return answer;
		},
		entered,
		forgetWipe: async () => {
			wipedAt = void 0;
			const { wipedAt: _, ...rest } = known;
			await know(rest);
		},
		leave: async () => {
			const isHeld = (await listSpaces(db)).some(({ ended }) => ended) || !await isAllHandedOver(db);
			if (!known.revoked || isHeld || !(await link.signOut()).ok) return;
			if (!await eraseAll(db, wall())) return;
			device = await claimDevice(db, await makeDevice(deviceName, ""));
			known = nobody;
			onChange(known);
		},
		renew: async (forked) => {
			if ((await readKey()).dev !== forked.dev) return ok(device);
			const next = await makeDevice(device.name, device.holder);
			const answer = await link.enrol({
				...await toEnrolRequest(next),
				...next.holder && { holder: next.holder }
			});
			if (!answer.ok) return answer;
			await keep(next);
			await refresh();
			return ok(next);
		}
	};
}
// src/core/certificate.ts
init_bytes();
function certificateMessage({ space, publicKey, owner }) {
	return utf8(JSON.stringify([
		"attendee",
		space,
		publicKey,
		owner
	]));
}
// src/core/frames.ts
init_bytes();
init_sha256();
var singleBytes = 800;
var blockBytes = 300;
var markBytes = 4;
var headBytes = 8;
function maskOf(index, count) {
	if (index < count) return 1 << index;
	let word = Math.imul(index + 1, 2654435761);
	word = Math.imul(word ^ word >>> 15, 2246822507);
	return (word ^ word >>> 13) & 2 ** count - 1 || 1 << index % count;
}
function addInto(target, other) {
	for (let i = 0; i < target.length; i++) target[i] = (target[i] ?? 0) ^ (other[i] ?? 0);
}
function splitFrames(message) {
	const count = message.length <= singleBytes ? 1 : Math.ceil(message.length / blockBytes);
	if (count > 30) return void 0;
	const size = Math.ceil(message.length / count);
	const blocks = Array.from({ length: count }, (_, i) => {
		const block = new Uint8Array(size);
		block.set(message.subarray(i * size, (i + 1) * size));
		return block;
	});
	const mark = sha256(message).subarray(0, markBytes);
	const unused = size * count - message.length;
	return {
		count,
		frame: (index) => {
			const sum = new Uint8Array(size);
			blocks.forEach((block, i) => {
				if (maskOf(index & 65535, count) & 1 << i) addInto(sum, block);
			});
			return concatBytes(mark, Uint8Array.of(index >> 8 & 255, index & 255, count, unused), sum);
		}
	};
}
function join(rows, unused, mark) {
	const whole = concatBytes(...[...rows].sort(([a], [b]) => a - b).map(([, { block }]) => block));
	const message = whole.slice(0, whole.length - unused);
	return String(sha256(message).subarray(0, markBytes)) === mark ? message : void 0;
}
function createCollector() {
	let current = "";
	let rows = new Map();
	function add(row) {
		for (const [pivot, held] of rows) if (row.mask & 1 << pivot) {
			row.mask ^= held.mask;
			addInto(row.block, held.block);
		}
		if (row.mask === 0) return;
		const pivot = 31 - Math.clz32(row.mask & -row.mask);
		for (const held of rows.values()) if (held.mask & 1 << pivot) {
			held.mask ^= row.mask;
			addInto(held.block, row.block);
		}
		rows.set(pivot, row);
	}
	return (frame) => {
		const [high = 0, low = 0, count = 0, unused = 0] = frame.subarray(markBytes, headBytes);
		const block = frame.slice(headBytes);
		if (!(count > 0 && count <= 30 && block.length > 0 && block.length <= singleBytes && unused < count) || unused >= block.length * count) return void 0;
		const mark = String(frame.subarray(0, markBytes));
		const message = `${mark} ${count} ${unused} ${block.length}`;
		if (message !== current) rows = new Map();
		current = message;
		add({
			mask: maskOf(high * 256 + low, count),
			block
		});
		if (rows.size < count) return {
			state: "more",
			held: rows.size,
			count
		};
		const whole = join(rows, unused, mark);
		current = "";
		rows = new Map();
		if (whole) return {
			state: "whole",
			message: whole
		};
		return count > 1 ? {
			state: "more",
			held: 0,
			count
		} : void 0;
	};
}
// src/core/p256.ts
var field = 115792089210356248762697446949407573530086143415290314195533631308867097853951n;
var b = 41058363725152142129326129780047268409114441015993725554835256314039467401291n;
function toNumber(bytes) {
	return bytes.reduce((sum, byte) => sum << 8n | BigInt(byte), 0n);
}
function toBytes(value) {
	const bytes = new Uint8Array(32);
	for (let i = 31, rest = value; i >= 0; i--, rest >>= 8n) bytes[i] = Number(rest & 255n);
	return bytes;
}
function power(base, exponent) {
	let [result, square] = [1n, base];
	for (let rest = exponent; rest > 0n; rest >>= 1n) {
		if (rest & 1n) result = result * square % field;
		square = square * square % field;
	}
	return result;
}
function compressPoint(point) {
	const compressed = point.slice(0, 33);
	compressed[0] = 2 + ((point[64] ?? 0) & 1);
	return compressed;
}
function decompressPoint(compressed) {
	const sign = compressed[0];
	const x = toNumber(compressed.subarray(1));
	if (compressed.length !== 33 || sign !== 2 && sign !== 3 || x >= field) return void 0;
	const square = (((x * x - 3n) * x + b) % field + field) % field;
	const root = power(square, 115792089210356248762697446949407573530086143415290314195533631308867097853952n / 4n);
	if (root * root % field !== square) return void 0;
	const y = Number(root & 1n) === sign - 2 ? root : field - root;
	const point = new Uint8Array(65);
	point[0] = 4;
	point.set(compressed.subarray(1), 1);
	point.set(toBytes(y), 33);
	return point;
}
// src/core/receipt.ts
init_bytes();
var formatVersion = 1;
var sizes = {
	space: 16,
	key: 33,
	owner: 8,
	word: 64,
	previous: 32,
	signature: 64
};
var maxOpsBytes = 65536;
var closing = ".";
var bytesOf = (text) => fromBase64Url(text) ?? new Uint8Array();
function varint(value) {
	const bytes = [];
	let rest = value;
	for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push(rest % 128 | 128);
	return Uint8Array.of(...bytes, rest);
}
var signed = (value) => varint(value < 0 ? -2 * value - 1 : 2 * value);
function encodeOps(v, ops) {
	const parts = ops.map(([n, wall, at, body]) => {
		const text = utf8(body);
		return concatBytes(varint(n), signed(wall), signed(at - wall), varint(text.length), text);
	});
	return concatBytes(varint(v), ...parts);
}
function decodeOps(bytes) {
	let at = 0;
	const read = () => {
		let value = 0;
		for (let scale = 1; scale <= Number.MAX_SAFE_INTEGER; scale *= 128) {
			const byte = bytes[at++];
			if (byte === void 0) return NaN;
			value += (byte & 127) * scale;
			if (byte < 128) return value;
		}
		return NaN;
	};
	const readSigned = () => {
		const value = read();
		return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
	};
	const v = read();
	const ops = [];
	while (at < bytes.length) {
		const [n, wall] = [read(), readSigned()];
		const time = wall + readSigned();
		const length = read();
		const body = length <= bytes.length - at ? fromUtf8(bytes.subarray(at, at + length)) : void 0;
		if (body === void 0 || ![
			n,
			wall,
			time
		].every(Number.isSafeInteger) || n <= (ops.at(-1)?.[0] ?? 0)) return void 0;
		at += length;
		ops.push([
			n,
			wall,
			time,
			body
		]);
	}
	return ops.length > 0 && Number.isSafeInteger(v) && v > 0 ? {
		v,
		ops
	} : void 0;
}
function encodeReceipt({ certificate, v, previous, signature, ops }, deflate) {
	return concatBytes(Uint8Array.of(formatVersion), bytesOf(certificate.space), compressPoint(bytesOf(certificate.publicKey)), bytesOf(certificate.owner), bytesOf(certificate.signature), bytesOf(previous), bytesOf(signature), deflate(encodeOps(v, ops)));
}
function decodeReceipt(bytes, inflate) {
	let at = 1;
	const take = (length) => {
		at += length;
		return bytes.subarray(at - length, at);
	};
	const [space, key, owner] = [
		take(sizes.space),
		take(sizes.key),
		take(sizes.owner)
	];
	const [word, previous, signature] = [
		take(sizes.word),
		take(sizes.previous),
		take(sizes.signature)
	];
	if (bytes[0] !== formatVersion || bytes.length <= at) return void 0;
	const point = decompressPoint(key);
	const inflated = point && inflate(bytes.subarray(at), maxOpsBytes);
	const sealed = inflated && decodeOps(inflated);
	if (!point || !sealed) return void 0;
	return {
		certificate: {
			space: toBase64Url(space),
			publicKey: toBase64Url(point),
			owner: toBase64Url(owner),
			signature: toBase64Url(word)
		},
		previous: toBase64Url(previous),
		signature: toBase64Url(signature),
		...sealed
	};
}
function receiptCodes(receipt) {
	const frames = splitFrames(receipt);
	return frames && {
		count: frames.count,
		code: (index) => "HR1:" + toBase45(frames.frame(index)) + closing
	};
}
function readReceiptCode(text) {
	if (!text.startsWith("HR1:") || !text.endsWith(closing)) return void 0;
	return fromBase45(text.slice(receiptPrefix.length, -1));
}
// src/client/sync/receipt.ts
init_bytes();
init_op();
init_carried();
init_meta();
init_outbox();
init_sent();
init_spaces();
var deflate = (bytes) => deflateSync(bytes, { level: 9 });
var inflate = (bytes, maxBytes) => {
	try {
		const inflated = inflateSync(bytes, { out: new Uint8Array(maxBytes) });
		return inflated.length < maxBytes ? inflated.slice() : void 0;
	} catch {
		return;
	}
};
var isAttendance = (row) => decodeBody(row.body)?.changes.some((change) => change.type === "add" && change.kind === "attendance") ?? false;
async function batchToShow(db, device, space) {
	const own = (rows) => rows.filter(({ dev }) => dev === device.dev);
	const unsent = nextBatch(own(await outboxRows(db, space, "local", 500)));
	if (unsent.length > 0) return unsent;
	return own(await sentAbove(db, space, 0)).filter(isAttendance).slice(-1);
}
async function makeReceipt(db, device, space) {
	const held = (await readSpace(db, space))?.attendee;
	const batch = await batchToShow(db, device, space);
	const first = batch[0];
	if (!first || !held) return fail({ kind: "nothing" });
	const { request } = await sealBatch(device, batch, await rowBefore(db, first));
	const { v, previous, signature, ops } = request;
	const codes = receiptCodes(encodeReceipt({
		certificate: {
			space,
			publicKey: device.publicKey,
			owner: held.owner,
			signature: held.certificate
		},
		v,
		previous,
		signature,
		ops
	}, deflate));
	return codes ? ok(codes) : fail({ kind: "tooLong" });
}
async function check(receipt, issuer) {
	const refuse = (why) => ({
		state: "refused",
		why
	});
	const { certificate, v, previous, signature, ops } = receipt;
	const { space, publicKey, owner } = certificate;
	const request = {
		v,
		dev: deviceId(fromBase64Url(publicKey) ?? new Uint8Array()),
		previous,
		signature,
		ops,
		certificate: {
			publicKey,
			owner,
			signature: certificate.signature
		}
	};
	if (!await isSignedBy(publicKey, lastLink(space, request), signature)) return refuse("forged");
	const certified = issuer && await isSignedBy(issuer, certificateMessage(certificate), certificate.signature);
	if (issuer && !certified) return refuse("forged");
	const bodies = ops.flatMap(([, , , body]) => decodeBody(body) ?? []);
	if (bodies.length < ops.length) return refuse("damaged");
	if (!bodies.every((body) => mayWrite("attendee", body, { owner }))) return refuse("notAllowed");
	return {
		state: "whole",
		receipt: {
			space,
			dev: request.dev,
			publicKey,
			isCertified: Boolean(certified),
			bodies,
			request
		}
	};
}
function createReader(issuer) {
	const collect = createCollector();
	return async (text) => {
		const frame = readReceiptCode(text);
		const collected = frame && collect(frame);
		if (!collected) return {
			state: "refused",
			why: "damaged"
		};
		if (collected.state === "more") return collected;
		const receipt = decodeReceipt(collected.message, inflate);
		return receipt ? check(receipt, issuer()) : {
			state: "refused",
			why: "damaged"
		};
	};
}
function createReceipts({ db, device, issuer, wall, onTaken }) {
	return {
		make: async (space) => makeReceipt(db, await readDevice(db) ?? device(), space),
		read: createReader(issuer),
		take: async ({ space, request, publicKey }) => {
			await addCarried(db, [toCarried(space, request, {
				from: "receipt",
				takenAt: wall(),
				publicKey
			})]);
			onTaken();
		}
	};
}
// test/sync/simulator/client.ts
init_outbox();
init_pages();
init_spaces();
export { correctOwn, countUnsent, createAccount, createAttendees, createAuthor, createClock, createClockedLink, createDatabase, createEngine, createGoverning, createHealth, createHttpLink, createIdentity, createReceipts, createSpaces, inState, listSpaces, mergePeople, outboxRows, ownPeople, pagesAbove, partPeople, pendingRows, pushSpace, readLast, recordAttendance, recordGate, recordWalkIn, savePerson, saveSignIn, setDeleted, toOp, undoAttendance, unpackOps, updateEvent };
