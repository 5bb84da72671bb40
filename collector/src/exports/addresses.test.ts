import { describe, expect, test } from 'vitest'
import { checkedAddress, classOf } from './addresses.ts'
import { ExportFailure } from './problem.ts'

describe('where exports may connect to', () => {
  test.each([
    ['169.254.169.254', 'never'], ['0.0.0.0', 'never'], ['224.0.0.1', 'never'], ['255.255.255.255', 'never'], ['::', 'never'], ['fe80::1', 'never'], ['ff02::1', 'never'], ['fd00:ec2::254', 'never'], ['::ffff:169.254.169.254', 'never'], ['::ffff:a9fe:a9fe', 'never'], ['64:ff9b::a9fe:a9fe', 'never'], ['2002:a9fe:a9fe::1', 'never'], ['not-an-address', 'never'],
    ['127.0.0.1', 'private'], ['127.255.255.254', 'private'], ['10.1.2.3', 'private'], ['172.31.0.1', 'private'], ['192.168.1.1', 'private'], ['100.64.0.1', 'private'], ['::1', 'private'], ['fc00::1', 'private'], ['fd12::1', 'private'], ['::ffff:127.0.0.1', 'private'], ['::127.0.0.1', 'private'], ['64:ff9b::7f00:1', 'private'],
    ['172.32.0.1', 'public'], ['8.8.8.8', 'public'], ['2606:4700::1', 'public'], ['::ffff:8.8.8.8', 'public'], ['169.253.0.1', 'public'],
  ] as const)('%s is %s', (address, cls) => {
    expect(classOf(address)).toBe(cls)
  })
  const kindOf = async (work: Promise<unknown>) => work.then(() => 'let through', (error: unknown) => (error instanceof ExportFailure ? error.problem.kind : 'another failure'))
  test('a name is refused when any of its addresses is, and what is connected to is what was looked at', async () => {
    const resolve = (...addresses: string[]) => async () => addresses
    expect(await checkedAddress('siem.example', false, resolve('8.8.8.8', '1.1.1.1'))).toBe('8.8.8.8')
    expect(await kindOf(checkedAddress('siem.example', false, resolve('8.8.8.8', '127.0.0.1')))).toBe('address')
    expect(await checkedAddress('siem.example', true, resolve('10.0.0.1'))).toBe('10.0.0.1')
    expect(await kindOf(checkedAddress('siem.example', true, resolve('10.0.0.1', '169.254.169.254')))).toBe('address')
    expect(await kindOf(checkedAddress('[::1]', false))).toBe('address')
    expect(await kindOf(checkedAddress('siem.example', true, resolve()))).toBe('dns')
  })
  test('a name that changes its mind between two looks leads nowhere else: each connection asks once', async () => {
    let asked = 0
    const resolve = async () => ((asked += 1) === 1 ? ['8.8.8.8'] : ['127.0.0.1'])
    expect(await checkedAddress('rebind.example', false, resolve)).toBe('8.8.8.8')
    expect(asked).toBe(1)
    expect(await kindOf(checkedAddress('rebind.example', false, resolve))).toBe('address')
  })
})
