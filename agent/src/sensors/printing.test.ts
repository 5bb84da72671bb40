// The spool of CUPS on a device that is played, and a real cupsd that prints into it where one is installed.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createFakePlatform, type FakePlatform } from '../platform/fake-platform.ts'
import { type FakeMemory, type FakeRun, startSensor, until } from './fake-context.ts'
import { printingSensor } from './printing.ts'
import { parseIpp } from './printing/ipp.ts'
import { parsePrinters, parsePrintEvents, printerOf } from './printing/job.ts'

const run = promisify(execFile)

type Entry = readonly [tag: number, name: string, value: string | number]

/** A control file as cupsd writes it. */
function control(entries: readonly Entry[]): Buffer {
  const parts: Buffer[] = [Buffer.from([2, 0, 0, 2, 0, 0, 0, 1, 1])]
  for (const [tag, name, value] of entries) {
    const bytes = typeof value === 'number' ? Buffer.from([value >>> 24, value >>> 16, value >>> 8, value].map((byte) => byte & 255)) : Buffer.from(value)
    parts.push(Buffer.from([tag, 0, name.length]), Buffer.from(name), Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes)
  }
  return Buffer.concat([...parts, Buffer.from([3])])
}
const jobOf = (over: Readonly<Record<string, string | number>> = {}): Buffer => {
  const all: Record<string, string | number> = {
    'job-printer-uri': 'ipp://host/printers/floor-2', 'job-originating-user-name': 'alice', 'job-name': 'plans.pdf', 'job-uuid': 'urn:uuid:1', 'job-state': 9, copies: 2, 'job-impressions-completed': 4, 'job-k-octets': 9,
    'document-format': 'application/pdf', 'time-at-creation': 1_790_000_000, 'job-originating-host-name': 'localhost', ...over,
  }
  return control(Object.entries(all).map(([name, value]) => [typeof value === 'number' ? 0x21 : 0x42, name, value]))
}

describe('attributes of a job', () => {
  test('texts with a language, numbers and further values are read; the first value counts', () => {
    const language = Buffer.concat([Buffer.from([0, 2]), Buffer.from('de'), Buffer.from([0, 4]), Buffer.from('Plan')]).toString('latin1')
    expect(Object.fromEntries(parseIpp(control([[0x36, 'job-name', language], [0x21, 'copies', 3], [0x44, 'media', 'a4'], [0x44, '', 'a3'], [0x22, 'x', '\u0001']])))).toEqual({ 'job-name': 'Plan', copies: 3, media: 'a4', x: true })
  })
  test('what is cut or bent anywhere gives less and fails nowhere', () => {
    const whole = jobOf()
    for (let cut = 0; cut < whole.length; cut++) expect(() => parseIpp(whole.subarray(0, cut))).not.toThrow()
    for (let at = 8; at < whole.length; at++) {
      const bent = Buffer.from(whole)
      bent[at] = 255
      expect(() => parseIpp(bent)).not.toThrow()
    }
  })
})

describe('where a printer is', () => {
  test.each([
    ['socket://10.0.0.5:9100', 'network', '10.0.0.5'], ['ipps://alice:geheim@print.example.org/ipp', 'network', 'print.example.org'], ['smb://dom;u:p@filer/laser', 'network', 'filer'], ['lpd://[fe80::1]/q', 'network', '[fe80::1]'],
    ['dnssd://Laser%20floor%202._ipp._tcp.local/', 'network', ''], ['implicitclass://laser/', 'network', ''], ['usb://HP/LaserJet?serial=1', 'usb', ''], ['hp:/usb/Deskjet?serial=1', 'usb', ''], ['hp:/net/Deskjet?ip=10.0.0.7', 'network', ''],
    ['cups-pdf:/', 'pdf', ''], ['file:///dev/null', 'local', ''], ['ipp://localhost:60000/ipp', 'local', 'localhost'], ['', 'unknown', ''], ['own-backend:/x', 'unknown', ''],
  ])('%s', (uri, kind, host) => expect(printerOf(uri)).toEqual({ kind, host }))
  test('queues of printers.conf', () => {
    expect(parsePrinters('# x\n<DefaultPrinter floor-2>\nDeviceURI socket://10.0.0.5\nState Idle\n</DefaultPrinter>\n<Printer pdf>\nInfo <b>\nDeviceURI cups-pdf:/\n</Printer>\n')).toEqual(new Map([['floor-2', { kind: 'network', host: '10.0.0.5' }], ['pdf', { kind: 'pdf', host: '' }]]))
  })
})

test('events 307 of Windows, with a document whose name has been chosen to harm', () => {
  const event = (record: number, id: number, params: readonly string[]): string => `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-PrintService'/><EventID>${id}</EventID><TimeCreated SystemTime='2026-03-01T10:00:00.1234567Z'/><EventRecordID>${record}</EventRecordID></System><UserData><DocumentPrinted>${params.map((param, index) => `<Param${index + 1}>${param}</Param${index + 1}>`).join('')}</DocumentPrinted></UserData></Event>`
  const xml = event(7, 307, ['12', 'Plans &lt;Param3&gt;bob&lt;/Param3&gt; &amp; more', 'alice', '\\\\PC-7', 'Floor 2', '10.0.0.5', '2048', '4']) + event(8, 805, ['1', 'x', 'y', 'z', 'p', 'q', '1', '1']) + event(9, 307, ['13', 'a.txt', 'alice', '\\\\PC-7', 'Microsoft Print to PDF', 'PORTPROMPT:', '10', '1'])
  expect(parsePrintEvents(xml)).toMatchObject([
    { record: 7, printer: { kind: 'network', host: '10.0.0.5' }, job: { user: 'alice', document: 'Plans <Param3>bob</Param3> & more', printer: 'Floor 2', pages: 4, sizeBytes: 2048, createdAtMs: Date.parse('2026-03-01T10:00:00.123Z') } },
    { record: 9, printer: { kind: 'pdf' }, job: { document: 'a.txt' } },
  ])
  expect(parsePrintEvents('<Event><System><EventID>307</EventID>')).toEqual([])
})

describe('the spool', () => {
  let device: FakePlatform
  let memory: FakeMemory
  let sensing: FakeRun | undefined
  beforeEach(() => {
    device = createFakePlatform({ '/etc/passwd': 'alice:x:1000:1000::/home/alice:/bin/bash\n' }, { elevated: false })
    mkdirSync(join(device.root, 'agent'))
    memory = new Map()
  })
  afterEach(async () => {
    await sensing?.stop()
    sensing = undefined
    device.dispose()
  })
  const spool = (): string => join(device.root, 'var/spool/cups')
  const put = (name: string, bytes: Buffer | string): void => {
    mkdirSync(spool(), { recursive: true })
    writeFileSync(join(spool(), name), bytes)
  }
  const start = async (): Promise<FakeRun> => {
    const started = startSensor(printingSensor, { platform: device, memory, agentFolder: join(device.root, 'agent'), policy: { printing: { enabled: true } } })
    sensing = started
    await until(() => started.reports.length > 0)
    return started
  }
  const printed = ({ emitted }: FakeRun) => emitted.map(({ detail }) => detail.filePrinted)

  test('a job is told once, with printer, pages, copies and the one file of its name', async () => {
    device.write('/etc/cups/printers.conf', '<Printer floor-2>\nDeviceURI socket://10.0.0.5:9100\n</Printer>\n')
    device.write('/home/alice/Documents/plans.pdf', 'plans')
    mkdirSync(spool(), { recursive: true })
    const now = await start()
    put('d00001-001', 'drawn')
    put('c00001', jobOf())
    await until(() => now.emitted.length > 0)
    put('c00001', jobOf({ 'job-priority': 1 }))
    put('c00002', jobOf({ 'job-uuid': 'urn:uuid:2', 'job-name': 'unknown.odt' }))
    await until(() => now.emitted.length > 1)
    expect(now.emitted[0]).toMatchObject({ kind: 'file_printed', occurredAtMs: 1_790_000_000_000, actor: { account: 'alice' } })
    expect(printed(now)).toMatchObject([
      { printer: 'floor-2', document: 'plans.pdf', pages: 4, copies: 2, sizeBytes: 9216, documentFormat: 'application/pdf', jobState: 'completed', printerKind: 'network', printerHost: '10.0.0.5', fileKnownBy: 'name', file: { path: join(device.root, 'home/alice/Documents/plans.pdf'), sizeBytes: 5 } },
      { document: 'unknown.odt' },
    ])
    expect(printed(now)[1]?.file).toBeUndefined()
  })
  test('print data stand for themselves where two files have the name', async () => {
    device.write('/home/alice/Documents/plans.pdf', 'plans')
    device.write('/home/alice/Downloads/plans.pdf', 'other plans')
    mkdirSync(spool(), { recursive: true })
    const now = await start()
    put('d00001-001', 'drawn')
    put('c00001', jobOf())
    await until(() => now.emitted.length > 0)
    expect(printed(now)).toMatchObject([{ fileKnownBy: 'spool', file: { path: join(spool(), 'd00001-001'), sizeBytes: 5 } }])
  })
  test('what was printed before the agent came is no news; what was printed while it was off is, and says so', async () => {
    put('c00001', jobOf())
    const first = await start()
    await first.stop()
    expect(first.emitted).toEqual([])
    put('c00002', jobOf({ 'job-uuid': 'urn:uuid:2' }))
    // Numbers have begun anew: another job.
    put('c00001', jobOf({ 'job-uuid': 'urn:uuid:3', 'job-name': 'again.pdf' }))
    const second = await start()
    await until(() => second.emitted.length > 1)
    expect(second.emitted.map(({ recovered, detail }) => [recovered, detail.filePrinted?.document])).toEqual([[true, 'again.pdf'], [true, 'plans.pdf']])
    await second.stop()
    expect((await start()).emitted).toEqual([])
  })
  test('a job that waits is told when it is over; control files that make no sense are left', async () => {
    mkdirSync(spool(), { recursive: true })
    const now = await start()
    put('c00001', jobOf({ 'job-state': 3 }))
    put('c00002', 'no control file')
    put('c00003', jobOf({ 'job-uuid': 'urn:uuid:3', 'job-state': 7, 'job-name': 'stopped' }))
    await until(() => now.emitted.length > 0)
    put('c00001', jobOf())
    await until(() => now.emitted.length > 1)
    expect(printed(now).map((each) => [each?.document, each?.jobState])).toEqual([['stopped', 'canceled'], ['plans.pdf', 'completed']])
  })
  test('a printing system that comes later is seen', async () => {
    mkdirSync(join(device.root, 'var/spool'), { recursive: true })
    const now = await start()
    put('c00001', jobOf())
    await until(() => now.emitted.length > 0)
    expect(printed(now)).toMatchObject([{ document: 'plans.pdf' }])
    expect(now.reports.at(-1)).toEqual({ tier: 'full', reason: '', fix: '' })
  })

  describe.skipIf(process.geteuid?.() !== 0 || !existsSync('/usr/sbin/cupsd') || !existsSync('/usr/bin/lp'))('a real cupsd', () => {
    let daemon: ChildProcess
    const socket = (): string => join(device.root, 'cups.sock')
    beforeEach(async () => {
      for (const folder of ['var/spool/cups/tmp', 'var/cache/cups', 'etc/cups', 'run']) mkdirSync(join(device.root, folder), { recursive: true })
      writeFileSync(join(device.root, 'etc/cups/cups-files.conf'), `ServerRoot ${join(device.root, 'etc/cups')}\nRequestRoot ${spool()}\nTempDir ${spool()}/tmp\nCacheDir ${join(device.root, 'var/cache/cups')}\nStateDir ${join(device.root, 'run')}\nAccessLog ${join(device.root, 'access')}\nErrorLog ${join(device.root, 'error')}\nPageLog ${join(device.root, 'page')}\nFileDevice yes\nSystemGroup root\n`)
      writeFileSync(join(device.root, 'etc/cups/cupsd.conf'), `Listen ${socket()}\nBrowsing No\nDefaultAuthType None\n<Location />\nOrder allow,deny\nAllow all\n</Location>\n<Location /admin>\nOrder allow,deny\nAllow all\n</Location>\n`)
      writeFileSync(join(device.root, 'etc/cups/printers.conf'), '<DefaultPrinter null>\nDeviceURI file:///dev/null\nState Idle\nAccepting Yes\n</DefaultPrinter>\n', { mode: 0o600 })
      daemon = spawn('/usr/sbin/cupsd', ['-f', '-c', join(device.root, 'etc/cups/cupsd.conf'), '-s', join(device.root, 'etc/cups/cups-files.conf')], { stdio: 'ignore' })
      await until(() => existsSync(socket()))
    })
    afterEach(async () => {
      const ended = new Promise((end) => daemon.once('exit', end))
      daemon.kill()
      await ended
      rmSync(socket(), { force: true })
    })
    test('prints a file, and the job is told with its bytes', async () => {
      const now = await start()
      const report = join(device.root, 'report.txt')
      writeFileSync(report, 'hello report\n')
      await run('/usr/bin/lp', ['-h', socket(), '-d', 'null', '-n', '2', '-t', 'Quarterly report', report])
      await until(() => now.emitted.length > 0)
      expect(printed(now)).toMatchObject([{ printer: 'null', document: 'report.txt', copies: 2, printerKind: 'local', documentFormat: 'text/plain', fileKnownBy: 'spool', jobState: 'completed', file: { sizeBytes: 13 } }])
      expect(now.emitted[0]?.actor?.account).toBe('root')
    })
  })
})
