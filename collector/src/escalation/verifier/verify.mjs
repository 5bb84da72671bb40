#!/usr/bin/env node
// Checks a Holdfast case bundle: node verify.mjs [folder] [--key FINGERPRINT]
// Needs Node 18 or newer and nothing else. Exit code: 0 all OK, 1 something FAILED, 2 it could not be looked at.
import { createHash, createPublicKey, verify } from 'node:crypto'
import { createReadStream, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const OUTSIDE = new Set(['manifest.json', 'manifest.sig.json'])
const GENESIS = '0'.repeat(64)
const HEX64 = /^[0-9a-f]{64}$/
const SAFE = /^(?!\/)(?!.*(?:^|\/)\.{1,2}(?:\/|$))[A-Za-z0-9._/-]+$/

class Failed extends Error {}
const need = (holds, problem) => {
  if (!holds) throw new Failed(problem)
}
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')
const chained = (previous, fields) => sha256([previous, ...fields].map((field) => JSON.stringify(field)).join('\n'))

function* filesOf(folder, inside = '') {
  // toSorted came with Node 20.
  // eslint-disable-next-line unicorn/no-array-sort
  for (const name of readdirSync(join(folder, inside)).sort()) {
    const path = inside === '' ? name : `${inside}/${name}`
    const facts = lstatSync(join(folder, path))
    if (facts.isDirectory()) yield* filesOf(folder, path)
    else {
      need(facts.isFile(), `${path} is no plain file`)
      yield path
    }
  }
}

function hashOf(path) {
  return new Promise((resolve, reject) => {
    const hash = createHash('sha256')
    let size = 0
    createReadStream(path).on('error', reject).on('data', (chunk) => {
      hash.update(chunk)
      size += chunk.length
    }).on('end', () => resolve({ sha256: hash.digest('hex'), size }))
  })
}

function checkSignature(folder, wanted) {
  const manifest = readFileSync(join(folder, 'manifest.json'))
  const text = readFileSync(join(folder, 'manifest.sig.json'), 'utf8')
  const { algorithm, publicKey, manifestSha256, signature } = JSON.parse(text)
  need(text === `${JSON.stringify({ algorithm, publicKey, manifestSha256, signature })}\n`, 'manifest.sig.json does not have its form')
  need(algorithm === 'Ed25519' && HEX64.test(publicKey) && HEX64.test(manifestSha256) && /^[0-9a-f]{128}$/.test(signature), 'manifest.sig.json is no signature')
  need(sha256(manifest) === manifestSha256, 'the manifest is not the one that was signed')
  const raw = Buffer.from(publicKey, 'hex')
  const key = createPublicKey({ key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]), format: 'der', type: 'spki' })
  need(verify(null, Buffer.from(`holdfast bundle manifest/1\n${manifestSha256}`), key, Buffer.from(signature, 'hex')), 'the signature does not fit the manifest')
  const fingerprint = sha256(raw)
  if (wanted === undefined) return `by the key ${fingerprint}; compare it with the installation's, or give it with --key`
  need(fingerprint === wanted, `it was signed by the key ${fingerprint}, not by ${wanted}`)
  return `by the key ${fingerprint}`
}

async function checkFiles(folder, manifest) {
  need(manifest.format === 'holdfast-bundle/1', 'manifest.json is of another format')
  const listed = new Map()
  for (const file of manifest.files) {
    need(SAFE.test(file.path) && !OUTSIDE.has(file.path) && !listed.has(file.path), `the manifest lists ${JSON.stringify(file.path)}, which cannot be`)
    listed.set(file.path, file)
  }
  const problems = []
  let bytes = 0
  for (const path of filesOf(folder)) {
    if (OUTSIDE.has(path)) continue
    const file = listed.get(path)
    listed.delete(path)
    if (file === undefined) {
      problems.push(`${path} is not in the manifest`)
      continue
    }
    const found = await hashOf(join(folder, path))
    bytes += found.size
    if (found.size !== file.sizeBytes || found.sha256 !== file.sha256) problems.push(`${path} was altered`)
  }
  for (const path of listed.keys()) problems.push(`${path} is missing`)
  need(problems.length === 0, problems.slice(0, 20).join('; '))
  return `${manifest.files.length} files, ${bytes} bytes`
}

const rowsOf = (folder, path) => readFileSync(join(folder, path), 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line))

function checkCustody(folder, manifest, heads) {
  const inManifest = new Map(manifest.files.map((file) => [file.path, file]))
  const items = new Map(rowsOf(folder, 'evidence/index.jsonl').map((item) => [item.evidenceId, item]))
  const ends = new Map()
  let events = 0
  for (const event of rowsOf(folder, 'custody/custody.jsonl')) {
    const end = ends.get(event.evidenceId) ?? { n: 0, hash: GENESIS, exported: false }
    need(event.n === end.n + 1, `${event.evidenceId}: event ${end.n + 1} is missing`)
    need(event.hash === chained(end.hash, [event.evidenceId, event.n, event.atMs, event.actorId, event.actorName, event.what, event.detail]), `${event.evidenceId}: event ${event.n} was altered`)
    const item = items.get(event.evidenceId)
    need(item !== undefined, `${event.evidenceId} is not in the index`)
    const detail = JSON.parse(event.detail)
    if (typeof detail.sha256 === 'string' && detail.sha256 !== '' && item.sha256 !== undefined) need(detail.sha256 === item.sha256, `${event.evidenceId}: event ${event.n} is about another content`)
    ends.set(event.evidenceId, { n: event.n, hash: event.hash, exported: end.exported || (event.what === 'exported' && detail.bundle === manifest.bundle.id) })
    heads.set(`${event.evidenceId} ${event.n}`, event.hash)
    events += 1
  }
  for (const item of items.values()) {
    if (item.path === undefined) continue
    need(inManifest.get(item.path)?.sha256 === item.sha256, `${item.docId} is not the content that the device read`)
    need(ends.get(item.evidenceId)?.exported === true, `${item.docId} has no event of this export in its custody`)
  }
  return `${ends.size} chains, ${events} events`
}

function checkAudit(folder, manifest, heads) {
  const [header, ...entries] = rowsOf(folder, 'audit/extract.jsonl')
  need(header?.format === 'holdfast-audit-extract/1' && header.entries === entries.length, 'the extract does not have as many entries as it says')
  need(JSON.stringify(header.head) === JSON.stringify(manifest.audit.head), 'the extract and the manifest name different heads')
  let last
  let withheld = 0
  for (const entry of entries) {
    need(HEX64.test(entry.hash) && HEX64.test(entry.previous), `entry ${entry.seq} has no hashes`)
    need(last === undefined || entry.seq > last.seq, `entry ${entry.seq} is out of order`)
    if (last !== undefined && entry.seq === last.seq + 1) need(entry.previous === last.hash, `entry ${entry.seq} does not follow ${last.seq}`)
    if (entry.withheld === true) withheld += 1
    else {
      need(entry.hash === chained(entry.previous, [entry.seq, entry.atMs, entry.actorId, entry.actorName, entry.action, entry.targetKind, entry.targetId, entry.detail]), `entry ${entry.seq} was altered`)
      const head = entry.targetKind === 'evidence' ? JSON.parse(entry.detail).custody : undefined
      const known = head === undefined ? undefined : heads.get(`${entry.targetId} ${head.n}`)
      if (known !== undefined) need(known === head.hash, `entry ${entry.seq} names another custody of ${entry.targetId}`)
    }
    last = entry
  }
  if (last !== undefined && manifest.audit.head !== null) need(last.seq <= manifest.audit.head.seq && (last.seq < manifest.audit.head.seq || last.hash === manifest.audit.head.hash), 'an entry is younger than the head')
  return `${entries.length} entries${withheld === 0 ? '' : `, ${withheld} of them without their words, which hold names`}`
}

function checkLoadFiles(folder, manifest) {
  const inManifest = new Map(manifest.files.map((file) => [file.path, file]))
  const text = readFileSync(join(folder, 'load/concordance.dat'), 'utf8')
  need(text.startsWith('\ufeff') && text.endsWith('\r\n'), 'concordance.dat was cut off')
  const [names, ...rows] = text.slice(1, -2).split('\r\n').map((line) => line.split('\u0014').map((field) => field.slice(1, -1)))
  const xml = readFileSync(join(folder, 'load/edrm.xml'), 'utf8')
  for (const row of rows) {
    const path = row[names.indexOf('NATIVELINK')].slice(3).replaceAll('\\', '/')
    const hash = row[names.indexOf('SHA256')]
    need(inManifest.get(path)?.sha256 === hash, `concordance.dat names ${path}, which is not there so`)
    need(xml.includes(`Hash="${hash}"`), `edrm.xml lacks ${row[0]}`)
  }
  const files = manifest.files.filter((file) => file.path.startsWith('evidence/files/')).length
  need(rows.length === files, `the load files name ${rows.length} files, and there are ${files}`)
  return `${rows.length} documents`
}

const given = process.argv.slice(2)
const at = given.indexOf('--key')
const key = at === -1 ? undefined : (given.splice(at, 2)[1] ?? '').toLowerCase().replaceAll(/[^0-9a-f]/g, '')
const folder = given[0] ?? dirname(fileURLToPath(import.meta.url))
let failed = 0
const part = async (name, check) => {
  try {
    console.log(`OK      ${name.padEnd(11)} ${await check()}`)
  } catch (error) {
    failed += 1
    console.log(`FAILED  ${name.padEnd(11)} ${error instanceof Failed ? error.message : `cannot be read: ${error.message}`}`)
  }
}
const heads = new Map()
let manifest
try {
  manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
} catch (error) {
  console.log(`FAILED  manifest    cannot be read: ${error.message}`)
  process.exit(error.code === 'ENOENT' ? 2 : 1)
}
await part('signature', () => checkSignature(folder, key))
await part('files', () => checkFiles(folder, manifest))
await part('custody', () => checkCustody(folder, manifest, heads))
await part('audit', () => checkAudit(folder, manifest, heads))
await part('load files', () => checkLoadFiles(folder, manifest))
console.log(failed === 0 ? 'OK: the bundle is whole and unaltered.' : `FAILED: ${failed} of 5 parts.`)
process.exitCode = failed === 0 ? 0 : 1
