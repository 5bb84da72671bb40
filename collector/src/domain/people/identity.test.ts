import { describe, expect, test } from 'vitest'
import { pseudonymOf, resolveAccount } from './identity.ts'

const who = (account: string, accountId: string, domain = '', device = 'd_1') => resolveAccount({ account, accountId, domain }, device)

describe('one person', () => {
  test('is the same on every device, in every letter case and normal form', () => {
    expect(who('Alice', '1000').identity).toEqual(who('ALICE', '1001', '', 'd_2').identity)
    expect(who('Jürgen', '1000').identity).toEqual(who('Ju\u0308rgen', '1000').identity)
  })
  test('of a directory is told from a local account of the same name', () => {
    expect(who('alice', '', 'CORP').identity).toEqual({ kind: 'account', value: 'corp\\alice' })
    expect(who('alice', '', 'CORP').displayName).toBe('CORP\\alice')
  })
})

describe('what is no person', () => {
  test.each([['root', '0'], ['daemon', '1'], ['nobody', '65534'], ['SYSTEM', 'S-1-5-18']])('%s belongs to its device', (account, id) => {
    expect(who(account, id)).toMatchObject({ kind: 'system', identity: { kind: 'device_account', value: `${account.toLowerCase()}@d_1` } })
    expect(who(account, id).identity).not.toEqual(who(account, id, '', 'd_2').identity)
  })
  test('activity of nobody belongs to its device', () => {
    expect(who('', '')).toMatchObject({ kind: 'system', identity: { value: 'unattributed@d_1' } })
  })
  test('a number without a name is a person of that number', () => {
    expect(who('', '1007')).toMatchObject({ kind: 'person', displayName: 'uid-1007' })
  })
})

test('a pseudonym has seven letters out of the random bytes, and none that is easily misread', () => {
  expect(pseudonymOf(Uint8Array.from([0, 31, 32, 255, 10, 17, 18]))).toMatch(/^ANON-[0-9A-HJKMNP-TV-Z]{7}$/)
})
