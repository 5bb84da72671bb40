import { describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { type IndicatorRow, INDICATOR_IDS, indicators } from '../domain/risk/indicators.ts'
import { sequencePatterns } from '../domain/risk/sequence-patterns.ts'
import { sigmaFiles } from './sigma.ts'

interface Document {
  readonly title: string
  readonly id: string
  readonly name: string
  readonly level: string
  readonly date: string
  readonly tags: readonly string[]
  readonly logsource?: Readonly<Record<string, string>>
  readonly detection?: Readonly<Record<string, unknown>> & { readonly condition: string }
  readonly correlation?: { readonly type: string; readonly rules: readonly string[]; readonly 'group-by': readonly string[]; readonly timespan: string; readonly condition: Readonly<Record<string, number>> }
}

const files = sigmaFiles().map(({ name, yaml }) => ({ name, documents: parseAllDocuments(yaml, { version: '1.1' }).map((document) => {
  if (document.errors.length > 0) throw document.errors[0]
  return document.toJS() as Document
}) }))
const all = files.flatMap(({ documents }) => documents)

describe('the Sigma rules', () => {
  test('there is a file for every indicator and every sequence', () => {
    expect(files.map(({ name }) => name)).toEqual([...INDICATOR_IDS.map((id) => `${id}.yml`), ...sequencePatterns.map(({ id }) => `sequence_${id}.yml`)])
  })
  test('each document has what the specification asks of its kind, in the forms that it allows', () => {
    for (const rule of all) {
      expect([rule.title.length <= 256, rule.id]).toEqual([true, expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)])
      expect([rule.name, rule.date, rule.level]).toEqual([rule.name, expect.stringMatching(/^\d{4}-\d\d-\d\d$/), expect.stringMatching(/^(informational|low|medium|high|critical)$/)])
      for (const tag of rule.tags) expect(tag).toMatch(/^[a-z0-9_-]+\.[a-z0-9._-]+$/)
      expect(new Set(rule.tags).size).toBe(rule.tags.length)
      expect((rule.detection === undefined) !== (rule.correlation === undefined)).toBe(true)
    }
    expect([new Set(all.map(({ id }) => id)).size, new Set(all.map(({ name }) => name)).size]).toEqual([all.length, all.length])
  })
  test('a condition names every search of its rule, and nothing else', () => {
    for (const { name, detection } of all) {
      if (detection === undefined) continue
      const searches = Object.keys(detection).filter((key) => key !== 'condition').toSorted()
      const named = [...new Set((detection.condition.match(/\w+/g) ?? []).filter((word) => !['and', 'or', 'not'].includes(word)))].toSorted()
      expect([name, named]).toEqual([name, searches])
      for (const search of searches) expect([name, Object.keys(detection[search] as object).length]).not.toEqual([name, 0])
    }
  })
  test('a correlation refers to rules of its own file', () => {
    const strange = files.flatMap(({ name, documents }) => {
      const names = documents.filter(({ detection }) => detection !== undefined).map((rule) => rule.name)
      return documents.filter(({ correlation }) => correlation !== undefined && !(correlation.rules.every((rule) => names.includes(rule)) && /^\d+[smhd]$/.test(correlation.timespan))).map((rule) => `${name} ${rule.name}`)
    })
    expect(strange).toEqual([])
  })
  test('thresholds count what can be counted; bytes and amounts have no correlation', () => {
    for (const [id, row] of Object.entries(indicators) as [string, IndicatorRow][]) {
      const counts = (files.find(({ name }) => name === `${id}.yml`)?.documents ?? []).flatMap(({ correlation }) => (correlation === undefined ? [] : [correlation.condition['gte']]))
      expect([id, counts]).toEqual([id, row.measure === 'events' || row.measure === 'files' ? [row.thresholds.low, row.thresholds.medium, row.thresholds.high] : []])
    }
  })
  test('techniques stand under their present and their former ids', () => {
    const tags = files.find(({ name }) => name === 'protective_feature_disabled.yml')?.documents[0]?.tags ?? []
    expect(tags).toEqual(expect.arrayContaining(['attack.t1685', 'attack.t1562.001']))
  })
  test('what a row asks stands in its rule, what it leaves out in the filter', () => {
    const ruleOf = (id: string) => files.find(({ name }) => name === `${id}.yml`)?.documents[0]?.detection
    expect(ruleOf('copy_to_removable_media')).toEqual({ selection: { kind: 'file_copied', 'file.location': 'removable' }, condition: 'selection' })
    expect(ruleOf('protective_feature_disabled')).toMatchObject({ selection: { 'feature.to': ['disabled', 'weakened', 'absent'] }, filter: { 'feature.from': 'unknown' }, condition: 'selection and not filter' })
  })
  test('a sequence is its steps in order, by one person, on the same file where the steps share one', () => {
    const documents = files.find(({ name }) => name === 'sequence_download_exfiltration_clean_up.yml')?.documents ?? []
    expect(documents.at(-1)?.correlation).toEqual({ type: 'temporal_ordered', rules: [1, 2, 3].map((step) => `sequence_download_exfiltration_clean_up_step_${step}`), 'group-by': ['userId', 'file.fingerprint'], timespan: '72h', condition: { gte: 3 } })
  })
})
