import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CodedError } from '../errors.ts'
import { buildUser, MONDAY_MS } from '../testing/builders.ts'
import { everything, openTestImports, type TestImports } from '../testing/connector-imports.ts'
import { connectorHealth } from './health.ts'
import { ImportRefused } from './imports.ts'
import { CONNECTOR_IDS } from './registry.ts'

const RESIGNATIONS = 'EmailAddress,ResignationDate,LastWorkingDate\r\nmara@example.com,2026-02-02T09:00:00.1234567+01:00,2026-03-31\r\nnils@example.com,2026-02-03T10:00:00Z,2026-04-30T00:00:00\r\n'

let at: TestImports
beforeEach(async () => {
  at = await openTestImports()
})
afterEach(() => at.close())

const refusal = async (work: Promise<unknown>): Promise<ImportRefused> => {
  const error: unknown = await work.then(() => undefined, (thrown: unknown) => thrown)
  if (!(error instanceof ImportRefused)) throw new Error(`was not refused: ${String(error)}`)
  return error
}
const codeOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'nothing', (error: unknown) => (error instanceof CodedError ? error.code : String(error)))
const people = async (count: number): Promise<void> => {
  const rows = Array.from({ length: count }, (_, index) => `p${index},p${index}@example.com`)
  await at.run('directory', `account,email\n${rows.join('\n')}\n`)
}
const triggers = async () => (await at.store.triggers({ limit: 500 })).items

describe('the same again', () => {
  test('a file that comes twice changes nothing the second time', async () => {
    const first = await at.run('hr', RESIGNATIONS)
    expect(first.totals).toMatchObject({ rows: 2, usersCreated: 2, triggers: 4, repeats: 0, leavers: 2 })
    const before = await everything(at.store)
    const again = await at.run('hr', RESIGNATIONS)
    expect(again.totals).toMatchObject({ rows: 2, usersCreated: 0, usersChanged: 0, triggers: 0, repeats: 4, leavers: 0 })
    expect(await everything(at.store)).toEqual(before)
  })
  test('a row that stands twice in one file is one fact', async () => {
    const row = '[{"UserId":"mara@example.com","AssetId":"d1","EventTime":"2026-03-02T08:00:00Z","AccessStatus":"Failed"}'
    const report = await at.run('badging', `${row},${row.slice(1)}]`)
    expect(report.totals).toMatchObject({ rows: 2, activities: 1, repeats: 1 })
  })
  test('a last working day that is moved replaces the one before', async () => {
    await at.run('hr', RESIGNATIONS)
    await at.run('hr', RESIGNATIONS.replace('2026-03-31', '2026-05-31'))
    const days = (await triggers()).filter((trigger) => trigger.kind === 'hr_last_working_day').map((trigger) => new Date(trigger.atMs).toISOString().slice(0, 10))
    expect(days.toSorted()).toEqual(['2026-04-30', '2026-05-31'])
    expect((await at.store.userByIdentity({ kind: 'email', value: 'mara@example.com' }))?.lastWorkingDayMs).toBe(Date.parse('2026-05-31'))
  })
})

describe('a file in another encoding', () => {
  test('is refused by the line on which it stops to be text', async () => {
    const bytes = Buffer.from('EmailAddress,ResignationDate,LastWorkingDate\nmara@example.com,2026-02-02,2026-03-31\nJ?rg@example.com,2026-02-02,2026-03-31\n')
    bytes[bytes.indexOf('?')] = 0xf6
    expect((await refusal(at.run('hr', bytes))).problems).toMatchObject([{ line: 3, problem: expect.stringContaining('UTF-8') }])
  })
})

describe('nothing is half imported', () => {
  test.each([
    ['hr', 'EmailAddress,ResignationDate,LastWorkingDate\nmara@example.com,2026-02-02,2026-03-31\nnils@example.com,soon,2026-03-31\n', 3, 'ResignationDate'],
    ['hr', 'EmailAddress,ResignationDate\nmara@example.com,2026-02-02\n', 1, 'LastWorkingDate'],
    ['hr', 'EmailAddress,ResignationDate,LastWorkingDate\nmara@example.com,2026-02-02,2026-03-31\n,2026-02-02,2026-03-31\n', 3, 'no user'],
    ['hr', 'EmailAddress,ResignationDate,LastWorkingDate\nmara@example.com,2026-02-30,2026-03-31\n', 2, 'ResignationDate'],
    ['hr', 'EmailAddress,ResignationDate,LastWorkingDate\nmara@example.com,4/5/2026,2026-03-31\n', 2, 'dateOrder'],
    ['hr', 'EmailAddress,ResignationDate,LastWorkingDate\nmara@example.com,2026-02-02,2026-01-01\n', 2, 'before'],
    ['hr', 'EmailAddress,ResignationDate,LastWorkingDate\nmara@example.com,2026-02-02,2026-03-31,extra\n', 2, '4 values'],
    ['hr', 'EmailAddress,ResignationDate,LastWorkingDate\nmara@example.com,2026-02-02,2026-03-31\n"nils@example.com,2026-02-02\n', 3, 'Quote'],
    ['hr', 'EmailAddress,ResignationDate,LastWorkingDate\n=cmd|x,2026-02-02,2026-03-31\n', 2, 'neither an address nor an account'],
    ['hr', 'EmailAddress,ResignationDate,LastWorkingDate\nMara Ott <mara@example.com>,2026-02-02,2026-03-31\n', 2, 'neither an address nor an account'],
    ['hr', 'EmailAddress,ResignationDate,LastWorkingDate\nmara@example.com;nils@example.com,2026-02-02,2026-03-31\n', 2, 'neither an address nor an account'],
    ['hr', '', 1, 'head line'],
    ['hr', 'one,two\n1,2\n', 1, 'mandatory column EmailAddress'],
    ['directory', 'account,status\nmara,active\nnils,maybe\n', 3, 'status'],
    ['directory', 'surname\nx\n', 1, 'user'],
    ['directory', 'EmailAddress,ResignationDate,LastWorkingDate\nmara@example.com,2026-02-02,2026-03-31\n', 1, 'hr import'],
    ['badging', '[{"UserId":"a@example.com","AssetId":"d","EventTime":"2026-03-02T08:00:00Z","AccessStatus":"Success"},{"UserId":"a@example.com","AssetId":"d","EventTime":"2026-03-02T08:00:00Z","AccessStatus":"Maybe"}]', 2, 'AccessStatus'],
    ['badging', '{"UserId": ', 1, 'JSON'],
    ['security-alerts', '{"rule":{"level":3,"description":"x"},"timestamp":"2026-03-02T08:00:00.000+0000","id":"1"}\nnot json\n', 2, 'JSON'],
    ['security-alerts', '[{"hello":1}]', 1, 'none of'],
    ['activities', '{"device":"d_1","occurredAt":"2026-03-02T08:00:00Z","fileDeleted":{"path":"/x"}}\n{"device":"d_1","occurredAt":"2026-03-02T08:00:00Z"}\n{"device":"d_1"}\n', 3, 'none of the activities'],
    ['custom-indicators', 'user,time\na@example.com,2026-03-02\n', 1, 'no custom indicator'],
    ['ehr', 'Creation Time,Event Name\n2026-03-02,View\n', 1, 'Patient First Name'],
  ])('%s refuses %j by line %i', async (id, text, line, words) => {
    const before = await everything(at.store)
    const { problems, code } = await refusal(at.run(id, text))
    expect(code).toBe('CONNECTOR_FILE_INVALID')
    expect(problems.some((row) => row.line === line && row.problem.includes(words)) || problems.map((row) => `${row.line}: ${row.problem}`)).toBe(true)
    expect(await everything(at.store)).toEqual(before)
    expect((await at.store.connectorRuns(id, 5))[0]).toMatchObject({ outcome: 'refused', code: 'CONNECTOR_FILE_INVALID' })
  })
  test('with bad rows left out the good ones are taken, and the bad ones named', async () => {
    const report = await at.run('hr', 'EmailAddress,ResignationDate,LastWorkingDate\nmara@example.com,2026-02-02,2026-03-31\nnils@example.com,soon,\n', { skipBad: true })
    expect(report).toMatchObject({ problemCount: 1, problems: [{ line: 3 }], totals: { triggers: 2, usersCreated: 1 } })
  })
  test('a missing mandatory column refuses the file also when bad rows are left out', async () => {
    expect((await refusal(at.run('hr', 'EmailAddress,ResignationDate\nmara@example.com,2026-02-02\n', { skipBad: true }))).problems).toHaveLength(1)
  })
  test('a dry run says what the run would do, and writes nothing', async () => {
    await people(30)
    const before = await everything(at.store)
    const dry = await at.run('hr', RESIGNATIONS, { dryRun: true })
    expect(await everything(at.store)).toEqual(before)
    expect(await at.store.connectorRuns('hr', 5)).toEqual([])
    const { runId, ...real } = await at.run('hr', RESIGNATIONS)
    expect(runId).toMatch(/^cr_/)
    const blind = (changes: typeof dry.changes) => changes.map(({ line, what, fields }) => ({ line, what, fields }))
    expect({ ...real, dryRun: true, changes: blind(real.changes) }).toEqual({ ...dry, changes: blind(dry.changes) })
    expect(dry.changes).toContainEqual({ line: 2, pseudonym: expect.stringMatching(/^ANON-/) as string, what: 'user_created', fields: [] })
    expect(JSON.stringify(dry.changes)).not.toMatch(/mara|nils/i)
  })
  test.each(CONNECTOR_IDS)('%s survives any bytes, and keeps all or nothing of them', async (id) => {
    if (id === 'custom-indicators') await at.store.write((tx) => tx.saveSetting('connector:custom-indicators', JSON.stringify({ indicators: [{ id: 'own', name: 'Own', userColumn: 'user', timeColumn: 'time' }] })))
    const seeds: Readonly<Record<string, string>> = {
      hr: RESIGNATIONS, directory: 'account,email,status\nmara,mara@example.com,active\n', ehr: 'Creation Time,Event Name\n', badging: '[{"UserId":"a","AssetId":"b","EventTime":"2026-03-02","AccessStatus":"Success"}]',
      'security-alerts': '{"rule":{"level":13,"description":"x"},"timestamp":"2026-03-02T08:00:00.000+0000","id":"1","data":{"dstuser":"a@b"}}\n', 'custom-indicators': 'user,time\na@example.com,2026-03-02\n', activities: '{"device":"d_1","occurredAt":"2026-03-02T08:00:00Z","fileDeleted":{"path":"/x"}}\n',
    }
    const seed = Buffer.from(seeds[id] ?? '')
    const mutated = fc.tuple(fc.nat(seed.length), fc.nat(12), fc.uint8Array({ maxLength: 12 })).map(([from, length, bytes]) => Buffer.concat([seed.subarray(0, from), bytes, seed.subarray(from + length)]))
    await fc.assert(fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 300 }), mutated), fc.constantFrom('csv' as const, 'ldif' as const, 'scim' as const), async (bytes, format) => {
      const before = await everything(at.store)
      const error: unknown = await at.run(id, bytes, id === 'directory' ? { format } : {}).then(() => undefined, (thrown: unknown) => thrown)
      if (error === undefined) return
      expect(error).toBeInstanceOf(ImportRefused)
      expect(await everything(at.store)).toEqual(before)
    }), { numRuns: 60 })
  })
})

describe('a change that is too large', () => {
  test('more than a tenth of the people as leavers wants a confirmation', async () => {
    await people(20)
    const leavers = (count: number) => `EmailAddress,ResignationDate,LastWorkingDate\n${Array.from({ length: count }, (_, index) => `p${index}@example.com,2026-02-02,2026-03-31`).join('\n')}\n`
    await at.run('hr', leavers(2))
    const before = await everything(at.store)
    const error: unknown = await at.run('hr', leavers(6)).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'CONNECTOR_CEILING', parameters: { count: 4, people: 20, percent: 20, limit: 10 } })
    expect(await everything(at.store)).toEqual(before)
    expect((await at.run('hr', leavers(6), { confirm: true })).totals.leavers).toBe(4)
  })
  test('so do accounts that are gone from a file that names everybody', async () => {
    await people(20)
    expect(await codeOf(at.run('directory', 'account,email\np0,p0@example.com\n', { full: true }))).toBe('CONNECTOR_CEILING')
    expect(await triggers()).toEqual([])
    expect((await at.run('directory', 'account,email\np0,p0@example.com\n', { full: true, confirm: true })).totals.accountsOff).toBe(19)
    expect(new Set((await triggers()).map((trigger) => trigger.kind))).toEqual(new Set(['account_deleted']))
  })
  test('among a few people it is not judged', async () => {
    expect((await at.run('hr', RESIGNATIONS)).totals.leavers).toBe(2)
  })
})

describe('alerts of other products', () => {
  const graph = (over: object = {}) => JSON.stringify({ value: [{ id: 'da1', title: 'Transfer', severity: 'high', status: 'new', serviceSource: 'x', createdDateTime: '2026-03-02T08:00:00Z', lastUpdateDateTime: '2026-03-02T08:00:00Z', evidence: [{ '@odata.type': '#microsoft.graph.security.userEvidence', userAccount: { userPrincipalName: 'mara@example.com' } }], ...over }] })
  const details = async () => (await at.store.activities({ limit: 10 })).items.map((activity) => [activity.detail?.['status'], activity.detail?.['previousStatus'] ?? ''])
  test('are one activity for each change of the status, and trigger once', async () => {
    await at.run('security-alerts', graph())
    expect((await at.run('security-alerts', graph({ lastUpdateDateTime: '2026-03-02T09:00:00Z' }))).totals).toMatchObject({ activities: 0, repeats: 1 })
    expect((await at.run('security-alerts', graph({ status: 'inProgress', lastUpdateDateTime: '2026-03-02T10:00:00Z' }))).totals).toMatchObject({ activities: 1, triggers: 0 })
    expect((await at.run('security-alerts', graph())).totals).toMatchObject({ activities: 0, repeats: 1 })
    expect(await details()).toEqual([['in_progress', 'new'], ['new', '']])
    expect(await triggers()).toMatchObject([{ kind: 'security_alert', source: 'security-alerts' }])
  })
  test('that turn out to be false take their trigger back', async () => {
    await at.run('security-alerts', graph())
    await at.run('security-alerts', graph({ status: 'resolved', classification: 'falsePositive', lastUpdateDateTime: '2026-03-02T11:00:00Z' }))
    expect(await triggers()).toEqual([])
    expect(await details()).toHaveLength(2)
  })
  test('of nobody are kept, and count for no person', async () => {
    const report = await at.run('security-alerts', graph({ evidence: [] }))
    expect(report.totals).toMatchObject({ activities: 1, unattributed: 1, triggers: 0 })
    expect((await at.store.users({ limit: 5 })).items).toMatchObject([{ kind: 'system', identities: [{ kind: 'device_account', value: 'unattributed@c_security-alerts' }] }])
  })
})

describe('activities of a file', () => {
  const line = (seq: number, path = '/media/stick/a', account = 'mara') => JSON.stringify({ device: 'lt-1', seq, occurredAt: '2026-03-02T08:00:00Z', actor: { account, accountId: account === 'root' ? '0' : '1000' }, fileCopied: { destination: { path, sizeBytes: 10, location: 'LOCATION_KIND_REMOVABLE' } } })
  test('are stored, counted and given to their people as if a device had sent them', async () => {
    expect((await at.run('activities', `${line(1)}\n${line(2, '/media/stick/b')}\n${line(3, '/x', 'root')}\n`)).totals).toMatchObject({ rows: 3, activities: 3, usersCreated: 1 })
    const mara = await at.store.userByIdentity({ kind: 'account', value: 'mara' })
    expect(await at.store.userByIdentity({ kind: 'device_account', value: 'root@lt-1' })).toMatchObject({ kind: 'system' })
    expect((await at.store.activities({ limit: 5, userId: mara?.id ?? '' })).items.map((activity) => [activity.deviceId, activity.kind])).toEqual([['lt-1', 'file_copied'], ['lt-1', 'file_copied']])
    expect((await at.store.insights(mara?.id ?? '', 0, 100_000)).find((insight) => insight.indicator === 'copy_to_removable_media')?.events).toBe(2)
    expect((await at.run('activities', `${line(2, '/media/stick/b')}\n${line(4)}\n`)).totals).toMatchObject({ activities: 1, repeats: 1 })
  })
  test('that say something else under a number that is taken are refused', async () => {
    await at.run('activities', `${line(1)}\n`)
    expect((await refusal(at.run('activities', `${line(2)}\n${line(1, '/other')}\n`))).problems).toEqual([{ type: 'problem', line: 2, problem: 'has the id or number of another activity' }])
    expect(await at.store.activityCount()).toBe(1)
  })
  test('that lie ahead are refused', async () => {
    at.nowMs = Date.parse('2026-02-01')
    expect((await refusal(at.run('activities', `${line(1)}\n`))).problems[0]?.problem).toContain('ahead')
  })
})

describe('a directory', () => {
  const ldif = ['dn: uid=boss', 'objectClass: person', 'uid: boss', '', 'dn: uid=mara', 'objectClass: person', 'uid: mara', 'mail: mara@example.com', 'manager: uid=boss', '', 'dn: cn=wheel', 'objectClass: posixGroup', 'cn: wheel', 'memberUid: mara', ''].join('\n')
  test('names managers and members in any order, and what is gone later', async () => {
    await at.run('directory', ldif, { format: 'ldif' })
    const of = (account: string) => at.store.userByIdentity({ kind: 'account', value: account })
    expect([await of('mara'), await of('boss')]).toMatchObject([{ groups: ['wheel'], privileged: true, managerId: (await of('boss'))?.id }, { reports: 1 }])
    expect((await at.run('directory', 'dn: uid=mara\nchangetype: delete\n', { format: 'ldif' })).totals).toMatchObject({ accountsOff: 1, triggers: 1 })
    expect((await at.run('directory', 'dn: uid=mara\nchangetype: delete\n', { format: 'ldif' })).totals).toMatchObject({ accountsOff: 0, triggers: 0 })
    expect(await triggers()).toMatchObject([{ kind: 'account_deleted', userId: (await of('mara'))?.id, atMs: MONDAY_MS }])
  })
  test('that lists somebody who left long ago, and whom nobody knew, triggers nothing', async () => {
    expect((await at.run('directory', 'account,status\nmara,active\nnils,disabled\n')).totals).toMatchObject({ triggers: 0, accountsOff: 0 })
    expect((await at.run('directory', 'account,status\nmara,disabled\nnils,disabled\n')).totals).toMatchObject({ triggers: 1, accountsOff: 1 })
  })
})

describe('patient records', () => {
  test('are told by the homes of the employees', async () => {
    await at.run('hr', 'EmailAddress,EmployeeFirstName,EmployeeLastName,EmployeeAddressLine1,EmployeeZipCode\nmara@example.com,Mara,Ott,12 Hill Road,12345\nida@example.com,Ida,Lund,7 Lake Road,12345\n')
    const head = 'Creation Time,Event Name,Patient First Name,Patient Last Name,Patient Address Line 1,Patient City,Patient Zip Code,Restricted Access Reason,User Email\n'
    const patients = ['Mara,Ott,12 Hill Rd', 'Nils,Ott,12 Hill Road', 'Ida,Lund,7 Lake Road', 'Max,Berg,12 Hill Road', 'Eva,Falk,1 Elm Street']
    const report = await at.run('ehr', head + patients.map((patient, index) => `2026-03-02T08:0${index}:00Z,View,${patient},Springfield,12345,${index === 4 ? 'VIP' : ''},mara@example.com\n`).join(''))
    expect(report.totals).toMatchObject({ rows: 5, activities: 5 })
    const found = (await at.store.activities({ limit: 10 })).items
    expect(found.map((activity) => activity.detail?.['relation'])).toEqual(['restricted', 'neighbour', 'co_worker', 'family', 'self'])
    expect(JSON.stringify(found)).not.toMatch(/Falk|Hill/)
  })
})

describe('who is meant', () => {
  test('an address of HR is the account that devices know, and both names are the person from then on', async () => {
    await at.store.write((tx) => tx.saveUser(buildUser({ displayName: 'mara', identities: [{ kind: 'account', value: 'mara' }] })))
    const report = await at.run('hr', RESIGNATIONS)
    expect(report.totals).toMatchObject({ usersCreated: 1, usersChanged: 1 })
    expect(await at.store.userByIdentity({ kind: 'email', value: 'mara@example.com' })).toMatchObject({ id: 'u_1' })
    expect((await at.store.triggersOf('u_1')).map((trigger) => trigger.kind)).toEqual(['hr_resignation', 'hr_last_working_day'])
  })
  test('case and normal form tell nobody apart', async () => {
    await at.run('directory', 'account,email\njurgen,J\u00fcrgen@Example.com\n')
    const report = await at.run('hr', 'EmailAddress,ResignationDate,LastWorkingDate\nJU\u0308RGEN@example.COM,2026-02-02,2026-03-31\n')
    expect(report.totals).toMatchObject({ usersCreated: 0, triggers: 2 })
  })
  test('somebody of the same short name at another address is somebody else', async () => {
    await at.run('directory', 'account,email\nmara,mara@example.com\n')
    await at.run('hr', 'EmailAddress,ResignationDate,LastWorkingDate\nmara@other.example,2026-02-02,2026-03-31\n')
    expect(await at.store.userByIdentity({ kind: 'email', value: 'mara@other.example' })).not.toMatchObject({ id: (await at.store.userByIdentity({ kind: 'account', value: 'mara' }))?.id })
  })
  test('a row that may mean two known people is refused', async () => {
    await at.store.write(async (tx) => {
      await tx.saveUser(buildUser({ identities: [{ kind: 'email', value: 'mara@example.com' }] }))
      await tx.saveUser(buildUser({ id: 'u_2', pseudonym: 'ANON-BBBBBB2', identities: [{ kind: 'account', value: 'mara.b' }] }))
    })
    expect((await refusal(at.run('directory', 'account,email\nmara.b,mara@example.com\n'))).problems).toEqual([{ type: 'problem', line: 2, problem: 'names somebody who may be either of two known people' }])
  })
  test('everybody who was touched is evaluated anew', async () => {
    await at.run('hr', RESIGNATIONS)
    const marked = (await at.store.markedUsers(10)).map((mark) => mark.userId)
    expect(marked).toHaveLength(2)
    expect(at.woken.toSorted()).toEqual(marked.toSorted())
  })
})

describe('health', () => {
  test('a connector that brought nothing for more than seven days is stale, one whose last file was refused fails', async () => {
    const stateAt = async (days: number) => connectorHealth('hr', await at.store.connectorRuns('hr', 20), MONDAY_MS + days * 86_400_000).state
    expect(await stateAt(0)).toBe('never')
    await at.run('hr', RESIGNATIONS)
    expect([await stateAt(7), await stateAt(7.01)]).toEqual(['working', 'stale'])
    await refusal(at.run('hr', 'nonsense'))
    expect(await stateAt(0)).toBe('failing')
  })
})
