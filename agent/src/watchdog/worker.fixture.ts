// A worker that misbehaves as its test asks. usage: worker.fixture.ts JOURNAL MODE
//
// Each start adds a line to the journal: its orders and its pid.
import { spawn } from 'node:child_process'
import { appendFileSync, readFileSync } from 'node:fs'
import { joinWatchdog } from './worker-link.ts'

const [, , journal = '', mode = ''] = process.argv
if (mode === 'never-beats') {
  appendFileSync(journal, `${JSON.stringify({ pid: process.pid, orders: JSON.parse(process.env['HOLDFAST_AGENT_ORDERS'] ?? '{}') })}\n`)
  process.kill(process.pid, 'SIGSTOP')
}
const link = joinWatchdog(50)
appendFileSync(journal, `${JSON.stringify({ pid: process.pid, orders: link.orders, environment: Object.keys(process.env).toSorted() })}\n`)
const starts = readFileSync(journal, 'utf8').trim().split('\n').length
const stays = setInterval(() => {}, 1000)

link.onStop((why) => {
  if (mode === 'deaf') return
  appendFileSync(journal, `${JSON.stringify({ stopped: why })}\n`)
  clearInterval(stays)
  process.exit(0)
})

const modes: Readonly<Record<string, () => void>> = {
  well: () => link.ready(),
  deaf: () => link.ready(),
  refuses: () => process.exit(3),
  crashes: () => {
    link.ready()
    if (link.orders.safeMode === undefined) setTimeout(() => process.exit(70), 20)
  },
  'crashes-always': () => process.exit(70),
  'spins-once': () => {
    // What it has started must not outlive it.
    if (starts === 1) {
      const { pid } = spawn('/bin/sleep', ['60'], { stdio: 'ignore' })
      appendFileSync(journal, `${JSON.stringify({ grandchild: pid })}\n`)
    }
    link.ready()
    if (starts === 1) for (;;);
  },
  'new-policy': () => {
    link.ready()
    if (link.orders.safeMode === undefined && starts < 4) setTimeout(() => process.exit(70), 20)
    else if (link.orders.safeMode !== undefined) link.tryPolicy('policy version 8 came')
  },
}
modes[mode]?.()
