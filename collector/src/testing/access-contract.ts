// What every backend promises of units, of sessions of an account, and of people who are kept out of sight.
import { beforeEach, describe, expect, test } from 'vitest'
import { isVisible } from '../access/visibility.ts'
import { countInsights, mergeInsights } from '../domain/risk/count.ts'
import type { PersonFilter, Store } from '../store/store.ts'
import { buildAccount, buildAlert, buildRun, buildTrigger, buildUser, MONDAY_MS } from './builders.ts'

const people = [
  { id: 'u_sales_de', department: 'Sales', country: 'DE' }, { id: 'u_sales_fr', department: 'Sales', country: 'FR' }, { id: 'u_lab_de', department: 'Lab', country: 'DE' }, { id: 'u_nowhere' },
] as const

const filters: readonly [string, PersonFilter][] = [
  ['a department', { places: [{ departments: ['Sales'] }] }], ['a country', { places: [{ countries: ['DE'] }] }], ['a department of a country', { places: [{ departments: ['Sales'], countries: ['DE'] }] }],
  ['two places', { places: [{ departments: ['Lab'] }, { countries: ['FR'] }] }], ['no place', { places: [] }], ['a place without limits', { places: [{}] }], ['a place whose lists are empty', { places: [{ departments: [] }] }],
  ['somebody hidden', { hidden: ['u_lab_de'] }], ['somebody hidden in a place', { places: [{ countries: ['DE'] }], hidden: ['u_lab_de', 'u_nowhere'] }], ['nothing', {}],
]

export function describeAccessStore(current: () => Store): void {
  describe('who is out of sight', () => {
    let store: Store
    beforeEach(async () => {
      store = current()
      await store.write(async (tx) => {
        for (const [index, person] of people.entries()) {
          await tx.saveUser(buildUser({ ...person, pseudonym: `ANON-${index}`, identities: [{ kind: 'account', value: person.id }] }))
          await tx.saveAlert(buildAlert({ id: `al_${person.id}`, userId: person.id }))
          await tx.saveRiskLevel({ userId: person.id, level: 'minor', reason: 'r', alertIds: [], sinceMs: MONDAY_MS, expiresAtMs: MONDAY_MS, updatedAtMs: MONDAY_MS })
        }
        await tx.saveTriggers(people.map(({ id }) => buildTrigger({ id: `t_${id}`, userId: id })))
        await tx.ingest(people.map(({ id }, index) => buildRun(index + 1, 1, { userId: id })), countInsights, mergeInsights)
      })
    })
    test.each(filters)('%s: every list holds exactly whom the filter lets through', async (_name, visible) => {
      const wanted = people.filter((person) => isVisible(visible, person)).map(({ id }) => id as string).toSorted()
      const ours = (ids: readonly string[]) => ids.filter((id) => people.some((person) => person.id === id)).toSorted()
      expect(ours((await store.users({ limit: 50, visible })).items.map(({ id }) => id))).toEqual(wanted)
      expect(ours((await store.alerts({ limit: 50, sort: 'score', descending: true, visible })).items.map(({ userId }) => userId))).toEqual(wanted)
      expect(ours((await store.activities({ limit: 50, visible })).items.map(({ userId }) => userId))).toEqual(wanted)
      expect(ours((await store.riskLevels({ limit: 50, visible, levels: ['minor'] })).items.map(({ userId }) => userId))).toEqual(wanted)
      expect(ours((await store.triggers({ limit: 50, visible })).items.map(({ userId }) => userId))).toEqual(wanted)
      expect((await store.alertStatistics(MONDAY_MS, visible)).counts.reduce((sum, row) => sum + row.count, 0)).toBe(wanted.length)
      expect((await store.alerts({ limit: 1, sort: 'score', descending: true, visible })).total ?? 0).toBe(wanted.length)
    })
    test('pages of a filtered list hold everybody once', async () => {
      const visible: PersonFilter = { places: [{ countries: ['DE', 'FR'] }] }
      const seen: string[] = []
      for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
        const page = await store.riskLevels({ limit: 1, visible, ...(cursor === undefined ? {} : { cursor }) })
        seen.push(...page.items.map(({ userId }) => userId))
        cursor = page.nextCursor
      }
      expect(seen.toSorted()).toEqual(['u_lab_de', 'u_sales_de', 'u_sales_fr'])
    })
    test('the spellings of places are told', async () => {
      await store.write((tx) => tx.saveUser(buildUser({ id: 'u_x', pseudonym: 'ANON-X', department: 'SALES', identities: [] })))
      expect(await store.personPlaces()).toEqual({ departments: ['Lab', 'SALES', 'Sales'], countries: ['DE', 'FR'] })
    })
    test('units are kept, changed and forgotten', async () => {
      await store.write((tx) => tx.saveUnit({ id: 'un_1', name: 'North', countries: ['de'] }))
      await store.write((tx) => tx.saveUnit({ id: 'un_1', name: 'South', departments: ['lab'] }))
      expect(await store.units()).toEqual([{ id: 'un_1', name: 'South', departments: ['lab'] }])
      await store.write((tx) => tx.deleteUnit('un_1'))
      expect(await store.units()).toEqual([])
    })
    test('an account keeps everything that it is given, is found by who the provider says it is, and goes with its sessions', async () => {
      const account = buildAccount({ id: 'a_sso', name: 'sso', units: ['un_1'], email: 'a@example.com', sso: { issuer: 'https://idp', subject: '42' }, totp: { secret: 's', lastStep: 7, enrolledAtMs: 1 }, recoveryCodes: ['h'], preferences: { timeZone: 'Europe/Berlin', language: 'de' } })
      const session = { tokenHash: 'h', accountId: 'a_sso', createdAtMs: 1, lastSeenAtMs: 2, expiresAtMs: 3, address: '::1', userAgent: 'x', method: 'oidc', secondFactor: true, oidc: { issuer: 'https://idp', subject: '42', idToken: 't' } } as const
      await store.write(async (tx) => {
        await tx.saveAccount(account)
        await tx.saveSession(session)
      })
      expect(await store.accountBySso('https://idp', '42')).toEqual(account)
      expect(await store.accountBySso('https://other', '42')).toBeUndefined()
      expect(await store.sessionsOf('a_sso')).toEqual([session])
      await store.write((tx) => tx.deleteAccount('a_sso'))
      expect([await store.account('a_sso'), await store.session('h'), await store.sessionsOf('a_sso')]).toEqual([undefined, undefined, []])
    })
  })
}
