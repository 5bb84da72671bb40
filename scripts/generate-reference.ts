// Makes docs/reference from the tables of the code; `--check` fails when the committed pages differ.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { errorTable as agentErrors } from '@holdfast/agent/errors.ts'
import { errorTable as collectorErrors } from '@holdfast/collector/errors.ts'
import { ACTIVITY_KINDS, activityKinds } from '@holdfast/proto'

const folder = join(import.meta.dirname, '../docs/reference')
const note = (source: string) => `<!-- Generated from ${source} by \`pnpm docs\`; do not edit. -->\n\n`
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
const table = (head: readonly string[], rows: readonly (readonly string[])[]) => [head, head.map(() => '---'), ...rows.map((row) => row.map(cell))].map((row) => `| ${row.join(' | ')} |`).join('\n') + '\n'

const pages: Record<string, string> = {
  'errors.md': [
    note('agent/src/errors.ts and collector/src/errors.ts'),
    '# Errors\n\nThe code is the only thing to branch on; messages may change.\n\n## Collector\n\n',
    table(['code', 'HTTP status', 'retry', 'logged as', 'message'], Object.entries(collectorErrors).map(([code, row]) => [`\`${code}\``, String(row.status), row.retryable ? 'yes' : 'no', row.level, row.message])),
    '\n## Agent\n\n',
    table(['code', 'exit code', 'retry', 'logged as', 'message'], Object.entries(agentErrors).map(([code, row]) => [`\`${code}\``, String(row.exit), row.retryable ? 'yes' : 'no', row.level, row.message])),
  ].join(''),
  'activities.md': [
    note('proto/src/catalogue.ts'),
    '# Activities\n\nEverything that an agent can report. What it does report is what the policy asks for.\n\n',
    table(['kind', 'category', 'field', 'what it says'], ACTIVITY_KINDS.map((kind) => [`\`${kind}\``, activityKinds[kind].category, `\`${activityKinds[kind].field}\` (${activityKinds[kind].number})`, activityKinds[kind].summary])),
  ].join(''),
}

mkdirSync(folder, { recursive: true })
const stale: string[] = []
for (const [name, text] of Object.entries(pages)) {
  const path = join(folder, name)
  if (process.argv.includes('--check')) {
    let current = ''
    try {
      current = readFileSync(path, 'utf8')
    } catch {
      // A page that is not there is stale.
    }
    if (current !== text) stale.push(name)
  } else writeFileSync(path, text)
}
if (stale.length > 0) {
  console.error(`docs/reference is stale (${stale.join(', ')}): run pnpm docs`)
  process.exitCode = 1
}
