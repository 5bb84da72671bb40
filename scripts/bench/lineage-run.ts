// The lineage index alone, at its bound: what learning and asking cost, and how large it is. `node scripts/bench/lineage-run.ts [rows]`
//
// Rows are as a home has them: paths of 70 characters, a fingerprint each, a whole hash for most. Times are of one process; the
// CPU is that of the whole process, so the thread that SQLite works in counts too.
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLineage } from '../../agent/src/enrich/lineage.ts'

const rows = Number(process.argv[2] ?? 500_000)
const asked = 20_000
const hex = (text: string): string => createHash('sha256').update(text).digest('hex')
const facts = (index: number) => ({
  path: `/home/alice/Documents/projects/${index % 997}/chapter-${index % 31}/report-${index}.txt`, sizeBytes: 100 + (index % 60_000), fingerprint: hex(`f${index}`), sha256: hex(`s${index}`), state: 'stable', mtimeMs: 1_700_000_000_000 + index, crc32: Number.parseInt(hex(`c${index}`).slice(0, 8), 16),
})
const folder = mkdtempSync(join(tmpdir(), 'lineage-bench-'))
const lineage = await openLineage({ folder, now: Date.now, log: console, inspect: () => Promise.reject(new Error('nothing is read here')) })

async function measured(name: string, count: number, work: () => Promise<unknown>): Promise<void> {
  const cpu = process.cpuUsage()
  const from = performance.now()
  await work()
  const { user, system } = process.cpuUsage(cpu)
  const ms = performance.now() - from
  console.log(JSON.stringify({ name, count, perSecond: Math.round((count / ms) * 1000), cpuMicrosEach: Number(((user + system) / count).toFixed(1)) }))
}

/** As sensors ask: many at a time, answers in any order. */
async function inGroups(count: number, work: (index: number) => Promise<unknown>, size = 128): Promise<void> {
  for (let from = 0; from < count; from += size) await Promise.all(Array.from({ length: Math.min(size, count - from) }, (_, index) => work(from + index)))
}

const prepared = Array.from({ length: 10_000 }, (_, index) => facts(rows + index))
const copies = Array.from({ length: asked }, (_, index) => ({ ...facts((index * 7919) % rows), path: `/media/alice/STICK/copy-${index}.txt` }))
const strangers = Array.from({ length: asked }, (_, index) => ({ ...facts(index), fingerprint: hex(`x${index}`), sha256: hex(`x${index}`), path: `/home/alice/new-${index}.txt` }))
try {
  for (let from = 0; from < rows; from += 10_000) {
    for (let index = from; index < Math.min(rows, from + 10_000); index += 1) lineage.learn(facts(index))
    await lineage.flush()
  }
  const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
  console.log(JSON.stringify({ rows, mebibytes: Math.round(bytes / 2 ** 20), bytesPerRow: Math.round(bytes / rows), rssMebibytes: Math.round(process.memoryUsage.rss() / 2 ** 20) }))
  await measured('learn a file', prepared.length, async () => {
    for (const one of prepared) lineage.learn(one)
    await lineage.flush()
  })
  await measured('source of a copy, known', asked, () => inGroups(asked, (index) => lineage.sourceOf(copies[index] ?? {}, { knownOnly: true })))
  await measured('source of a new file, unknown', asked, () => inGroups(asked, (index) => lineage.sourceOf(strangers[index] ?? {}, { knownOnly: true })))
  await measured('source of a copy, one at a time', 2000, () => inGroups(2000, (index) => lineage.sourceOf(copies[index] ?? {}, { knownOnly: true }), 1))
} finally {
  await lineage.close()
  rmSync(folder, { recursive: true, force: true })
}
