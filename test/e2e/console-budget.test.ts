// What a browser loads before the first page can be read. The figures are of the built console (`pnpm build`).
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'

const KB = 1000
const FIRST_LOAD_KB = 300
/** Frame and page together, for who opens the console at an address deep inside. */
const DEEP_LINK_KB = 380
const CHART_KB = 210
const dist = join(import.meta.dirname, '../../collector/console/dist')

interface Chunk {
  readonly file: string
  readonly isEntry?: boolean
  readonly imports?: readonly string[]
  readonly dynamicImports?: readonly string[]
  readonly css?: readonly string[]
}
const manifest = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8')) as Readonly<Record<string, Chunk>>
const [entryName = '', entry] = Object.entries(manifest).find(([, chunk]) => chunk.isEntry === true) ?? []
const kbOf = (file: string): number => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length / KB

/** The files that a chunk needs before it runs: itself, what it imports, and their style sheets. */
function needed(name: string, found: Set<string> = new Set(), seen: Set<string> = new Set()): ReadonlySet<string> {
  const chunk = manifest[name]
  if (chunk === undefined || seen.has(name)) return found
  seen.add(name)
  for (const file of [chunk.file, ...(chunk.css ?? [])]) found.add(file)
  for (const next of chunk.imports ?? []) needed(next, found, seen)
  return found
}
const isChart = (file: string): boolean => /echarts/.test(file)
const isLazy = (file: string): boolean => isChart(file) || /\/(pdf-view|de)-/.test(file)
const pages = (entry?.dynamicImports ?? []).filter((name) => name.startsWith('src/pages/'))
const weightOf = (page: string): number => [...new Set([...needed(entryName), ...needed(page)])].filter((file) => !isChart(file)).reduce((sum, file) => sum + kbOf(file), 0)

describe('the first load', () => {
  const weights = pages.map((page) => ({ page: page.replace('src/pages/', ''), kb: Math.round(weightOf(page)) })).toSorted((a, b) => b.kb - a.kb)
  const frame = Math.round([...needed(entryName)].reduce((sum, file) => sum + kbOf(file), 0))
  const first = weights.filter(({ page }) => /^(overview|session|account\/must)/.test(page))
  it('of the way in and of the page behind it stays within its budget, the chart left out', () => {
    process.stderr.write(`first load, kB gz: ${first.map(({ page, kb }) => `${page} ${kb}`).join(', ')}; the frame alone ${frame}\n`)
    expect(first).toHaveLength(3)
    expect(first.filter(({ kb }) => kb > FIRST_LOAD_KB)).toEqual([])
  })
  it('of a deep link into the heaviest page is bounded too', () => {
    process.stderr.write(`deep links, kB gz: ${weights.slice(0, 4).map(({ page, kb }) => `${page} ${kb}`).join(', ')}\n`)
    expect(pages.length).toBeGreaterThan(20)
    expect(weights.filter(({ kb }) => kb > DEEP_LINK_KB)).toEqual([])
  })
  it('holds neither charts nor PDF nor a second language', () => {
    expect([...needed(entryName)].filter(isLazy)).toEqual([])
    expect(pages.flatMap((page) => [...needed(page)].filter((file) => isLazy(file)))).toEqual([])
  })
})

describe('the chart', () => {
  it('is one chunk within its budget', () => {
    const charts = [...new Set(Object.values(manifest).map(({ file }) => file))].filter(isChart)
    process.stderr.write(`chart chunk, kB gz: ${charts.map((file) => Math.round(kbOf(file))).join(' ')}\n`)
    expect(charts).toHaveLength(1)
    expect(charts.reduce((sum, file) => sum + kbOf(file), 0)).toBeLessThanOrEqual(CHART_KB)
  })
})
