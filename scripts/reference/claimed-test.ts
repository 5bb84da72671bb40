// Whether a test that a claim names is there, read from its file, and whether it passed, read from a report of vitest.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

export interface NamedTest {
  readonly file: string
  /** Of the describes around it and its own, outermost first. */
  readonly titles: readonly string[]
}

export function parseTestName(name: string): NamedTest {
  const [file = '', ...titles] = name.split(' › ')
  return { file, titles }
}

const quoted = (title: string): string => title.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll("'", String.raw`\\?'`)

/** What is wrong with a claim's test as it is written; undefined when it is there, in this order and this nesting's titles, and nothing skips it for good. */
export function whyNotThere(name: string, read: (file: string) => string | undefined = (file) => (existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : undefined)): string | undefined {
  const { file, titles } = parseTestName(name)
  const text = read(file)
  if (text === undefined) return `${file} is not there`
  if (titles.length === 0) return `${file} has no test in the claim`
  let at = 0
  for (const [index, title] of titles.entries()) {
    const call = index === titles.length - 1 ? '(?:it|test)' : 'describe'
    // `describe.runIf(root)('title'`, `test('title'`: whatever modifiers stand in between, never `skip`, `todo` or `fails`.
    const found = new RegExp(`\\b${call}\\b([^\\n]*?)\\((['"\`])${quoted(title)}\\2`).exec(text.slice(at))
    if (found === null) return `“${title}” is not in ${file}`
    if (/\.(skip|todo|fails)\b/.test(found[1] ?? '')) return `“${title}” in ${file} is switched off`
    at += found.index + 1
  }
  return undefined
}

export interface Report {
  readonly testResults: readonly { readonly name: string; readonly assertionResults: readonly { readonly ancestorTitles: readonly string[]; readonly title: string; readonly status: string }[] }[]
}

/** `passed`, `failed`, `skipped` or `pending` as vitest says; undefined where the reports do not know the test. */
export function outcomeOf(name: string, reports: readonly Report[]): string | undefined {
  const { file, titles } = parseTestName(name)
  for (const report of reports) {
    for (const result of report.testResults.filter((one) => one.name.endsWith(`/${file}`))) {
      const found = result.assertionResults.find(({ ancestorTitles, title }) => [...ancestorTitles, title].join(' › ') === titles.join(' › '))
      if (found !== undefined) return found.status
    }
  }
  return undefined
}
