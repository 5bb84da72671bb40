// Versions of the agent on their way through a whole installation: a signed release is uploaded, goes out, is fetched and verified
// by a real agent that a launcher starts, confirmed by the version before it, taken back, and another one that cannot start gives
// way by itself and stops its roll-out.
import { readFileSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { install, type Installation } from '../support/collector.ts'
import { type InstalledAgent, openWorkshop, superviseAgent, type Workshop } from '../support/installed-agent.ts'
import { collectorMain, runCommand, until } from '../support/processes.ts'
import { applyPolicies, watch } from '../support/real-agent.ts'

interface Shown {
  readonly id: string
  readonly state: string
  readonly counts: Readonly<Record<string, number>>
  readonly halt?: { readonly rule: string }
  readonly needing: readonly { readonly reason?: string; readonly version: string }[]
}

let installation: Installation
let workshop: Workshop
let agent: InstalledAgent
let deviceId = ''

const show = async (): Promise<Shown> => JSON.parse(await installation.holdfast('agent-upgrade', 'show', 'default', '--json')) as Shown
const latest = async () => (await installation.client.get<{ items: Pick<Shown, 'state' | 'counts'>[] }>('/api/v1/agent-upgrades?limit=1')).items[0]
const runs = async (): Promise<string> => (await installation.client.get<{ agentVersion: string }>(`/api/v1/devices/${deviceId}`)).agentVersion
const reaches = (state: string, seconds = 40) => until(`a roll-out that is ${state}`, seconds, async () => ((await latest())?.state === state ? true : undefined)).catch(async (error: unknown) => {
  throw new Error(`${String(error)}\n${JSON.stringify(await show())}\n${agent.log().slice(-4000)}`)
})
const refusal = async (...args: readonly string[]): Promise<string> => /[A-Z_]{6,}/.exec((await runCommand(collectorMain, [...args, '--dir', installation.dir])).stderr)?.[0] ?? ''

const proofOf = async (tarball: string) => ({ descriptor: await readFile(`${tarball}.json`), signature: await readFile(`${tarball}.json.sig`) })

async function rollOut(version: string): Promise<void> {
  const plan = join(installation.folder, 'plan.yaml')
  writeFileSync(plan, 'ringPercents: [100]\nsoakSecs: 0\nanswerSecs: 60\n')
  await installation.holdfast('agent-upgrade', 'start', 'default', version, '--plan', plan, '--json')
}

// An agent takes other versions as root alone.
describe.runIf(process.platform === 'linux' && process.getuid?.() === 0)('a version of the agent', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    installation = await install()
    workshop = openWorkshop(join(installation.folder, 'workshop'))
    await applyPolicies(installation)
    await watch(installation, { roots: [installation.folder] })
    const dir = await installation.enrolAgent('agent')
    deviceId = (JSON.parse(await readFile(join(dir, 'identity.json'), 'utf8')) as { deviceId: string }).deviceId
    agent = superviseAgent(workshop.home('home', '1.0.0'), dir)
    await until('the agent to be there', 40, async () => ((await runs().catch(() => '')) === '1.0.0' ? true : undefined)).catch((error: unknown) => {
      throw new Error(`${String(error)}\n${agent.log().slice(-4000)}`)
    })
  }, 90_000)
  afterAll(async () => {
    await agent?.stop()
    await installation?.close()
  })

  it('is taken in when a trusted key signed it, and nothing else is', async () => {
    const tarball = await workshop.release('1.1.0')
    expect(await refusal('agent-packages', 'add', tarball)).toBe('AGENT_PACKAGE_REFUSED')
    await installation.holdfast('agent-packages', 'trust', workshop.publicKeyPath)
    await installation.holdfast('agent-packages', 'add', tarball)
    const { packages } = JSON.parse(await installation.holdfast('agent-packages', 'list', '--json')) as { packages: { version: string; state: string; sizeBytes: number }[] }
    expect(packages).toMatchObject([{ version: '1.1.0', state: 'ready', sizeBytes: readFileSync(tarball).length }])
    const { descriptor, signature } = await proofOf(tarball)
    const altered = Buffer.from(descriptor.toString().replace('1.1.0', '1.3.0'))
    await expect(installation.client.send('POST', '/api/v1/agent-packages', { descriptor: altered.toString('base64'), signature: signature.toString('base64') })).rejects.toThrow('AGENT_PACKAGE_SIGNATURE')
  })

  it('is fetched, verified and put on probation by the device, and confirmed by its heartbeat', async () => {
    await rollOut('1.1.0')
    await until('the new version on probation', 30, async () => ((await latest())?.counts['verified'] === 1 ? true : undefined))
    await reaches('completed')
    expect([await runs(), (await latest())?.counts['confirmed']]).toEqual(['1.1.0', 1])
  })

  it('is taken back to the one that stands beside it', async () => {
    await installation.holdfast('agent-upgrade', 'roll-back', 'default')
    await reaches('rolled_back')
    expect(await runs()).toBe('1.0.0')
  })

  it('that cannot start gives way to the one before by itself, and its roll-out stops', async () => {
    await installation.holdfast('agent-packages', 'add', await workshop.release('1.2.0', (source) => writeFileSync(join(source, 'main.js'), 'process.exit(70)\n')))
    await rollOut('1.2.0')
    await reaches('halted')
    const shown = await show()
    expect(shown).toMatchObject({ halt: { rule: 'failed' }, counts: { rejected: 1 } })
    expect(shown.needing).toMatchObject([{ reason: 'RETURNED_RESTARTS', version: '1.0.0' }])
    const notices = await installation.client.get<{ items: { kind: string }[] }>('/api/v1/fleet-notices?open=true')
    expect(notices.items.some(({ kind }) => kind === 'upgrade_halted')).toBe(true)
  })
})
