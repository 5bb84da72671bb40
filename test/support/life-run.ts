// One life of an activity, as root in a mount namespace of its own: run by test/e2e/life.test.ts under unshare.
//
// A person copies documents to a mounted stick, a firewall is switched off in the overlay of /etc, a package built here is
// installed by dpkg in the overlay of /var; the real agent sees it, and what the API and the WebSocket say is printed as JSON.
import { mkdir, writeFile } from 'node:fs/promises'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { buildStage } from '../../scripts/demo-run/stage.ts'
import { install } from './collector.ts'
import { until } from './processes.ts'
import { applyPolicies, runAgent, watch } from './real-agent.ts'

const run = promisify(execFile)
const DOCUMENTS = 16

interface AlertRow {
  readonly id: string
  readonly template: string
  readonly score: number
}

const installation = await install()
try {
  const folder = join(installation.folder, 'stage')
  await mkdir(folder)
  await run('chmod', ['711', installation.folder])
  const stage = await buildStage(folder, true, DOCUMENTS, () => {}, { offline: true })
  // A firewall's settings as ufw leaves them when it is on; the overlay keeps them from the host.
  await mkdir('/etc/ufw', { recursive: true })
  await writeFile('/etc/ufw/ufw.conf', '# Set to yes to start on boot.\nENABLED=yes\nLOGLEVEL=low\n')
  await applyPolicies(installation)
  await watch(installation, { roots: [stage.home], removableRoots: [stage.removableRoot] })
  const agent = await runAgent(installation, await installation.enrolAgent('agent'))
  const heard: string[] = []
  const closeLive = await installation.client.live((message) => heard.push(`${message.topic} ${message.alertId ?? message.deviceId ?? ''}`))
  // Baselines are taken before anything changes.
  await sleep(2000)

  await stage.mountStick()
  await sleep(500)
  const documents = Array.from({ length: DOCUMENTS }, (_, index) => join(stage.home, 'Documents/project-atlas', `design-${String(index).padStart(3, '0')}.txt`))
  await stage.asPerson('/bin/cp', ...documents, stage.stick)
  await writeFile('/etc/ufw/ufw.conf', '# Set to yes to start on boot.\nENABLED=no\nLOGLEVEL=low\n')
  const application = await stage.installApplication()

  const alerts = await until('alerts of both templates', 40, async () => {
    const { items } = await installation.client.get<{ items: AlertRow[] }>('/api/v1/alerts')
    return ['data_leaks', 'security_policy_violations'].every((template) => items.some((row) => row.template === template)) ? items : undefined
  })
  const kinds = async () => (await installation.client.get<{ items: { kind: string; summary: string; account?: string; process?: string; file?: { path: string; location: string; sha256?: string }; source?: { path: string }; feature?: { id: string; from: string; to: string }; application?: { name: string }; media?: object }[] }>('/api/v1/activities?limit=500')).items
  await until('the package to be seen', 40, async () => ((await kinds()).some((row) => row.application?.name === application) ? true : undefined))
  await stage.unmountStick()
  await until('the unmount to be seen', 20, async () => ((await kinds()).some((row) => row.kind === 'removable_media_unmounted') ? true : undefined))
  await until('the spool to be empty', 20, async () => {
    const { spool } = await agent.device()
    return spool !== undefined && spool.lastSeq === spool.ackedSeq ? true : undefined
  })
  const device = await agent.device()
  const result = {
    application, heard, account: stage.account, stick: stage.stick, unexplained: device.unexplained, tiers: device.tiers,
    alerts: await Promise.all(alerts.map((row) => installation.client.get(`/api/v1/alerts/${row.id}`))), activities: await kinds(),
  }
  closeLive()
  await agent.stop()
  process.stdout.write(`${JSON.stringify(result)}\n`)
} finally {
  await run('umount', ['-R', '--lazy', join(installation.folder, 'stage', 'media')]).catch(() => {})
  await installation.close()
}
process.exit(0)
