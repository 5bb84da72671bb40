import { type Claim, isClaim, type NoClaim, claimedTests, supportMatrix } from '@holdfast/agent/support/matrix.ts'
import { parseTestName, whyNotThere } from './claimed-test.ts'
import { codes, note, table } from './markdown.ts'

const words: Readonly<Record<Claim['shown'], string>> = { real: '**real**', recorded: 'recorded' }

/** @throws Error naming every claim whose test is not there */
function assertShown(): void {
  const wrong = claimedTests().flatMap((test) => whyNotThere(test) ?? [])
  if (wrong.length > 0) throw new Error(`agent/src/support/matrix.ts claims what no test shows:\n${wrong.map((line) => `  ${line}`).join('\n')}`)
}

export const supportPage = (): string => {
  assertShown()
  const notes: string[] = []
  const noteOf = (reason: string): string => {
    if (!notes.includes(reason)) notes.push(reason)
    return `no (${notes.indexOf(reason) + 1})`
  }
  const cell = (of: Claim | NoClaim): string => (isClaim(of) ? words[of.shown] : noteOf(of.reason))
  const rows = supportMatrix.map(({ signal, kinds, linux, darwin, win32 }) => [signal, codes(kinds), cell(linux), cell(darwin), cell(win32)])
  const proofs = supportMatrix.flatMap(({ signal, linux, darwin, win32 }) => Object.entries<Claim | NoClaim>({ Linux: linux, macOS: darwin, Windows: win32 }).flatMap(([os, of]) => {
    if (!isClaim(of)) return []
    const { file, titles } = parseTestName(of.test)
    return [[signal, os, of.shown, `\`${file}\`: ${titles.join(' › ')}`]]
  }))
  return [
    note('agent/src/support/matrix.ts'),
    '# What is seen on which system\n\nEach claim names the test that shows it. **real**: the sensor told of the thing itself, on the system that the tests run on. recorded: it was seen in what stands for the thing, which is the output that a system documents, or a device or a desktop that is played. no: not seen, or not shown by any test.\n\nWhat a single device sees stands on its page, in `holdfast-agent status` and in the report of its last fire drill (`holdfast-agent drill`).\n\n',
    table(['signal', 'activities', 'Linux', 'macOS', 'Windows'], rows), '\n',
    ...notes.map((reason, index) => `${index + 1}. ${reason}\n`),
    '\n## The tests behind it\n\n', table(['signal', 'system', 'shown', 'by'], proofs),
  ].join('')
}

/** The same for the console, which shows of it what holds for a device's system; sentences come from its catalogues. */
export const supportModule = (): string => {
  assertShown()
  const cell = (of: Claim | NoClaim): string => (isClaim(of) ? `'${of.shown}'` : `'${of.why}'`)
  const rows = supportMatrix.map(({ id, kinds, linux, darwin, win32 }) => `  { id: '${id}', kinds: [${kinds.map((kind) => `'${kind}'`).join(', ')}], linux: ${cell(linux)}, darwin: ${cell(darwin)}, win32: ${cell(win32)} },\n`)
  return `// Generated from agent/src/support/matrix.ts by \`pnpm reference\`; do not edit.\n\nexport const supportMatrix = [\n${rows.join('')}] as const\n`
}
