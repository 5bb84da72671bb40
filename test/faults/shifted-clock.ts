// Loaded before the agent: its wall clock is the system's plus the milliseconds in the file that HOLDFAST_AGENT_TEST_CLOCK names,
// read again ten times a second. What cannot be set (performance.now, the time since the boot) stays what it is.
import { readFileSync } from 'node:fs'

const path = process.env['HOLDFAST_AGENT_TEST_CLOCK'] ?? ''
const RealDate = globalThis.Date
let offsetMs = 0
const read = (): void => {
  try {
    offsetMs = Number(readFileSync(path, 'utf8')) || 0
  } catch {
    // Being written; the next read has it.
  }
}
read()
setInterval(read, 100).unref()
const now = (): number => RealDate.now() + offsetMs
globalThis.Date = new Proxy(RealDate, {
  construct: (target, parameters: unknown[]) => (parameters.length === 0 ? new target(now()) : Reflect.construct(target, parameters) as Date),
  apply: () => new RealDate(now()).toString(),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key) as unknown),
})
