// A process that appends for ever and prints each number once it is promised; the tests kill it.
//
//   node spool-writer.fixture.ts FOLDER FIRST_TAG [UNTIL_TAG]    at UNTIL_TAG it is gone at once, as if killed
import { setTimeout as sleep } from 'node:timers/promises'
import { CodedError } from '../errors.ts'
import { openSpool } from './spool.ts'
import { bodyOf, quiet } from './testing.ts'

const [folder = '', firstTag = '1', untilTag = 'Infinity'] = process.argv.slice(2)
const say = (text: string): boolean => process.stdout.write(`${text}\n`)

try {
  const spool = await openSpool({ folder, maxBytes: 1e9, now: Date.now, log: quiet })
  say(`open ${spool.epoch}`)
  let tag = Number(firstTag)
  while (tag < Number(untilTag)) {
    const group = Array.from({ length: 1 + (tag % 40) }, () => (tag += 1))
    await Promise.all(group.map(async (each) => {
      try {
        say(`promised ${await spool.append(bodyOf(each, 20 + (each % 900)))} ${each}`)
      } catch (error) {
        if (!(error instanceof CodedError)) throw error
        say(`refused ${error.code}`)
        await sleep(20)
      }
    }))
    const done = Math.max(0, spool.figures().lastSeq - 500)
    // As an uplink does: what the collector has was read before.
    if (tag % 3 === 0) await spool.read(Math.max(1, done), { maxActivities: 1, maxBytes: 1 }).then(() => spool.trim(spool.epoch, done)).catch((error: unknown) => say(`trim ${String(error)}`))
  }
  process.kill(process.pid, 'SIGKILL')
} catch (error) {
  if (!(error instanceof CodedError)) throw error
  say(`failed ${error.code} ${JSON.stringify(error.parameters)}`)
  process.exitCode = 3
}
