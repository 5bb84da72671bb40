import { mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createAuthority, createServerCertificate } from '../../bus/pki.ts'
import { buildAlertFinding } from '../../testing/findings.ts'
import { type Answer, bulkAnswers, createClientCertificate, OK, parseCef, startHttpSink, startSyslogSink } from '../../testing/receivers.ts'
import type { AlertFinding } from '../finding.ts'
import { ExportFailure, type Problem } from '../problem.ts'
import { lineOf } from '../render.ts'
import type { Place, Secrets, TargetSettings } from '../targets.ts'
import { createSender } from './create.ts'
import type { OutgoingRecord, Sender } from './sender.ts'

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
const QUICK = { connectMs: 1000, wholeMs: 400 }

let folder: string
let closers: (() => unknown)[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-exports-'))
  closers = []
})
afterEach(async () => {
  for (const close of closers.toReversed()) await close()
  await rm(folder, { recursive: true, force: true })
})

const record = (sequence: number, over: Partial<AlertFinding> = {}): OutgoingRecord => ({ seq: sequence, finding: buildAlertFinding({ sequence, recordId: `ob_${sequence}`, ...over }) })
const records = (count: number): readonly OutgoingRecord[] => Array.from({ length: count }, (_, index) => record(index + 1))

function open(place: Place, over: Partial<TargetSettings> = {}, secrets: Secrets = {}): Sender {
  const sender = createSender({ place, format: 'ocsf', batchSize: 100, allowPrivate: true, names: false, ...over }, secrets, { hostname: 'collector', folder: join(folder, 'exports'), options: QUICK })
  closers.push(() => sender.close())
  return sender
}
async function problemOf(work: Promise<unknown>): Promise<Problem> {
  try {
    await work
  } catch (error) {
    if (error instanceof ExportFailure) return error.problem
    throw error
  }
  throw new Error('it worked')
}
async function sink(behave?: () => Answer, tls?: Parameters<typeof startHttpSink>[0]) {
  const started = await startHttpSink({ ...tls, ...(behave === undefined ? {} : { behave }) })
  closers.push(() => started.close())
  return started
}
async function syslog(transport: 'tcp' | 'tls' | 'udp', tls?: Parameters<typeof startSyslogSink>[0]['tls']) {
  const started = await startSyslogSink({ transport, ...(tls === undefined ? {} : { tls }) })
  closers.push(() => started.close())
  return started
}
const webhookTo = (url: string): Place => ({ kind: 'webhook', url: `${url}/hook?x=1`, payload: 'full', envelope: 'none' })

describe('a webhook', () => {
  test('is signed so that the library of the standard verifies it, and an altered body does not verify', async () => {
    const receiver = await sink()
    await open(webhookTo(receiver.url), { format: 'native' }, { signingSecret: SECRET }).send([record(3)])
    const [request] = receiver.requests
    const headers = request?.headers as Record<string, string>
    expect([request?.path, headers['webhook-id']]).toEqual(['/hook?x=1', 'ob_3'])
    expect(new Webhook(SECRET).verify(request?.body ?? '', headers)).toMatchObject({ type: 'holdfast.alert.created', data: { alertId: 'al_1' } })
    expect(() => new Webhook(SECRET).verify(`${request?.body ?? ''} `, headers)).toThrow(/signature/i)
  })
  test('thin, it tells state and ids and nothing of the person; as CloudEvents it has the envelope', async () => {
    const receiver = await sink()
    const secrets = { signingSecret: SECRET }
    await open({ ...webhookTo(receiver.url), kind: 'webhook', url: receiver.url, payload: 'thin', envelope: 'none' }, {}, secrets).send([record(1)])
    await open({ kind: 'webhook', url: receiver.url, payload: 'full', envelope: 'cloudevents' }, {}, secrets).send([record(2)])
    const bodies = receiver.requests.map(({ body }) => JSON.parse(body) as { data: object })
    expect(bodies[0]?.data).toMatchObject({ id: 'al_1', status: 'needs_review', revision: 3 })
    expect(receiver.requests[0]?.body).not.toContain('ANON')
    expect(bodies[1]).toMatchObject({ specversion: '1.0', id: 'ob_2', type: 'holdfast.alert.created', subject: 'al_1', data: { class_uid: 2006 } })
    expect(receiver.requests[1]?.headers['content-type']).toBe('application/cloudevents+json')
  })
  test('sends the same bytes however often', async () => {
    const receiver = await sink()
    const sender = open(webhookTo(receiver.url), {}, { signingSecret: SECRET })
    await sender.send([record(1)])
    await sender.send([record(1)])
    expect(receiver.requests[0]?.body).toBe(receiver.requests[1]?.body)
  })
})

describe('an answer that does not say that the records are there', () => {
  test.each([
    [{ kind: 'answer', status: 500, body: 'oh\r\nno' }, 'status', 'HTTP 500: oh no'], [{ kind: 'answer', status: 429, headers: { 'retry-after': '7' } }, 'status', 'HTTP 429'], [{ kind: 'answer', status: 302, headers: { location: 'http://169.254.169.254/' } }, 'redirect', 'HTTP 302'],
    [{ kind: 'answer', status: 401, body: `bad ${SECRET}` }, 'auth', 'HTTP 401: bad ***'], [{ kind: 'answer', status: 404 }, 'status', 'HTTP 404'], [{ kind: 'hang' }, 'timeout', 'no whole answer within 0.4 s'], [{ kind: 'drip' }, 'timeout', 'no whole answer within 0.4 s'],
    [{ kind: 'reset' }, 'reset', 'ECONNRESET'], [{ kind: 'reset_within' }, 'reset', 'ECONNRESET'],
  ] as const)('%j is a failure that is tried again: %s', async (answer, kind, detail) => {
    const receiver = await sink(() => answer)
    expect(await problemOf(open(webhookTo(receiver.url), {}, { signingSecret: SECRET }).send([record(1)]))).toMatchObject({ kind, detail })
    // Nobody went where the redirect pointed, and nothing was sent twice.
    expect(receiver.requests.length).toBe(1)
  })
  test.each([[400, 'record'], [413, 'too_large'], [422, 'record']])('%d refuses the record for good', async (status, kind) => {
    const receiver = await sink(() => ({ kind: 'answer', status, body: 'no' }))
    expect(await open(webhookTo(receiver.url), {}, { signingSecret: SECRET }).send([record(1)])).toMatchObject({ kind: 'refused', problem: { kind, status } })
  })
  test('of a giant answer 64 KiB are read', async () => {
    const receiver = await sink(() => ({ kind: 'answer', status: 200, body: 'x'.repeat(5_000_000) }))
    expect((await open(webhookTo(receiver.url), {}, { signingSecret: SECRET }).send([record(1)])).kind).toBe('delivered')
  })
  test('a connection that the receiver closed while it idled is opened again without a failure', async () => {
    const receiver = await sink(() => ({ kind: 'answer', status: 204, headers: { connection: 'keep-alive', 'keep-alive': 'timeout=60' } }))
    const sender = open(webhookTo(receiver.url), {}, { signingSecret: SECRET })
    await sender.send([record(1)])
    const { port } = receiver
    await receiver.close()
    const again = await startHttpSink({ port })
    closers.push(() => again.close())
    expect((await sender.send([record(2)])).kind).toBe('delivered')
  })
  test('nobody listens, or the name is not known', async () => {
    const receiver = await sink()
    await receiver.close()
    expect(await problemOf(open(webhookTo(receiver.url), {}, { signingSecret: SECRET }).send([record(1)]))).toMatchObject({ kind: 'refused' })
    expect(await problemOf(open(webhookTo('https://nobody.invalid'), {}, { signingSecret: SECRET }).send([record(1)]))).toMatchObject({ kind: 'dns' })
  })
})

describe('TLS', () => {
  const issue = async (names: readonly string[]) => {
    const authority = await createAuthority('Receivers', Date.now())
    return { authority, server: await createServerCertificate(authority, names, Date.now()) }
  }
  test('a certificate of an unknown authority or for another name is told of with its facts, and nothing is sent', async () => {
    const { authority, server } = await issue(['siem.example'])
    const receiver = await sink(undefined, { tls: { key: server.keyPem, cert: server.certificatePem } })
    const unknown = await problemOf(open(webhookTo(receiver.url), {}, { signingSecret: SECRET }).send([record(1)]))
    expect(unknown).toMatchObject({ kind: 'tls', certificate: { issuer: expect.stringContaining('Receivers') as string, names: 'DNS:siem.example' } })
    expect(unknown.certificate?.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)
    const wrongName = await problemOf(open(webhookTo(receiver.url), { tls: { caPem: authority.certificatePem } }, { signingSecret: SECRET }).send([record(1)]))
    expect(wrongName).toMatchObject({ kind: 'tls', detail: expect.stringContaining('ALTNAME') as string })
    expect(receiver.requests).toEqual([])
  })
  test('with its own authority, and a certificate of ours where the receiver asks for one', async () => {
    const { authority, server } = await issue(['127.0.0.1'])
    const client = await createClientCertificate(authority, Date.now())
    const tls = { key: server.keyPem, cert: server.certificatePem, clientCa: authority.certificatePem }
    const [receiver, target] = await Promise.all([sink(undefined, { tls }), syslog('tls', tls)])
    const trust = { caPem: authority.certificatePem }
    const withCertificate = { tls: { ...trust, certPem: client.certificatePem } }
    await open(webhookTo(receiver.url), withCertificate, { signingSecret: SECRET, clientKeyPem: client.keyPem }).send([record(1)])
    expect(receiver.requests.length).toBe(1)
    const place: Place = { kind: 'syslog', host: '127.0.0.1', port: target.port, transport: 'tls', facility: 16 }
    await open(place, withCertificate, { clientKeyPem: client.keyPem }).send(records(3))
    expect([target.messages.length, target.problems]).toEqual([3, []])
    // Without one the receiver breaks the connection off, and that counts as nothing.
    expect(['tls', 'reset', 'protocol']).toContain((await problemOf(open(place, { tls: trust }).send(records(1)))).kind)
    expect(target.messages.length).toBe(3)
  })
  test('a key that does not belong to its certificate is said when the sender is made', async () => {
    const { authority, server } = await issue(['127.0.0.1'])
    expect(() => open(webhookTo('https://127.0.0.1'), { tls: { certPem: authority.certificatePem } }, { signingSecret: SECRET, clientKeyPem: server.keyPem })).toThrow(ExportFailure)
  })
})

describe('syslog', () => {
  const place = (port: number, transport: 'tcp' | 'udp' = 'tcp'): Place => ({ kind: 'syslog', host: '127.0.0.1', port, transport, facility: 16 })
  test.each(['tcp', 'udp'] as const)('over %s each record is one message of RFC 5424 with its id', async (transport) => {
    const receiver = await syslog(transport)
    await open(place(receiver.port, transport), { format: 'cef' }).send(records(20))
    await expect.poll(() => receiver.messages.length).toBe(20)
    expect(receiver.problems).toEqual([])
    expect(receiver.messages.map(({ data }) => data['recordId'])).toEqual(records(20).map(({ finding }) => finding.recordId))
    expect(receiver.messages[0]).toMatchObject({ priority: 16 * 8 + 2, hostname: 'collector', app: 'holdfast', messageId: 'finding' })
    expect(parseCef(receiver.messages[0]?.message ?? '').fields.get('externalId')).toBe('al_1')
  })
  test('a receiver that hangs, or breaks off in the middle, has not got the batch', async () => {
    const receiver = await syslog('tcp')
    receiver.mode = { kind: 'hang' }
    expect(await problemOf(open(place(receiver.port)).send(records(50)))).toMatchObject({ kind: 'timeout' })
    receiver.mode = { kind: 'break', after: 3 }
    expect(await problemOf(open(place(receiver.port)).send(records(50)))).toMatchObject({ kind: 'reset' })
    expect(receiver.messages.length).toBe(3)
  })
  test('a record that no datagram holds is refused, the others go', async () => {
    const receiver = await syslog('udp')
    const giant = record(2, { parts: [{ code: 'insight', points: 1, reason: 'x'.repeat(70_000) }] })
    expect(await open(place(receiver.port, 'udp')).send([record(1), giant, record(3)])).toMatchObject({ kind: 'delivered', refused: [{ seq: 2, problem: { kind: 'too_large' } }] })
    await expect.poll(() => receiver.messages.length).toBe(2)
  })
})

describe('hostile names (they come from file names that a watched person chooses)', () => {
  const HOSTILE = [
    'a\n<134>1 2026-03-02T09:00:00Z evil holdfast - - - CEF:0|Forged|F|1|x|y|10|', 'b\r\nCEF:0|x|x|1|1|1|10|act=none', 'c|d=e\\f', 'g]h"[i@1 k="v"]', 'j\u0000k', 'l\u2028m\u0085n', '\u001b[31m red', '"}\n{"class_uid":2006,"forged":true}', '999 <1>1 - - - - - -', 'ü\u{1F600}\u202Egpj.exe', ']> ]>', '\\n\\|\\=',
  ]
  const hostile = HOSTILE.map((name, index) => record(index + 1, { activities: [{ id: 'a', kind: 'file_copied', atMs: 0, summary: `${name} was copied.`, file: { path: `/home/ANON/${name}`, sizeBytes: 1 } }], trigger: { kind: 'x', atMs: 0, reason: name } }))
  test.each(['cef', 'ocsf', 'ecs', 'native'] as const)('over syslog as %s exactly one record arrives for each, with what was sent', async (format) => {
    const receiver = await syslog('tcp')
    await open({ kind: 'syslog', host: '127.0.0.1', port: receiver.port, transport: 'tcp', facility: 10 }, { format }).send(hostile)
    expect(receiver.problems).toEqual([])
    expect(receiver.messages.map(({ data }) => data['sequence'])).toEqual(hostile.map(({ seq }) => String(seq)))
    expect(receiver.messages.map(({ message }) => message)).toEqual(hostile.map(({ finding }) => lineOf(finding, format)))
    const understood = receiver.messages.map(({ message }) => {
      if (format === 'cef') {
        const { header, fields } = parseCef(message)
        return [header.length, fields.get('externalId'), fields.get('act')]
      }
      const read = JSON.parse(message) as { readonly file?: { readonly path: string }; readonly activities?: readonly { readonly file: { readonly path: string } }[] }
      return ['forged' in read, read.file?.path ?? read.activities?.[0]?.file.path]
    })
    expect(understood).toEqual(HOSTILE.map((name) => (format === 'cef' ? [7, 'al_1', 'created'] : [false, `/home/ANON/${name}`])))
  })
  test('in a bulk request, in events of Splunk and in a file each stays one record', async () => {
    const bulk = bulkAnswers()
    const [elastic, splunk] = [await sink(), await sink()]
    elastic.behave = bulk.behave
    await open({ kind: 'elastic', url: elastic.url, index: 'logs' }, { format: 'ecs' }).send(hostile)
    expect([...bulk.documents.keys()]).toEqual(hostile.map(({ finding }) => finding.recordId))
    await open({ kind: 'splunk_hec', url: splunk.url, acknowledge: false }, {}, { token: 't' }).send(hostile)
    expect((splunk.requests[0]?.body ?? '').split('\n').map((line) => (JSON.parse(line) as { fields: { record_id: string } }).fields.record_id)).toEqual(hostile.map(({ finding }) => finding.recordId))
    await open({ kind: 'file', fileName: 'f.jsonl', maxBytes: 1e9, keep: 1 }).send(hostile)
    const lines = (await readFile(join(folder, 'exports', 'f.jsonl'), 'utf8')).split('\n')
    expect([lines.length, lines.at(-1)]).toEqual([HOSTILE.length + 1, ''])
    for (const line of lines.slice(0, -1)) expect(JSON.parse(line)).toMatchObject({ class_uid: 2006 })
  })
})

describe('Splunk', () => {
  const place = (url: string, acknowledge = false): Place => ({ kind: 'splunk_hec', url: `${url}/`, index: 'risk', acknowledge })
  test('events carry time, source type, index and the token', async () => {
    const receiver = await sink()
    await open(place(receiver.url), { format: 'cef' }, { token: 'secret-token' }).send(records(2))
    const [request] = receiver.requests
    expect([request?.path, request?.headers['authorization']]).toEqual(['/services/collector/event', 'Splunk secret-token'])
    expect(JSON.parse((request?.body ?? '').split('\n')[0] ?? '')).toMatchObject({ sourcetype: 'holdfast:cef', index: 'risk', event: expect.stringMatching(/^CEF:0\|/) as string })
  })
  test('with acknowledgement they count once the indexer says so', async () => {
    let asked = 0
    const receiver = await startHttpSink({ behave: ({ path }) => (path.includes('/ack') ? { kind: 'answer', status: 200, body: JSON.stringify({ acks: { 1: (asked += 1) > 1 } }) } : OK) })
    closers.push(() => receiver.close())
    const slow = createSender({ place: place(receiver.url, true), format: 'ocsf', batchSize: 1, allowPrivate: true, names: false }, { token: 't' }, { hostname: 'h', folder, options: { connectMs: 1000, wholeMs: 5000 } })
    closers.push(() => slow.close())
    expect([await slow.send(records(1)), asked]).toEqual([{ kind: 'delivered', refused: [] }, 2])
    receiver.behave = ({ path }) => (path.includes('/ack') ? { kind: 'answer', status: 200, body: '{"acks":{"1":false}}' } : OK)
    expect(await problemOf(open(place(receiver.url, true), {}, { token: 't' }).send(records(1)))).toMatchObject({ kind: 'timeout' })
  })
  test.each([['{"text":"Incorrect index","code":7}', 'throws', 'status'], ['{"text":"Invalid data format","code":6}', 'refused', 'record'], ['<html>', 'throws', 'protocol']])('400 with %s %s', async (body, outcome, kind) => {
    const receiver = await sink(() => ({ kind: 'answer', status: 400, body }))
    const sent = open(place(receiver.url), {}, { token: 't' }).send(records(1))
    expect(outcome === 'throws' ? await problemOf(sent) : (await sent as { problem: Problem }).problem).toMatchObject({ kind })
  })
  test('200 with the page of somebody else is no success', async () => {
    const receiver = await sink(() => ({ kind: 'answer', status: 200, body: '<html>Welcome</html>' }))
    expect(await problemOf(open(place(receiver.url), {}, { token: 't' }).send(records(1)))).toMatchObject({ kind: 'protocol' })
  })
})

describe('Elastic and OpenSearch', () => {
  test('what is there already is good, what is wrong is named, and the rest is taken', async () => {
    const bulk = bulkAnswers()
    const receiver = await sink()
    receiver.behave = bulk.behave
    const sender = open({ kind: 'elastic', url: `${receiver.url}/prefix/`, index: 'logs-holdfast-default' }, { format: 'ecs' }, { apiKey: 'key' })
    await sender.send(records(2))
    bulk.refuse = (document) => (document.includes('"ob_3"') ? 400 : undefined)
    expect(await sender.send(records(4))).toEqual({ kind: 'delivered', refused: [{ seq: 3, problem: { kind: 'record', status: 400, detail: '400 document_parsing_exception: failed' } }] })
    expect([...bulk.documents.keys()]).toEqual(['ob_1', 'ob_2', 'ob_4'])
    expect([receiver.requests[0]?.path.split('?')[0], receiver.requests[0]?.headers['authorization']]).toEqual(['/prefix/_bulk', 'ApiKey key'])
  })
  test('an item that is too much just now, or an index that is not there, holds the batch back', async () => {
    const bulk = bulkAnswers()
    const receiver = await sink()
    receiver.behave = bulk.behave
    bulk.refuse = (document) => (document.includes('"ob_2"') ? 429 : undefined)
    expect(await problemOf(open({ kind: 'opensearch', url: receiver.url, index: 'x', user: 'u' }, { format: 'ocsf' }, { password: 'p' }).send(records(3)))).toMatchObject({ kind: 'status', status: 429 })
    expect(receiver.requests[0]?.headers['authorization']).toBe(`Basic ${Buffer.from('u:p').toString('base64')}`)
    expect(JSON.parse((receiver.requests[0]?.body ?? '').split('\n')[1] ?? '')).toHaveProperty('@timestamp')
  })
  test.each(['{}', '{"items":[]}', '[]', 'ok'])('200 with %s is no success', async (body) => {
    const receiver = await sink(() => ({ kind: 'answer', status: 200, body }))
    expect(await problemOf(open({ kind: 'elastic', url: receiver.url, index: 'x' }, { format: 'ecs' }).send(records(1)))).toMatchObject({ kind: 'protocol' })
  })
})

describe('a file', () => {
  const file = (over: Partial<Extract<Place, { kind: 'file' }>> = {}): Place => ({ kind: 'file', fileName: 'alerts.jsonl', maxBytes: 1_000_000, keep: 2, ...over })
  const at = (suffix = ''): string => join(folder, 'exports', `alerts.jsonl${suffix}`)
  test('is its owner’s alone, and half a line of a crash is cut off before it goes on', async () => {
    await open(file()).send(records(2))
    expect((await stat(at())).mode & 0o777).toBe(0o600)
    await writeFile(at(), `${await readFile(at(), 'utf8')}{"half":`, { mode: 0o600 })
    await open(file()).send([record(3)])
    expect((await readFile(at(), 'utf8')).trimEnd().split('\n').map((line) => (JSON.parse(line) as { metadata: { uid: string } }).metadata.uid)).toEqual(['ob_1', 'ob_2', 'ob_3'])
  })
  test('is turned over at its size, and the oldest goes', async () => {
    const size = Buffer.byteLength(`${lineOf(record(1).finding, 'ocsf')}\n`)
    const sender = open(file({ maxBytes: Math.round(size * 1.5) }))
    for (let number = 1; number <= 5; number += 1) await sender.send([record(number)])
    const uidOf = async (suffix: string) => (JSON.parse(await readFile(at(suffix), 'utf8')) as { metadata: { uid: string } }).metadata.uid
    expect([await uidOf(''), await uidOf('.1'), await uidOf('.2')]).toEqual(['ob_5', 'ob_4', 'ob_3'])
    await expect(stat(at('.3'))).rejects.toThrow('ENOENT')
  })
  test('is not written through a link', async () => {
    await open(file({ fileName: 'other' })).send([record(1)])
    await writeFile(join(folder, 'victim'), 'precious')
    await symlink(join(folder, 'victim'), at())
    expect(await problemOf(open(file()).send([record(1)]))).toMatchObject({ kind: 'file', detail: 'ELOOP' })
    expect(await readFile(join(folder, 'victim'), 'utf8')).toBe('precious')
  })
})

test('every format gives the same bytes for the same finding', () => {
  const hash = (format: 'ocsf' | 'ecs' | 'cef' | 'native') => createHash('sha256').update(lineOf(record(1).finding, format)).digest('hex')
  for (const format of ['ocsf', 'ecs', 'cef', 'native'] as const) expect(hash(format)).toBe(hash(format))
})
