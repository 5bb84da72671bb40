import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildAlertFinding, buildCaseFinding } from '../../testing/findings.ts'
import { MONDAY_MS } from '../../testing/builders.ts'
import { toCef } from './cef.ts'
import { toEcs } from './ecs.ts'
import { guidOf, toManagementActivity } from './management-activity.ts'
import { toOcsf } from './ocsf.ts'

describe('the same alert is the same thing to a receiver, however often it changes', () => {
  const changes = [buildAlertFinding(), buildAlertFinding({ recordId: 'ob_9', sequence: 9, change: 'updated', status: 'confirmed', revision: 4 }), buildAlertFinding({ recordId: 'ob_12', sequence: 12, change: 'closed', status: 'dismissed', dismissReason: 'expected_for_user', revision: 5 })]
  test('in OCSF: one finding uid, a class and type that fit the change, and a status that follows', () => {
    expect(changes.map((change) => toOcsf(change)).map((event) => [(event['finding_info'] as { uid: string }).uid, event['type_uid'], event['status'], event['verdict']])).toEqual([['al_1', 200_601, 'New', undefined], ['al_1', 200_602, 'In Progress', undefined], ['al_1', 200_603, 'Suppressed', 'Benign']])
  })
  test('in the management activity feed: one AlertId, a new Id each time, and the statuses of that schema', () => {
    const records = changes.map(toManagementActivity)
    expect(new Set(records.map((record) => record['AlertId'])).size).toBe(1)
    expect(new Set(records.map((record) => record['Id'])).size).toBe(3)
    expect(records.map((record) => [record['Operation'], record['Status'], record['Comments']])).toEqual([['AlertTriggered', 'Active', 'New alert'], ['AlertUpdated', 'Investigating', 'Alert updated'], ['AlertUpdated', 'Dismissed', 'Alert updated']])
  })
  test('ids of that feed do not depend on the process', () => {
    expect(guidOf('al_1')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(guidOf('al_1')).toBe(guidOf('al_1'))
    expect(guidOf('al_1')).not.toBe(guidOf('al_2'))
  })
})

describe('OCSF', () => {
  test('alerts of security policies are detection findings with their evidence, those of data policies data security findings with the file', () => {
    const detection = toOcsf(buildAlertFinding({ policy: { id: 'p', name: 'S', version: 1, template: 'security_policy_violations_by_departing_users' } }))
    expect([detection['class_uid'], detection['data_security'], (detection['evidences'] as readonly { process: unknown }[])[0]?.process]).toEqual([2004, undefined, { name: 'cp', pid: 4711 }])
    const leak = toOcsf(buildAlertFinding())
    expect([leak['class_uid'], leak['evidences'], (leak['file'] as { hashes: unknown }).hashes]).toEqual([2006, undefined, [{ algorithm_id: 3, algorithm: 'SHA-256', value: 'a'.repeat(64) }]])
  })
  test('a process without a number and an alert without evidence leave out what the schema would refuse', () => {
    const bare = toOcsf(buildAlertFinding({ activities: [], techniques: [], policy: { id: 'p', name: 'S', version: 1, template: 'security_policy_violations' } }))
    expect(['evidences', 'device', 'file'].filter((name) => name in bare)).toEqual([])
    const [activity] = buildAlertFinding().activities
    if (activity === undefined) throw new Error('the builder has one')
    const nameless = toOcsf(buildAlertFinding({ activities: [{ ...activity, process: { name: 'cp' } }], policy: { id: 'p', name: 'S', version: 1, template: 'security_policy_violations' } }))
    expect('process' in ((nameless['evidences'] as readonly object[])[0] ?? {})).toBe(false)
  })
  test('a technique that ATT&CK moved stands under both ids', () => {
    const { attacks } = toOcsf(buildAlertFinding())['finding_info'] as { attacks: readonly { technique: { uid: string }; sub_technique?: { uid: string } }[] }
    expect(attacks.map((attack) => attack.sub_technique?.uid ?? attack.technique.uid)).toEqual(['T1052.001', 'T1685.004', 'T1562.012'])
  })
  test('a case that nobody has taken is assigned to a group, since the class wants somebody', () => {
    expect(toOcsf(buildCaseFinding())).toMatchObject({ class_uid: 2005, assignee_group: { name: 'Investigators' }, status_id: 2 })
    const closed = toOcsf(buildCaseFinding({ assignee: 'ivy', status: 'closed', change: 'closed', outcome: 'confirmed_violation' }))
    expect(closed).toMatchObject({ type_uid: 200_503, assignee: { name: 'ivy' }, is_suspected_breach: true, verdict: 'True Positive', status: 'Closed' })
    expect('assignee_group' in closed).toBe(false)
  })
})

describe('ECS', () => {
  test('both technique ids, evidence and score have their fields, the rest are labels that are text', () => {
    const document = toEcs(buildAlertFinding({ caseId: 'cs_1' }))
    expect(document).toMatchObject({ '@timestamp': new Date(MONDAY_MS + 60_000).toISOString(), event: { kind: 'alert', risk_score: 80, severity: 73 }, rule: { id: 'p_1' }, file: { hash: { sha256: 'a'.repeat(64) }, extension: 'txt' }, threat: { technique: { subtechnique: { id: ['T1052.001', 'T1685.004', 'T1562.012'] } } } })
    expect(Object.values(document['labels'] as object).every((label) => typeof label === 'string')).toBe(true)
  })
  test('names stand there only when the finding has them', () => {
    expect(JSON.stringify(toEcs(buildAlertFinding()))).not.toContain('email')
    expect(toEcs(buildAlertFinding({ user: { id: 'u_1', name: 'Alice Doe', email: 'alice@acme.example', pseudonymous: false, riskScore: 80 } }))).toMatchObject({ user: { name: 'Alice Doe', email: 'alice@acme.example' }, labels: { pseudonymous: 'false' } })
  })
})

describe('CEF', () => {
  /** Reads a record as its specification says, to prove what a receiver gets. */
  function read(record: string): { readonly header: readonly string[]; readonly fields: ReadonlyMap<string, string> } {
    const parts = record.split(/(?<=(?<!\\)(?:\\\\)*)\|/)
    const header = parts.slice(0, 7).map((part) => part.replaceAll(/\\([\\|])/g, '$1'))
    const extension = parts.slice(7).join('|')
    const keys = [...extension.matchAll(/(?:^| )([A-Za-z0-9]+)=/g)]
    return { header, fields: new Map(keys.map((key, index) => [key[1] ?? '', extension.slice(key.index + key[0].length, keys[index + 1]?.index).replaceAll(/\\([\\=n])/g, (_all, one: string) => (one === 'n' ? '\n' : one))])) }
  }
  test('a record has seven fields of the header and names its alert', () => {
    const { header, fields } = read(toCef(buildAlertFinding()))
    expect(header).toEqual(['CEF:0', 'Holdfast', 'Holdfast', '0.1.0', 'data_leaks', 'Leaks created', '8'])
    expect([fields.get('externalId'), fields.get('cn1'), fields.get('suser')]).toEqual(['al_1', '80', 'ANON-AAAAAA1'])
  })
  test('no text can begin a field, a header part or a line of its own', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), fc.constantFrom('\n', '\r\n', '|', '\\', '=', ' act=x', '\u2028', ''), (text, hazard) => {
        const nasty = `${text}${hazard}${text}`
        const record = toCef(buildAlertFinding({ policy: { id: 'p', name: nasty, version: 1, template: 'data_leaks' }, trigger: { kind: 'manual', atMs: 1, reason: nasty } }))
        expect(record).not.toMatch(/[\n\r\u0085\u2028\u2029]/)
        expect(record.split(/(?<=(?<!\\)(?:\\\\)*)\|/)[6]).toBe('8')
        // Every equals sign that is not escaped ends a key, so that none stands within a value.
        const extension = record.slice(record.indexOf('|8|'))
        const bare = [...extension.matchAll(/(\\*)=/g)].filter((found) => (found[1]?.length ?? 0) % 2 === 0)
        expect(bare.filter((found) => !/[ |][A-Za-z0-9]+$/.test(extension.slice(0, found.index)))).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})
