"use strict";
// The second verifier of a package, written apart from verify.py: recursion where that one loops, no network at all.

class Refused extends Error {}

const bytesOf = (text) => new TextEncoder().encode(text);
const textOf = (bytes) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const ensure = (holds, otherwise) => { if (!holds) throw new Refused(otherwise); };
const same = (one, two) => hexOf(one) === hexOf(two);

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { whole.set(part, at); at += part.length; }
  return whole;
}

const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));
const nodeOf = (left, right) => sha256(Uint8Array.of(1), left, right);

function fromHex(text, size) {
  ensure(typeof text === "string" && text.length === 2 * size && /^[0-9a-f]*$/.test(text), "A hash is misspelt.");
  return Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
}

function fromBase64(text) {
  ensure(typeof text === "string" && /^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.length % 4 === 0, "Base64 is misspelt.");
  const raw = atob(text);
  ensure(btoa(raw) === text, "Base64 is misspelt.");
  return Uint8Array.from(raw, (letter) => letter.charCodeAt(0));
}

function byCodePoint(one, two) {
  const [a, b] = [Array.from(one), Array.from(two)];
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    if (a[i] !== b[i]) return a[i].codePointAt(0) - b[i].codePointAt(0);
  }
  return a.length - b.length;
}

function spelt(value) {
  if (Array.isArray(value)) return `[${value.map(spelt).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const keys = Object.keys(value).sort(byCodePoint);
  return `{${keys.map((key) => `${JSON.stringify(key)}:${spelt(value[key])}`).join(",")}}`;
}

function strictly(text, names) {
  const value = JSON.parse(text);
  ensure(spelt(value) === text, "A part of the proof is not spelt the one way.");
  hasParts(value, names);
  return value;
}

function hasParts(value, names) {
  const found = value !== null && typeof value === "object" ? Object.keys(value).sort().join() : "";
  ensure(found === [...names].sort().join(), "A part of the proof is missing or too many.");
}

// ---- ZIP: the central directory alone says what is in it

function crc32(bytes) {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

async function inflated(packed) {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function unzipped(blob) {
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
  let end = blob.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  ensure(end >= 0, "This is no ZIP file.");
  const files = new Map();
  let at = view.getUint32(end + 16, true);
  for (let count = view.getUint16(end + 10, true); count > 0; count -= 1) {
    ensure(view.getUint32(at, true) === 0x02014b50, "The ZIP file is damaged.");
    const [method, crc, packed] = [view.getUint16(at + 10, true), view.getUint32(at + 16, true), view.getUint32(at + 20, true)];
    const [long, extra, remark] = [28, 30, 32].map((place) => view.getUint16(at + place, true));
    const name = textOf(blob.subarray(at + 46, at + 46 + long));
    const local = view.getUint32(at + 42, true);
    ensure(view.getUint32(local, true) === 0x04034b50, "The ZIP file is damaged.");
    const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const raw = blob.subarray(from, from + packed);
    ensure(method === 0 || method === 8, "The ZIP file is packed in an unknown way.");
    const content = method === 0 ? raw : await inflated(raw);
    ensure(crc32(content) === crc, "The ZIP file is damaged.");
    ensure(!files.has(name), "Two files in the package have the same name.");
    files.set(name, content);
    at += 46 + long + extra + remark;
  }
  return files;
}

// ---- keys and checkpoints

async function keysFrom(text) {
  const keys = new Map();
  ensure(text.endsWith("\n"), "The list of keys is not whole.");
  for (const line of text.slice(0, -1).split("\n")) {
    const parts = line.match(/^([^\s+]+)\+([0-9a-f]{8})\+(.+)$/);
    ensure(parts !== null, "A key is misspelt.");
    const raw = fromBase64(parts[3]);
    ensure(raw.length === 33 && raw[0] === 1, "A key is not of the kind Ed25519.");
    const short = (await sha256(bytesOf(`${parts[1]}\n`), raw)).subarray(0, 4);
    const id = `${parts[1]} ${parts[2]}`;
    ensure(hexOf(short) === parts[2] && !keys.has(id), "A key does not fit its short hash, or is there twice.");
    keys.set(id, hexOf(raw.subarray(1)));
  }
  return keys;
}

async function checkpointFrom(note, keys) {
  const cut = note.indexOf("\n\n") + 1;
  const lines = note.slice(0, cut).split("\n");
  ensure(cut > 0 && lines.length === 4 && /^[1-9][0-9]{0,15}$/.test(lines[1]), "A checkpoint is misspelt.");
  const found = { origin: lines[0], size: Number(lines[1]), root: fromBase64(lines[2]), signers: new Set() };
  ensure(found.root.length === 32 && Number.isSafeInteger(found.size), "A checkpoint is misspelt.");
  const below = note.slice(cut + 1);
  ensure(below.endsWith("\n"), "A checkpoint has no signature.");
  for (const line of below.slice(0, -1).split("\n")) {
    const parts = line.match(/^— ([^\s+]+) (\S+)$/);
    ensure(parts !== null, "A signature is misspelt.");
    const raw = fromBase64(parts[2]);
    const id = `${parts[1]} ${hexOf(raw.subarray(0, 4))}`;
    ensure(keys.has(id), `A checkpoint is signed by a key of ${parts[1]} that is not on the list of keys.`);
    ensure(!found.signers.has(id), "A checkpoint carries the same signature twice.");
    const key = await crypto.subtle.importKey("raw", fromHex(keys.get(id), 32), "Ed25519", false, ["verify"]);
    const good = await crypto.subtle.verify("Ed25519", key, raw.subarray(4), bytesOf(note.slice(0, cut)));
    ensure(good, "The signature of a checkpoint does not hold.");
    found.signers.add(id);
  }
  ensure([...found.signers].some((id) => id.split(" ")[0] === found.origin), "A checkpoint is not signed by its log.");
  return found;
}

// ---- the tree (RFC 9162), by recursion from the root

function halfOf(size) {
  let half = 1;
  while (half * 2 < size) half *= 2;
  return half;
}

async function rootOver(leaf, index, size, path) {
  if (size === 1) return leaf;
  ensure(path.length > 0, "A proof is too short.");
  const [half, beside] = [halfOf(size), path.pop()];
  if (index < half) return nodeOf(await rootOver(leaf, index, half, path), beside);
  return nodeOf(beside, await rootOver(leaf, index - half, size - half, path));
}

async function rootsOver(first, size, old, path, whole) {
  if (first === size) {
    ensure(whole || path.length > 0, "A proof is too short.");
    const top = whole ? old : path.pop();
    return [top, top];
  }
  ensure(path.length > 0, "A proof is too short.");
  const [half, beside] = [halfOf(size), path.pop()];
  if (first <= half) {
    const [before, after] = await rootsOver(first, half, old, path, whole);
    return [before, await nodeOf(after, beside)];
  }
  const [before, after] = await rootsOver(first - half, size - half, old, path, false);
  return [await nodeOf(beside, before), await nodeOf(beside, after)];
}

// ---- the package

async function entryFrom(entry, checkpoint) {
  hasParts(entry, ["leaf", "open", "path"]);
  const leaf = strictly(entry.leaf, ["at", "name", "number", "on", "sealed"]);
  ensure(Number.isSafeInteger(leaf.number) && leaf.number >= 1, "An entry has no number.");
  ensure(leaf.number <= checkpoint.size, "An entry is younger than the checkpoint.");
  ensure(Array.isArray(entry.path), "A proof is missing.");
  const path = entry.path.map((step) => fromHex(step, 32));
  const hash = await sha256(Uint8Array.of(0), bytesOf(entry.leaf));
  const root = await rootOver(hash, leaf.number - 1, checkpoint.size, path);
  ensure(path.length === 0 && same(root, checkpoint.root), `Entry ${leaf.number} is not in the log.`);
  const shown = new Map();
  for (const [name, opening] of Object.entries(entry.open)) {
    ensure(Array.isArray(opening) && opening.length === 2 && typeof opening[1] === "string", "A value is misspelt.");
    const held = hexOf(await sha256(fromHex(opening[0], 16), bytesOf(opening[1])));
    const sealed = Object.hasOwn(leaf.sealed, name) && leaf.sealed[name] === held;
    ensure(sealed, `The value ${name} of entry ${leaf.number} is not the one that was logged.`);
    shown.set(name, opening[1]);
  }
  return { leaf, shown };
}

async function decisionFrom(files, entries) {
  const numbers = entries.map((entry) => entry.leaf.number);
  const package_ = entries.at(-1)?.shown.get("facts.package");
  ensure(package_ !== undefined, "The last entry does not show the decision.");
  ensure(numbers.every((number, i) => i === 0 || numbers[i - 1] < number), "The entries are not in their order.");
  ensure(textOf(files.get("decision.json")) === package_, "decision.json is not the decision that was logged.");
  const said = JSON.parse(package_);
  hasParts(said, ["decision", "entries", "files"]);
  ensure([...said.entries, numbers.at(-1)].join() === numbers.join(), "An entry is missing, or one is too many.");
  const own = ["decision.json", "proof.json", "checkpoint.txt", "keys.txt", "verify.py", "verify.html"];
  const carried = [...files.keys()].filter((name) => !own.includes(name));
  const meant = Object.keys(said.files).map((name) => `files/${name}`);
  ensure(carried.sort().join("/") === meant.sort().join("/"), "A file is missing, or one is too many.");
  for (const [name, digest] of Object.entries(said.files)) {
    ensure(hexOf(await sha256(files.get(`files/${name}`))) === digest, `The file ${name} is not the logged one.`);
  }
  return meant.length;
}

function rawSignature(der) {
  let at = 2;
  const number = () => {
    ensure(der[at] === 2, "A receipt's signature is misspelt.");
    const part = der.subarray(at + 2, at + 2 + der[at + 1]);
    at += 2 + der[at + 1];
    const bare = part[0] === 0 ? part.subarray(1) : part;
    ensure(part.length > 0 && bare.length <= 32, "A receipt's signature is misspelt.");
    return joined(new Uint8Array(32 - bare.length), bare);
  };
  const raw = joined(number(), number());
  ensure(der[0] === 0x30 && der[1] === der.length - 2 && at === der.length, "A receipt's signature is misspelt.");
  return raw;
}

async function receiptFrom(receipt, note, members) {
  hasParts(receipt, ["member", "key", "authenticator", "client", "signature"]);
  const [cose, data, client] = [receipt.key, receipt.authenticator, receipt.client].map(fromBase64);
  const fits = cose.length === 77 && hexOf(cose.subarray(0, 10)) === "a5010203262001215820" && hexOf(cose.subarray(42, 45)) === "225820";
  ensure(fits, `The passkey of ${receipt.member} is not of the kind ES256.`);
  const said = JSON.parse(textOf(client));
  const challenge = btoa(String.fromCharCode(...(await sha256(note)))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
  const right = said.type === "webauthn.get" && said.challenge === challenge && data.length >= 37 && (data[32] & 5) === 5;
  ensure(right, `The receipt of ${receipt.member} is for something else.`);
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  const point = joined(Uint8Array.of(4), cose.subarray(10, 42), cose.subarray(45));
  const key = await crypto.subtle.importKey("raw", point, curve, false, ["verify"]);
  const signed = joined(data, await sha256(client));
  const good = await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, rawSignature(fromBase64(receipt.signature)), signed);
  ensure(good, `The receipt of ${receipt.member} does not hold.`);
  const held = hexOf(await sha256(cose));
  if (members === null) return `A passkey, here said to be of ${receipt.member}, signed this checkpoint. Fingerprint: ${held}`;
  ensure(members.split("\n").includes(`${receipt.member} ${held}`), `${receipt.member} has another passkey on your list.`);
  return `${receipt.member} signed this checkpoint with the passkey on your list.`;
}

async function established(blob, { keys: kept = null, since = null, members = null }) {
  const files = await unzipped(blob);
  for (const name of ["decision.json", "proof.json", "checkpoint.txt", "keys.txt"]) ensure(files.has(name), "The package lacks a part.");
  const listed = textOf(files.get("keys.txt"));
  const keys = await keysFrom(listed);
  const mine = kept === null ? keys : await keysFrom(kept);
  for (const [id, key] of keys) ensure(mine.get(id) === key, "The package is signed by a key that is not on your list.");
  const proof = strictly(textOf(files.get("proof.json")), ["format", "entries", "earlier", "receipts"]);
  ensure(proof.format === "iisg-proof/1", "The format of the proof is not known.");
  const note = textOf(files.get("checkpoint.txt"));
  const checkpoint = await checkpointFrom(note, keys);
  const entries = [];
  for (const entry of proof.entries) entries.push(await entryFrom(entry, checkpoint));
  const count = await decisionFrom(files, entries);
  const known = new Map([[note, checkpoint.size]]);
  const signers = new Set(checkpoint.signers);
  let before = 0;
  for (const each of proof.earlier) {
    hasParts(each, ["checkpoint", "path"]);
    const old = await checkpointFrom(each.checkpoint, keys);
    ensure(old.origin === checkpoint.origin && before < old.size && old.size < checkpoint.size, "An earlier checkpoint is not one.");
    const path = each.path.map((step) => fromHex(step, 32));
    const roots = await rootsOver(old.size, checkpoint.size, old.root, path, true);
    const leads = path.length === 0 && same(roots[0], old.root) && same(roots[1], checkpoint.root);
    ensure(leads, "An earlier checkpoint is of another log.");
    old.signers.forEach((id) => signers.add(id));
    known.set(each.checkpoint, old.size);
    before = old.size;
  }
  ensure(signers.size === keys.size, "The list of keys has one that signed nothing.");
  const lines = [`The checkpoint of ${checkpoint.origin} with ${checkpoint.size} entries is signed.`];
  if (kept === null) lines.push(`NOT established: whose key that is. Compare it with the published one: ${listed}`);
  for (const { leaf, shown } of entries) {
    lines.push(`Entry ${leaf.number} is in the log: ${leaf.name} · ${leaf.on} · ${leaf.at}`);
    for (const [name, value] of shown) if (name !== "facts.package") lines.push(`    ${name}: ${value}`);
    const closed = Object.keys(leaf.sealed).filter((name) => !shown.has(name));
    if (closed.length) lines.push(`    not shown: ${closed.join(", ")}`);
  }
  lines.push(`decision.json and ${count} file(s) are byte for byte the logged ones; no entry was left out.`);
  ensure(since === null || known.has(since), "This package does not lead from your checkpoint. Ask for one that does; if the log cannot give one, it is not the log that you saw.");
  if (since !== null) lines.push(`The log is the one that you saw with ${known.get(since)} entries, as long or longer.`);
  for (const receipt of proof.receipts) lines.push(await receiptFrom(receipt, files.get("checkpoint.txt"), members));
  ensure(new Set(proof.receipts.map((receipt) => receipt.key)).size === proof.receipts.length, "A receipt is there twice.");
  return lines;
}

async function verifyPackage(blob, given = {}) {
  try {
    return { holds: true, lines: await established(blob, given) };
  } catch (fault) {
    const words = fault instanceof Refused ? fault.message : `The package is damaged (${fault.name}).`;
    return { holds: false, lines: [words] };
  }
}

globalThis.verifyPackage = verifyPackage;

if (typeof document !== "undefined") {
  const field = (name) => document.getElementById(name);
  const read = async (name) => {
    const file = field(name).files[0];
    return file === undefined ? null : textOf(new Uint8Array(await file.arrayBuffer()));
  };
  const show = async () => {
    const file = field("package").files[0];
    if (file === undefined) return;
    const given = { keys: await read("keys"), since: await read("since"), members: await read("members") };
    const { holds, lines } = await verifyPackage(new Uint8Array(await file.arrayBuffer()), given);
    field("verdict").textContent = holds ? "Everything below holds." : "REFUSED.";
    field("verdict").className = holds ? "holds" : "refused";
    field("lines").textContent = lines.join("\n");
  };
  for (const name of ["package", "keys", "since", "members"]) field(name).addEventListener("change", show);
}
