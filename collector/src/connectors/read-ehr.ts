// Audit files of health record systems: the columns of Microsoft's healthcare connector, and of Epic's audit export.
// Rows become `patient_record_accessed`; how the patient and the person are related is settled where homes are known.
import { hash } from 'node:crypto'
import { cell, type Columns, type Layout, layoutOf, missingColumns } from './columns.ts'
import { type Fact, fatal, problem, type Source } from './facts.ts'
import { columnKey, readTable } from './files/table.ts'
import { type DateOrder, parseInstant } from './files/times.ts'

type EhrColumn = 'time' | 'event' | 'user' | 'account' | 'firstName' | 'lastName' | 'street' | 'street2' | 'city' | 'zip' | 'reason' | 'patientId' | 'workstation'

export const ehrColumns: Columns<EhrColumn> = {
  time: { names: ['Creation Time', 'ACCESS_LOG.ACCESS_TIME', 'ACCESS_TIME', 'CreationTime'], required: true },
  event: { names: ['Event Name', 'ACCESS_LOG_METRIC.METRIC_NAME', 'METRIC_NAME', 'EventName'], required: true },
  user: { names: ['User Email', 'Employee Email', 'Employee Email Address', 'UserPrincipalName', 'EmailAddress', 'Email', 'User Id', 'EMP.SYSTEM_LOGIN', 'SYSTEM_LOGIN'] },
  account: { names: ['SamAccountName', 'Employee SamAccountName', 'User Name', 'Login'] },
  firstName: { names: ['Patient First Name', 'PATIENT.PAT_FIRST_NAME', 'PAT_FIRST_NAME'], required: true },
  lastName: { names: ['Patient Last Name', 'PATIENT.PAT_LAST_NAME', 'PAT_LAST_NAME'], required: true },
  street: { names: ['Patient Address Line 1', 'PATIENT.ADD_LINE_1', 'ADD_LINE_1'], required: true },
  street2: { names: ['Patient Address Line 2', 'PATIENT.ADD_LINE_2', 'ADD_LINE_2'] },
  city: { names: ['Patient City', 'PATIENT.CITY', 'Patient City Name'], required: true },
  zip: { names: ['Patient Zip Code', 'PATIENT.ZIP', 'Patient Zip', 'Patient Postal Code', 'ZIP'], required: true },
  reason: { names: ['Restricted Access Reason', 'ZC_BTG_REASON.NAME', 'BTG_REASON', 'Restricted Access Reason Name'], required: true },
  patientId: { names: ['Patient Reg Id', 'PATIENT.PAT_ID', 'Patient Id', 'PAT_MRN_ID'] },
  workstation: { names: ['Workstation Id', 'ACCESS_LOG.WORKSTATION_ID', 'WORKSTATION_ID'] },
}

const MAX_EVENT = 200

export interface EhrSettings {
  readonly columns?: Readonly<Record<string, string>>
  readonly dateOrder?: DateOrder
  /** Events that switch the audit of the record system off or cover tracks in it; beside those that are known. */
  readonly defenceEvasionEvents?: readonly string[]
}

/** What record systems call it when their own audit is tampered with. */
const DEFENCE_EVASION = /\b(?:audit|log|logging|trail)\b.{0,40}\b(?:clear|cleared|delete|deleted|disable|disabled|purge|purged|tamper\w*|turned off|switched off|stopped)\b|\b(?:clear|delete|disable|purge|stop|turn off|switch off)\b.{0,40}\b(?:audit|logging|log|trail)\b/i

function factOf(line: number, cells: readonly string[], layout: Layout<EhrColumn>, settings: EhrSettings): Fact {
  const row = (role: EhrColumn): string => cell(cells, layout, role)
  const atMs = parseInstant(row('time'), settings.dateOrder)
  if (atMs === undefined) return problem(line, 'the creation time is no time such as 2026-03-02T09:14:00Z')
  const who = row('user') || row('account')
  if (who === '') return problem(line, 'has no user')
  if (row('event') === '') return problem(line, 'has no event name')
  const patient = { firstName: row('firstName'), lastName: row('lastName'), street: [row('street'), row('street2')].filter((text) => text !== '').join(' '), city: row('city'), postCode: row('zip') }
  if (patient.firstName === '' && patient.lastName === '') return problem(line, 'has no name of the patient')
  const eventName = row('event').slice(0, MAX_EVENT)
  const key = hash('sha256', JSON.stringify([atMs, who.toLowerCase(), eventName, patient, row('patientId'), row('workstation'), row('reason')]))
  const evades = DEFENCE_EVASION.test(eventName) || settings.defenceEvasionEvents?.some((name) => columnKey(name) === columnKey(eventName)) === true
  return {
    type: 'activity', line, who, unknown: 'make', key, kind: 'patient_record_accessed', atMs, patient, detail: { patientRecordAccessed: { patient: '', relation: 'none', eventName, restrictedReason: row('reason').slice(0, MAX_EVENT) } },
    ...(evades ? { trigger: { kind: 'patient_defence_evasion' as const, key, reason: 'The audit of the health record system was switched off or altered.', detail: { eventName } } } : {}),
  }
}

/** Facts of an audit file, in groups. @throws Broken */
export async function* readEhr(source: Source, settings: EhrSettings = {}): AsyncGenerator<readonly Fact[]> {
  let head: readonly string[] | undefined
  let layout: Layout<EhrColumn> = {}
  for await (const rows of readTable(source)) {
    const facts: Fact[] = []
    for (const { line, cells } of rows) {
      if (head === undefined) {
        head = cells
        const found = layoutOf(cells, ehrColumns, settings.columns)
        layout = found.layout
        const problems = [...found.problems, ...missingColumns(cells, ehrColumns, layout), ...(layout.user === undefined && layout.account === undefined ? ['the mandatory column of the user (User Email, SamAccountName or EMP.SYSTEM_LOGIN) is missing'] : [])]
        if (problems.length > 0) {
          yield problems.map((text) => fatal(line, text))
          return
        }
      } else if (cells.length > head.length) facts.push(problem(line, `has ${cells.length} values where the head line has ${head.length}`))
      else facts.push(factOf(line, cells, layout, settings))
    }
    if (facts.length > 0) yield facts
  }
  if (head === undefined) yield [fatal(1, 'has no head line')]
}
