// Alerts out of the logs of Wazuh, Falco, osquery and ClamAV. Levels are brought to three; the tables say how.
import { hash } from 'node:crypto'
import { parseInstant } from '../files/times.ts'
import { at, isObject, textAt } from '../json-file.ts'
import { type AlertSeverity, type OutsideAlert, techniquesOf } from './alert.ts'

type Item = Readonly<Record<string, unknown>>
const listAt = (value: unknown, path: string): readonly unknown[] => {
  const found = at(value, path)
  return Array.isArray(found) ? (found as readonly unknown[]) : typeof found === 'string' ? [found] : []
}
const idOf = (...parts: readonly unknown[]): string => hash('sha256', JSON.stringify(parts)).slice(0, 32)

/** Rule levels run from 0 to 15. Source: the rules classification of Wazuh, where 12 is the first of high importance and 7 of bad words and errors. */
const WAZUH_HIGH = 12
const WAZUH_MEDIUM = 7

export const isWazuh = (value: Item): boolean => isObject(value['rule']) && at(value, 'rule.level') !== undefined

export function readWazuh(value: Item): OutsideAlert | string {
  const level = Number(textAt(value, 'rule.level'))
  if (!Number.isFinite(level) || level < 0) return 'rule.level is no number'
  const atMs = parseInstant(textAt(value, 'timestamp', '@timestamp'))
  if (atMs === undefined) return 'timestamp is no time'
  const windowsName = textAt(value, 'data.win.eventdata.targetUserName', 'data.win.eventdata.user', 'data.win.eventdata.subjectUserName')
  const windowsDomain = textAt(value, 'data.win.eventdata.targetDomainName', 'data.win.eventdata.subjectDomainName')
  const windows = windowsName === '' || windowsName.includes('\\') || windowsName.includes('@') || windowsDomain === '' ? windowsName : `${windowsDomain}\\${windowsName}`
  const candidates = [textAt(value, 'syscheck.audit.login_user.name'), textAt(value, 'syscheck.audit.user.name'), windows, textAt(value, 'data.dstuser'), textAt(value, 'data.srcuser'), textAt(value, 'data.office365.UserId', 'data.aws.userIdentity.userName'), textAt(value, 'syscheck.uname_after')]
  const who = candidates.map((name) => name.replace(/\(uid=\d+\)$/, '')).find((name) => name !== '' && name !== 'root')
  return {
    source: 'wazuh', alertId: textAt(value, 'id') || idOf(atMs, textAt(value, 'rule.id'), textAt(value, 'agent.id'), textAt(value, 'full_log')), title: textAt(value, 'rule.description'),
    severity: level >= WAZUH_HIGH ? 'high' : level >= WAZUH_MEDIUM ? 'medium' : 'low', status: 'new', verdict: '', category: listAt(value, 'rule.groups').filter((name) => typeof name === 'string').join(' '),
    attack: techniquesOf([...listAt(value, 'rule.mitre.id'), ...listAt(value, 'rule.mitre.technique_id')]), host: textAt(value, 'agent.name', 'manager.name'), atMs, people: who === undefined ? [] : [who], makePlain: false,
  }
}

const FALCO: Readonly<Record<string, AlertSeverity>> = { emergency: 'high', alert: 'high', critical: 'high', error: 'medium', warning: 'medium', notice: 'low', informational: 'low', info: 'low', debug: 'low' }

export const isFalco = (value: Item): boolean => typeof value['rule'] === 'string' && typeof value['priority'] === 'string'

export function readFalco(value: Item): OutsideAlert | string {
  const severity = FALCO[textAt(value, 'priority').toLowerCase()]
  if (severity === undefined) return 'the priority is not known'
  const atMs = parseInstant(textAt(value, 'time'))
  if (atMs === undefined) return 'time is no time'
  const fields = isObject(value['output_fields']) ? value['output_fields'] : {}
  const own = (name: string): string => (typeof fields[name] === 'string' ? fields[name] : '')
  // Who signed in, before whom sudo made of it.
  const who = [own('user.loginname'), own('user.name')].find((name) => name !== '' && name !== '<NA>' && name !== 'root')
  return {
    source: 'falco', alertId: textAt(value, 'uuid') || idOf(textAt(value, 'time'), textAt(value, 'rule'), textAt(value, 'hostname'), textAt(value, 'output')), title: textAt(value, 'rule'), severity, status: 'new', verdict: '',
    category: textAt(value, 'source'), attack: techniquesOf(listAt(value, 'tags')), host: textAt(value, 'hostname'), atMs, people: who === undefined ? [] : [who], makePlain: true,
  }
}

export const isOsquery = (value: Item): boolean => typeof value['hostIdentifier'] === 'string' && typeof value['name'] === 'string'

/** @returns undefined for a row that went away: nothing is raised by it */
export function readOsquery(value: Item, severities: Readonly<Record<string, AlertSeverity>>): readonly (OutsideAlert | string | undefined)[] {
  const unixTime = Number(textAt(value, 'unixTime'))
  const atMs = Number.isFinite(unixTime) && unixTime > 0 ? Math.round(unixTime * 1000) : undefined
  if (atMs === undefined) return ['unixTime is no time']
  const name = textAt(value, 'name')
  const host = textAt(value, 'hostIdentifier')
  const rows: readonly unknown[] = Array.isArray(value['snapshot']) ? (value['snapshot'] as readonly unknown[]) : isObject(value['diffResults']) ? listAt(value, 'diffResults.added') : textAt(value, 'action') === 'removed' ? [] : [value['columns']]
  if (rows.length === 0) return [undefined]
  return rows.map((columns) => {
    const who = textAt(columns, 'username', 'user', 'login_name', 'owner') || textAt(value, 'decorations.username', 'decorations.user')
    return {
      source: 'osquery' as const, alertId: idOf(name, host, unixTime, columns), title: name, severity: severities[name] ?? 'low', status: 'new' as const, verdict: '' as const, category: 'osquery result', attack: [], host, atMs, people: who === '' ? [] : [who], makePlain: true,
    }
  })
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** `Mon Mar  2 09:14:00 2026`, as ctime writes it; read as UTC. */
export function parseCtime(text: string): number | undefined {
  const found = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) +(\d{1,2}) (\d{2}:\d{2}:\d{2}) (\d{4})$/.exec(text.trim())
  const month = MONTHS.indexOf(found?.[1]?.toLowerCase() ?? '') + 1
  return found === null || month === 0 ? undefined : parseInstant(`${found[4]}-${String(month).padStart(2, '0')}-${String(found[2]).padStart(2, '0')}T${found[3]}Z`)
}

const FOUND = /^(?:(\S.{10,40}?)\s*->\s*)?(.+?): ([^\s(]+)(?:\([0-9a-f:]+\))? FOUND\s*$/
const HOME = /(?:^|[/\\])(?:home|Users|export\/home|var\/home)[/\\]([^/\\]+)[/\\]/i

/** @returns undefined for a line that names no finding */
export function readClamav(line: string): OutsideAlert | undefined {
  const found = FOUND.exec(line)
  if (found === null) return undefined
  const [, stamp = '', path = '', signature = ''] = found
  const atMs = parseCtime(stamp) ?? parseInstant(stamp)
  const who = HOME.exec(path)?.[1]
  // Potentially unwanted programs and heuristics are guesses; a signature is not.
  const severity: AlertSeverity = /^PUA\./i.test(signature) ? 'low' : /^Heuristics\./i.test(signature) ? 'medium' : 'high'
  return { source: 'clamav', alertId: idOf(stamp, path, signature), title: signature, severity, status: 'new', verdict: '', category: 'malware', attack: [], host: '', atMs, people: who === undefined ? [] : [who], makePlain: true }
}
