// A package's life on a clean machine: from nothing to an alert by the documentation's own commands, then upgrade, a version
// that does not come up, removal and purge. Started by main.ts in namespaces of its own.
//
// usage: life.ts ROOT.tar PACKAGES FOLDER
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Client, signIn } from '../../scripts/demo-run/client.ts'
import { until } from '../support/processes.ts'
import { bootMachine, createService, type Machine } from './clean-machine.ts'
import { createReport } from './report.ts'

const run = promisify(execFile)
const [tarball = '', packages = '', root = ''] = process.argv.slice(2)
const repository = join(import.meta.dirname, '../..')
const say = (line: string): void => void process.stderr.write(`${line}\n`)
const report = createReport(say, (line) => console.log(line))
const machine: Machine = await bootMachine(tarball, packages, root)
const collector = createService(machine, 'holdfast.service')
const agent = createService(machine, 'holdfast-agent.service')
const FIVE_MINUTES_SECS = 300
const STATE = '/var/lib/holdfast-agent'
let client: Client
let code = ''

/** The commands of a chapter of docs/deploy/linux.md, as they stand there, with the names of this machine. */
function commands(chapter: string): readonly string[] {
  const text = readFileSync(join(repository, 'docs/deploy/linux.md'), 'utf8')
  const part = new RegExp(`^## ${chapter}$([\\s\\S]*?)(^## |(?![\\s\\S]))`, 'm').exec(text)?.[1] ?? ''
  const lines = [...part.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) => (block ?? '').split('\n')).map((line) => line.replace(/\s+# .*$/, '').trim()).filter((line) => line !== '')
  assert.ok(lines.length > 0, `docs/deploy/linux.md has no commands in "${chapter}"`)
  return lines
}
const asDocumented = (chapter: string, beginning: RegExp): string => {
  const found = commands(chapter).find((line) => beginning.test(line))
  assert.ok(found, `"${chapter}" has no command like ${beginning.source}`)
  return found.replaceAll('collector.example', 'localhost')
}

interface Status {
  readonly running: boolean
  readonly agentVersion: string
  readonly deviceId: string
  readonly uplink: { readonly connected: boolean }
  readonly policy: { readonly runningVersion: number }
  readonly usage: { readonly rssBytes: number }
  readonly spool: { readonly lastSeq: number; readonly epoch: string }
  readonly sensors: readonly { readonly name: string; readonly tier: string; readonly reason: string }[]
}
const status = async (): Promise<Status | undefined> => {
  const { code: ended, stdout } = await machine.shell('holdfast-agent status --json')
  return ended === 0 ? (JSON.parse(stdout) as Status) : undefined
}
const isWell = async (version?: string): Promise<Status | undefined> => {
  const found = await status()
  return found?.uplink.connected === true && found.policy.runningVersion > 0 && (version === undefined || found.agentVersion === version) ? found : undefined
}
const deviceActivities = async (kind: string): Promise<readonly { readonly metadata: Readonly<Record<string, unknown>> }[]> => (await client.get<{ items: { metadata: Record<string, unknown> }[] }>(`/api/v1/activities?kind=${kind}&limit=100`)).items

/** Every file below these folders that holds the text. */
async function filesWith(text: string, ...folders: string[]): Promise<readonly string[]> {
  const { stdout } = await run('grep', ['-rlF', '--', text, ...folders.map((folder) => machine.path(folder))], { maxBuffer: 16 << 20 }).catch(() => ({ stdout: '' }))
  return stdout.split('\n').filter((line) => line !== '')
}

const chapter = 'Five minutes'

async function collectorFromNothing(): Promise<void> {
  await report.check('the collector installs without a network, makes its folder and says where the set-up code is', async () => {
    const { code: ended, stderr, stdout } = await machine.shell(asDocumented(chapter, /holdfast-collector/))
    assert.equal(ended, 0, `${stdout}\n${stderr}`.slice(-3000))
    // apt shows what its packages say on its own output.
    assert.match(`${stdout}${stderr}`, /\/etc\/holdfast\/setup-code/)
    const setupCode = machine.read('/etc/holdfast/setup-code').trim()
    assert.match(setupCode, /^[A-Z2-7]{5}(-[A-Z2-7]{5}){3}$/)
    assert.equal(statSync(machine.path('/etc/holdfast/setup-code')).mode & 0o777, 0o600)
    assert.ok(!`${stdout}${stderr}`.includes(setupCode), 'the code was printed, and apt logs what is printed')
    assert.deepEqual(await filesWith(setupCode, '/var'), [])
    assert.equal((await machine.ok('stat -c %U:%a /var/lib/holdfast /var/lib/holdfast/holdfast.db')).trim(), 'holdfast:700\nholdfast:600')
  })
  await collector.start()
  await report.check('the collector runs from its unit, as its own account and without capabilities', async () => {
    await until('the collector', 60, () => (collector.log().includes('"ready":true') ? true : undefined)).catch((error: unknown) => {
      throw new Error(`${String(error)}\n${collector.log().slice(-2000)}`)
    })
    client = await signIn({ url: 'https://localhost:8443', ca: machine.read('/var/lib/holdfast/ca/ca.pem'), setupCode: machine.read('/etc/holdfast/setup-code').trim(), name: 'admin', password: 'correct horse battery staple' })
  })
  await report.check('a policy goes live and a code is made, by root, who leaves no file of the collector to itself', async () => {
    await machine.ok(asDocumented(chapter, /^printf/))
    await machine.ok(asDocumented(chapter, /policy apply/))
    code = /HF1-\S+/.exec(await machine.ok(asDocumented(chapter, /enrolment-code create/)))?.[0] ?? ''
    assert.notEqual(code, '')
    assert.equal((await machine.ok('find /var/lib/holdfast ! -user holdfast')).trim(), '')
  })
}

async function agentToAlert(started: number): Promise<void> {
  await report.check('the agent installs and enrols by what stands in the environment, and forgets the code', async () => {
    const { code: ended, stdout, stderr } = await machine.shell(asDocumented(chapter, /holdfast-agent_/).replace('HF1-…', code))
    assert.equal(ended, 0, `${stdout}\n${stderr}`.slice(-3000))
    assert.ok(existsSync(machine.path(`${STATE}/identity.json`)), `${stdout}\n${stderr}`.slice(-3000))
    assert.deepEqual(await filesWith(code, '/var', '/etc', '/run', '/usr/share', '/tmp'), [])
    assert.equal((await machine.ok(`stat -c %a ${STATE} ${STATE}/identity.json`)).trim(), '700\n600')
  })
  await agent.start()
  await report.check('the agent runs from its unit, within its capabilities, no sensor is blind and files are seen with the program that touches them', async () => {
    const found = await until('the agent to run a policy', 60, () => isWell()).catch((error: unknown) => {
      throw new Error(`${String(error)}\n${agent.log().slice(-2000)}`)
    })
    assert.deepEqual(found.sensors.filter(({ tier, reason }) => tier === 'blind' || /Cannot find|MODULE/.test(reason)).map(({ name, reason }) => `${name}: ${reason}`), [])
    for (const { name, tier, reason } of found.sensors) if (tier !== 'full' && tier !== 'off') say(`      ${name} is ${tier}: ${reason}`)
    assert.equal(found.sensors.find(({ name }) => name === 'files')?.tier, 'full')
    report.figure('memory of the agent, MiB', Math.round(found.usage.rssBytes / 2 ** 20))
    report.figure('sensors that see all', found.sensors.filter(({ tier }) => tier === 'full').length)
  })
  await report.check('a person copies documents to a stick, and an alert arrives within five minutes of the empty machine', async () => {
    await machine.ok('useradd --create-home alice && mkdir -p /home/alice/Documents /media/alice/STICK')
    for (let index = 0; index < 40; index += 1) writeFileSync(machine.path(`/home/alice/Documents/design-${index}.txt`), `design ${index}\n`.repeat(500 + index))
    await machine.ok('chown -R alice:alice /home/alice')
    const image = join(tmpdir(), `holdfast-stick-${process.pid}.img`)
    await run('truncate', ['-s', '64M', image])
    await run('mkfs.ext4', ['-q', '-L', 'STICK', image])
    await run('mount', ['-o', 'loop', image, machine.path('/media/alice/STICK')])
    await run('rm', ['-f', image])
    await machine.ok('chown alice:alice /media/alice/STICK')
    // The watch of a new volume begins with its mount.
    await until('the stick to be seen', 30, async () => ((await deviceActivities('removable_media_mounted')).length > 0 ? true : undefined))
    await machine.ok("setpriv --reuid alice --regid alice --init-groups -- sh -c 'cp /home/alice/Documents/* /media/alice/STICK/'")
    const alerts = await until('an alert', 60, async () => {
      const { items } = JSON.parse(await machine.ok('holdfast alert list --json')) as { items: { policy: string; score: number }[] }
      return items.length > 0 ? items : undefined
    })
    const seconds = Math.round((performance.now() - started) / 1000)
    report.figure('seconds from the empty machine to the alert', seconds)
    assert.equal(alerts[0]?.policy, 'Data leaks')
    assert.ok(seconds <= FIVE_MINUTES_SECS)
    await run('umount', [machine.path('/media/alice/STICK')])
  })
}

const identityOf = (): { readonly deviceId: string } => JSON.parse(machine.read(`${STATE}/identity.json`)) as { deviceId: string }

async function upgrade(): Promise<void> {
  const before = { identity: machine.read(`${STATE}/identity.json`), spool: (await status())?.spool, version: (await status())?.agentVersion ?? '' }
  await report.check('an upgrade keeps identity, spool and changed configuration, and the new version is confirmed by the old one', async () => {
    await machine.ok("echo '# changed here' >> /etc/holdfast-agent/agent.yaml")
    await machine.ok('apt-get install -y ./next/holdfast-agent_*.deb')
    assert.match(machine.read('/etc/holdfast-agent/agent.yaml'), /# changed here/)
    assert.equal(machine.read(`${STATE}/identity.json`), before.identity)
    assert.match(machine.read(`${STATE}/upgrade/probation`), new RegExp(`^from=${before.version}$`, 'm'))
    assert.deepEqual(readdirSync(machine.path('/usr/lib/holdfast-agent/versions')).toSorted(), [before.version, '99.0.0'].toSorted())
    // What the package's script asks of systemd.
    await agent.stop()
    await agent.start()
    await machine.ok('/usr/lib/holdfast-agent/launch watch')
    const after = await isWell('99.0.0')
    assert.equal(after?.spool.epoch, before.spool?.epoch)
    assert.ok((after?.spool.lastSeq ?? 0) > (before.spool?.lastSeq ?? 0))
    assert.equal((JSON.parse(machine.read(`${STATE}/upgrade/result.json`)) as { result: string }).result, 'confirmed')
  })
  await report.check('a signed release that does not come up gives way to the version before, by itself', async () => {
    const release = '/srv/broken/holdfast-agent-99.1.0-linux-x64.tar.gz'
    const { code: refused, stderr } = await machine.shell(`cp ${release} ${release}.json /tmp/ && head -c 64 /dev/urandom > /tmp/holdfast-agent-99.1.0-linux-x64.tar.gz.json.sig && holdfast-agent upgrade --from /tmp/holdfast-agent-99.1.0-linux-x64.tar.gz`)
    assert.equal(refused, 5, stderr)
    assert.match(stderr, /UPGRADE_SIGNATURE/)
    // The release is good; on this device something that it needs is not. So it is what a test cannot foresee.
    await machine.ok(`holdfast-agent upgrade --from ${release} --no-wait && rm -r /usr/lib/holdfast-agent/versions/99.1.0/agent/node_modules/nats`)
    const back = await until('the version before', 90, () => isWell('99.0.0'))
    assert.equal(back.agentVersion, '99.0.0')
    const result = JSON.parse(machine.read(`${STATE}/upgrade/result.json`)) as { result: string; reason: string; to: string }
    assert.deepEqual([result.result, result.to], ['returned', '99.1.0'])
    assert.equal(machine.read(`${STATE}/identity.json`), before.identity)
  })
  await report.check('a signed release is watched by the command itself, and confirmed', async () => {
    const { code: ended, stdout, stderr } = await machine.shell('holdfast-agent upgrade --from /srv/broken/holdfast-agent-99.1.0-linux-x64.tar.gz --json')
    assert.equal(ended, 0, stderr)
    assert.equal((JSON.parse(stdout) as { result: string }).result, 'confirmed')
    assert.equal((await isWell('99.1.0'))?.agentVersion, '99.1.0')
  })
}

async function removeAndPurge(): Promise<void> {
  const identity = machine.read(`${STATE}/identity.json`)
  const { deviceId } = identityOf()
  await report.check('while the policy asks for a token, a removal without it or with another one is refused, and the agent stays', async () => {
    const version = (await status())?.policy.runningVersion ?? 0
    const token = (await machine.ok('holdfast uninstall-token create')).trim()
    await until('the device to have the policy', 30, async () => (((await status())?.policy.runningVersion ?? 0) > version ? true : undefined))
    for (const attempt of ['', 'HOLDFAST_UNINSTALL_TOKEN=ABCD-EFGH ']) {
      const { code: refused, stdout, stderr } = await machine.shell(`${attempt}apt-get remove -y holdfast-agent`)
      assert.notEqual(refused, 0)
      assert.match(`${stdout}${stderr}`, /UNINSTALL_TOKEN_NEEDED/)
    }
    assert.ok((await isWell('99.1.0')) !== undefined)
    assert.deepEqual(await filesWith(token, '/var', '/etc', '/usr/lib/holdfast-agent/current'), [])
    writeFileSync(machine.path('/srv/uninstall-token'), `${token}\n`, { mode: 0o600 })
    await agent.stop()
    await machine.ok('HOLDFAST_UNINSTALL_TOKEN_FILE=/srv/uninstall-token apt-get remove -y holdfast-agent')
    assert.deepEqual(await deviceActivities('agent_tampered'), [])
    assert.ok((await deviceActivities('agent_stopped')).some((row) => row.metadata['reason'] === 'uninstalled'))
    // Back again, and free to go.
    await machine.ok('apt-get install -y ./next/holdfast-agent_*.deb && holdfast uninstall-token withdraw')
    await agent.start()
    await until('the device to have the policy', 60, async () => (((await isWell())?.policy.runningVersion ?? 0) > version + 1 ? true : undefined))
  })
  await report.check('a removal stops the agent, tells the collector, and leaves identity and spool', async () => {
    await agent.stop()
    const { code: ended, stdout, stderr } = await machine.shell('apt-get remove -y holdfast-agent')
    assert.equal(ended, 0, `${stdout}\n${stderr}`)
    assert.match(`${stdout}${stderr}`, new RegExp(`${deviceId} has told`))
    assert.equal(machine.read(`${STATE}/identity.json`), identity)
    assert.ok(existsSync(machine.path('/etc/holdfast-agent/agent.yaml')))
    assert.ok(!existsSync(machine.path('/usr/lib/holdfast-agent')), 'the program stays behind')
    assert.ok(!existsSync(machine.path('/usr/bin/holdfast-agent')))
    assert.ok((await deviceActivities('agent_stopped')).some((row) => row.metadata['reason'] === 'uninstalled'))
    assert.ok((await deviceActivities('agent_tampered')).length > 0)
  })
  await report.check('an install after a removal goes on as the same device', async () => {
    await machine.ok('apt-get install -y ./holdfast-agent_*.deb')
    assert.equal(identityOf().deviceId, deviceId)
    await agent.start()
    await until('the agent to be back', 60, () => isWell())
    await agent.stop()
  })
  await report.check('a purge leaves nothing', async () => {
    await machine.ok('apt-get purge -y holdfast-agent')
    const left = await machine.ok("find / -xdev \\( -path /proc -o -path /sys -o -path /dev -o -path /root -o -path /tmp -o -path /var/log -o -path /var/lib/holdfast \\) -prune -o -name '*holdfast-agent*' -print")
    assert.equal(left.trim(), '')
    assert.ok(!existsSync(machine.path(STATE)))
    assert.ok(!machine.read('/var/cache/debconf/config.dat').includes('holdfast-agent'))
  })
  await report.check('an install by preseed that cannot reach the collector succeeds, and keeps the code for root only until it can', async () => {
    const preseed = `holdfast-agent holdfast-agent/collector string https://localhost:9\nholdfast-agent holdfast-agent/enrolment-code password ${code}\n`
    mkdirSync(machine.path('/root'), { recursive: true })
    writeFileSync(machine.path('/srv/preseed'), preseed, { mode: 0o600 })
    await machine.ok('debconf-set-selections /srv/preseed && rm /srv/preseed && apt-get install -y ./holdfast-agent_*.deb')
    const kept = await filesWith(code, '/var', '/etc', '/run', '/usr/share', '/tmp')
    assert.deepEqual(kept, [machine.path(`${STATE}/enrolment`)])
    assert.equal(statSync(machine.path(`${STATE}/enrolment`)).mode & 0o777, 0o600)
    await machine.ok('apt-get purge -y holdfast-agent')
  })
}

async function collectorsEnd(): Promise<void> {
  await report.check('a purge of the collector keeps its data unless that is asked for', async () => {
    await collector.stop()
    await machine.ok('apt-get purge -y holdfast-collector')
    assert.ok(existsSync(machine.path('/var/lib/holdfast/holdfast.db')))
    await machine.ok('apt-get install -y ./holdfast-collector_*.deb')
    assert.ok(!existsSync(machine.path('/etc/holdfast/setup-code')))
    await machine.ok("echo 'holdfast-collector holdfast-collector/purge-data boolean true' | debconf-set-selections && apt-get purge -y holdfast-collector")
    assert.ok(!existsSync(machine.path('/var/lib/holdfast')))
  })
}

/** By this machine's rpm, which works in the clean root: Debian's own has the dependencies under other names. */
async function rpmLife(): Promise<void> {
  const rpm = (...args: string[]) => run('rpm', ['--root', machine.root, ...args], { maxBuffer: 16 << 20, env: { ...process.env, HOLDFAST_COLLECTOR: 'https://localhost:9', HOLDFAST_ENROLMENT_CODE: code } })
  const file = (folder: string): string => join(folder, readdirSync(folder).find((name) => name.startsWith('holdfast-agent') && name.endsWith('.rpm')) ?? '')
  const home = '/usr/lib/holdfast-agent'
  await report.check('the .rpm installs, keeps the code for root only while the collector cannot be reached, upgrades beside the version before, and leaves the state when it is erased', async () => {
    await rpm('--install', '--nodeps', file(packages))
    assert.equal((await machine.ok('holdfast-agent version')).trim(), (JSON.parse(readFileSync(join(repository, 'agent/package.json'), 'utf8')) as { version: string }).version)
    assert.equal(statSync(machine.path(`${STATE}/enrolment`)).mode & 0o777, 0o600)
    await machine.ok("echo '# changed here' >> /etc/holdfast-agent/agent.yaml")
    await rpm('--upgrade', '--nodeps', file(join(packages, 'next')))
    assert.equal((await machine.ok('holdfast-agent version')).trim(), '99.0.0')
    assert.match(machine.read('/etc/holdfast-agent/agent.yaml'), /# changed here/)
    assert.equal(readdirSync(machine.path(`${home}/versions`)).length, 2)
    assert.ok(!readdirSync(machine.path(home)).some((name) => name.startsWith('.kept-')))
    await rpm('--erase', '--nodeps', 'holdfast-agent')
    assert.ok(existsSync(machine.path(STATE)))
    assert.ok(!existsSync(machine.path(home)), 'the program stays behind')
  })
}

const started = performance.now()
try {
  await collectorFromNothing()
  await agentToAlert(started)
  await upgrade()
  await removeAndPurge()
  await collectorsEnd()
  await rpmLife()
} catch (error) {
  report.failed('the life of the packages', error)
} finally {
  await agent.stop()
  await collector.stop()
}
process.exit(0)
