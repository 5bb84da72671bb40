import { ACTIVITY_KINDS } from '@holdfast/proto'
import { describe, expect, test } from 'vitest'
import { decodeActivity } from '../domain/wire/decode.ts'
import { buildUser, encodeActivity, EPOCH } from '../testing/builders.ts'
import { presentActivity } from './activities/present.ts'
import { maskNames, presentUserRef } from './names.ts'

const ROOT_HOME = '/root'

const user = buildUser({ displayName: 'CORP\\Alice', identities: [{ kind: 'account', value: 'corp\\alice' }] })

describe('names in what leaves the server', () => {
  test.each([
    ['/home/alice/x.txt', '/home/ANON-AAAAAA1/x.txt'], ['C:\\Users\\ALICE\\x.txt', 'C:\\Users\\ANON-AAAAAA1\\x.txt'], ['/media/alice', '/media/ANON-AAAAAA1'], ['/home/alicewonder/x', '/home/ANON/x'], ['/srv/alicewonder/x', '/srv/alicewonder/x'], ['alice', 'ANON-AAAAAA1'], ['CORP\\alice', 'CORP\\ANON-AAAAAA1'], ['', ''],
  ])('%s becomes %s', (text, masked) => {
    expect(maskNames(text, user)).toBe(masked)
  })
  test.each([
    ['/home/alice/x', '/home/ANON/x'], ['/media/alice/STICK', '/media/ANON/STICK'], ['/media/STICK', '/media/STICK'], ['/run/media/alice/STICK', '/run/media/ANON/STICK'], ['D:\\Users\\alice\\x', 'D:\\Users\\ANON\\x'], [`${ROOT_HOME}/x`, `${ROOT_HOME}/x`], ['/etc/ssh/sshd_config', '/etc/ssh/sshd_config'],
  ])('where a service or nobody known acted, %s becomes %s', (text, masked) => {
    expect(maskNames(text, undefined)).toBe(masked)
    expect(maskNames(text, buildUser({ kind: 'system', displayName: 'root' }))).toBe(masked)
  })
  test('nobody known has a pseudonym that says so', () => {
    expect(presentUserRef(undefined, 'u_9')).toEqual({ id: 'u_9', pseudonym: 'ANON' })
  })
  test('no kind of activity shows the account, wherever it stands in its paths', () => {
    const file = { path: '/home/alice/a', location: 1 }
    const media = { mountPoint: '/media/alice/STICK' }
    for (const kind of ACTIVITY_KINDS) {
      for (const detail of [{ destination: file, source: file, media }, { file, oldPath: '/home/alice/b' }, { path: '/home/alice/a' }, { media }, { archive: file }, { application: { name: 'x', path: '/home/alice/bin/x' } }, { folder: '/home/alice' }, {}]) {
        const view = presentActivity({ ...decodeActivity(encodeActivity({ kind, detail }), `d_1.${EPOCH}.1`, 'd_1'), userId: 'u_1' }, buildUser(), 'lt-1')
        expect([kind, /alice/i.test(JSON.stringify(view))]).toEqual([kind, false])
        expect(view.summary).toMatch(/\.$/)
      }
    }
  })
})
