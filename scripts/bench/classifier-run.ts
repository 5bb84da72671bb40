// The classifier's side of its bench, in a process of its own: how fast text is scanned, in CPU time of this process.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { informationTypes } from '@holdfast/agent/inspect/catalogue/catalogue.ts'
import { createScanner } from '@holdfast/agent/inspect/scanner.ts'
import { serveParent } from './processes.ts'
import { seeded } from './workload.ts'

interface Engine {
  readonly RE2JS: { compile(pattern: string, flags: number): { matcher(text: string): { find(): boolean } }; readonly CASE_INSENSITIVE: number }
}
/** The agent's own engine. */
const { RE2JS } = createRequire(join(import.meta.dirname, '../../agent/package.json'))('re2js') as Engine

const WORDS = 'the quick report of customer address invoice amount payable within days account number please contact office meeting project status update risk review plan team budget payment delivery order street'.split(' ')

/** Lines of an office text: one word in seven has digits; one line in two hundred holds a card, an IBAN or a number with its word. */
function makeText(bytes: number): string {
  const random = seeded(7)
  const below = (limit: number): number => Math.floor(random() * limit)
  const lines: string[] = []
  for (let size = 0; size < bytes;) {
    const words = Array.from({ length: 12 }, () => {
      const kind = below(20)
      if (kind === 0) return String(below(100_000))
      if (kind === 1) return `20${below(90) + 10}-0${below(9) + 1}-1${below(9)}`
      return kind === 2 ? `${below(999)}.${below(99)}` : WORDS[below(WORDS.length)] ?? ''
    })
    if (below(200) === 0) words.push(['card 4000 0566 5566 5556', 'IBAN CH93 0076 2011 6238 5295 7', 'social security number 219-09-9998'][below(3)] ?? '')
    const line = `${words.join(' ')}\n`
    lines.push(line)
    size += line.length
  }
  return lines.join('')
}

/** What a scan costs that asks each pattern of its own, one after the other. */
function oneByOne(text: string, ids: readonly string[]): number {
  const patterns = informationTypes.filter(({ id, find }) => ids.includes(id) && find === 'group').map(({ pattern }) => RE2JS.compile(`\\b(?:${pattern})\\b`, RE2JS.CASE_INSENSITIVE))
  let found = 0
  for (const pattern of patterns) {
    const matcher = pattern.matcher(text)
    while (matcher.find()) found += 1
  }
  return found
}

let text = ''

serveParent(async ({ bytes, types, naive }) => {
  if (text.length < Number(bytes)) text = makeText(Number(bytes))
  const part = text.slice(0, Number(bytes))
  const all = informationTypes.map(({ id }) => id)
  const ids = Number(types) === 1 ? ['payment_card'] : all.slice(0, Number(types))
  const scanner = createScanner({ types: ids })
  const once = (): number => {
    if (naive === true) return oneByOne(part, ids)
    const tally = scanner.begin()
    tally.add(part)
    return tally.findings().length
  }
  // One pass pays for the compiler and the states of the automata.
  once()
  const before = process.cpuUsage()
  const findings = once()
  const used = process.cpuUsage(before)
  return { mbPerCpuSec: part.length / (used.user + used.system), findings, all: all.length }
})
