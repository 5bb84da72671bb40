// F-02 and F-41: the power is cut after any call that changes a file, for the spool and for the collector's database.
import { mkdir, readFile, rm, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { openSpool } from '@holdfast/agent/spool/spool.ts'
import { bodyOf, contents } from '@holdfast/agent/spool/testing.ts'
import { connect } from '@holdfast/collector/store/sqlite/connection.ts'
import { openSqliteStore } from '@holdfast/collector/store/sqlite/sqlite-store.ts'
import { issueActivity } from './activities.ts'
import { type CrashRecord, crashPoints, leaveCrash, recordCrashes, saidUntil } from './crash-states.ts'
import { type Fault, type FaultContext, must } from './fault.ts'
import { contentOf } from './durable-life.ts'
import { sizeOf } from './spool-life.ts'
import { STORE_BASE_MS, storeDevices, storeEpoch } from './store-life.ts'

const spoolScript = join(import.meta.dirname, 'spool-life.ts')
const storeScript = join(import.meta.dirname, 'store-life.ts')
const silent = { info() {}, warn() {}, error() {} }
const CAP = 1 << 20

/** What was promised by then: `epoch seq` -> tag, and how far each epoch was trimmed, or was being trimmed. */
export function promisesIn(said: readonly string[]): { readonly promised: ReadonlyMap<string, number>; readonly trimmed: ReadonlyMap<string, number> } {
  const promised = new Map<string, number>()
  const trimmed = new Map<string, number>()
  for (const line of said) {
    const [word, epoch = '', seq = '', tag = ''] = line.split(' ')
    if (word === 'promised') promised.set(`${epoch} ${seq}`, Number(tag))
    else if (word === 'trimming') trimmed.set(epoch, Math.max(trimmed.get(epoch) ?? 0, Number(seq)))
  }
  return { promised, trimmed }
}

/**
 * Opens a spool and holds it against what was promised: an activity that was promised is there with its bytes, was trimmed,
 * or was dropped because the spool was full. Nothing else is an excuse.
 */
export async function holdAgainstPromises(folder: string, said: readonly string[], what: string, mayExplain: readonly string[] = ['spool_full']): Promise<{ readonly held: number }> {
  const { promised, trimmed } = promisesIn(said)
  const spool = await openSpool({ folder, maxBytes: CAP, now: () => 1_700_000_000_000, log: silent }).catch((error: unknown) => {
    throw new Error(`${what}: the spool does not open: ${String(error)}`, { cause: error })
  })
  try {
    const held = await contents(spool)
    const gaps = (await spool.gaps()).filter((gap) => mayExplain.includes(gap.reason))
    for (const [key, tag] of promised) {
      const [epoch = '', seq = ''] = key.split(' ')
      const body = held.get(key)
      if (body !== undefined) must(Buffer.compare(body, bodyOf(tag, sizeOf(tag))) === 0, `${what}: activity ${key} came out altered`)
      else must(Number(seq) <= (trimmed.get(epoch) ?? 0) || gaps.some((gap) => gap.epoch === epoch && gap.firstSeq <= Number(seq) && Number(seq) <= gap.lastSeq), `${what}: activity ${key} was promised and is gone`)
    }
    // What nobody was promised may be there or not, but whole.
    for (const [key, body] of held) {
      if (promised.has(key)) continue
      const tag = Number(/^(\d+):/.exec(Buffer.from(body.subarray(0, 20)).toString('latin1'))?.[1])
      must(Buffer.compare(body, bodyOf(tag, sizeOf(tag))) === 0, `${what}: activity ${key}, which nobody was promised, is in pieces`)
    }
    const { epoch } = spool
    const seq = await spool.append(bodyOf(99_999, 50))
    must(!promised.has(`${epoch} ${seq}`), `${what}: number ${epoch} ${seq} was given out a second time`)
    return { held: held.size }
  } finally {
    await spool.close()
  }
}

interface Scenario {
  readonly name: string
  readonly record: CrashRecord
  /** Throws what does not hold. */
  readonly check: (folder: string, said: readonly string[], what: string) => Promise<unknown>
}

/** Cuts at chosen points, or at all of them, each in the three ways. */
async function cutEverywhere(context: FaultContext, scenarios: readonly Scenario[], most: number): Promise<{ readonly cuts: number; readonly points: number }> {
  let [cuts, points] = [0, 0]
  for (const { name, record, check } of scenarios) {
    const all = crashPoints(record)
    points += all.length
    const share = Math.min(all.length, Math.ceil(most / scenarios.length / 3))
    const chosen = share === all.length ? all : Array.from({ length: share }, (_, index) => all[Math.min(all.length - 1, Math.floor((index + context.random.next()) * (all.length / share)))] ?? 0)
    // The same points many times over: chance decides anew what survives.
    const rounds = Math.max(1, Math.floor(most / scenarios.length / (3 * chosen.length)))
    for (let round = 0; round < rounds; round += 1) {
      for (const point of chosen) {
        context.signal.throwIfAborted()
        for (const keep of round === 0 ? (['none', 'all', 'some'] as const) : (['some'] as const)) {
          const folder = join(context.folder, 'cut')
          await leaveCrash(record, point, { keep, random: context.random }, folder)
          await check(folder, saidUntil(record, point), `${name}, cut after change ${point} of ${record.changes.length}, ${keep} of what was not synced is kept`)
          await rm(folder, { recursive: true })
          cuts += 1
        }
      }
    }
  }
  return { cuts, points }
}

/** A file that is replaced as one step: some version, whole, and none before the last one that was safe. */
async function holdDurable(folder: string, said: readonly string[], what: string): Promise<void> {
  const safe = Math.max(0, ...said.map((line) => Number(line.split(' ')[1])))
  const text = await readFile(join(folder, 'policy'), 'utf8').catch(() => '')
  const version = Number(text.split(' ')[0])
  must(version >= safe, `${what}: version ${safe} was safe, and the file is ${text === '' ? 'not there' : `version ${version}`}`)
  must(text === '' || text === contentOf(version), `${what}: the file is in pieces`)
}

export const spoolPowerCut: Fault = {
  id: 'F-02', name: 'spool-power-cut', title: 'the power is cut at every write, sync, rename and removal of the spool',
  does: 'The spool’s own system calls are recorded over a life of appends, trims and drops, and over the salvage of a damaged file, and those of the small files that an agent replaces as one step (its policy, its identity). From the record its folder is made as a power cut after each of them leaves it: all, none, or a random part of what was not synced, in whole sectors.',
  oracle: 'It opens; what was promised is there byte for byte, was trimmed, or was dropped by a full spool; what was not promised is there whole or not at all; no number is given twice. A small file is one version, whole, and none before the last that was safe.',
  needs: ['strace'],
  limitSecs: { short: 90, full: 900 },
  async run(context) {
    const record = async (name: string, args: readonly string[], prepare?: (root: string) => Promise<void>): Promise<CrashRecord> => {
      const root = join(context.folder, name)
      await mkdir(root, { mode: 0o700 })
      await prepare?.(root)
      return recordCrashes(root, spoolScript, [root, '--max-bytes', '1', ...args], context.folder)
    }
    const life = await record('life', ['--groups', String(context.count(25, 120)), '--seed', String(context.seed)])
    // A long tail of the log is cut away, and the next start salvages what is left.
    const salvage = await record('salvage', ['--groups', '3', '--seed', String(context.seed + 1)], async (root) => {
      await leaveCrash(life, life.changes.length, { keep: 'all', random: context.random }, root)
      const path = join(root, 'spool.db')
      await truncate(path, Math.floor((await stat(path)).size / 2 / 4096) * 4096)
    })
    const small = join(context.folder, 'small')
    await mkdir(small, { mode: 0o700 })
    const replaced = await recordCrashes(small, join(import.meta.dirname, 'durable-life.ts'), [small, '--versions', String(context.count(4, 20))], context.folder)
    const before = saidUntil(life, life.changes.length)
    const { cuts, points } = await cutEverywhere(context, [
      { name: 'a life', record: life, check: holdAgainstPromises },
      // What the cut file had lost is explained; what was promised after that must be there.
      { name: 'a salvage', record: salvage, check: (folder, said, what) => holdAgainstPromises(folder, [...before, ...said], what, ['spool_full', 'epoch_abandoned']) },
      { name: 'a small file', record: replaced, check: holdDurable },
    ], context.count(120, 20_000))
    Object.assign(context.figures, { calls: points, cuts, promised: promisesIn(before).promised.size })
  },
}

/** A database of the collector after a crash: whole, a first part of what came, and nothing acknowledged is missing. */
async function holdStore(folder: string, said: readonly string[], what: string): Promise<void> {
  const path = join(folder, 'holdfast.db')
  const known = storeDevices.map((id) => Math.max(0, ...said.flatMap((line) => {
    const [word, device, number] = line.split(' ')
    return (word === 'ack' || word === 'watermark') && device === id ? [Number(number)] : []
  })))
  const store = await openSqliteStore({ path }).catch((error: unknown) => {
    throw new Error(`${what}: the database does not open: ${String(error)}`, { cause: error })
  })
  await store.close()
  const db = await connect(path, { readOnly: true })
  try {
    const verdict = (await db.all<{ integrity_check: string }>('PRAGMA integrity_check')).map((row) => row.integrity_check).join('; ')
    must(verdict === 'ok', `${what}: the database is damaged: ${verdict.slice(0, 300)}`)
    for (const [device, id] of storeDevices.entries()) {
      const rows = await db.all<{ seq: number; body: Uint8Array }>('SELECT a.seq, a.body FROM activity a JOIN epoch e ON e.k = a.epoch WHERE e.epoch = ? ORDER BY a.seq', storeEpoch(device))
      must(rows.every((row, index) => row.seq === index + 1), `${what}: the activities of ${id} have a hole`)
      must(rows.every((row) => Buffer.compare(row.body, issueActivity({ agent: device, number: row.seq }, STORE_BASE_MS)) === 0), `${what}: an activity of ${id} is altered`)
      must(rows.length >= (known[device] ?? 0), `${what}: ${id} was told that ${known[device]} are stored, and there are ${rows.length}`)
      const ledger = await db.all<{ first: number; last: number }>('SELECT l.first_seq AS first, l.last_seq AS last FROM ledger l JOIN epoch e ON e.k = l.epoch WHERE e.epoch = ? ORDER BY l.first_seq', storeEpoch(device))
      must(ledger.length === (rows.length === 0 ? 0 : 1) && (ledger[0]?.last ?? 0) === rows.length, `${what}: the ledger of ${id} says ${JSON.stringify(ledger)}, and there are ${rows.length} activities`)
    }
  } finally {
    await db.close()
  }
}

export const storePowerCut: Fault = {
  id: 'F-41', name: 'store-power-cut', title: 'the power is cut at every write and sync of the collector’s database',
  does: 'The system calls of ingest into the SQLite store are recorded; from the record the database and its log are made as a power cut after each of them leaves them, and the log is cut off at random bytes.',
  oracle: 'The database opens and integrity_check says ok; the activities of each device are a first part of what came, with the ledger to match; what was acknowledged to the stream, or told to a device, is stored.',
  needs: ['strace'],
  isLong: true,
  limitSecs: { short: 120, full: 900 },
  async run(context) {
    const root = join(context.folder, 'store')
    await mkdir(root)
    const record = await recordCrashes(root, storeScript, [root, '--batches', String(context.count(12, 60)), '--seed', String(context.seed)], context.folder)
    const { cuts, points } = await cutEverywhere(context, [{ name: 'ingest', record, check: holdStore }], context.count(36, 3000))
    // A log that ends anywhere, of which nothing was synced as far as anybody knows: only a first part is promised.
    let torn = 0
    // Up to the last answer: after it the log goes into the file and is removed.
    const [ready, last] = [record.changes.findIndex((change) => change.kind === 'say'), record.changes.findLastIndex((change) => change.kind === 'say')]
    for (; torn < context.count(15, 400); torn += 1) {
      context.signal.throwIfAborted()
      const folder = join(context.folder, 'torn')
      await leaveCrash(record, context.random.between(ready, last), { keep: 'all', random: context.random }, folder)
      const log = join(folder, 'holdfast.db-wal')
      const size = await stat(log).then((found) => found.size, () => 0)
      const at = context.random.between(0, size)
      if (size > 0) await truncate(log, at)
      await holdStore(folder, [], `the log of ${size} bytes was cut off at ${at}`)
      await rm(folder, { recursive: true })
    }
    Object.assign(context.figures, { calls: points, cuts, torn, acknowledged: saidUntil(record, record.changes.length).filter((line) => line.startsWith('ack')).length })
  },
}
