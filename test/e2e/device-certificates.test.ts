// What devices trust comes to its end, for real: an authority that was made ten years ago, and a collector whose clock is a
// year on. And a device that was put out, and one that a rule moves by where it connects from. Faults are named in the API and in
// the console with what helps, and told once.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createAuthority } from '@holdfast/collector/bus/pki.ts'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeViolations, newContext, settled, signInBrowser, startBrowser } from '../support/browser.ts'
import { install, type Installation } from '../support/collector.ts'
import { repository, until } from '../support/processes.ts'
import { applyPolicies, type RealAgent, runAgent, watch } from '../support/real-agent.ts'
import { picture } from '../support/screens.ts'

interface Fault {
  readonly code: string
  readonly detail: string
  readonly fix: string
  readonly values: Readonly<Record<string, string>>
}
interface Notice {
  readonly kind: string
  readonly detail: string
  readonly fix: string
}

const DAY_MS = 86_400_000
const AUTHORITY_DAYS = 3650
const SERVER_DAYS = 397

let installation: Installation
let browser: Browser
let agent: RealAgent
let clock: string

const faults = async (): Promise<readonly Fault[]> => (await installation.client.get<{ faults: readonly Fault[] }>(`/api/v1/devices/${agent.deviceId}`)).faults
const named = (what: string): Promise<Fault> => until(`CERTIFICATE_ENDS of ${what}`, 20, async () => (await faults()).find(({ code, values }) => code === 'CERTIFICATE_ENDS' && values['what'] === what))
const notices = async (): Promise<readonly Notice[]> => (await installation.client.get<{ items: readonly Notice[] }>('/api/v1/fleet-notices?open=true')).items.filter(({ kind }) => kind === 'device_certificate')

beforeAll(async () => {
  let folder = ''
  installation = await install({
    // The clock of the collector's process: what it reads is this file's milliseconds ahead.
    env: { NODE_OPTIONS: `--import=${join(repository, 'test/faults/shifted-clock.ts')}`, get HOLDFAST_AGENT_TEST_CLOCK() { return join(folder, 'clock') } },
    async prepare(dir) {
      folder = dir
      await writeFile(join(dir, 'clock'), '0')
      // In 60 days it ends.
      const authority = await createAuthority('test', Date.now() - (AUTHORITY_DAYS - 60) * DAY_MS)
      await writeFile(join(dir, 'ca', 'ca.pem'), authority.certificatePem)
      await writeFile(join(dir, 'ca', 'ca-key.pem'), authority.keyPem, { mode: 0o600 })
    },
  })
  clock = join(folder, 'clock')
  browser = await startBrowser()
  await watch(installation, { roots: [join(installation.folder, 'watched')] })
  await applyPolicies(installation)
  agent = await runAgent(installation, await installation.enrolAgent('agent'))
}, 90_000)
afterAll(async () => {
  await agent.stop('SIGKILL')
  await browser.close()
  await installation.close()
}, 30_000)

describe('what devices trust', () => {
  it('is told when its end comes near: the authority’s 90 days before, the collector’s own 14 days before', async () => {
    const authority = await named('Authority')
    expect([authority.detail, authority.fix]).toEqual([expect.stringMatching(/^Authority ends at .* UTC\. After that the device cannot connect\.$/), expect.stringContaining('holdfast keys rotate authority')])
    expect((await faults()).filter(({ code }) => code === 'CERTIFICATE_ENDS')).toHaveLength(1)
    const [told] = await until('the notice', 20, async () => {
      const open = await notices()
      return open.length > 0 ? open : undefined
    })
    expect(told?.detail).toMatch(/^Authority ends at /)

    // The collector has run for more than a year and did not make its certificate anew.
    await writeFile(clock, String((SERVER_DAYS - 13) * DAY_MS))
    // Sessions of before have ended by then; one that was made a moment too early, too.
    await until('the collector to have the later time', 30, async () => {
      await installation.signIn().catch(() => undefined)
      return (await faults().catch((): readonly Fault[] => [])).some(({ values }) => values['what'] === 'Certificate of the collector') ? true : undefined
    })
    const own = await named('Certificate of the collector')
    expect(own.fix).toContain('restart it')
    const both = await until('both notices', 20, async () => {
      const open = await notices()
      return open.length === 2 ? open : undefined
    })
    expect(new Set(both.map(({ detail }) => detail.split(' ends ')[0]))).toEqual(new Set(['Authority', 'Certificate of the collector']))

    const context = await newContext(browser)
    await signInBrowser(context, installation)
    const page = await context.newPage()
    await page.goto(`${installation.url}/devices/${agent.deviceId}`)
    const rows = page.locator('[data-fault="CERTIFICATE_ENDS"]')
    await rows.nth(1).waitFor()
    for (const row of await rows.all()) expect(await row.innerText()).toMatch(/What to do: \S/)
    await settled(page)
    await picture(page, 'device-certificate-ends')
    expect(await axeViolations(page)).toEqual([])
    await context.close()
  }, 60_000)

  it('is well again as soon as the clock is', async () => {
    await writeFile(clock, '0')
    await until('the session to be there again', 20, async () => installation.signIn().then(() => true as const, () => undefined))
    const [left] = await until('one certificate alone', 20, async () => {
      const open = await notices()
      return open.length === 1 && (await faults()).filter(({ code }) => code === 'CERTIFICATE_ENDS').length === 1 ? open : undefined
    })
    expect(left?.detail).toMatch(/^Authority /)
  }, 60_000)
})

describe('a device of a network', () => {
  it('is moved to the group of the network that the broker sees it in, keeps its key, and is forgotten there when no rule asks any more', async () => {
    const rules = async (list: readonly object[]): Promise<void> => {
      const { revision } = await installation.client.get<{ revision: number }>('/api/v1/group-rules')
      await installation.client.send('PUT', '/api/v1/group-rules', { rules: list }, { 'if-match': `"${revision}"` })
    }
    const device = (): Promise<{ readonly group: string; readonly address?: string; readonly policy: { readonly state: string } }> => installation.client.get(`/api/v1/devices/${agent.deviceId}`)
    await rules([{ group: 'elsewhere', network: '192.0.2.0/24' }, { group: 'loopback', network: '127.0.0.0/8' }])
    const moved = await until('the move, proved by the policy of the group', 40, async () => {
      const now = await device()
      return now.group === 'loopback' && now.policy.state === 'current' ? now : undefined
    })
    expect(moved.address).toBe('127.0.0.1')
    await rules([])
    const left = await until('its address to be gone', 20, async () => {
      const now = await device()
      return now.address === undefined ? now : undefined
    })
    expect(left.group).toBe('loopback')
  }, 60_000)
})

describe('a device that was put out', () => {
  it('is revoked, in the API and in the console, with the way back', async () => {
    await installation.client.send('POST', `/api/v1/devices/${agent.deviceId}/revoke`)
    const revoked = await until('REVOKED', 20, async () => (await faults()).find(({ code }) => code === 'REVOKED'))
    expect(revoked.fix).toContain('new code')
    const context = await newContext(browser)
    await signInBrowser(context, installation)
    const page = await context.newPage()
    await page.goto(`${installation.url}/devices/${agent.deviceId}`)
    const row = page.locator('[data-fault="REVOKED"]')
    await row.waitFor()
    expect(await row.innerText()).toMatch(/What to do: Enrol it with a new code/)
    expect(await row.getByRole('link').getAttribute('href')).toBe('/devices?add=1')
    await context.close()
  }, 60_000)
})
