// What an earlier release left behind, met by the processes of today: a device's credential without the newer permissions, and
// secrets in the clear in the database.
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readCredential } from '@holdfast/agent/identity/credential.ts'
import { loadIdentity } from '@holdfast/agent/identity/identity-file.ts'
import { PERMISSION_SET } from '@holdfast/collector/bus/claims.ts'
import { readKeyring } from '@holdfast/collector/bus/keyring.ts'
import { signClaim } from '@holdfast/collector/bus/nkeys.ts'
import { connect } from '@holdfast/collector/store/sqlite/connection.ts'
import { activitySubject, downSubject, evidenceSubject, heartbeatSubject, inboxPrefix, policySubject, syncSubject } from '@holdfast/proto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { install, type Installation } from '../support/collector.ts'
import { connectAsDevice } from '../support/device-connection.ts'
import { until } from '../support/processes.ts'
import { applyPolicies, runAgent, watch } from '../support/real-agent.ts'

let installation: Installation
beforeAll(async () => {
  installation = await install()
})
afterAll(() => installation.close())

/** Whether the broker takes a message of this device on a subject: it says a refusal before it answers the next one. */
async function mayPublish(dir: string, device: string, subject: string): Promise<boolean> {
  const connection = await connectAsDevice(await loadIdentity(dir))
  const refused: string[] = []
  const listen = async (): Promise<void> => {
    for await (const status of connection.status()) if (status.permissionContext !== undefined) refused.push(status.permissionContext.subject)
  }
  void listen()
  const nobodys = downSubject(device)
  for (const each of [subject, nobodys]) connection.publish(each, Uint8Array.of(1))
  await until('the refusal of a subject that no device may use', 20, async () => (refused.includes(nobodys) ? true : undefined))
  await connection.close()
  return !refused.includes(subject)
}

describe('an upgrade', () => {
  it('gives the running agent of an earlier release the permissions of today, without enrolling it again', async () => {
    const watched = join(installation.folder, 'watched')
    await mkdir(watched, { recursive: true })
    await applyPolicies(installation)
    await watch(installation, { roots: [watched] })
    const dir = await installation.enrolAgent('agent')
    const path = join(dir, 'identity.json')
    const { deviceId: device, publicKey, group } = await loadIdentity(dir)
    const old = signClaim({
      issuer: readKeyring(join(installation.dir, 'keys')).account, subject: publicKey, name: device, issuedAt: Math.floor(Date.now() / 1000) - 86_400,
      nats: { type: 'user', subs: 16, data: -1, payload: 1024 * 1024, pub: { allow: [activitySubject(device), heartbeatSubject(device), syncSubject(device)] }, sub: { allow: [downSubject(device), policySubject(group), `${inboxPrefix(device)}.>`] } },
    })
    const enrolled = JSON.parse(await readFile(path, 'utf8')) as Readonly<Record<string, unknown>>
    await writeFile(path, JSON.stringify({ ...enrolled, jwt: old }))
    expect(await mayPublish(dir, device, evidenceSubject(device))).toBe(false)

    const agent = await runAgent(installation, dir)
    try {
      const renewed = await until('the renewed credential', 30, async () => {
        const { jwt } = await loadIdentity(dir)
        return jwt === old ? undefined : jwt
      })
      expect(readCredential(renewed)).toMatchObject({ publicKey, deviceId: device, permissionSet: PERMISSION_SET })
      expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ ...enrolled, jwt: renewed })
      expect((await stat(path)).mode & 0o777).toBe(0o600)
      const renewedAtMs = Date.now()
      await until('a heartbeat over the new connection', 30, async () => (Date.parse((await agent.device()).lastSeenAt ?? '') > renewedAtMs ? true : undefined))
      expect(await mayPublish(dir, device, evidenceSubject(device))).toBe(true)
      expect((await installation.client.get<{ items: readonly { id: string }[] }>('/api/v1/devices')).items.map(({ id }) => id)).toEqual([device])
    } finally {
      await agent.stop()
    }
  })

  it('seals the mail password that was kept in the clear, and leaves no copy of it in the files of the database', async () => {
    const files = async (): Promise<string> => (await Promise.all(['holdfast.db', 'holdfast.db-wal'].map((name) => readFile(join(installation.dir, name), 'latin1').catch(() => '')))).join('')
    await installation.stop()
    const db = await connect(join(installation.dir, 'holdfast.db'), { readOnly: false })
    await db.run('INSERT INTO setting (key, value) VALUES (?, ?)', 'mail', JSON.stringify({ value: { host: 'mail.example.com', port: 587, security: 'starttls', user: 'hf', password: 'kept-in-the-clear', from: 'security@example.com' }, revision: 3 }))
    await db.close()
    expect(await files()).toContain('kept-in-the-clear')
    await installation.start()
    expect(await installation.client.get('/api/v1/settings/mail')).toMatchObject({ isSetUp: true, hasPassword: true, user: 'hf' })
    await installation.stop()
    expect(await files()).not.toContain('kept-in-the-clear')
    await installation.start()
  })
})
