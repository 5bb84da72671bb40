// A rule engine for JavaScript over the leavers' hour, in its own process. None of them has windows: the copies of each user in the
// last hour are counted beside it, and the engine is asked on every event, as whoever builds on one has to do.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { COPIES_ALLOWED, WINDOW_MS } from './leavers.ts'
import type { PeerEvent } from './peer-events.ts'
import { memory, serveParent } from './processes.ts'

interface Facts {
  readonly type: string
  readonly leaver: boolean
  readonly copies: number
}
type Ask = (facts: Facts) => boolean | Promise<boolean>

/** What of each engine is used here. */
interface Engines {
  readonly 'json-rules-engine': { readonly Engine: new () => { addRule(rule: object): void; run(facts: object): Promise<{ readonly events: readonly unknown[] }> } }
  readonly 'json-logic-js': { apply(rule: object, data: object): unknown }
  readonly 'node-rules': { readonly RuleEngine: new (rules: readonly object[], options: object) => { execute(fact: object, done: (result: { readonly alert?: boolean }) => void): void } }
}

interface NodeRules {
  when(condition: boolean): void
  stop(): void
}

const engines: { readonly [Name in keyof Engines]: (module: Engines[Name]) => Ask } = {
  'json-rules-engine': ({ Engine }) => {
    const engine = new Engine()
    engine.addRule({ conditions: { all: [{ fact: 'type', operator: 'equal', value: 'usb_copy' }, { fact: 'leaver', operator: 'equal', value: true }, { fact: 'copies', operator: 'greaterThan', value: COPIES_ALLOWED }] }, event: { type: 'alert' } })
    return async (facts) => (await engine.run(facts)).events.length > 0
  },
  'json-logic-js': (logic) => {
    const rule = { and: [{ '==': [{ var: 'type' }, 'usb_copy'] }, { '==': [{ var: 'leaver' }, true] }, { '>': [{ var: 'copies' }, COPIES_ALLOWED] }] }
    return (facts) => logic.apply(rule, facts) === true
  },
  'node-rules': ({ RuleEngine }) => {
    const engine = new RuleEngine([{
      condition(this: Facts, rules: NodeRules) {
        rules.when(this.type === 'usb_copy' && this.leaver && this.copies > COPIES_ALLOWED)
      },
      consequence(this: Facts & { alert?: boolean }, rules: NodeRules) {
        this.alert = true
        rules.stop()
      },
    }], { ignoreFactChanges: true })
    return (facts) => new Promise((resolve) => engine.execute({ ...facts }, (result) => resolve(result.alert === true)))
  },
}

let lines: readonly string[] = []
let leavers: ReadonlySet<string> = new Set()

async function pass(ask: Ask, limit: number): Promise<readonly string[]> {
  const windows = new Map<string, number[]>()
  const alerted = new Set<string>()
  for (let index = 0; index < lines.length && index < limit; index += 1) {
    const { ts, user, type } = JSON.parse(lines[index] ?? '') as PeerEvent
    let copies = 0
    if (type === 'usb_copy') {
      const times = windows.get(user) ?? []
      windows.set(user, times)
      times.push(ts)
      while ((times[0] ?? ts) < ts - WINDOW_MS) times.shift()
      copies = times.length
    }
    // An engine that answers at once is not made to wait.
    const answer = ask({ type, leaver: leavers.has(user), copies })
    if (typeof answer === 'boolean' ? answer : await answer) alerted.add(user)
  }
  return [...alerted]
}

serveParent(async (message) => {
  if (message['do'] === 'prepare') {
    lines = readFileSync(String(message['path']), 'utf8').trimEnd().split('\n')
    leavers = new Set(message['leavers'] as readonly string[])
    return { lines: lines.length }
  }
  const name = String(message['engine']) as keyof Engines
  const module = createRequire(String(message['modules']))(name) as never
  const ask = engines[name](module)
  const limit = Number(message['limit'] ?? lines.length)
  const before = process.cpuUsage()
  const alerted = await pass(ask, limit)
  const { user, system } = process.cpuUsage(before)
  return { alerted, cpuSecs: (user + system) / 1e6, events: Math.min(limit, lines.length), rssMb: (await memory(process.pid)).nowMb }
})
