import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { UnitView } from '../http/contract.ts'
import { type Ended, runHoldfast } from '../testing/command-line.ts'
import { readRule } from './devices.ts'
import { readWindow } from './rollouts.ts'

describe('a maintenance window on the command line', () => {
  test.each([
    ['mon-fri 22:00-05:00 Europe/Berlin', { days: [1, 2, 3, 4, 5], from: '22:00', to: '05:00', zone: 'Europe/Berlin' }], ['sat,sun 00:00-00:00 UTC', { days: [0, 6], from: '00:00', to: '00:00', zone: 'UTC' }],
    ['fri-mon,WED 01:00-02:00 Asia/Tokyo', { days: [0, 1, 3, 5, 6], from: '01:00', to: '02:00', zone: 'Asia/Tokyo' }],
  ])('%s is read', (text, window) => expect(readWindow(text)).toEqual(window))
  test.each(['', 'mon', 'mon 22-05 UTC', 'mon 22:00-05:00', 'someday 22:00-05:00 UTC', 'mon- 22:00-05:00 UTC'])('"%s" is refused', (text) => expect(() => readWindow(text)).toThrow(/mon-fri 22:00-05:00/))
  test('a rule on groups may ask for a network', () => expect(readRule('group=berlin,network=2001:db8::/32')).toEqual({ group: 'berlin', network: '2001:db8::/32' }))
})

describe('holdfast unit, and holdfast rollout plan', { timeout: 60_000 }, () => {
  let folder: string
  const holdfast = (...args: readonly string[]): Promise<Ended> => runHoldfast(folder, [...args, '--dir', join(folder, 'data')])
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-units-'))
    const { code, stderr } = await holdfast('init')
    if (code !== 0) throw new Error(stderr)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  test('units are made under others, changed in part, moved and deleted', async () => {
    expect(await holdfast('unit', 'create', 'Europe')).toMatchObject({ code: 0 })
    expect(await holdfast('unit', 'create', 'Germany', '--under', 'Europe', '--country', 'de', '--group', 'de')).toMatchObject({ code: 0, stderr: expect.stringContaining('Europe / Germany is un_') as string })
    expect(await holdfast('unit', 'create', 'Sales', '--under', 'Germany', '--department', 'sales', '--country', 'fr')).toMatchObject({ code: 2, stderr: expect.stringContaining('the unit above does not have: fr') as string })
    await holdfast('unit', 'create', 'Sales', '--under', 'Germany', '--department', 'Sales', '--country', 'de')
    expect((await holdfast('unit', 'list')).stdout).toMatch(/ {4}Sales +sales +de +de /)
    const changed = JSON.parse((await holdfast('unit', 'set', 'Sales', '--inherit', 'countries', '--name', 'Field sales', '--json')).stdout) as UnitView
    expect(changed).toMatchObject({ name: 'Field sales', departments: ['sales'], inherits: { countries: ['de'], groups: ['de'] } })
    expect(changed.countries).toBeUndefined()
    expect(await holdfast('unit', 'delete', 'Germany')).toMatchObject({ code: 5, stderr: expect.stringContaining('UNIT_HAS_UNITS') as string })
    await holdfast('unit', 'set', 'Field sales', '--top', '--country', 'de')
    expect(await holdfast('unit', 'delete', 'Germany')).toMatchObject({ code: 0 })
    expect((await holdfast('unit', 'list')).stdout).not.toContain('Germany')
  })

  test('a plan is shown, changed in part and taken away', async () => {
    expect((await holdfast('rollout', 'plan', 'show')).stdout).toContain('at once')
    expect((await holdfast('rollout', 'plan', 'set', 'default', '--rings', '5,100', '--window', 'mon-fri 22:00-05:00 Europe/Berlin', '--soak', '1h')).stdout).toContain('only mon,tue,wed,thu,fri 22:00-05:00 Europe/Berlin')
    const { plan, revision } = JSON.parse((await holdfast('rollout', 'plan', 'set', 'default', '--on-halt', 'roll-back', '--json')).stdout) as { plan: object; revision: number }
    expect([plan, revision]).toEqual([expect.objectContaining({ ringPercents: [5, 100], soakSecs: 3600, onHalt: 'roll_back', windows: [{ days: [1, 2, 3, 4, 5], from: '22:00', to: '05:00', zone: 'Europe/Berlin' }] }), 2])
    expect(await holdfast('rollout', 'plan', 'set', 'default', '--rings', '50,10')).toMatchObject({ code: 2, stderr: expect.stringContaining('must end with 100') as string })
    expect((await holdfast('rollout', 'plan', 'set', 'default', '--at-once')).stdout).toContain('at once')
  })
})
