import { describe, expect, test } from 'vitest'
import { buildPolicy, MONDAY_MS } from '../../testing/builders.ts'
import { agentNeeds } from './agent-needs.ts'
import { checkPolicyInput, nearestWord, toDocument, toPolicy } from './policy-document.ts'
import { readPolicyDocuments } from './read-document.ts'
import { templateById, templates } from './templates.ts'

const problems = (text: string) => readPolicyDocuments(text).problems.map(({ line, pointer, detail }) => `${line} ${pointer} ${detail}`)

describe('a document that is wrong says where', () => {
  test.each([
    ['name: A\ntemplate: data_leak\n', ['2 /template there is no template "data_leak"; the nearest is "data_leaks"']],
    ['name: A\ntemplate: data_leaks\nscop: {}\n', ['3 /scop is not known; the nearest key is "scope"']],
    ['name: A\ntemplate: data_leaks\nscope:\n  exclude:\n    department: [x]\n', ['5 /scope/exclude/department is not known; the nearest key is "departments"']],
    ['name: A\ntemplate: data_leaks\nindicators:\n  copy_to_removable: true\n', ['4 /indicators/copy_to_removable there is no indicator "copy_to_removable"; the nearest is "copy_to_removable_media"']],
    ['name: A\ntemplate: data_leaks\npriorityContent:\n  paths: [/srv/plans, "*"]\n  domains: ["*.com"]\n', ['4 /priorityContent/paths/1 "*" would hold for every path; name at least one folder', '5 /priorityContent/domains/0 "*.com" would hold for a whole top-level domain']],
    ['name: A\ntemplate: data_leaks\nindicators:\n  file_printed: { threshold: 1 }\n', ['4 /indicators/file_printed/threshold is not known; the nearest key is "thresholds"']],
    ['name: A\ntemplate: data_leaks\nindicators:\n  file_printed: { thresholds: { low: 3, medium: 2, high: 5 } }\n', ['4 /indicators/file_printed/thresholds low, medium and high must rise']],
    ['name: A\ntemplate: security_policy_violations\nindicators:\n  file_printed: true\n', ['4 /indicators/file_printed the template security_policy_violations does not use it']],
    ['name: A\ntemplate: data_leaks\ntriggers:\n  - { indicator: file_printd, threshold: 3 }\n', ['4 /triggers/0/indicator there is no indicator "file_printd"; the nearest is "file_printed"']],
    ['name: A\ntemplate: data_leaks\nstatus: off\n', ['3 /status must be one of on, paused']],
    ['name: A\ntemplate: data_leaks\nlookbackDays: 91\n', ['3 /lookbackDays must be <= 90']],
    ['name: A\n', ['1 / must have required properties template']],
    ['- 3\n', ['1 /0/ must be object']],
    ['name: A\ntemplate: data_leaks\n---\nname: A\ntemplate: data_leaks\n', ['4 /name "A" is the name of the policy at line 1 already']],
    ['name: A\nname: B\ntemplate: data_leaks\n', ['2 / Map keys must be unique']],
    ['', ['1 / holds no policy']],
  ])('%j', (text, expected) => {
    expect(problems(text)).toEqual(expected)
  })
  test('text that is no YAML, an alias that leads nowhere, and one that multiplies, are problems and no failure', () => {
    expect(problems('name: [\n').length).toBeGreaterThan(0)
    expect(problems('name: *nowhere\n')[0]).toContain('alias')
    expect(problems(`a: &a [x]\nb: [${'*a,'.repeat(50)}]\n`)[0]).toContain('alias')
  })
})

describe('a document that is right', () => {
  test('may be one, a list or several documents, as YAML or JSON', () => {
    const names = (text: string) => readPolicyDocuments(text).inputs.map((input) => input.name)
    expect(names('name: A\ntemplate: data_leaks\n')).toEqual(['A'])
    expect(names('{"name":"A","template":"data_leaks"}')).toEqual(['A'])
    expect(names('- {name: A, template: data_leaks}\n- {name: B, template: data_leaks}\n')).toEqual(['A', 'B'])
    expect(names('---\nname: A\ntemplate: data_leaks\n---\n- {name: B, template: data_leaks}\n---\n')).toEqual(['A', 'B'])
  })
  test('becomes the same policy when it is written out and read again', () => {
    for (const template of templates) {
      const policy = buildPolicy({ template: template.id, scope: { groups: ['x'], exclude: { countries: ['DE'] } }, alertVolume: 'more' })
      const document = toDocument(policy)
      expect(readPolicyDocuments(JSON.stringify(document)).problems).toEqual([])
      expect(toDocument(toPolicy(document, 'p_1', MONDAY_MS))).toEqual(document)
    }
  })
  test('keeps id, creation time and rising version over changes', () => {
    const first = buildPolicy()
    expect(toPolicy({ name: 'Leaks', template: 'data_leaks' }, first.id, MONDAY_MS + 5, first)).toMatchObject({ id: first.id, version: 2, createdAtMs: MONDAY_MS, updatedAtMs: MONDAY_MS + 5 })
  })
  test('a trigger whose indicator is switched off is no trigger by default', () => {
    expect(buildPolicy({ indicators: { file_printed: false } }).triggers.some((trigger) => trigger.indicator === 'file_printed')).toBe(false)
  })
  test('names of object members are no indicators', () => {
    expect(checkPolicyInput({ name: 'A', template: 'data_leaks', indicators: { toString: true, constructor: true } }).map((problem) => problem.pointer)).toEqual(['/indicators/toString', '/indicators/constructor'])
  })
})

describe('what agents must collect', () => {
  test('is what enabled indicators of policies that are on need, and nothing else', () => {
    expect(agentNeeds([])).toEqual({ kinds: [], files: false, removableMedia: false, securityFeatures: false, applications: false })
    expect(agentNeeds([buildPolicy({ status: 'paused' })]).kinds).toEqual([])
    const violations = agentNeeds([buildPolicy({ template: 'security_policy_violations', indicators: Object.fromEntries((templateById('security_policy_violations')?.indicators ?? []).filter((id) => id !== 'hardening_disabled' && id !== 'security_alert_other').map((id) => [id, false])) })])
    expect(violations).toMatchObject({ kinds: ['security_feature_changed'], files: false, securityFeatures: true, applications: false })
  })
})

test('the nearest word is the one with the fewest edits', () => {
  expect(nearestWord('tempalte', ['name', 'template', 'status'])).toBe('template')
  expect(nearestWord('x', [])).toBeUndefined()
})
