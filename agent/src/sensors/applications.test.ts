import type { wire } from '@holdfast/proto'
import { renameSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createFakePlatform, type FakePlatform } from '../platform/fake-platform.ts'
import { applicationsSensor } from './applications.ts'
import { compareApplications } from './applications/compare.ts'
import { parseDpkgStatus } from './applications/dpkg.ts'
import { parseManifest } from './applications/npm.ts'
import { type FakeMemory, type FakeRun, startSensor, until } from './fake-context.ts'

const STATUS = '/var/lib/dpkg/status'
const SELDOM = 3600

let device: FakePlatform
let memory: FakeMemory
let run: FakeRun | undefined
beforeEach(() => {
  device = createFakePlatform({ '/etc/passwd': 'alice:x:1000:1000::/home/alice:/bin/bash\n', '/home/alice/x': '' })
  memory = new Map()
})
afterEach(async () => {
  await run?.stop()
  run = undefined
  device.dispose()
})

const start = (sources: readonly string[] = [], pollIntervalSecs = SELDOM): FakeRun => {
  run = startSensor(applicationsSensor, { platform: device, memory, policy: { applications: { enabled: true, sources: [...sources], pollIntervalSecs } } })
  return run
}
const looked = async (of: FakeRun): Promise<void> => until(() => of.reports.length > 0)

const paragraph = (name: string, version: string, state = 'install ok installed', extra = ''): string =>
  `Package: ${name}\nStatus: ${state}\nPriority: optional\nMaintainer: Debian <x@debian.org>\nArchitecture: amd64\n${extra}Version: ${version}\nDescription: a thing\n Package: not-this\n .\n more\n`

/** As dpkg does it: a new file, renamed over the old one. */
function writeStatus(...paragraphs: readonly string[]): void {
  device.write(`${STATUS}-new`, paragraphs.join('\n'))
  renameSync(join(device.root, `${STATUS}-new`), join(device.root, STATUS))
}

const said = (of: FakeRun): readonly string[] =>
  of.emitted.map(({ detail }) => {
    const one = (word: string, application: wire.Application.$Properties | null | undefined, rest = ''): string => `${word} ${application?.source} ${application?.name} ${rest}${application?.version}`
    return detail.applicationInstalled ? one('installed', detail.applicationInstalled.application) : detail.applicationUpdated ? one('updated', detail.applicationUpdated.application, `${detail.applicationUpdated.oldVersion} -> `) : one('removed', detail.applicationRemoved?.application)
  })

describe('dpkg', () => {
  test('an installation, an upgrade and a removal', async () => {
    device.setSessions([{ account: 'alice', remote: false, host: '' }])
    writeStatus(paragraph('bash', '5.2'))
    const now = start()
    await looked(now)
    writeStatus(paragraph('bash', '5.2'), paragraph('nmap', '7.93'))
    await until(() => now.emitted.length === 1)
    writeStatus(paragraph('bash', '5.3'), paragraph('nmap', '7.93'))
    await until(() => now.emitted.length === 2)
    writeStatus(paragraph('bash', '5.3'), paragraph('nmap', '7.93', 'deinstall ok config-files'))
    await until(() => now.emitted.length === 3)
    expect(said(now)).toEqual(['installed dpkg nmap 7.93', 'updated dpkg bash 5.2 -> 5.3', 'removed dpkg nmap 7.93'])
    expect(now.emitted[0]).toMatchObject({ actor: { account: 'alice', attribution: 'session' }, detail: { applicationInstalled: { application: { publisher: 'Debian <x@debian.org>' } } } })
  })

  test('what dpkg has not finished is neither installed nor removed', async () => {
    writeStatus(paragraph('bash', '5.2'), paragraph('new', '1', 'install ok half-installed'))
    const now = start()
    await looked(now)
    writeStatus(paragraph('bash', '5.3', 'install ok unpacked'), paragraph('new', '1', 'install ok unpacked'))
    writeStatus(paragraph('bash', '5.3', 'install ok half-configured'), paragraph('new', '1', 'install ok half-configured'), paragraph('marker', '1'))
    await until(() => now.emitted.length === 1)
    writeStatus(paragraph('bash', '5.3', 'install ok triggers-awaited'), paragraph('new', '1'), paragraph('marker', '1'))
    await until(() => now.emitted.length === 3)
    expect(said(now)).toEqual(['installed dpkg marker 1', 'updated dpkg bash 5.2 -> 5.3', 'installed dpkg new 1'])
  })

  test('a library for two architectures is two, everything else is one', () => {
    const { applications } = parseDpkgStatus([paragraph('libc6', '1', undefined, 'Multi-Arch: same\n'), paragraph('libc6', '1', undefined, 'Multi-Arch: same\n').replace('amd64', 'i386'), paragraph('bash', '1')].join('\n'))
    expect([...applications.keys()]).toEqual(['libc6:amd64', 'libc6:i386', 'bash'])
  })

  test('a list that vanishes is a fault and no removal of everything', async () => {
    writeStatus(paragraph('bash', '5.2'))
    const now = start(['dpkg'])
    await looked(now)
    device.remove(STATUS)
    await until(() => now.reports.at(-1)?.tier === 'degraded')
    expect(now.reports.at(-1)?.reason).toBe('the list of dpkg cannot be read')
    writeStatus(paragraph('bash', '5.2'))
    await until(() => now.reports.at(-1)?.tier === 'full')
    expect(now.emitted).toEqual([])
  })

  test('ten thousand packages are remembered over a restart', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => paragraph(`package-${index}`, `1.${index * 7}-${index}`))
    writeStatus(...many)
    const first = start(['dpkg'])
    await looked(first)
    await first.stop()
    expect(Math.max(...[...memory.values()].map((value) => value.length))).toBeLessThan(1 << 20)
    writeStatus(...many.slice(1))
    const second = start(['dpkg'])
    await until(() => second.emitted.length === 1)
    expect(said(second)).toEqual(['removed dpkg package-0 1.0-0'])
    expect(second.emitted[0]?.recovered).toBe(true)
  })
})

describe('pip', () => {
  const SITE = '/usr/local/lib/python3.11/dist-packages'
  const OWN = '/home/alice/.local/lib/python3.11/site-packages'
  const addWheel = (site: string, name: string, version: string): void => {
    device.write(`${site}/${name}-${version}.dist-info/METADATA`, `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\nAuthor: Ada\n\nName: not-this\n`)
    device.write(`${site}/${name}-${version}.dist-info/INSTALLER`, 'pip\n')
    device.write(`${site}/${name}-${version}.dist-info/RECORD`, '')
  }

  test('a package in a home is its owner’s, one of the system is not', async () => {
    addWheel(SITE, 'old', '1')
    device.write(`${OWN}/x.py`, '')
    const now = start(['pip'])
    await looked(now)
    addWheel(OWN, 'impacket', '0.12')
    await until(() => now.emitted.length === 1)
    addWheel(SITE, 'rich', '13')
    await until(() => now.emitted.length === 2)
    expect(said(now)).toEqual(['installed pip impacket 0.12', 'installed pip rich 13'])
    expect(now.emitted[0]).toMatchObject({ actor: { uid: 1000, attribution: 'file_owner' }, detail: { applicationInstalled: { application: { publisher: 'Ada', path: `${OWN}/impacket-0.12.dist-info` } } } })
    expect(now.emitted[1]?.actor).toBeUndefined()
  })

  test('an upgrade takes the old away first, and is an update all the same; a removal lasts', async () => {
    addWheel(SITE, 'rich', '13')
    addWheel(SITE, 'gone', '1')
    const now = start(['pip'])
    await looked(now)
    device.remove(`${SITE}/rich-13.dist-info`)
    device.write(`${SITE}/rich-14.dist-info/METADATA`, 'Name: rich\nVersion: 14\n')
    device.remove(`${SITE}/gone-1.dist-info`)
    await until(() => now.emitted.length === 1)
    device.write(`${SITE}/rich-14.dist-info/RECORD`, '')
    await until(() => now.emitted.length === 2)
    expect(said(now)).toEqual(['removed pip gone 1', 'updated pip rich 13 -> 14'])
  })

  test('what another package manager put there is its own to report', async () => {
    addWheel(SITE, 'old', '1')
    const now = start(['pip'])
    await looked(now)
    device.write(`${SITE}/debian_thing-1.dist-info/INSTALLER`, 'debian\n')
    device.write(`${SITE}/debian_thing-1.dist-info/METADATA`, 'Name: debian-thing\n')
    addWheel(SITE, 'rich', '13')
    await until(() => now.emitted.length === 1)
    expect(said(now)).toEqual(['installed pip rich 13'])
  })

  test('a home that is locked away loses nothing', async () => {
    addWheel(OWN, 'impacket', '0.12')
    const first = start(['pip'])
    await looked(first)
    await first.stop()
    device.remove('/home/alice/.local')
    const second = start(['pip'])
    await looked(second)
    expect(second.emitted).toEqual([])
  })

  test('a link in a home to somebody else’s packages is not followed', async () => {
    addWheel('/srv/elsewhere/.local/lib/python3.11/site-packages', 'secret', '1')
    device.write('/home/alice/.local/x', '')
    const now = start(['pip'], 1)
    await looked(now)
    symlinkSync(join(device.root, 'srv/elsewhere/.local/lib'), join(device.root, 'home/alice/.local/lib'))
    addWheel(SITE, 'marker', '1')
    await until(() => now.emitted.length === 1)
    expect(said(now)).toEqual(['installed pip marker 1'])
  })
})

describe('npm', () => {
  const GLOBAL = '/usr/lib/node_modules'

  test('packages with and without a scope, and a manifest that comes late', async () => {
    device.write(`${GLOBAL}/npm/package.json`, '{"name":"npm","version":"11.0.0"}')
    const now = start(['npm'])
    await looked(now)
    device.write(`${GLOBAL}/.ngrok-Xy12/package.json`, '{"name":"ngrok","version":"5.0.0"}')
    device.write(`${GLOBAL}/@angular/cli/readme`, '')
    device.write(`${GLOBAL}/ngrok/package.json`, '{"name":"ngrok","version":"5.0.0","author":{"name":"Inc"}}')
    await until(() => now.emitted.length === 1)
    device.write(`${GLOBAL}/@angular/cli/package.json`, '{"name":"@angular/cli","version":"20.0.0","author":"G"}')
    await until(() => now.emitted.length === 2)
    expect(said(now)).toEqual(['installed npm ngrok 5.0.0', 'installed npm @angular/cli 20.0.0'])
  })

  test.each(['', '{', 'null', '[]', '{"name":1,"version":"1"}', '{"name":"a"}'])('a manifest of %j is none', (json) => {
    expect(parseManifest(json)).toBeUndefined()
  })

  test('names are shortened and stripped of control characters', () => {
    expect(parseManifest(JSON.stringify({ name: `a\n\u001b[31m${'b'.repeat(1000)}`, version: '1' }))?.name).toMatch(/^a \[31mb{1,}$/)
    expect(parseManifest(JSON.stringify({ name: 'b'.repeat(1000), version: '1' }))?.name).toHaveLength(256)
  })
})

describe('restarts', () => {
  test('the very first start says nothing, and a source that comes later says what it has', async () => {
    writeStatus(paragraph('bash', '5.2'))
    const now = start([], 1)
    await looked(now)
    expect(now.emitted).toEqual([])
    device.write('/usr/local/lib/node_modules/ngrok/package.json', '{"name":"ngrok","version":"5.0.0"}')
    await until(() => now.emitted.length === 1)
    expect(said(now)).toEqual(['installed npm ngrok 5.0.0'])
  })

  test('a stop in the middle says the rest at the next start, and nothing twice', async () => {
    writeStatus(paragraph('bash', '5.2'))
    const first = start(['dpkg'])
    await looked(first)
    await first.stop()
    writeStatus(paragraph('bash', '5.2'), ...['a', 'b', 'c'].map((name) => paragraph(name, '1')))
    const abort = new AbortController()
    const emitted: string[] = []
    await applicationsSensor.start({ ...first.context, signal: abort.signal, emit: async ({ detail }) => {
      emitted.push(detail.applicationInstalled?.application?.name ?? '')
      if (emitted.length === 2) abort.abort()
    } })
    const second = start(['dpkg'])
    await until(() => second.emitted.length === 1)
    expect([emitted, said(second)]).toEqual([['a', 'b'], ['installed dpkg c 1']])
  })

  test('what is the same is no change', () => {
    const { applications } = parseDpkgStatus(paragraph('bash', '5.2'))
    expect(compareApplications('dpkg', applications, { applications, inMotion: new Set(), places: [] }, () => true).changes).toEqual([])
  })
})
