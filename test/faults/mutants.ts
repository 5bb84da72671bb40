// Tests of the tests: one mistake at a time is made in a copy of the tree, and a named test must turn red.
//
// usage: pnpm fault mutants [name...] [--list]
//
// Each row says what is changed, in which file, and what must notice. The same test is first run without the mistake: one
// that is red anyway has noticed nothing. The last line on stdout is JSON, exit code 1 when a mutant lives.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, lstat, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { run, track } from '../support/own-processes.ts'
import { repository } from '../support/processes.ts'

type Proof =
  /** A test of vitest: its file and a part of its name. */
  | { readonly kind: 'test'; readonly project: 'unit' | 'e2e'; readonly file: string; readonly title: string }
  /** A fault, in its short form. */
  | { readonly kind: 'fault'; readonly name: string }

export interface Mutant {
  readonly name: string
  /** The mistake, in words. */
  readonly mistake: string
  readonly changes: readonly { readonly file: string; readonly from: string; readonly to: string }[]
  readonly proof: Proof
}

const unit = (file: string, title: string): Proof => ({ kind: 'test', project: 'unit', file, title })

export const mutants: readonly Mutant[] = [
  {
    name: 'promise-before-sync', mistake: 'the spool promises an activity before it is synced', proof: { kind: 'fault', name: 'spool-power-cut' },
    changes: [{ file: 'agent/src/spool/open-database.ts', from: 'PRAGMA synchronous = FULL', to: 'PRAGMA synchronous = OFF' }, { file: 'agent/src/spool/open-database.ts', from: 'synchronous !== 2', to: 'synchronous !== 0' }],
  },
  {
    name: 'no-folder-sync', mistake: 'a file is renamed over another one and the folder is not synced', proof: { kind: 'fault', name: 'spool-power-cut' },
    changes: [{ file: 'agent/src/platform/durable-file.ts', from: '  if (sync) await syncFolder(dirname(path))\n', to: '' }],
  },
  {
    name: 'trim-at-publish-ack', mistake: 'the agent deletes from its spool what the broker has acknowledged', proof: { kind: 'fault', name: 'broker-wiped' },
    changes: [{ file: 'agent/src/uplink/publisher.ts', from: '      failures = 0\n      onProblem(\'\')', to: '      void spool.trim(spool.epoch, spool.figures().lastSeq)\n      failures = 0\n      onProblem(\'\')' }],
  },
  {
    name: 'no-unique-activity', mistake: 'the store takes an activity again under a number that it has', proof: unit('collector/src/ingest/ingest.test.ts', 'is stored once, and its watermark is told again'),
    changes: [
      { file: 'collector/src/store/sqlite/migrations.ts', from: 'received_at INTEGER NOT NULL, body BLOB NOT NULL,\n    UNIQUE (epoch, seq)\n', to: 'received_at INTEGER NOT NULL, body BLOB NOT NULL\n' },
      { file: 'collector/src/store/sql/ingest.ts', from: 'const missing = uncovered(state.received, wanted)', to: 'const missing = [wanted]' },
    ],
  },
  {
    name: 'ack-before-commit', mistake: 'the collector acknowledges to the stream before it has committed', proof: unit('collector/src/ingest/ingest.test.ts', 'commit, then the acks, then the watermarks'),
    changes: [{ file: 'collector/src/ingest/ingest.ts', from: '      const outcome = await commit(group.map((row) => row.decoded))\n      for (const { message } of group) message.ack()\n', to: '      for (const { message } of group) message.ack()\n      const outcome = await commit(group.map((row) => row.decoded))\n' }],
  },
  {
    name: 'believe-duplicates', mistake: 'the agent takes “duplicate” from the broker for “stored”', proof: { kind: 'fault', name: 'poisoned-ids' },
    changes: [{ file: 'agent/src/uplink/publisher.ts', from: '      failures = 0\n      onProblem(\'\')', to: '      if (message.string().includes(\'"duplicate"\')) void spool.trim(spool.epoch, spool.figures().lastSeq)\n      failures = 0\n      onProblem(\'\')' }],
  },
  {
    name: 'same-version-passes', mistake: 'a policy of the same version with another body is newer', proof: unit('agent/src/policy/policy-keeper.test.ts', 'of the same version with another body'),
    changes: [{ file: 'agent/src/policy/policy-keeper.ts', from: 'next.version === latest.version) throw', to: 'next.version + 1 === latest.version) throw' }],
  },
  {
    name: 'older-version-passes', mistake: 'an older policy is taken', proof: unit('agent/src/policy/policy-keeper.test.ts', 'older: POLICY_OLDER'),
    changes: [{ file: 'agent/src/policy/policy-keeper.ts', from: "if (sameGroup && next.version < latest.version) throw new CodedError('POLICY_OLDER')", to: '' }],
  },
  {
    name: 'no-expiry', mistake: 'an expired policy is taken', proof: unit('agent/src/policy/policy-keeper.test.ts', 'expired: POLICY_EXPIRED'),
    changes: [{ file: 'agent/src/policy/policy-keeper.ts', from: "if (next.expiresAtMs <= now()) throw new CodedError('POLICY_EXPIRED')", to: '' }],
  },
  {
    name: 'speak-for-others', mistake: 'whom a device speaks for is its own word: it may publish on the subject of any device', proof: { kind: 'fault', name: 'rogue-device' },
    changes: [{ file: 'collector/src/bus/claims.ts', from: 'pub: { allow: [activitySubject(device.id),', to: "pub: { allow: ['hf.v1.activity.*'," }],
  },
  {
    name: 'reveal-without-entry', mistake: 'a name is revealed without an entry in the audit log', proof: unit('collector/src/http/privacy/privacy.test.ts', 'names who looked at somebody, with words sealed in the store and opened for the auditor'),
    changes: [{ file: 'collector/src/privacy/requests.ts', from: "  await audit(tx, actor, made.state === 'live' ? 'user.revealed'", to: "  if (made.state === 'pending') await audit(tx, actor, made.state === 'live' ? 'user.revealed'" }],
  },
  {
    name: 'blocking-open', mistake: 'a file in a home is opened without O_NONBLOCK', proof: unit('agent/src/platform/linux/read-beneath.test.ts', ''),
    changes: [{ file: 'agent/src/platform/linux/read-beneath.ts', from: 'O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW | flags', to: 'O_RDONLY | O_NOCTTY | O_NOFOLLOW | flags' }],
  },
  {
    name: 'sort-by-anything', mistake: 'a list may be sorted by any column', proof: unit('collector/src/http/access/fields.test.ts', 'tells nothing: a column that is not listed is refused'),
    changes: [
      { file: 'collector/src/http/alerts/schema.ts', from: 'Type.Unsafe<(typeof SORTS)[number]>(Type.Union(SORTS.map((value) => Type.Literal(value))))', to: 'Type.Unsafe<(typeof SORTS)[number]>(Type.String())' },
      { file: 'collector/src/http/alerts/selection.ts', from: "sorts[sort.replace('-', '')] ?? 'updated_at'", to: "sorts[sort.replace('-', '')] ?? (sort.replace('-', '') as 'updated_at')" },
    ],
  },
  {
    name: 'drop-without-gap', mistake: 'a full spool drops its oldest and writes no gap record', proof: unit('agent/src/spool/spool.test.ts', 'drops the oldest, covers them by one growing gap record, and takes the new ones'),
    changes: [{ file: 'agent/src/spool/draft.ts', from: "next = withGap(next, { ordinal, first: seqs[from] ?? 0, last: seqs[to] ?? 0, reason: 'spool_full', atMs })", to: 'void atMs' }],
  },
  {
    name: 'no-new-epoch', mistake: 'a spool that was rolled back goes on in the same epoch', proof: unit('agent/src/spool/spool.test.ts', 'begins a new epoch when the collector knows later numbers'),
    changes: [{ file: 'agent/src/spool/spool.ts', from: 'if (row === current && committedSeq > known) {', to: 'if (row === current && committedSeq > known && false) {' }],
  },
  {
    name: 'term-before-quarantine', mistake: 'a message leaves the stream before it is in quarantine', proof: unit('collector/src/ingest/ingest.test.ts', 'leaves the stream only when it is in quarantine'),
    changes: [{ file: 'collector/src/ingest/ingest.ts', from: '    await store.write((tx) => tx.quarantine({ atMs: now(), subject: message.subject', to: '    message.term()\n    await store.write((tx) => tx.quarantine({ atMs: now(), subject: message.subject' }],
  },
  {
    name: 'store-without-sync', mistake: 'the collector acknowledges what its database has not synced', proof: { kind: 'fault', name: 'store-power-cut' },
    changes: [{ file: 'collector/src/store/sqlite/sqlite-store.ts', from: 'PRAGMA synchronous = FULL', to: 'PRAGMA synchronous = OFF' }, { file: 'collector/src/store/sqlite/sqlite-store.ts', from: 'synchronous !== 2', to: 'synchronous !== 0' }],
  },
  {
    name: 'no-checksum', mistake: 'bytes of the spool are sent without being compared with their checksum', proof: { kind: 'fault', name: 'bit-flips' },
    changes: [{ file: 'agent/src/spool/spool.ts', from: 'const bad = rows.findIndex((row) => row.sum !== bodySum(seqOf(row.id), row.body))', to: 'const bad = -1' }],
  },
]

export interface MutantOutcome {
  readonly name: string
  readonly mistake: string
  readonly files: readonly string[]
  /** What turned red, or undefined when the mutant lives. */
  readonly caughtBy?: string
  readonly why?: string
  readonly seconds: number
}

const LIMIT_MS = 240_000

/** The files of the tree as they are now, with packages linked as they are; what is installed is not copied. */
async function copyTree(to: string): Promise<void> {
  const listed = (await run('git', ['-C', repository, 'ls-files', '-z', '--cached', '--others', '--exclude-standard'])).split('\0').filter((path) => path !== '' && !path.startsWith('docs/images/') && !path.endsWith('node_modules'))
  for (const path of listed) {
    const from = join(repository, path)
    if (await lstat(from).then(() => false, () => true)) continue
    await mkdir(dirname(join(to, path)), { recursive: true })
    await cp(from, join(to, path))
  }
  for (const folder of ['proto', 'agent', 'collector', 'collector/console', 'scripts', 'test']) {
    const from = join(repository, folder, 'node_modules')
    // Links within it lead to the copy again, because they are relative.
    if (await lstat(from).then(() => true, () => false)) await cp(from, join(to, folder, 'node_modules'), { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('/.vite') })
  }
  await symlink(join(repository, 'node_modules'), join(to, 'node_modules'))
}

async function runProof(tree: string, proof: Proof): Promise<{ readonly red?: string; readonly why: string }> {
  const node = join(tree, 'node_modules/.bin/node')
  const report = join(tree, '.cache-report.json')
  await rm(report, { force: true })
  const [program, args] = proof.kind === 'fault'
    ? [process.execPath, ['test/faults/main.ts', proof.name, '--short', '--seed', '7']] as const
    : [join(tree, 'node_modules/.bin/vitest'), ['run', '--project', proof.project, '--reporter=json', `--outputFile=${report}`, proof.file, ...(proof.title === '' ? [] : ['-t', proof.title.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)])]] as const
  const child = track(spawn(program, args, { cwd: tree, stdio: ['ignore', 'pipe', 'pipe'], detached: true, env: { ...process.env, PATH: `${dirname(node)}:${process.env['PATH'] ?? ''}` } }))
  let out = ''
  let problem = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (problem += chunk.toString()))
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    // The group: a worker that hangs in a call hears nothing else.
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  }, LIMIT_MS)
  const [code] = (await once(child, 'close')) as [number | null]
  clearTimeout(timer)
  if (code === 0) return { why: '' }
  if (proof.kind === 'fault') {
    const last = out.trim().split('\n').at(-1) ?? ''
    const failed = (last.startsWith('{') ? JSON.parse(last) as { faults: readonly { id: string; name: string; ok: boolean; why?: string }[] } : { faults: [] }).faults.find(({ ok }) => !ok)
    return { red: `fault ${failed?.id ?? ''} ${proof.name}`, why: (failed?.why ?? problem.slice(-400)).split('\n')[0] ?? '' }
  }
  if (isLate) return { red: `${proof.file}: hung, and was ended after ${LIMIT_MS / 1000} s`, why: 'it never answered' }
  interface Result { readonly message: string; readonly assertionResults: readonly { readonly fullName: string; readonly status: string; readonly failureMessages: readonly string[] }[] }
  const results = await readFile(report, 'utf8').then((text) => (JSON.parse(text) as { readonly testResults: readonly Result[] }).testResults, () => [] as readonly Result[])
  const failed = results.flatMap(({ assertionResults }) => assertionResults).find(({ status }) => status === 'failed')
  return { red: `${proof.file}: ${failed?.fullName ?? 'did not run'}`, why: (failed?.failureMessages[0] ?? results[0]?.message ?? problem.slice(-400)).split('\n')[0] ?? '' }
}

const keyOf = (proof: Proof): string => JSON.stringify(proof)

/** @returns exit code */
export async function runMutants(names: readonly string[], say: (line: string) => void): Promise<number> {
  const chosen = names.length === 0 ? mutants : names.map((name) => {
    const found = mutants.find((one) => one.name === name)
    if (found === undefined) throw new Error(`there is no mutant "${name}"; known are ${mutants.map((one) => one.name).join(', ')}`)
    return found
  })
  const tree = await mkdtemp(join(tmpdir(), 'holdfast-mutants-'))
  const outcomes: MutantOutcome[] = []
  const green = new Set<string>()
  try {
    await copyTree(tree)
    for (const { name, mistake, changes, proof } of chosen) {
      const begun = Date.now()
      const files = [...new Set(changes.map(({ file }) => file))]
      const outcome = (rest: Partial<MutantOutcome>): void => {
        const made = { name, mistake, files, seconds: Math.round((Date.now() - begun) / 100) / 10, ...rest }
        outcomes.push(made)
        say(`${name}: ${made.caughtBy === undefined ? `LIVES (${made.why ?? ''})` : `caught by ${made.caughtBy}`} after ${made.seconds} s${made.caughtBy === undefined ? '' : `\n    ${mistake}\n    ${made.why ?? ''}`}`)
      }
      if (!green.has(keyOf(proof))) {
        const before = await runProof(tree, proof)
        if (before.red !== undefined) {
          outcome({ why: `what should notice it is red without it: ${before.red}: ${before.why}` })
          continue
        }
        green.add(keyOf(proof))
      }
      const originals = new Map<string, string>()
      let missing: string | undefined
      for (const { file, from, to } of changes) {
        const text = await readFile(join(tree, file), 'utf8')
        if (!originals.has(file)) originals.set(file, text)
        if (!text.includes(from)) missing = `${file} does not hold: ${from}`
        await writeFile(join(tree, file), text.replace(from, to))
      }
      if (missing === undefined) {
        const after = await runProof(tree, proof)
        outcome(after.red === undefined ? { why: 'nothing turned red' } : { caughtBy: after.red, why: after.why })
      } else outcome({ why: missing })
      for (const [file, text] of originals) await writeFile(join(tree, file), text)
    }
  } finally {
    await rm(tree, { recursive: true, force: true })
  }
  const living = outcomes.filter(({ caughtBy }) => caughtBy === undefined).length
  process.stdout.write(`${JSON.stringify({ caught: outcomes.length - living, living, mutants: outcomes })}\n`)
  return living === 0 ? 0 : 1
}
