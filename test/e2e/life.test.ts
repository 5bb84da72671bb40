// One activity's whole way, on real input: a copy to a mounted volume, a security feature switched off, a package
// installed, seen by the real agent as root, to explained alerts of both templates that are announced live.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { track } from '../support/own-processes.ts'
import { repository } from '../support/processes.ts'

interface Life {
  readonly application: string
  readonly heard: readonly string[]
  readonly account: string
  readonly stick: string
  readonly unexplained: number
  readonly alerts: readonly { readonly id: string; readonly template: string; readonly severity: string; readonly score: number; readonly reasons: readonly { readonly points: number; readonly reason: string; readonly evidence: readonly string[] }[]; readonly activities: readonly { readonly id: string }[] }[]
  readonly activities: readonly {
    readonly kind: string; readonly summary: string; readonly account?: string; readonly process?: string; readonly file?: { readonly path: string; readonly location: string; readonly sha256?: string }; readonly source?: { readonly path: string }
    readonly feature?: { readonly id: string; readonly from: string; readonly to: string }; readonly application?: { readonly name: string }; readonly media?: { readonly fileSystem?: string; readonly bus?: string }
  }[]
}

describe.runIf(process.platform === 'linux' && process.getuid?.() === 0)('the life of an activity, as root', () => {
  let life: Life
  beforeAll(async () => {
    // A mount namespace of its own: overlays, the stick and the package end with it.
    const child = track(spawn('unshare', ['-m', '--propagation', 'private', '--', process.execPath, join(repository, 'test/support/life-run.ts')], { cwd: repository, stdio: ['ignore', 'pipe', 'pipe'] }))
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    const [code] = (await once(child, 'close')) as [number | null]
    if (code !== 0) throw new Error(`ended with ${code}: ${err.slice(-5000)}`)
    life = JSON.parse(out.trim().split('\n').at(-1) ?? '') as Life
  }, 170_000)

  it('sees every copy to the mounted volume, with its source, its content and who did it', () => {
    const copies = life.activities.filter((row) => row.kind === 'file_copied' && row.file?.location === 'removable')
    expect(new Set(copies.map((row) => row.file?.path)).size).toBe(16)
    for (const copy of copies) {
      // Names of persons are hidden in paths too.
      expect(copy.file?.path).toMatch(/\/media\/ANON-\w+\/STICK\/design-\d{3}\.txt$/)
      expect(copy.account).toMatch(/^ANON-/)
      expect(copy.source?.path).toMatch(/project-atlas\/design-\d{3}\.txt$/)
      expect(copy.file?.sha256).toMatch(/^[0-9a-f]{64}$/)
      expect(copy.process).toBe('cp')
    }
  })

  it('sees the volume come and go', () => {
    expect(life.activities.map((row) => row.kind)).toEqual(expect.arrayContaining(['removable_media_mounted', 'removable_media_unmounted']))
    expect(life.activities.find((row) => row.kind === 'removable_media_mounted')?.media).toMatchObject({ fileSystem: 'ext4', bus: 'loop' })
  })

  it('sees the firewall go from enabled to disabled, and the package', () => {
    expect(life.activities.filter((row) => row.kind === 'security_feature_changed').map((row) => row.feature)).toContainEqual(expect.objectContaining({ id: 'firewall.ufw', from: 'enabled', to: 'disabled' }))
    expect(life.activities.filter((row) => row.kind === 'application_installed').map((row) => row.application?.name)).toEqual([life.application])
  })

  it('raises alerts of both templates whose reasons add up and whose evidence is there', () => {
    expect(new Set(life.alerts.map((alert) => alert.template))).toEqual(new Set(['data_leaks', 'security_policy_violations']))
    for (const alert of life.alerts) {
      expect(alert.reasons.reduce((sum, reason) => sum + reason.points, 0)).toBe(alert.score)
      const known = new Set(alert.activities.map((activity) => activity.id))
      for (const reason of alert.reasons) for (const id of reason.evidence) expect(known).toContain(id)
    }
  })

  it('announces each of them over the WebSocket, and explains every number', () => {
    for (const alert of life.alerts) expect(life.heard).toContain(`alert.created ${alert.id}`)
    expect(life.unexplained).toBe(0)
  })
})
