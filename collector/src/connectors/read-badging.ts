// Badge readers: a JSON array of records, as Microsoft's physical badging connector takes them.
//
//   [{ "UserId": "sara@example.com", "AssetId": "door-7", "AssetName": "Vault", "EventTime": "2026-03-02T09:14:00Z", "AccessStatus": "Failed" }]
import { hash } from 'node:crypto'
import { type Fact, fatal, problem, type Source } from './facts.ts'
import { parseInstant } from './files/times.ts'
import { isObject, readJson } from './json-file.ts'
import { columnKey } from './files/table.ts'

/** The published limit of one upload. */
export const MAX_BADGE_RECORDS = 50_000
const MAX_ASSET = 200

const STATUS: Readonly<Record<string, 'success' | 'failed'>> = { success: 'success', succeeded: 'success', granted: 'success', allowed: 'success', failed: 'failed', failure: 'failed', fail: 'failed', denied: 'failed' }

/** A field by any of its names, in any letter case. */
function field(record: Readonly<Record<string, unknown>>, ...names: readonly string[]): string {
  for (const [key, value] of Object.entries(record)) {
    if (!names.includes(columnKey(key))) continue
    if (typeof value === 'string') return value.trim()
    if (typeof value === 'number') return String(value)
  }
  return ''
}

function factOf(value: unknown, line: number): Fact {
  if (!isObject(value)) return problem(line, 'is no object')
  const who = field(value, 'userid', 'emailaddress', 'userprincipalname', 'email')
  const assetId = field(value, 'assetid')
  const time = field(value, 'eventtime', 'accesstime', 'eventdatetime')
  const statusText = field(value, 'accessstatus', 'status')
  if (who === '') return problem(line, 'has no UserId')
  if (assetId === '') return problem(line, 'has no AssetId')
  if (assetId.length > MAX_ASSET) return problem(line, `AssetId is longer than ${MAX_ASSET} characters`)
  const atMs = parseInstant(time)
  if (atMs === undefined) return problem(line, 'EventTime is no time such as 2026-03-02T09:14:00Z')
  const status = STATUS[statusText.toLowerCase()]
  if (status === undefined) return problem(line, 'AccessStatus is neither Success nor Failed')
  const assetName = field(value, 'assetname').slice(0, MAX_ASSET)
  return { type: 'activity', line, who, unknown: 'make', key: hash('sha256', JSON.stringify([who.toLowerCase(), assetId, atMs, status])), kind: 'physical_access', atMs, detail: { physicalAccess: { assetId, assetName, status } } }
}

/** Facts of a badging file, in groups; a line in a message is the number of the record. @throws Broken */
export async function* readBadging(source: Source): AsyncGenerator<readonly Fact[]> {
  for await (const items of readJson(source, ['records', 'value', 'data'])) {
    const last = items.at(-1)
    if (last !== undefined && last.line > MAX_BADGE_RECORDS) {
      yield [fatal(last.line, `holds more than ${MAX_BADGE_RECORDS} records; send it in parts`)]
      return
    }
    yield items.map(({ line, value, problem: wrong }) => (wrong === undefined ? factOf(value, line) : problem(line, wrong)))
  }
}
