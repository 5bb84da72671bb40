// Alerts of any of the products, told apart item by item: a file may be of one of them, or of many.
import { type Fact, problem, type Source } from '../facts.ts'
import { readLines } from '../files/lines.ts'
import { isObject, readJson } from '../json-file.ts'
import { type AlertSeverity, factsOfAlert, type OutsideAlert } from './alert.ts'
import { isGraphAlert, readGraphAlert } from './graph.ts'
import { isFalco, isOsquery, isWazuh, readClamav, readFalco, readOsquery, readWazuh } from './log-alerts.ts'

export interface SecurityAlertSettings {
  /** Severity of what a query of osquery finds, by the name of the query; `low` when it is not named. */
  readonly osquerySeverities?: Readonly<Record<string, AlertSeverity>>
}

function alertsOf(value: unknown, settings: SecurityAlertSettings): readonly (OutsideAlert | string | undefined)[] {
  if (!isObject(value)) return ['is no object']
  if (isOsquery(value)) return readOsquery(value, settings.osquerySeverities ?? {})
  if (isWazuh(value)) return [readWazuh(value)]
  if (isFalco(value)) return [readFalco(value)]
  if (isGraphAlert(value)) return [readGraphAlert(value)]
  return ['is an alert of none of Microsoft Graph, Wazuh, Falco and osquery']
}

const factsOf = (alerts: readonly (OutsideAlert | string | undefined)[], line: number, nowMs: number): readonly Fact[] =>
  alerts.flatMap((alert): readonly Fact[] => (alert === undefined ? [{ type: 'passed', line, why: 'nothing is raised by it' }] : typeof alert === 'string' ? [problem(line, alert)] : factsOfAlert(alert, line, nowMs)))

/** The bytes again, and the first sign among them that is no space. */
async function peek(source: Source): Promise<{ readonly first: string; readonly source: Source }> {
  const iterator = source[Symbol.asyncIterator]()
  const held: Uint8Array[] = []
  let first = ''
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
    held.push(next.value)
    first = Buffer.from(next.value).toString('latin1').replace(/^\xEF\xBB\xBF/, '').trimStart().slice(0, 1)
    if (first !== '') break
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    yield* held
    yield* { [Symbol.asyncIterator]: () => iterator }
  }
  return { first, source: all() }
}

/** Facts of a file of alerts, in groups. @throws Broken */
export async function* readSecurityAlerts(source: Source, settings: SecurityAlertSettings, nowMs: number): AsyncGenerator<readonly Fact[]> {
  const { first, source: whole } = await peek(source)
  if (first === '{' || first === '[') {
    for await (const items of readJson(whole, ['value', 'alerts', 'hits.hits'])) {
      yield items.flatMap(({ line, value, problem: wrong }) => {
        if (wrong !== undefined) return [problem(line, wrong)]
        // What a search of OpenSearch gives out wraps the alert.
        const inner = isObject(value) && isObject(value['_source']) ? value['_source'] : value
        return factsOf(alertsOf(inner, settings), line, nowMs)
      })
    }
    return
  }
  for await (const lines of readLines(whole as AsyncIterable<Buffer>)) {
    const facts = lines.flatMap(({ number, text, problem: wrong }): readonly Fact[] => {
      if (text === undefined) return [problem(number, wrong ?? 'cannot be read')]
      const alert = readClamav(text)
      return alert === undefined ? [{ type: 'passed', line: number, why: 'the line names no finding' }] : factsOf([alert], number, nowMs)
    })
    if (facts.length > 0) yield facts
  }
}
