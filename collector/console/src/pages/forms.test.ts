import { describe, expect, test } from 'vitest'
import { bubbleSize } from '../components/activity-chart/chart-option.ts'
import { buildAlert, buildGroupSettings, buildIndicator, buildOverview, buildTemplate } from '../testing/builders.ts'
import { replaceRow } from './alerts/use-alert-decision.tsx'
import { reduceEnrolment } from './devices/enrolment-progress.ts'
import { commandFor, PACKAGES } from './devices/install-command.ts'
import { allowedMediaAreValid, allowedMediaOf, allowedRowsOf, emptyRow, hasEnded } from './groups/allowed-media-form.ts'
import { inspectionFormOf, inspectionIsValid, inspectionOf } from './groups/inspection-form.ts'
import { transfersAreValid, transfersFormOf, transfersOf } from './groups/transfers-form.ts'
import { doesSomething, edgeFormOf, edgeIsValid, emptyRule, idIsValid } from './groups/edge-form.ts'
import { formOf, linesOf, numberIsValid, settingsOf } from './groups/settings-form.ts'
import { attention } from './overview/attention.ts'
import { draftOf, parseDraft, setContent, setExclusion, setMode, setScope, setThreshold, setTrigger, switchIndicator, thresholdsOf, thresholdsRise } from './policies/policy-draft.ts'

describe('watch settings', () => {
  test('settings survive the form unchanged', () => {
    const settings = buildGroupSettings({ hashLimitBytes: 0, spoolMaxBytes: 1_572_864 })
    expect(settingsOf(formOf(settings))).toEqual(settings)
  })
  test('what the form does not show is written back as it came', () => {
    const inspection = { enabled: true, types: ['iban'], minConfidence: 85 as const, maxFileBytes: 33_554_432, maxFilesPerMinute: 300, customTypes: [{ id: 'own.project', name: 'Project', pattern: 'HF-[0-9]{4}' }], dictionaries: [], exactData: [], labels: [{ id: 'secret', name: 'Secret' }] }
    const settings = buildGroupSettings({ inspection, whenAtRisk: { level: 'elevated', addRoots: ['/srv'] } as never })
    expect(settingsOf({ ...formOf(settings), roots: '/home' })).toEqual({ ...settings, roots: ['/home'] })
  })
  test('looking into files is switched and bounded without losing the organisation’s own definitions', () => {
    const inspection = { enabled: true, types: [], minConfidence: 75 as const, maxFileBytes: 33_554_432, maxFilesPerMinute: 300, customTypes: [{ id: 'own.project', name: 'Project', pattern: 'HF-[0-9]{4}' }], dictionaries: [], exactData: [], labels: [] }
    const form = inspectionFormOf(inspection)
    expect(inspectionOf({ ...form, enabled: false, minConfidence: '65', maxFileMiB: 1.5 })).toEqual({ ...inspection, enabled: false, minConfidence: 65, maxFileBytes: 1_572_864 })
    expect([inspectionIsValid(form), inspectionIsValid({ ...form, maxFileMiB: '' }), inspectionIsValid({ ...form, maxFileMiB: 129 }), inspectionIsValid({ ...form, perMinute: 1.5 })]).toEqual([true, false, false, false])
  })
  test('the organisation’s own destinations and programs are lines, in lower case, and refused as the collector would', () => {
    const transfers = { allowedPrograms: ['restic'], knownDestinations: ['.example.org', 's3://backup'], uploads: true }
    const form = transfersFormOf(transfers)
    expect(settingsOf(formOf(buildGroupSettings({ transfers }))).transfers).toEqual(transfers)
    expect(transfersOf({ ...form, allowedPrograms: ' Restic.exe \n\nborg' }).allowedPrograms).toEqual(['restic', 'borg'])
    expect([form, { ...form, knownDestinations: '.org' }, { ...form, knownDestinations: 'me@example.org' }, { ...form, allowedPrograms: '/usr/bin/curl' }].map(transfersAreValid)).toEqual([true, false, false, false])
  })
  test('allowed media keep the people, the begin and the seconds that the form does not show', () => {
    const allowedMedia = [
      { vendorId: '0951', productId: '1666', serial: 'KEY:1', reason: 'sales', from: '2026-01-01T00:00:00.000Z', until: '2027-03-31T18:00:07.000Z', users: ['u_1'], copies: true },
      { vendorId: '0951', productId: '1666', reason: 'kind', copies: false }, { deviceClass: 'ptp' as const, reason: 'press' },
    ]
    expect(settingsOf(formOf(buildGroupSettings({ allowedMedia }))).allowedMedia).toEqual(allowedMedia)
    expect(allowedMediaOf([{ ...emptyRow, device: ' 0951:166A:x ', reason: ' why ' }, { ...emptyRow, kind: 'mtp', device: 'left over', reason: 'r' }])).toEqual([{ vendorId: '0951', productId: '166a', serial: 'x', reason: 'why' }, { deviceClass: 'mtp', reason: 'r' }])
  })
  test('an allowed medium is refused as the collector would, and is said to have ended when it has', () => {
    const good = { ...emptyRow, device: '0951:1666', reason: 'r' }
    expect([[good], [{ ...good, reason: ' ' }], [{ ...good, device: 'KEY-1' }], [{ ...good, device: '' }], [{ ...good, kind: 'ptp' as const, device: '' }], [{ ...good, until: 'soon' }]].map(allowedMediaAreValid)).toEqual([true, false, false, false, true, false])
    const [row] = allowedRowsOf([{ deviceClass: 'ptp', reason: 'r', until: '2027-01-01T00:00:00.000Z' }])
    expect(row && [hasEnded(row, Date.UTC(2026, 0, 1)), hasEnded(row, Date.UTC(2028, 0, 1)), hasEnded(emptyRow, Date.UTC(2028, 0, 1))]).toEqual([false, true, false])
  })
  test('lines are trimmed, and empty or double ones dropped', () => {
    expect(linesOf(' /a \n\n/b\n/a\n  ')).toEqual(['/a', '/b'])
  })
  test('a number outside of its bounds, empty or broken is refused', () => {
    expect([numberIsValid('pollInterval', 0), numberIsValid('pollInterval', 1.5), numberIsValid('pollInterval', ''), numberIsValid('hashLimit', 'x'), numberIsValid('hashLimit', 1024), numberIsValid('hashLimit', 1025)]).toEqual([false, false, false, false, true, false])
  })
})

describe('a policy draft', () => {
  const template = buildTemplate()
  const indicator = buildIndicator()
  const draft = draftOf(template)
  test('a threshold changes alone, the others keep the published default', () => {
    const changed = setThreshold(draft, indicator, 'medium', 90)
    expect(thresholdsOf(changed, indicator)).toEqual({ low: 20, medium: 90, high: 200 })
    expect(thresholdsOf(draft, indicator)).toEqual(indicator.thresholds)
  })
  test('switching an indicator off and on keeps its own thresholds', () => {
    const own = setThreshold(draft, indicator, 'low', 5)
    expect(switchIndicator(switchIndicator(own, indicator.id, false), indicator.id, true)).toEqual(own)
  })
  test('thresholds must rise from 1 on', () => {
    expect([thresholdsRise({ low: 1, medium: 2, high: 3 }), thresholdsRise({ low: 0, medium: 2, high: 3 }), thresholdsRise({ low: 5, medium: 2, high: 3 })]).toEqual([true, false, false])
  })
  test('a trigger changes among the template’s own', () => {
    expect(setTrigger(draft, template, indicator.id, 7).triggers).toEqual([{ indicator: indicator.id, threshold: 7 }])
  })
  test('a scope for everyone carries no groups, and other exclusions stay', () => {
    const document = { ...draft, scope: { users: 'all' as const, exclude: { users: ['a'], departments: ['Board'] } } }
    expect(setScope(document, { users: 'all', groups: ['g'], priorityGroups: [] }).scope).toEqual({ users: 'all', exclude: document.scope.exclude })
    expect(setExclusion(document, 'users', []).scope).toEqual({ users: 'all', exclude: { departments: ['Board'] } })
  })
  test('an indicator that is judged by the user’s own usual has no numbers, and keeps its switch', () => {
    const usual = setMode(setThreshold(draft, indicator, 'low', 5), indicator, 'above_usual')
    expect(usual.indicators?.[indicator.id]).toEqual({ enabled: true, mode: 'above_usual' })
    expect(switchIndicator(usual, indicator.id, false).indicators?.[indicator.id]).toEqual({ enabled: false, mode: 'above_usual' })
    expect(thresholdsOf(setMode(usual, indicator, 'numbers'), indicator)).toEqual(indicator.thresholds)
  })
  test('priority content without any list is none, and then nothing is scored by it alone', () => {
    const only = { ...setContent(draft, 'extensions', ['dwg']), scoreOnlyPriorityContent: true }
    expect(only.priorityContent).toEqual({ extensions: ['dwg'] })
    expect(setContent(only, 'extensions', [])).toEqual(draft)
  })
  test('broken JSON is reported, and a document without a name is no document', () => {
    expect(parseDraft('{').kind).toBe('broken')
    expect(parseDraft('{"template":"t"}').kind).toBe('broken')
    expect(parseDraft(JSON.stringify(draft))).toEqual({ kind: 'document', document: draft })
  })
})

describe('an enrolment that is waited for', () => {
  const start = { codeId: 'c1', reported: false }
  test('only a device that came by this code ticks, and its report ticks once', () => {
    expect(reduceEnrolment(start, { topic: 'device.enrolled', deviceId: 'd9', codeId: 'other' })).toBe(start)
    expect(reduceEnrolment(start, { topic: 'device.updated', deviceId: 'd1' })).toBe(start)
    const enrolled = reduceEnrolment(start, { topic: 'device.enrolled', deviceId: 'd1', codeId: 'c1' })
    expect(reduceEnrolment(enrolled, { topic: 'device.updated', deviceId: 'd1' })).toEqual({ codeId: 'c1', deviceId: 'd1', reported: true })
  })
  test('every package has a command with the address and the code, and the code is no argument of a program', () => {
    for (const kind of PACKAGES) {
      const command = commandFor(kind, { collectorUrl: 'https://c.example:8443', code: 'HF1-X-Y' })
      expect(command).toContain('https://c.example:8443')
      expect(command.split(/(?:HOLDFAST_ENROLMENT_CODE ?= ?'?)HF1-X-Y/)).toHaveLength(2)
      expect(command).not.toContain('--code')
    }
    expect(commandFor('msi', { collectorUrl: 'https://c.example:8443', code: 'HF1-X-Y' })).toContain('msiexec')
  })
})

describe('the bubble chart', () => {
  test('a bubble grows with its events and stays within its bounds', () => {
    expect([bubbleSize(1, 1), bubbleSize(1, 400), bubbleSize(400, 400)]).toEqual([9, 9, 44])
    expect(bubbleSize(100, 400)).toBeGreaterThan(bubbleSize(10, 400))
  })
})

describe('the queue and the overview', () => {
  test('a decision changes its row in place and takes over nothing but a row’s fields', () => {
    const pages = { pages: [{ items: [buildAlert({ id: 'a' }), buildAlert({ id: 'b' })] }], pageParams: [undefined] }
    const next = replaceRow(pages, { ...buildAlert({ id: 'b', status: 'confirmed', revision: 9 }), reasons: [] } as never)
    expect(next?.pages[0]?.items.map(({ id, status, revision }) => [id, status, revision])).toEqual([['a', 'needs_review', 3], ['b', 'confirmed', 9]])
    expect(next?.pages[0]?.items[1]).not.toHaveProperty('reasons')
    expect(replaceRow(undefined, buildAlert())).toBeUndefined()
  })
  test('unexplained gaps stand before everything else, and what is zero is left out', () => {
    const overview = buildOverview({ devices: { healthy: 1, degraded: 0, offline: 2, neverSeen: 0, behindPolicy: 0, unexplainedGaps: 4 } })
    expect(attention(overview).map(({ key, count }) => [key, count])).toEqual([['gaps', 4], ['offline', 2]])
  })
})

describe('edge rules', () => {
  const rule = {
    id: 'cards', enabled: true, kinds: ['file_copied' as const], destinations: ['removable' as const], sensitive: true, types: ['finance.payment_card'], minCount: 5, labels: ['Secret'], minActivities: 0, minBytes: 1_048_576, windowSecs: 600, unallowedDevice: false, warn: true, first: false, maxPerHour: 3, ask: 'reason' as const,
    texts: [{ language: 'en', title: 'Stop', body: '' }, { language: 'fr', title: 'Attention', body: 'Ceci' }],
  }
  const edge = { languages: ['fr'], rules: [rule] }
  test('come back as they were, also what the form does not show', () => expect(settingsOf(formOf(buildGroupSettings({ edge }))).edge).toEqual(edge))
  test('are refused before the collector would refuse them', () => {
    const form = edgeFormOf(edge)
    expect(edgeIsValid(form)).toBe(true)
    const [first = emptyRule] = form.rules
    for (const over of [{ id: 'Not one' }, { warn: false }, { maxPerHour: 0 }, { minCount: '' }, { windowMins: 2000 }, { kinds: [] }]) expect(edgeIsValid({ ...form, rules: [{ ...first, ...over }] })).toBe(false)
    expect([idIsValid(first, [first, first]), doesSomething({ ...first, warn: false, enabled: false })]).toEqual([false, true])
    expect(edgeIsValid({ ...form, rules: [first, { ...emptyRule, id: 'more' }] })).toBe(true)
  })
})
