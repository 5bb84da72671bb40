import { describe, expect, it } from 'vitest'
import { deviceUserJwt, PERMISSION_SET, permissionTag } from './claims.ts'
import { createKey } from './nkeys.ts'

/** What each version of the permission set allows. A change of permissions needs a new row, and with it a new version. */
const SETS: Readonly<Record<number, unknown>> = {
  2: {
    type: 'user', version: 2, subs: 16, data: -1, payload: 1_048_576,
    pub: { allow: ['hf.v1.activity.d', 'hf.v1.heartbeat.d', 'hf.v1.sync.d', 'hf.v1.evidence.d'] }, sub: { allow: ['hf.v1.down.d', 'hf.v1.policy.g', 'hf.v1.inbox.d.>'] },
  },
  3: {
    type: 'user', version: 2, subs: 16, data: -1, payload: 1_048_576,
    pub: { allow: ['hf.v1.activity.d', 'hf.v1.heartbeat.d', 'hf.v1.sync.d', 'hf.v1.evidence.d', 'hf.v1.answer.d'] }, sub: { allow: ['hf.v1.down.d', 'hf.v1.policy.g', 'hf.v1.inbox.d.>'] },
  },
  4: {
    type: 'user', version: 2, subs: 16, data: -1, payload: 1_048_576,
    pub: { allow: ['hf.v1.activity.d', 'hf.v1.heartbeat.d', 'hf.v1.sync.d', 'hf.v1.evidence.d', 'hf.v1.answer.d', 'hf.v1.package.d'] }, sub: { allow: ['hf.v1.down.d', 'hf.v1.policy.g', 'hf.v1.inbox.d.>'] },
  },
}

describe('the permissions of a device', () => {
  const jwt = deviceUserJwt(createKey('account'), { id: 'd', group: 'g', publicKey: createKey('user').publicKey }, 1)
  const { nats: { tags, ...allowed } } = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) as { readonly nats: { readonly tags: readonly string[] } & Readonly<Record<string, unknown>> }

  it('carry the number of their version', () => {
    expect(tags).toEqual([permissionTag(PERMISSION_SET)])
  })

  it('do not change without their version, so that devices of before hear of it', () => {
    expect(allowed).toEqual(SETS[PERMISSION_SET])
  })
})
