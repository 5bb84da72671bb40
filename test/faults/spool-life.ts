// A spool that lives a short life and says what it promised, each in one write(2), for faults that record or break its calls.
//
//   spool-life.ts FOLDER --groups N [--max-bytes N] [--seed N]
//
//   promised EPOCH SEQ TAG    an append resolved
//   refused CODE TAG          an append was refused
//   trimming EPOCH SEQ        before the trim at a watermark
import { writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { openSpool } from '@holdfast/agent/spool/spool.ts'
import { bodyOf } from '@holdfast/agent/spool/testing.ts'
import { seeded } from '../support/random.ts'

const say = (line: string): undefined => void writeSync(1, `${line}\n`)
const log = { info() {}, warn() {}, error: (fields: object, message: string) => void writeSync(2, `${message} ${JSON.stringify(fields)}\n`) }

/** Size of the body of a tag, so that whoever checks can make it again; some are large, so that a small spool is full soon. */
export const sizeOf = (tag: number): number => (tag % 7 === 3 ? 120_000 : 20 + ((tag * 131) % 900))

async function live(): Promise<void> {
  const { values, positionals: [folder = ''] } = parseArgs({ allowPositionals: true, options: { groups: { type: 'string' }, 'max-bytes': { type: 'string' }, seed: { type: 'string' } } })
  const random = seeded(Number(values.seed ?? 1))
  const spool = await openSpool({ folder, maxBytes: Number(values['max-bytes'] ?? 1 << 30), now: () => 1_700_000_000_000, log }).catch((error: unknown) => say(`refused ${(error as { code?: string }).code ?? String(error)} open`))
  if (spool === undefined) return
  let tag = 0
  for (let group = 0; group < Number(values.groups ?? 10); group += 1) {
    await Promise.all(Array.from({ length: random.between(1, 12) }, async () => {
      tag += 1
      const mine = tag
      try {
        const seq = await spool.append(bodyOf(mine, sizeOf(mine)))
        say(`promised ${spool.epoch} ${seq} ${mine}`)
      } catch (error) {
        say(`refused ${(error as { code?: string }).code ?? String(error)} ${mine}`)
        await sleep(20)
      }
    }))
    const { epoch, lastSeq, ackedSeq } = spool.figures()
    if (random.next() < 0.3 && lastSeq > ackedSeq + 4) {
      const upTo = random.between(ackedSeq + 1, lastSeq - 2)
      say(`trimming ${epoch} ${upTo}`)
      await spool.trim(epoch, upTo).catch((error: unknown) => say(`refused trim ${(error as { code?: string }).code ?? String(error)}`))
    }
  }
  await spool.close()
}

if (import.meta.main) await live()
