// Microsoft Graph security API, `alerts_v2`: what the Defender products and Entra ID Protection raise.
import { parseInstant } from '../files/times.ts'
import { at, isObject, textAt } from '../json-file.ts'
import { type AlertState, type OutsideAlert, severityOf, techniquesOf, type Verdict } from './alert.ts'

const STATES: Readonly<Record<string, AlertState>> = { new: 'new', newalert: 'new', inprogress: 'in_progress', resolved: 'resolved', dismissed: 'resolved' }
const VERDICTS: Readonly<Record<string, Verdict>> = { truepositive: 'true_positive', falsepositive: 'false_positive', informationalexpectedactivity: 'expected', benignpositive: 'expected' }

export const isGraphAlert = (value: Readonly<Record<string, unknown>>): boolean => 'serviceSource' in value || 'detectionSource' in value || 'providerAlertId' in value || (typeof value['severity'] === 'string' && 'evidence' in value) || 'vendorInformation' in value

function accountName(account: unknown): string {
  const upn = textAt(account, 'userPrincipalName')
  if (upn !== '') return upn
  const name = textAt(account, 'accountName')
  if (name === '') return ''
  const domain = textAt(account, 'domainName')
  return domain === '' ? name : `${domain}\\${name}`
}

/** Users of the evidence: those who are named as such before those who were merely signed in. */
function peopleOf(alert: unknown): readonly string[] {
  const evidence = at(alert, 'evidence')
  const items = Array.isArray(evidence) ? (evidence as readonly unknown[]).filter(isObject) : []
  const typeOf = (item: Readonly<Record<string, unknown>>): string => (typeof item['@odata.type'] === 'string' ? item['@odata.type'] : '')
  const users = items.filter((item) => typeOf(item).endsWith('userEvidence')).map((item) => accountName(item['userAccount']))
  const owners = items.filter((item) => !typeOf(item).endsWith('userEvidence')).flatMap((item) => [accountName(item['userAccount']), accountName(at(item, 'primaryUser'))])
  const states = at(alert, 'userStates')
  const older = Array.isArray(states) ? (states as readonly unknown[]).map(accountName) : []
  const named = [...users, ...owners, ...older].filter((name) => name !== '')
  if (named.length > 0) return named
  const signedIn = items.flatMap((item) => (Array.isArray(item['loggedOnUsers']) ? (item['loggedOnUsers'] as readonly unknown[]).map(accountName) : [])).filter((name) => name !== '')
  // Of several who were signed in, nobody says who it was.
  return new Set(signedIn).size === 1 ? signedIn : []
}

export function readGraphAlert(value: Readonly<Record<string, unknown>>): OutsideAlert | string {
  const severity = severityOf(textAt(value, 'severity'))
  if (severity === undefined) return 'the severity is not known'
  const timeText = textAt(value, 'firstActivityDateTime', 'createdDateTime', 'eventDateTime')
  const atMs = parseInstant(timeText)
  if (atMs === undefined) return 'has no time of its first activity or creation'
  const changedAtMs = parseInstant(textAt(value, 'lastUpdateDateTime', 'lastModifiedDateTime', 'resolvedDateTime'))
  const techniques = at(value, 'mitreTechniques')
  const evidence = at(value, 'evidence')
  const host = Array.isArray(evidence) ? (evidence as readonly unknown[]).map((item) => textAt(item, 'deviceDnsName', 'hostName')).find((name) => name !== '') : undefined
  return {
    source: 'microsoft_graph', alertId: textAt(value, 'id', 'providerAlertId'), title: textAt(value, 'title'), severity, status: STATES[textAt(value, 'status').toLowerCase()] ?? 'unknown',
    verdict: VERDICTS[textAt(value, 'classification', 'feedback').toLowerCase()] ?? '', category: textAt(value, 'category'), attack: techniquesOf(Array.isArray(techniques) ? (techniques as readonly unknown[]) : []), host: host ?? '',
    atMs, ...(changedAtMs === undefined ? {} : { changedAtMs }), people: peopleOf(value), makePlain: false,
  }
}
