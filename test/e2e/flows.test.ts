// Files that leave and come by a browser and by a command, seen by the real agent and read from the collector. Root only.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { install, type Installation } from '../support/collector.ts'
import { until } from '../support/processes.ts'
import { applyPolicies, type RealAgent, runAgent, watch } from '../support/real-agent.ts'

interface Told {
  readonly kind: string
  readonly summary: string
  readonly process?: string
  readonly file?: { readonly path: string }
}

describe.skipIf(process.geteuid?.() !== 0)('flows by a browser and by a command', () => {
  let folder: string
  let site: Server
  let installation: Installation
  let agent: RealAgent
  beforeAll(async () => {
    site = createServer((request, response) => {
      request.resume()
      if (request.url === '/report.csv') response.end('a,b\n1,2\n')
      else response.setHeader('content-type', 'text/html').end('<input type="file" id="pick"><output id="done"></output><script>pick.onchange = async () => { await fetch("/in", { method: "POST", body: pick.files[0] }); done.textContent = "sent" }</script>')
    })
    await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening))
    installation = await install()
    folder = join(installation.folder, 'watched')
    await mkdir(join(folder, 'docs'), { recursive: true })
    await applyPolicies(installation)
    await watch(installation, { roots: [join(folder, 'docs')] })
    agent = await runAgent(installation, await installation.enrolAgent('agent'))
  }, 120_000)
  afterAll(async () => {
    await agent.stop()
    await installation.close()
    await new Promise((closed) => site.close(closed))
  }, 60_000)

  const address = (path: string): string => `http://127.0.0.1:${(site.address() as AddressInfo).port}${path}`
  const told = async (kind: string, name: string): Promise<Told> => until(`${kind} of ${name}`, 30, async () => {
    const { items } = await installation.client.get<{ items: Told[] }>(`/api/v1/activities?kind=${kind}&limit=100`)
    return items.find(({ file }) => file?.path.endsWith(`/${name}`) === true)
  })

  test('an upload by a browser is possible, a transfer by curl has its host, a download its origin', { timeout: 90_000 }, async () => {
    await until('the sensors to see everything', 30, async () => (await agent.device()).sensors.filter(({ name, tier }) => (name === 'processes' || name === 'printing') && tier === 'full').length === 2 || undefined)
    const plan = join(folder, 'docs/plan.txt')
    await writeFile(plan, 'the plan\n')
    const browser = await startBrowser()
    try {
      const page = await browser.newPage()
      await page.goto(address('/'))
      await page.locator('#pick').setInputFiles(plan)
      await page.locator('#done', { hasText: 'sent' }).waitFor()
      expect((await told('file_read_by_transfer_tool', 'plan.txt')).summary).toMatch(/plan\.txt \(9 bytes\) was read by chrom\w+, which may have sent it/)
    } finally {
      await browser.close()
    }
    if (!existsSync('/usr/bin/curl')) return
    const list = join(folder, 'docs/list.txt')
    await writeFile(list, 'the list\n')
    // Below a shell: what the agent starts itself does not count, and neither do its own children.
    await promisify(execFile)('/bin/sh', ['-c', `curl -s -T ${list} ${address('/in')}; curl -s --xattr -o ${join(folder, 'docs/report.csv')} '${address('/report.csv')}'`])
    expect((await told('file_read_by_transfer_tool', 'list.txt')).summary).toContain(`was read by curl, for ${new URL(address('/')).host}`)
    expect((await told('file_downloaded', 'report.csv')).summary).toContain('was downloaded from 127.0.0.1')
  })
})
