// docs/reference/faults.md: each fault, what is done, what must hold, and where that is proved.
import { parseTestName, whyNotThere } from './claimed-test.ts'
import { code, note, table } from './markdown.ts'

interface FaultRow {
  readonly id: string
  readonly name: string
  readonly title: string
  readonly does: string
  readonly oracle: string
  readonly isLong?: boolean
}
interface ProofRow {
  readonly id: string
  readonly what: string
  readonly faults?: readonly string[]
  readonly tests?: readonly string[]
  readonly missing?: string
}
interface MutantRow {
  readonly name: string
  readonly mistake: string
  readonly proof: { readonly kind: string; readonly name?: string; readonly file?: string; readonly title?: string }
}

// Named through a URL and not imported: tests may use scripts, scripts do not use tests.
const from = async <T>(name: string): Promise<T> => (await import(new URL(`../../test/faults/${name}`, import.meta.url).href)) as T
const { faults } = await from<{ readonly faults: readonly FaultRow[] }>('table.ts')
const { proofs } = await from<{ readonly proofs: readonly { readonly title: string; readonly rows: readonly ProofRow[] }[] }>('proofs.ts')
const { mutants } = await from<{ readonly mutants: readonly MutantRow[] }>('mutants.ts')

/** @throws Error naming every test and fault that the table names and that is not there, and every fault that it does not name */
function assertThere(): void {
  const rows = proofs.flatMap((section) => section.rows)
  const named = new Set(rows.flatMap((row) => row.faults ?? []))
  const wrong = [
    ...rows.flatMap((row) => (row.faults ?? []).filter((name) => !faults.some((fault) => fault.name === name)).map((name) => `${row.id}: there is no fault ${name}`)),
    ...rows.flatMap((row) => (row.tests ?? []).flatMap((test) => whyNotThere(test) ?? [])),
    ...rows.filter((row) => (row.faults ?? []).length + (row.tests ?? []).length === 0).map((row) => `${row.id} is proved by nothing`),
    ...faults.filter((fault) => !named.has(fault.name)).map((fault) => `${fault.id} ${fault.name} stands in no row`),
  ]
  if (wrong.length > 0) throw new Error(`test/faults/proofs.ts claims what is not there:\n${wrong.map((line) => `  ${line}`).join('\n')}`)
}

const proofOf = ({ proof }: MutantRow): string => (proof.kind === 'fault' ? `fault ${code(proof.name ?? '')}` : `${code(proof.file ?? '')}${proof.title === '' ? '' : `: ${proof.title ?? ''}`}`)

export const faultsPage = (): string => {
  assertThere()
  const long = new Set(faults.filter((fault) => fault.isLong === true).map(({ name }) => name))
  const by = ({ faults: names = [], tests = [] }: ProofRow): string => [...names.map((name) => `${code(`pnpm fault ${name}`)}${long.has(name) ? ' (long)' : ''}`), ...tests.map((test) => {
    const { file, titles } = parseTestName(test)
    return `${code(file)}: ${titles.at(-1) ?? ''}`
  })].join('; ')
  return [
    note('test/faults/proofs.ts, table.ts and mutants.ts'),
    '# What is broken on purpose\n\nEach fault, and the tests that show that nothing is lost by it. `pnpm fault --short` runs every fault with small counts, those marked long left out; `pnpm fault` runs everything with large ones, for hours. A name picks one, and `--seed` plays it again. Some need root, for mounts, or strace.\n',
    ...proofs.flatMap(({ title, rows }) => [`\n## ${title}\n\n`, table(['fault', 'what happens', 'shown by', 'not shown'], rows.map((row) => [row.id, row.what, by(row), row.missing ?? '']))]),
    '\n## What each fault does, and what must hold\n\n',
    table(['fault', 'does', 'holds'], faults.map(({ id, name, does, oracle }) => [`${id} ${code(name)}`, does, oracle])),
    '\n## Mistakes that must be noticed\n\n`pnpm fault mutants` makes one at a time in a copy of the tree; the test beside it must turn red.\n\n',
    table(['mutant', 'mistake', 'noticed by'], mutants.map((row) => [code(row.name), row.mistake, proofOf(row)])),
  ].join('')
}
