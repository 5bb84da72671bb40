// Makes proto/gen from proto/telemetry/v1; `--check` fails when the committed files differ.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync, readdirSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { descriptorFiles } from './describe-proto.ts'

const root = join(import.meta.dirname, '..')
const sources = join(root, 'proto/telemetry/v1')
const target = join(root, 'proto/gen')
const generated = ['telemetry.js', 'telemetry.d.ts', 'wire.js', 'wire.d.ts', 'descriptor.js', 'descriptor.d.ts']
const bin = (name: string) => join(root, 'node_modules/.bin', name)

function generate(folder: string): void {
  const files = readdirSync(sources).filter((name) => name.endsWith('.proto')).toSorted().map((name) => join(sources, name))
  // Numbers instead of Long: ingest refuses whatever is not a safe integer, so precision cannot be lost in silence.
  const pbjs = (output: string, ...flags: string[]) => execFileSync(bin('pbjs'), ['-t', 'static-module', '-w', 'es6', '--dependency', 'protobufjs/minimal.js',
    '--force-number', '--no-service', '--no-delimited', '--no-verify', ...flags, '-p', join(root, 'proto'), '-o', output, ...files], { cwd: root })
  const annotated = join(mkdtempSync(join(tmpdir(), 'holdfast-pbts-')), 'telemetry.js')
  pbjs(annotated)
  execFileSync(bin('pbts'), ['-o', join(folder, 'telemetry.d.ts'), annotated], { cwd: root })
  // The comments are for pbts alone: without them the module is a third of the size that every process must parse.
  pbjs(join(folder, 'telemetry.js'), '--no-comments')
  rmSync(dirname(annotated), { recursive: true })
  writeFileSync(join(folder, 'wire.js'), "import '../src/plain-numbers.js'\nimport { holdfast } from './telemetry.js'\n\nexport const wire = holdfast.telemetry.v1\n")
  writeFileSync(join(folder, 'wire.d.ts'), "import { holdfast } from './telemetry.js'\n\nexport import wire = holdfast.telemetry.v1\n")
  for (const [name, text] of Object.entries(descriptorFiles(join(root, 'proto')))) writeFileSync(join(folder, name), text)
  for (const name of ['telemetry.js', 'telemetry.d.ts']) {
    const path = join(folder, name)
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(`${root}/`, ''))
  }
}

if (process.argv.includes('--check')) {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-proto-'))
  try {
    generate(folder)
    const stale = generated.filter((name) => readFileSync(join(folder, name), 'utf8') !== readFileSync(join(target, name), 'utf8'))
    if (stale.length > 0) {
      console.error(`proto/gen is stale (${stale.join(', ')}): run pnpm proto`)
      process.exitCode = 1
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
} else {
  mkdirSync(target, { recursive: true })
  generate(target)
}
