// Each format with the flaws that its files have, and what is made of them.
import { describe, expect, test } from 'vitest'
import { countReports } from './directory/apply-directory.ts'
import { readPeopleLdif, sidText } from './directory/read-ldif.ts'
import { readPeopleScim } from './directory/scim-map.ts'
import { patchResource } from './directory/scim-patch.ts'
import type { Fact } from './facts.ts'
import { Broken, readTable } from './files/table.ts'
import { parseInstant } from './files/times.ts'
import { homeKeys, patientKey } from './homes.ts'
import { readHr } from './hr/read-hr.ts'
import { type HrSettings, isPoorRating, levelChange } from './hr/settings.ts'
import { readBadging } from './read-badging.ts'
import { type CustomIndicatorSettings, readCustomIndicators } from './read-custom-indicators.ts'
import { readEhr } from './read-ehr.ts'
import { relate } from './relations.ts'
import { parseCtime } from './security-alerts/log-alerts.ts'
import { readSecurityAlerts, type SecurityAlertSettings } from './security-alerts/read-security-alerts.ts'

const NOW_MS = Date.parse('2026-03-10T00:00:00Z')
const bytes = async function* (text: string | Uint8Array, size = 7) {
  const all = typeof text === 'string' ? Buffer.from(text) : text
  for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size)
}
const all = async (facts: AsyncGenerator<readonly Fact[]>): Promise<readonly Fact[]> => {
  const found: Fact[] = []
  for await (const group of facts) found.push(...group)
  return found
}
const hr = (text: string, settings: HrSettings = {}) => all(readHr(bytes(text), settings))
const alerts = (text: string, settings: SecurityAlertSettings = {}) => all(readSecurityAlerts(bytes(text), settings, NOW_MS))
const iso = (ms: number | undefined): string | undefined => (ms === undefined ? undefined : new Date(ms).toISOString())

describe('times', () => {
  test.each([
    ['2026-04-23T15:18:02.4675041+05:30', '2026-04-23T09:48:02.467Z'], ['2026-04-24T09:15:49Z', '2026-04-24T09:15:49.000Z'], ['2026-04-29T15:18:02.7117540', '2026-04-29T15:18:02.711Z'], ['2026-04-29', '2026-04-29T00:00:00.000Z'],
    ['2026-04-29 15:18', '2026-04-29T15:18:00.000Z'], ['2026-04-29T15:18:02-0330', '2026-04-29T18:48:02.000Z'], ['20260429151802Z', '2026-04-29T15:18:02.000Z'], ['20260429151802.5+0100', '2026-04-29T14:18:02.500Z'], [' 2026-04-29T15:18:02z ', '2026-04-29T15:18:02.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'], ['2026-02-29', undefined], ['2026-13-01', undefined], ['2026-04-29T24:00', undefined], ['2026-04-29T10:00+15:00', undefined], ['4/5/2026', undefined], ['1969-12-31', undefined], ['9999-01-01', undefined], ['yesterday', undefined], ['', undefined], ['46141', undefined],
  ])('%s is %s', (text, expected) => {
    expect(iso(parseInstant(text))).toBe(expected)
  })
  test('a date with slashes is read in the order that was said', () => {
    expect([iso(parseInstant('4/5/2026', 'mdy')), iso(parseInstant('4/5/2026', 'dmy')), iso(parseInstant('4/23/2026 3:18:02 PM', 'mdy')), iso(parseInstant('12/1/2026 12:00 AM', 'mdy')), iso(parseInstant('23.4.2026', 'dmy')), iso(parseInstant('23/4/2026', 'mdy'))])
      .toEqual(['2026-04-05T00:00:00.000Z', '2026-05-04T00:00:00.000Z', '2026-04-23T15:18:02.000Z', '2026-12-01T00:00:00.000Z', '2026-04-23T00:00:00.000Z', undefined])
  })
})

describe('delimited text', () => {
  const rows = async (text: string | Uint8Array, size = 3) => {
    const found: (readonly string[])[] = []
    for await (const group of readTable(bytes(text, size))) found.push(...group.map((row) => row.cells))
    return found
  }
  test.each([['comma', 'a,b\n1,2'], ['semicolon', 'a;b\n1;2'], ['tab', 'a\tb\n1\t2'], ['pipe', 'a|b\n1|2'], ['CR LF and an empty end', 'a,b\r\n\r\n1,2\r\n,,\r\n\r\n'], ['byte order mark', '\uFEFFa,b\n1,2'], ['spaces', ' a , b \n 1 , 2 '], ['quotes', '"a","b"\n"1","2"']])('with %s is two rows of two', async (_, text) => {
    expect(await rows(text)).toEqual([['a', 'b'], ['1', '2']])
    expect(await rows(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text.replace('\uFEFF', ''), 'utf16le')]))).toEqual([['a', 'b'], ['1', '2']])
  })
  test.each([['a quote that never ends', 'a,b\n"1,2\n3,4\n'], ['a zero byte', 'a,b\n1,\0'], ['text that is no UTF-8', Buffer.from([0x61, 0x0a, 0xc3, 0x28])]])('%s breaks the file', async (_, text) => {
    await expect(rows(text)).rejects.toBeInstanceOf(Broken)
  })
})

describe('HR files', () => {
  const many = [
    'HRScenario,EmailAddress,ResignationDate,LastWorkingDate,EffectiveDate,Remarks,Rating,OldLevel,NewLevel',
    'Resignation,a@example.com,2026-02-02,2026-03-31',
    'Job level change,b@example.com,,,2026-02-03,,,Level 61 – Sr. Manager,Level 60- Manager',
    'Job level change,b2@example.com,,,2026-02-03,,,Level 60,Level 61',
    'Performance review,c@example.com,,,2026-02-04,"late, often",2-Below expectation',
    'Performance review,c2@example.com,,,2026-02-04,,4 - Exceeds',
    'performance improvement plan,d@example.com,,,2026-02-05,Plan of 90 days',
    '',
  ].join('\r\n')
  test('of many kinds in one file give the events of each', async () => {
    const facts = await hr(many)
    expect(facts.map((fact) => [fact.line, fact.type === 'trigger' ? fact.kind : fact.type])).toEqual([[2, 'hr_resignation'], [2, 'hr_last_working_day'], [3, 'hr_job_level_change'], [4, 'passed'], [5, 'hr_poor_review'], [6, 'passed'], [7, 'hr_improvement_plan']])
    expect(JSON.stringify(facts)).not.toMatch(/late|Plan of/)
  })
  test('with a kind whose mandatory column is missing are refused as a whole', async () => {
    const facts = await hr('HRScenario,EmailAddress,EffectiveDate\nPerformance review,a@example.com,2026-02-02\nEmployee profile,b@example.com,\n')
    expect(facts.filter((fact) => fact.type === 'problem')).toMatchObject([{ line: 3, fatal: true, problem: expect.stringContaining('EmployeeFirstName') as string }])
  })
  test.each<[string, string]>([['HRScenario,EmailAddress,EffectiveDate\nParty,a@example.com,2026-02-02\n', 'none of the five kinds'], ['EmailAdress,EffectiveDate,Rating\na@example.com,2026-02-02,1\n', 'EmailAddress'], ['EmailAddress,Birthday\na@example.com,2026-02-02\n', 'none of the five kinds']])('%j is refused', async (text, words) => {
    expect((await hr(text)).some((fact) => fact.type === 'problem' && fact.problem.includes(words))).toBe(true)
  })
  test('in any order of columns and any letter case, with more columns than we know', async () => {
    expect(await hr('Cost center;LASTWORKINGDATE;Userprincipalname;resignation date\nX1;2026-03-31;a@example.com;2026-02-02T08:00:00Z\n')).toMatchObject([{ who: 'a@example.com', kind: 'hr_resignation' }, { kind: 'hr_last_working_day' }])
  })
  test('by a mapping of their columns and kinds', async () => {
    const settings: HrSettings = { columns: { scenario: 'Art', user: 'Person', effectiveDate: 'Am', rating: 'Note' }, scenarioValues: { Beurteilung: 'performance_review' } }
    expect(await hr('Art,Person,Am,Note\nBeurteilung,a@example.com,2026-02-02,1\n', settings)).toMatchObject([{ kind: 'hr_poor_review', detail: { rating: '1' } }])
    expect((await hr('Art,Person\nBeurteilung,a@example.com\n', settings))[0]).toMatchObject({ type: 'problem', fatal: true })
  })
  test('profiles become people with a home', async () => {
    const [fact] = await hr('EmailAddress,UserName,EmployeeFirstName,EmployeeLastName,EmployeeAddLine1,EmployeeAddLine2,EmployeeCity,EmployeeZipCode,EmployeeDept,EmployeeRole\nM.Ott@Example.com,mott,Mara,Ott,12 Hill Road,,Springfield,12345-6789,Cardiology,Nurse\n')
    expect(fact).toMatchObject({ type: 'person', displayName: 'Mara Ott', department: 'Cardiology', title: 'Nurse', home: { street: '12 Hill Road', postCode: '12345-6789' }, identities: [{ kind: 'email', value: 'm.ott@example.com' }, { kind: 'upn' }, { kind: 'account', value: 'mott' }] })
  })
  test.each<[string, HrSettings, boolean]>([
    ['2-Below expectation', {}, true], ['3 - Meets', {}, false], ['', {}, true], ['Poor', {}, true], ['Did not meet expectations', {}, true], ['Met expectations', {}, false], ['Outstanding', {}, false], ['Unsatisfactory', {}, true], ['C', {}, true],
    ['C', { goodRatings: ['c'] }, false], ['Good', { poorRatings: ['good'] }, true], ['4', { poorRatingAtMost: 4 }, true], ['1.5', {}, true],
  ])('the rating %j with %j is poor: %s', (rating, settings, poor) => {
    expect(isPoorRating(rating, settings)).toBe(poor)
  })
  test.each<[string, string, HrSettings, string]>([['Level 61', 'Level 60', {}, 'down'], ['L5', 'L6', {}, 'up'], ['Manager', 'Clerk', {}, 'unknown'], ['Manager', 'Clerk', { levels: ['Clerk', 'Manager'] }, 'down'], ['Manager', 'manager', {}, 'same'], ['', 'L3', {}, 'unknown'], ['Level 60 Manager', 'Level 60 Clerk', {}, 'unknown']])('from %j to %j with %j is %s', (before, after, settings, change) => {
    expect(levelChange(before, after, settings)).toBe(change)
  })
})

describe('LDIF', () => {
  const read = (text: string) => all(readPeopleLdif(bytes(text)))
  test('with folded lines, base64, comments and groups', async () => {
    const facts = await read([
      'version: 1', '# people, and a comment that is', '  folded', 'dn: uid=mara,ou=People,dc=example,', ' dc=com', 'objectClass: inetOrgPerson', 'uid: Mara', `cn:: ${Buffer.from('Mára Ott').toString('base64')}`, 'mail: mara@example.com', 'manager: uid=boss,ou=People,dc=example,dc=com',
      'memberOf: CN=Staff\\, all,OU=Groups,DC=example,DC=com', '', 'dn: cn=Domain Admins,ou=Groups,dc=example,dc=com', 'objectClass: group', 'cn: Domain Admins', 'member: uid=mara,ou=People,dc=example,dc=com', '', 'dn: cn=printer', 'objectClass: device', '',
    ].join('\r\n'))
    expect(facts).toMatchObject([
      { type: 'person', line: 4, directoryId: 'uid=mara,ou=People,dc=example,dc=com', displayName: 'Mára Ott', manager: 'uid=boss,ou=People,dc=example,dc=com', groups: ['Staff, all'], identities: [{ kind: 'account', value: 'mara' }, { kind: 'email', value: 'mara@example.com' }] },
      { type: 'group', name: 'Domain Admins', members: ['uid=mara,ou=People,dc=example,dc=com'] }, { type: 'passed' },
    ])
  })
  test('of changes: what is gone, what is switched off, what is replaced', async () => {
    const facts = await read(['dn: cn=a', 'changetype: delete', '', 'dn: cn=b', 'changetype: modify', 'replace: userAccountControl', 'userAccountControl: 514', '-', 'delete: manager', '-', '', 'dn: cn=c', 'changetype: add', 'objectClass: user', 'sAMAccountName: c', 'userAccountControl: 512', '', 'dn: cn=d', 'changetype: modrdn', 'newrdn: cn=e', ''].join('\n'))
    expect(facts).toMatchObject([{ type: 'gone', directoryId: 'cn=a' }, { type: 'person', active: false, manager: '', identities: [] }, { type: 'person', active: true }, { type: 'problem', line: 18 }])
  })
  test.each([['dn: a\nmail:< file:///etc/passwd\n', 'not taken'], ['mail: a@example.com\n', 'dn'], ['dn: a\nmail:: !!!\n', 'base64'], ['dn: a\nnonsense\n', 'no attribute'], ['dn: a\nobjectClass: person\nsn: x\n', 'names neither'], ['', 'no entry']])('%j is refused', async (text, words) => {
    const facts = await read(text)
    expect(facts).toMatchObject([{ type: 'problem' }])
    expect(JSON.stringify(facts)).toContain(words)
  })
  test('of another version is refused', async () => {
    await expect(read('version: 2\ndn: a\n')).rejects.toBeInstanceOf(Broken)
  })
  test('a binary security id is written as text', () => {
    expect(sidText(Buffer.from('010500000000000515000000a065cf7e784b9b5fe77c8770091c0100', 'hex'))).toBe('S-1-5-21-2127521184-1604012920-1887927527-72713')
    expect(sidText(Buffer.from('0105', 'hex'))).toBeUndefined()
  })
})

describe('SCIM', () => {
  test('a list of resources is people and groups', async () => {
    const document = { schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'], Resources: [{ id: '1', userName: 'mara@example.com', active: 'False', name: { givenName: 'Mara', familyName: 'Ott' }, emails: [{ value: 'm@example.com' }, { value: 'mara.o@example.com', primary: true }] }, { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: 'Staff', members: [{ value: '1' }] }, { active: true }, 7] }
    expect(await all(readPeopleScim(bytes(JSON.stringify(document, null, 2))))).toMatchObject([{ type: 'person', active: false, displayName: 'Mara Ott', directoryId: '1', identities: [{ kind: 'upn' }, { kind: 'email', value: 'mara.o@example.com' }, { kind: 'email', value: 'm@example.com' }] }, { type: 'group', members: ['1'] }, { type: 'problem', line: 3 }, { type: 'problem', line: 4 }])
  })
  test('changes: values of a list are added, replaced and taken away by a filter, and what is given stays as it was', () => {
    const before = { userName: 'a', emails: [{ type: 'work', value: 'a@example.com' }], members: [{ value: '1' }] }
    const after = patchResource(before, { Operations: [{ op: 'replace', path: 'emails[type eq "work"].value', value: 'b@example.com' }, { op: 'add', path: 'emails[type eq "home"].value', value: 'c@example.com' }, { op: 'add', path: 'members', value: [{ value: '2' }, { value: '1' }] }, { op: 'remove', path: 'members', value: [{ value: '1' }] }, { op: 'add', path: 'NAME.givenName', value: 'A' }] })
    expect(after).toEqual({ userName: 'a', emails: [{ type: 'work', value: 'b@example.com' }, { type: 'home', value: 'c@example.com' }], members: [{ value: '2' }], NAME: { givenName: 'A' } })
    expect(before.members).toEqual([{ value: '1' }])
  })
})

test('reports are counted through every level, and a circle counts nobody twice', () => {
  expect(Object.fromEntries(countReports(new Map([['a', 'b'], ['b', 'c'], ['d', 'c']])))).toEqual({ b: 1, c: 3 })
  expect(Object.fromEntries(countReports(new Map([['a', 'b'], ['b', 'a']])))).toEqual({ a: 1, b: 1 })
})

describe('patients', () => {
  const home = (firstName: string, lastName: string, street: string, postCode = '12345') => ({ firstName, lastName, street, city: 'Springfield', postCode })
  const keys = (firstName: string, lastName: string, street: string, postCode?: string) => homeKeys('key', home(firstName, lastName, street, postCode))
  test('are compared by homes whose writing differs', () => {
    expect(keys('Mara', 'Ott', '12 Hill Road')).toEqual(keys('MARA', 'Ótt', '12  hill rd.', '12345-6789'))
    expect(keys('Mara', 'Ott', '12 Hill Road')).not.toEqual(homeKeys('other key', home('Mara', 'Ott', '12 Hill Road')))
    expect([homeKeys('key', home('Mara', 'Ott', '')), homeKeys('key', { ...home('Mara', 'Ott', '12 Hill Road', ''), city: '' })]).toEqual([undefined, undefined])
  })
  test.each([['self', 'Mara', 'Ott', '12 Hill Road'], ['family', 'Nils', 'Ott', '12 Hill Road'], ['neighbour', 'Nils', 'Berg', '12 Hill Road'], ['co_worker', 'Ida', 'Lund', '7 Lake Road'], ['none', 'Ida', 'Lund', '8 Lake Road']] as const)('%s: %s %s of %s', (relation, firstName, lastName, street) => {
    expect(relate(keys('Mara', 'Ott', '12 Hill Road'), keys(firstName, lastName, street), new Set([keys('Ida', 'Lund', '7 Lake Road')?.self ?? '']), false)).toBe(relation)
  })
  test('a record with restricted access is told where nothing nearer is known', () => {
    expect([relate(undefined, undefined, new Set(), true), relate(keys('Mara', 'Ott', '12 Hill Road'), keys('Mara', 'Ott', '12 Hill Road'), new Set(), true)]).toEqual(['restricted', 'self'])
  })
  test('stand in activities under a key that says nothing of the name', () => {
    expect(patientKey('key', home('Mara', 'Ott', '12 Hill Road'))).toMatch(/^pt_[\w-]{22}$/)
  })
  test.each([
    ['Microsoft', 'Creation Time,Event Name,Patient First Name,Patient Last Name,Patient Address Line 1,Patient City,Patient Zip Code,Restricted Access Reason,User Email\n2026-03-02T08:00:00Z,View,Ida,Lund,7 Lake Road,Springfield,12345,VIP,mara@example.com\n', 'mara@example.com'],
    ['Epic', 'ACCESS_LOG.ACCESS_TIME|ACCESS_LOG_METRIC.METRIC_NAME|PATIENT.PAT_FIRST_NAME|PATIENT.PAT_LAST_NAME|PATIENT.ADD_LINE_1|PATIENT.CITY|PATIENT.ZIP|ZC_BTG_REASON.NAME|EMP.SYSTEM_LOGIN\n2026-03-02 08:00:00|Chart review|Ida|Lund|7 Lake Road|Springfield|12345||MOTT\n', 'MOTT'],
  ])('the audit file of %s is read', async (_, text, who) => {
    expect(await all(readEhr(bytes(text)))).toMatchObject([{ type: 'activity', who, kind: 'patient_record_accessed', atMs: Date.parse('2026-03-02T08:00:00Z'), patient: { lastName: 'Lund' } }])
  })
  test('an audit that is switched off is a triggering event', async () => {
    const head = 'Creation Time,Event Name,Patient First Name,Patient Last Name,Patient Address Line 1,Patient City,Patient Zip Code,Restricted Access Reason,User Email\n'
    const kinds = async (event: string, settings = {}) => (await all(readEhr(bytes(`${head}2026-03-02,${event},Ida,Lund,7 Lake Road,S,1,,m@example.com\n`), settings))).map((fact) => (fact.type === 'activity' ? fact.trigger?.kind : fact.type))
    expect([await kinds('Audit trail disabled'), await kinds('View audit trail'), await kinds('Ghost mode', { defenceEvasionEvents: ['ghost mode'] })]).toEqual([['patient_defence_evasion'], [undefined], ['patient_defence_evasion']])
  })
})

describe('badges', () => {
  test('with names of fields in any case, times with zones and both statuses', async () => {
    expect(await all(readBadging(bytes('[{"userid":"a@example.com","AssetId":7,"AssetName":"Vault","EventTime":"2026-03-02T08:00:00+01:00","AccessStatus":"Failed"},{"EmailAddress":"b@example.com","AssetId":"8","AccessTime":"2026-03-02T08:00:00Z","AccessStatus":"success"}]')))).toMatchObject([
      { who: 'a@example.com', atMs: Date.parse('2026-03-02T07:00:00Z'), detail: { physicalAccess: { assetId: '7', assetName: 'Vault', status: 'failed' } } }, { who: 'b@example.com', detail: { physicalAccess: { status: 'success' } } },
    ])
  })
  test('more than fifty thousand in one file are refused', async () => {
    const record = { UserId: 'a@example.com', AssetId: 'd', EventTime: '2026-03-02T08:00:00Z', AccessStatus: 'Success' }
    expect((await all(readBadging(bytes(JSON.stringify(Array.from({ length: 50_001 }, () => record)), 65_536)))).at(-1)).toMatchObject({ type: 'problem', fatal: true })
  })
})

describe('security alerts', () => {
  const graph = (over: object = {}, evidence: readonly object[] = [{ '@odata.type': '#microsoft.graph.security.userEvidence', userAccount: { accountName: 'mara', domainName: 'CORP', userPrincipalName: 'mara@example.com' } }]) =>
    ({ id: 'da1', title: 'Suspicious transfer', severity: 'high', status: 'new', classification: null, serviceSource: 'microsoftDefenderForEndpoint', category: 'Exfiltration', mitreTechniques: ['T1048'], createdDateTime: '2026-03-02T08:00:00.1234567Z', lastUpdateDateTime: '2026-03-02T09:00:00Z', evidence, ...over })
  const first = async (value: object | string) => (await alerts(typeof value === 'string' ? value : JSON.stringify({ value: [value] })))[0]
  test('of Microsoft Graph: who, how bad, and whether they trigger', async () => {
    expect(await first(graph())).toMatchObject({ who: 'mara@example.com', detail: { securityAlertRaised: { source: 'microsoft_graph', severity: 'high', attack: 'T1048', status: 'new' } }, trigger: { kind: 'security_alert' } })
    for (const over of [{ status: 'resolved' }, { classification: 'falsePositive' }, { classification: 'informationalExpectedActivity' }, { severity: 'medium' }]) expect([over, (await first(graph(over)))?.type === 'activity' && 'trigger' in ((await first(graph(over))) ?? {})]).toEqual([over, false])
  })
  test('of Microsoft Graph: nobody is taken for the person among accounts of the system and several who were signed in', async () => {
    const of = (...evidence: readonly object[]) => first(graph({}, evidence))
    expect(await of({ '@odata.type': '#microsoft.graph.security.userEvidence', userAccount: { accountName: 'SYSTEM', domainName: 'NT AUTHORITY' } })).toMatchObject({ who: '' })
    expect(await of({ '@odata.type': '#microsoft.graph.security.deviceEvidence', loggedOnUsers: [{ accountName: 'a', domainName: 'CORP' }, { accountName: 'b', domainName: 'CORP' }] })).toMatchObject({ who: '' })
    expect(await of({ '@odata.type': '#microsoft.graph.security.deviceEvidence', loggedOnUsers: [{ accountName: 'a', domainName: 'CORP' }] })).toMatchObject({ who: 'corp\\a' })
  })
  test('of Wazuh: levels are brought to three', async () => {
    const wazuh = (level: number) => JSON.stringify({ timestamp: '2026-03-02T08:00:00.123+0000', rule: { level, description: 'Login', id: '5501', mitre: { id: ['T1078', 'nonsense'] }, groups: ['pam', 'syslog'] }, agent: { id: '1', name: 'srv-1' }, id: `1.${level}`, data: { dstuser: 'mara(uid=1000)', srcuser: 'root' } })
    const facts = await alerts(`${wazuh(3)}\n${wazuh(7)}\n${wazuh(12)}\n`)
    expect(facts.map((fact) => (fact.type === 'activity' ? [fact.who, fact.unknown, fact.detail.securityAlertRaised?.severity, fact.trigger !== undefined] : fact))).toEqual([['mara', 'skip', 'low', false], ['mara', 'skip', 'medium', false], ['mara', 'skip', 'high', true]])
    expect(facts[0]).toMatchObject({ detail: { securityAlertRaised: { attack: 'T1078', host: 'srv-1', category: 'pam syslog' } } })
  })
  test('of Falco: who signed in, before whom sudo made of it', async () => {
    expect(await first(JSON.stringify({ time: '2026-03-02T08:00:00.123456789Z', rule: 'Read sensitive file', priority: 'Critical', output: 'x', hostname: 'srv-1', tags: ['mitre_credential_access', 'T1555'], output_fields: { 'user.name': 'root', 'user.loginname': 'mara' } }))).toMatchObject({ who: 'mara', detail: { securityAlertRaised: { severity: 'high', attack: 'T1555' } } })
    expect(await first(JSON.stringify({ time: '2026-03-02T08:00:00Z', rule: 'x', priority: 'Notice', output_fields: { 'user.name': 'root', 'user.loginname': '<NA>' } }))).toMatchObject({ who: '', detail: { securityAlertRaised: { severity: 'low' } } })
  })
  test('of osquery: rows that came, by severities of the organisation; rows that went raise nothing', async () => {
    const row = (over: object) => JSON.stringify({ name: 'pack/usb', hostIdentifier: 'lt-1', unixTime: 1_772_438_400, action: 'added', columns: { username: 'mara', model: 'x' }, ...over })
    const facts = await alerts(`${row({})}\n${row({ action: 'removed' })}\n${row({ action: 'snapshot', columns: undefined, snapshot: [{ username: 'a' }, { username: 'b' }] })}\n`, { osquerySeverities: { 'pack/usb': 'high' } })
    expect(facts.map((fact) => (fact.type === 'activity' ? [fact.who, fact.detail.securityAlertRaised?.severity] : fact.type))).toEqual([['mara', 'high'], 'passed', ['a', 'high'], ['b', 'high']])
  })
  test('of ClamAV: findings with and without a time, and nothing of the path', async () => {
    const facts = await alerts('Mon Mar  2 08:00:00 2026 -> /home/mara/Downloads/plans of mara.zip: Win.Test.EICAR_HDB-1(44d88612fea8a8f36de82e1278abb02f:68) FOUND\n/home/nils/x: PUA.Win.Tool-1 FOUND\n/srv/y: OK\n\n----------- SCAN SUMMARY -----------\nInfected files: 2\n')
    expect(facts.filter((fact) => fact.type === 'activity').map((fact) => [fact.who, fact.atMs, fact.detail.securityAlertRaised?.severity, fact.detail.securityAlertRaised?.title])).toEqual([['mara', Date.parse('2026-03-02T08:00:00Z'), 'high', 'Win.Test.EICAR_HDB-1'], ['nils', NOW_MS, 'low', 'PUA.Win.Tool-1']])
    expect(JSON.stringify(facts)).not.toMatch(/plans of/)
    expect([parseCtime('Mon Mar  2 08:00:00 2026'), parseCtime('Mon Foo  2 08:00:00 2026')]).toEqual([Date.parse('2026-03-02T08:00:00Z'), undefined])
  })
})

describe('custom indicators', () => {
  const settings: CustomIndicatorSettings = { indicators: [
    { id: 'crm_export', name: 'CRM export', userColumn: 'User', timeColumn: 'When', thresholdColumn: 'Rows', sourceColumn: 'Source', sourceValue: 'crm', fields: [{ column: 'Report', type: 'text' }, { column: 'Rows', type: 'number' }], triggerAtLeast: 1000 },
    { id: 'erp_export', name: 'ERP export', userColumn: 'User', timeColumn: 'When', sourceColumn: 'Source', sourceValue: 'erp' },
  ] }
  const head = 'User,When,Source,Rows,Report\n'
  const read = (text: string, given = settings, only?: string) => all(readCustomIndicators(bytes(text), given, only))
  test('are split by a column of sources, with amounts, fields and triggers', async () => {
    expect(await read(`${head}a@example.com,2026-03-02,CRM,1500.7,Customers\nb@example.com,2026-03-02,erp,,\n`)).toMatchObject([
      { who: 'a@example.com', trigger: { kind: 'custom_indicator' }, detail: { customDetection: { indicator: 'crm_export', amount: 1500, fields: [{ name: 'Report', value: 'Customers' }, { name: 'Rows', value: '1500.7' }] } } },
      { who: 'b@example.com', detail: { customDetection: { indicator: 'erp_export', amount: 1 } } },
    ])
  })
  test.each([['a@example.com,2026-03-02,crm,many,x', 'Rows is no number'], ['a@example.com,2026-03-02,crm,-1,x', 'from 0 on'], ['a@example.com,soon,crm,1,x', 'When'], [',2026-03-02,crm,1,x', 'no User'], ['a@example.com,2026-03-02,sap,1,x', 'no indicator'], ['a@example.com,2026-03-02,crm,,x', 'from 0 on']])('%s is refused', async (row, words) => {
    expect(await read(`${head}${row}\n`)).toMatchObject([{ type: 'problem', line: 2, problem: expect.stringContaining(words) as string }])
  })
  test('without the columns of the one that was named are refused', async () => {
    expect(await read('User,When\na@example.com,2026-03-02\n', settings, 'crm_export')).toMatchObject([{ fatal: true, problem: expect.stringContaining('Rows') as string }])
    expect(await read('User,When\na@example.com,2026-03-02\n', settings, 'none')).toMatchObject([{ fatal: true }])
  })
})
