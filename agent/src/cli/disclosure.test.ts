import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { activityKinds } from '@holdfast/proto'
import { describe, expect, it } from 'vitest'
import { discloseCollection, publishDisclosure } from './disclosure.ts'

const identity = { organisation: 'acme', collectorUrl: 'https://holdfast.acme.example:8443' }

describe('what the watched person is told', () => {
  it('names what the policy asks for, where, what is left out, and nothing else', () => {
    const { collected, ask, policyVersion, policyExpiresAt } = discloseCollection(
      { files: { enabled: true, roots: ['~', '/srv'], removableRoots: ['/media'], kinds: ['file_deleted', 'file_copied', 'file_unheard_of'], excludes: ['**/.git/**'] }, removableMedia: { enabled: false }, securityFeatures: { enabled: true, features: ['firewall.ufw'] } },
      identity, { version: 3, expiresAtMs: Date.UTC(2027, 0, 1) },
    )
    expect(collected.map(({ activities }) => activities.map(({ kind }) => kind))).toEqual([['file_copied', 'file_deleted'], ['security_feature_changed'], ['agent_started', 'agent_stopped', 'agent_degraded', 'agent_tampered', 'clock_changed', 'telemetry_gap']])
    expect(collected[0]).toMatchObject({ where: ['~ and below', '/srv and below', '/media (removable media)'], leftOut: ['**/.git/**'], activities: [{ summary: activityKinds.file_copied.summary }, { summary: activityKinds.file_deleted.summary }] })
    expect(collected[1]?.where).toEqual(['firewall.ufw'])
    expect([policyVersion, policyExpiresAt]).toEqual([3, '2027-01-01T00:00:00.000Z'])
    expect(ask).toContain('acme')
    expect(ask).toContain('holdfast.acme.example:8443')
  })

  it('is only the agent itself before the first policy', () => {
    expect(discloseCollection({}, identity, { version: 0 }).collected).toHaveLength(1)
  })

  it('can be read by every account of the device, in a folder that everybody may enter', async () => {
    const before = process.umask(0o077)
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-disclosure-'))
    try {
      const path = join(folder, 'public', 'what-is-collected.json')
      const disclosure = discloseCollection({}, identity, { version: 0 })
      await publishDisclosure(path, disclosure)
      expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(disclosure)
      expect((await stat(path)).mode & 0o777).toBe(0o644)
      expect((await stat(join(folder, 'public'))).mode & 0o777).toBe(0o755)
    } finally {
      process.umask(before)
      await rm(folder, { recursive: true })
    }
  })
})
