// Files of other systems, through the readers and, where anything in them can be taken, through an import into a real store.
import { CodedError } from '@holdfast/collector/errors.ts'
import type { Fact } from '@holdfast/collector/connectors/facts.ts'
import { Broken as FileBroken } from '@holdfast/collector/connectors/files/table.ts'
import { type ConnectorId, connectors, type DirectoryFormat, type ReadOptions } from '@holdfast/collector/connectors/registry.ts'
import { patchResource, parseFilter, ScimRefusal } from '@holdfast/collector/connectors/directory/scim-patch.ts'
import { openTestImports } from '@holdfast/collector/testing/connector-imports.ts'
import { MONDAY_MS } from '@holdfast/collector/testing/builders.ts'
import { type FuzzTarget, holds } from '../target.ts'

const MAX_BYTES = 16 * 1024

async function* inPieces(input: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < input.length; at += size) yield input.subarray(at, at + size)
}

/** Facts, with the breaking of the file as the last of them. */
async function factsOf(read: () => AsyncGenerator<readonly Fact[]>): Promise<readonly unknown[]> {
  const found: unknown[] = []
  try {
    for await (const group of read()) found.push(...group)
  } catch (error) {
    if (!(error instanceof FileBroken)) throw error
    holds(error.line >= 1, `a broken file has the line ${error.line}`)
    found.push('broken')
  }
  return found
}

interface Source {
  readonly id: ConnectorId
  readonly format?: DirectoryFormat
  readonly settings?: Readonly<Record<string, unknown>>
  readonly indicator?: string
  readonly seeds: readonly string[]
  readonly words: readonly string[]
}

const graph = { id: 'da1', title: 'Suspicious transfer', severity: 'high', status: 'new', serviceSource: 'microsoftDefenderForEndpoint', category: 'Exfiltration', mitreTechniques: ['T1048'], createdDateTime: '2026-03-02T08:00:00.1234567Z', lastUpdateDateTime: '2026-03-02T09:00:00Z', evidence: [{ '@odata.type': '#microsoft.graph.security.userEvidence', userAccount: { accountName: 'mara', domainName: 'CORP', userPrincipalName: 'mara@example.com' } }] }
const wazuh = { timestamp: '2026-03-02T08:00:00.123+0000', rule: { level: 12, description: 'Login', id: '5501', mitre: { id: ['T1078'] }, groups: ['pam'] }, agent: { id: '1', name: 'srv-1' }, id: '1.1', data: { dstuser: 'mara(uid=1000)' } }
const falco = { time: '2026-03-02T08:00:00.123456789Z', rule: 'Read sensitive file', priority: 'Critical', output: 'x', hostname: 'srv-1', tags: ['T1555'], output_fields: { 'user.name': 'root', 'user.loginname': 'mara' } }
const osquery = { name: 'pack/usb', hostIdentifier: 'lt-1', unixTime: 1_772_438_400, action: 'snapshot', snapshot: [{ username: 'a' }] }

const sources: Readonly<Record<string, Source>> = {
  'connector-hr': {
    id: 'hr', settings: { levels: ['Clerk', 'Manager'] }, words: ['HRScenario', 'Resignation', 'EmailAddress', '2026-02-02', ',', ';', '\t', '"'],
    seeds: ['HRScenario,EmailAddress,ResignationDate,LastWorkingDate,EffectiveDate,Remarks,Rating,OldLevel,NewLevel\r\nResignation,a@example.com,2026-02-02,2026-03-31\r\nJob level change,b@example.com,,,2026-02-03,,,Manager,Clerk\r\nPerformance review,c@example.com,,,2026-02-04,"late, often",2-Below expectation\r\n'],
  },
  'connector-people-csv': { id: 'directory', format: 'csv', words: ['user', 'account', 'email', 'groups', 'manager', ';', '"', 'CORP\\'], seeds: ['user,account,email,name,department,manager,groups,sid,active,endDate\nmara,CORP\\mara,mara@example.com,Mara Ott,Sales,boss,"Staff;Domain Admins",S-1-5-21-1-2-3-4,yes,\nboss,boss,boss@example.com,Boss,Sales,,,,no,2026-01-31\n'] },
  'connector-people-ldif': { id: 'directory', format: 'ldif', words: ['dn: ', 'changetype: modify', 'changetype: delete', 'objectSid:: ', '\n ', 'memberOf: ', '::', '-\n'], seeds: ['version: 1\r\n# people\r\ndn: uid=mara,ou=People,dc=example,\r\n dc=com\r\nobjectClass: inetOrgPerson\r\nuid: Mara\r\ncn:: TcOhcmEgT3R0\r\nmail: mara@example.com\r\nmemberOf: CN=Staff\\, all,OU=Groups,DC=example\r\n\r\ndn: cn=b\r\nchangetype: modify\r\nreplace: userAccountControl\r\nuserAccountControl: 514\r\n-\r\n'] },
  'connector-people-scim': { id: 'directory', format: 'scim', words: ['"userName"', '"members"', '"active"', '[', '{', 'urn:ietf:params:scim:schemas:core:2.0:User'], seeds: [JSON.stringify({ Resources: [{ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], id: '1', userName: 'mara@example.com', active: true, name: { givenName: 'Mara', familyName: 'Ott' }, emails: [{ value: 'mara@example.com', type: 'work' }], groups: [{ value: 'g1', display: 'Staff' }] }, { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], id: 'g1', displayName: 'Staff', members: [{ value: '1' }] }] })] },
  'connector-ehr': { id: 'ehr', settings: { dateOrder: 'mdy' }, words: ['Creation Time', '"', ',', '3/2/2026 3:18:02 PM', 'audit log disabled'], seeds: ['Creation Time,Event Name,User Email,Patient First Name,Patient Last Name,Patient Address Line 1,Patient City,Patient Zip Code,Restricted Access Reason,Patient Reg Id\n2026-03-02T09:14:00Z,Chart opened,a@example.com,Mara,Ott,12 Hill Road,Springfield,12345-6789,,P1\n3/2/2026 9:15,Audit log disabled,b@example.com,Nils,Ott,12 Hill Road,Springfield,12345,Break the glass,P2\n'] },
  'connector-badging': { id: 'badging', words: ['"UserId"', '"EventTime"', '"AccessStatus"', 'Failed', '[', '{'], seeds: [JSON.stringify([{ UserId: 'sara@example.com', AssetId: 'door-7', AssetName: 'Vault', EventTime: '2026-03-02T09:14:00Z', AccessStatus: 'Failed' }])] },
  'connector-security-alerts': { id: 'security-alerts', settings: { osquerySeverities: { 'pack/usb': 'high' } }, words: ['"evidence"', '"rule"', '"snapshot"', 'FOUND', ' -> ', '"value"'], seeds: [JSON.stringify({ value: [graph] }), [wazuh, falco, osquery].map((line) => JSON.stringify(line)).join('\n'), 'Mon Mar  2 08:00:00 2026 -> /home/mara/x.zip: Win.Test.EICAR_HDB-1(44d88612:68) FOUND\n/home/nils/x: PUA.Win.Tool-1 FOUND\n'] },
  'connector-custom-indicators': {
    id: 'custom-indicators', indicator: 'portal', words: ['User', 'When', ',', '"', '2026-03-02'],
    settings: { indicators: [{ id: 'portal', name: 'Portal', userColumn: 'User', timeColumn: 'When', thresholdColumn: 'Rows', triggerAtLeast: 10, fields: [{ column: 'Rows', type: 'number' }] }] }, seeds: ['User,When,Rows\na@example.com,2026-03-02T09:14:00Z,12\nb@example.com,2026-03-02,"1,000"\n'],
  },
  'connector-activities': { id: 'activities', words: ['"fileCopied"', '"destination"', '"occurredAt"', '"LOCATION_KIND_REMOVABLE"', '{', '\n'], seeds: [[{ device: 'd_1', occurredAt: '2026-03-02T09:14:00Z', actor: { account: 'mara' }, fileCopied: { destination: { path: '/media/s/a', location: 'LOCATION_KIND_REMOVABLE', sizeBytes: '12' } } }, { device: 'd_1', occurred_at: '2026-03-02T10:14:00Z', actor: { account_id: '1000' }, removable_media_mounted: { media: { vendor: 'x', serial: '1' } } }].map((line) => JSON.stringify(line)).join('\n')] },
}

const connectorTarget = (name: string, { id, format, settings = {}, indicator, seeds, words }: Source): FuzzTarget => ({
  name, title: `${connectors[id].title}${format === undefined ? '' : ` as ${format.toUpperCase()}`}: a file of an import.`,
  oracle: 'Facts, problems with their line, or a broken file, and the same ones however the bytes are cut; an import of them is a report or a refusal with a code.',
  maxBytes: MAX_BYTES, words, seeds: () => seeds.map((text) => Buffer.from(text)),
  async open() {
    const imports = await openTestImports()
    const options: ReadOptions = { nowMs: MONDAY_MS, ...(format === undefined ? {} : { format }), ...(indicator === undefined ? {} : { indicator }) }
    const read = (input: Uint8Array, size: number) => factsOf(() => connectors[id].read(inPieces(input, size), settings, options))
    return {
      async run(input) {
        const whole = await read(input, Math.max(1, input.length))
        for (const fact of whole as readonly (Fact | 'broken')[]) if (fact !== 'broken') holds(Number.isSafeInteger(fact.line) && fact.line >= 1, `a ${fact.type} has the line ${fact.line}`)
        const cut = await read(input, 7)
        // What stands before a broken place depends on how far a group had come.
        if (whole.at(-1) !== 'broken' && cut.at(-1) !== 'broken') holds(JSON.stringify(whole) === JSON.stringify(cut), 'cut into pieces it says something else')
        if (!(whole as readonly (Fact | 'broken')[]).some((fact) => fact !== 'broken' && fact.type !== 'problem')) return
        try {
          await imports.run(id, input, { dryRun: true, skipBad: true, confirm: true, settings, ...(format === undefined ? {} : { format }), ...(indicator === undefined ? {} : { indicator }) })
        } catch (error) {
          if (!(error instanceof CodedError)) throw error
        }
      },
      close: () => imports.close(),
    }
  },
})

const resource = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], id: '1', userName: 'mara', active: true, name: { givenName: 'Mara' }, emails: [{ value: 'mara@example.com', type: 'work' }], members: [{ value: 'u_1' }] }
const patch = (...operations: readonly object[]): Buffer => Buffer.from(JSON.stringify({ schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations }))

const scimPatch: FuzzTarget = {
  name: 'scim-patch', title: 'SCIM: the operations of a PATCH, and a filter.',
  oracle: 'A resource or a refusal with its scimType; the resource that was given stays as it was; no prototype is written.',
  maxBytes: MAX_BYTES, words: ['"op"', '"path"', '"value"', 'add', 'remove', 'emails[type eq \\"work\\"].value', 'members[value eq \\"u_1\\"]', '__proto__', 'constructor', 'userName eq "x"'],
  seeds: () => [patch({ op: 'Replace', path: 'active', value: 'False' }, { op: 'add', path: 'emails[type eq "work"].value', value: 'x@example.com' }), patch({ op: 'remove', path: 'members[value eq "u_1"]' }, { op: 'add', value: { displayName: 'x', 'name.familyName': 'y' } }), Buffer.from('userName eq "mara"'), patch({ op: 'replace', path: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value', value: '7' })],
  open: () => ({
    run(input) {
      const text = input.toString('utf8')
      const before = JSON.stringify(resource)
      const refused = (work: () => void): void => {
        try {
          work()
        } catch (error) {
          if (!(error instanceof ScimRefusal)) throw error
        }
      }
      let value: unknown
      try {
        value = JSON.parse(text)
      } catch {
        // No document: then it is read as a filter.
        refused(() => void parseFilter(text, 'User'))
        return
      }
      refused(() => {
        const after = patchResource(resource, value)
        holds(Object.getPrototypeOf(after) === Object.prototype && !Object.hasOwn(after, '__proto__'), 'the resource has another prototype')
      })
      holds(JSON.stringify(resource) === before, 'the resource that was given is changed')
      holds(Object.keys(Object.prototype).length === 0, 'something is on the prototype of all objects')
    },
  }),
}

export const connectorTargets: readonly FuzzTarget[] = [...Object.entries(sources).map(([name, source]) => connectorTarget(name, source)), scimPatch]
