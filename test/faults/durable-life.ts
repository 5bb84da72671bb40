// Small files of the agent that are replaced again and again, saying when each is safe, for faults that record its calls.
//
//   durable-life.ts FOLDER --versions N
//
//   written N     writeDurably resolved for version N
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { writeDurably } from '@holdfast/agent/platform/durable-file.ts'

export const contentOf = (version: number): string => `${version} ${'policy '.repeat(50 + ((version * 97) % 900))}end`

if (import.meta.main) {
  const { values, positionals: [folder = ''] } = parseArgs({ allowPositionals: true, options: { versions: { type: 'string' } } })
  for (let version = 1; version <= Number(values.versions ?? 5); version += 1) {
    await writeDurably(join(folder, 'policy'), contentOf(version))
    writeSync(1, `written ${version}\n`)
  }
}
