import { ACTIVITY_KINDS, type ActivityKind } from '@holdfast/proto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildActivity, MONDAY_MS } from '../../testing/builders.ts'
import type { Activity, LocationKind } from '../risk/activity.ts'
import { createCounter, matchingIndicators } from '../risk/count.ts'
import { checkSettings, completeSettings } from './check-settings.ts'
import { compileDetection } from './compile-detection.ts'
import { explainRule } from './explain.ts'
import type { DetectionSettingsDocument } from './settings-schema.ts'

const settingsOf = (document: DetectionSettingsDocument) => {
  const settings = completeSettings(document)
  expect(checkSettings(settings)).toEqual([])
  return settings
}
const detect = (document: DetectionSettingsDocument) => compileDetection(settingsOf(document))
const excluded = (exclusions: NonNullable<DetectionSettingsDocument['exclusions']>, activity: Partial<Activity>): string | undefined => detect({ exclusions }).judge(buildActivity(activity)).excluded?.rule
const at = (path: string, location: LocationKind = 'removable') => ({ path, sizeBytes: 10, location })

describe('file types', () => {
  test('are compared with the end of the name in any letter case, also of two parts', () => {
    const types = { fileTypes: ['.TMP', 'tar.gz'] }
    expect(['/x/a.tmp', String.raw`C:\x\A.Tmp`, '/x/a.tar.gz', '/x/a.gz', '/x/.tmp', '/x/tmp', '/x.tmp/a'].map((path) => excluded(types, { file: at(path) }))).toEqual(['fileTypes[0]', 'fileTypes[0]', 'fileTypes[1]', undefined, undefined, undefined, undefined])
  })
  test('do not hide a file that took the type only now', () => {
    expect(excluded({ fileTypes: ['tmp'] }, { file: at('/media/stick/a.tmp'), source: at('/home/a/plan.docx', 'local') })).toBeUndefined()
    expect(excluded({ fileTypes: ['tmp'] }, { kind: 'file_renamed', file: at('/home/a/a.tmp', 'local'), oldPath: '/home/a/plan.docx' })).toBeUndefined()
    expect(excluded({ fileTypes: ['tmp'] }, { file: at('/media/stick/a.tmp'), source: at('/home/a/b.tmp', 'local') })).toBe('fileTypes[0]')
  })
})

describe('paths', () => {
  test('hold for either end of a copy, and for both names of a rename', () => {
    const paths = { paths: ['/srv/x', '/srv/public'] }
    expect(excluded(paths, { file: at('/media/a'), source: at('/srv/public/a', 'local') })).toBe('paths[1]')
    expect(excluded(paths, { file: at('/srv/public/a', 'network_share'), source: at('/home/a', 'local') })).toBe('paths[1]')
    expect(excluded(paths, { kind: 'file_renamed', file: at('/home/a', 'local'), oldPath: '/srv/public/a' })).toBeUndefined()
    expect(excluded(paths, { kind: 'file_renamed', file: at('/srv/public/b', 'local'), oldPath: '/srv/public/a' })).toBe('paths[1]')
  })
  test('of an organisation hold also for what leaves, unlike the default ones', () => expect(excluded({ paths: ['/media/backup'] }, { file: at('/media/backup/a') })).toBe('paths[0]'))
})

describe('keywords', () => {
  test.each([
    ['/x/Newsletter May.pdf', 'keywords[0]'], ['/x/newsletter-customers.pdf', undefined], ['/Newsletters/CUSTOMERS/a.pdf', undefined], ['/newsletters/a.pdf', 'keywords[0]'], ['/x/a.pdf', undefined], ['/x/newsletter secret.pdf', undefined],
  ])('%s', (path, rule) => expect(excluded({ keywords: [{ contains: 'newsletter', unless: ['customers', 'secret'] }] }, { file: at(path) })).toBe(rule))
  test('look at the name of a printed document', () => {
    const { file: _file, ...printed } = buildActivity({ kind: 'file_printed', detail: { document: 'Canteen Menu.docx' } })
    expect(detect({ exclusions: { keywords: [{ contains: 'menu' }] } }).judge(printed).excluded?.rule).toBe('keywords[0]')
  })
})

describe('applications', () => {
  const list = { applications: ['TeamViewer', 'npm:ngrok', 'class:vpn', 'process:/usr/bin/rsync', 'libre*'] }
  const installed = (name: string, source?: string) => excluded(list, { kind: 'application_installed', application: { name, ...(source === undefined ? {} : { source }) } })
  test('by name, by source and name, by class, with a star', () => expect([installed('teamviewer'), installed('ngrok', 'npm'), installed('ngrok', 'dpkg'), installed('nordvpn'), installed('libreoffice-core'), installed('anydesk')]).toEqual(['applications[0]', 'applications[1]', undefined, 'applications[2]', 'applications[4]', undefined]))
  test('by the program that did it, whole', () => {
    const read = (executable: string) => excluded(list, { kind: 'file_read_by_transfer_tool', file: at('/x', 'local'), process: { name: 'rsync', executable } })
    expect([read('/usr/bin/rsync'), read('/tmp/rsync')]).toEqual(['applications[3]', undefined])
  })
})

describe('media and planned changes', () => {
  test('a medium that was handed out is known by everything that its entry says', () => {
    const list = { media: [{ serial: '4C53-1' }, { vendor: 'Kingston', model: 'IronKey' }] }
    const mounted = (media: Activity['media']) => excluded(list, { kind: 'removable_media_mounted', ...(media === undefined ? {} : { media }) })
    expect([mounted({ serial: '4c53-1' }), mounted({ vendor: 'KINGSTON', model: 'ironkey', serial: 'X' }), mounted({ vendor: 'Kingston', model: 'DataTraveler' }), mounted({}), mounted(undefined)]).toEqual(['media[0]', 'media[1]', undefined, undefined, undefined])
  })
  test('maintenance is left out in its time, on its devices, to its state', () => {
    const list = { features: [{ feature: 'updates.*', to: ['disabled' as const], from: '2026-03-02T08:00:00Z', until: '2026-03-02T10:00:00Z', devices: ['d_1'] }] }
    const change = (over: Partial<Activity>, to: 'disabled' | 'weakened' = 'disabled', id = 'updates.unattended') => excluded(list, { kind: 'security_feature_changed', feature: { id, from: 'enabled', to }, ...over })
    expect([change({}), change({ occurredAtMs: MONDAY_MS + 3 * 3_600_000 }), change({ deviceId: 'd_2' }), change({}, 'weakened'), change({}, 'disabled', 'firewall.ufw')]).toEqual(['features[0]', undefined, undefined, undefined, undefined])
  })
})

describe('domains', () => {
  const detection = detect({ domains: { allowed: ['**.corp.example'], unallowed: ['leak.corp.example', '**.share.example'], thirdParty: ['crm.example'] } })
  const upload = (destination: string) => detection.judge(buildActivity({ kind: 'file_read_by_transfer_tool', file: at('/home/a/x', 'local'), detail: { destination, tool: 'firefox' } }))
  const download = (originUrl: string) => buildActivity({ kind: 'file_downloaded', file: at('/home/a/Downloads/x', 'local'), detail: { originUrl } })
  test('what goes to an allowed one is excluded, and the closest entry decides', () => {
    expect(upload('https://files.corp.example/a')).toMatchObject({ domainClass: 'allowed', excluded: { rule: 'domains.allowed[0]' } })
    expect(upload('https://leak.corp.example/a')).toMatchObject({ domainClass: 'unallowed' })
    expect(upload('https://leak.corp.example/a').excluded).toBeUndefined()
    expect(upload('alice@box.share.example:/in')).toMatchObject({ domainClass: 'unallowed' })
    expect(upload('https://elsewhere.example').domainClass).toBeUndefined()
  })
  test('unallowed and third-party domains have indicators of their own', () => {
    expect(matchingIndicators(download('https://crm.example/list.csv'), detection)).toEqual(['file_downloaded', 'download_from_third_party_domain'])
    expect(matchingIndicators(download('https://x.share.example/tool.bin'), detection)).toEqual(['file_downloaded', 'download_from_unallowed_domain'])
    expect(matchingIndicators(download('https://elsewhere.example'), detection)).toEqual(['file_downloaded'])
  })
  test('a share is known by its server', () => expect(detection.judge(buildActivity({ file: at(String.raw`\\nas.corp.example\public\a`, 'network_share') })).excluded?.rule).toBe('domains.allowed[0]'))
})

describe('sensitive types', () => {
  test('that are left out make nothing sensitive and nothing priority content', () => {
    const detection = compileDetection(settingsOf({ exclusions: { sensitiveTypes: ['IBAN'] } }), [{ policyId: 'p_1', content: { sensitiveTypes: ['iban', 'secret'] } }])
    const judge = (...types: string[]) => detection.judge(buildActivity({ findings: types.map((type) => ({ type, count: 1, confidence: 90 })) }))
    expect(judge('iban')).toMatchObject({ sensitive: false, priorityOf: [] })
    expect(judge('iban')).not.toHaveProperty('excluded')
    expect(judge('iban', 'secret')).toMatchObject({ sensitive: true, priorityOf: ['p_1'] })
  })
})

describe('priority content of policies', () => {
  test('is marked for each policy that names it, in the order of their ids', () => {
    const detection = compileDetection(settingsOf({}), [
      { policyId: 'p_3', content: { extensions: ['.dwg'] } }, { policyId: 'p_1', content: { paths: ['/srv/plans'] } }, { policyId: 'p_2', content: { labels: ['secret'] } }, { policyId: 'p_4', content: { domains: ['**.crm.example'] } },
    ])
    expect(detection.judge(buildActivity({ file: at('/media/a.dwg'), source: at('/srv/plans/a.dwg', 'local') })).priorityOf).toEqual(['p_1', 'p_3'])
    expect(detection.judge(buildActivity({ kind: 'label_changed', file: at('/x', 'local'), detail: { oldLabel: 'Secret' } })).priorityOf).toEqual(['p_2'])
    expect(detection.judge(buildActivity({ kind: 'file_downloaded', file: at('/x', 'local'), detail: { originUrl: 'https://eu.crm.example/a' } })).priorityOf).toEqual(['p_4'])
    expect(detection.judge(buildActivity({})).priorityOf).toEqual([])
  })
  test('takes the type that a file had before it was disguised', () => expect(compileDetection(settingsOf({}), [{ policyId: 'p', content: { extensions: ['dwg'] } }]).judge(buildActivity({ kind: 'file_renamed', file: at('/x/a.jpg', 'local'), oldPath: '/x/a.dwg' })).priorityOf).toEqual(['p']))
})

describe('variants', () => {
  const document: DetectionSettingsDocument = {
    exclusions: { fileTypes: ['log'] },
    groups: [{ name: 'backup', paths: ['/media/backup'] }, { name: 'plans', fileTypes: ['dwg'] }],
    variants: [{ indicator: 'copy_to_removable_media', id: 'no-backup', mode: 'exclude', groups: ['backup'] }, { indicator: 'copy_to_removable_media', id: 'plans', mode: 'include', groups: ['plans'] }],
  }
  const count = createCounter(detect(document))
  const counted = (path: string, source?: string) => Object.fromEntries(count([buildActivity({ file: at(path), ...(source === undefined ? {} : { source: at(source, 'local') }) })]).filter(({ indicator }) => indicator.startsWith('copy')).map(({ indicator, events, excludedEvents }) => [indicator, [events, excludedEvents]]))
  test('count beside their indicator, each with its own lists', () => {
    expect(counted('/media/stick/a.txt')).toEqual({ copy_to_removable_media: [1, 0], 'copy_to_removable_media#no-backup': [1, 0] })
    expect(counted('/media/backup/a.txt')).toEqual({ copy_to_removable_media: [1, 0], 'copy_to_removable_media#no-backup': [1, 1] })
    expect(counted('/media/stick/a.jpg', '/home/a.dwg')).toEqual({ copy_to_removable_media: [1, 0], 'copy_to_removable_media#no-backup': [1, 0], 'copy_to_removable_media#plans': [1, 0] })
  })
  test('leave out what everybody leaves out', () => expect(counted('/media/stick/a.log')).toEqual({ copy_to_removable_media: [1, 1], 'copy_to_removable_media#no-backup': [1, 1] }))
})

describe('rules in words', () => {
  test('name the entry that held', () => {
    const settings = settingsOf({ exclusions: { paths: ['/srv/x'], keywords: [{ contains: 'menu' }] }, domains: { allowed: [{ domain: 'corp.example', multiLevel: true }] }, groups: [{ name: 'a.b', paths: ['/y'] }] })
    expect([explainRule('paths[0]', settings), explainRule('domains.allowed[0]', settings), explainRule('groups.a.b.paths[0]', settings), explainRule('default:linux_cache', settings), explainRule('paths[9]', settings), explainRule('nonsense', settings)]).toEqual([
      'The settings leave out the path /srv/x.', 'The domain **.corp.example is listed as allowed.', 'The group a.b leaves out the path /y.', 'Caches of desktop programs (XDG base directories).', 'paths[9]', 'nonsense',
    ])
  })
})

const text = fc.oneof(fc.constantFrom('', '/home/a/.cache/x', String.raw`C:\Users\a\x.tmp`, 'https://a.example/x', 'rclone', 'npm'), fc.string({ unit: 'binary', maxLength: 60 }))
const fileFacts = fc.record({ path: text, sizeBytes: fc.nat(), location: fc.constantFrom<LocationKind>('local', 'removable', 'network_share', 'cloud_sync', 'remote_session', 'unknown') })
/** Activities of any kind with any fields, as no sensor would make them. */
const anyActivity: fc.Arbitrary<Activity> = fc.record({
  kind: fc.constantFrom<ActivityKind>(...ACTIVITY_KINDS), file: fileFacts, source: fileFacts, oldPath: text, media: fc.record({ serial: text, vendor: text, model: text }, { requiredKeys: [] }), process: fc.record({ name: text, executable: text }, { requiredKeys: [] }),
  findings: fc.array(fc.record({ type: text, count: fc.nat(), confidence: fc.nat(100) }), { maxLength: 3 }), feature: fc.record({ id: text, from: fc.constantFrom('enabled' as const, 'unknown' as const), to: fc.constantFrom('disabled' as const, 'enabled' as const) }),
  application: fc.record({ name: text, source: text, path: text }, { requiredKeys: ['name'] }), detail: fc.dictionary(fc.constantFrom('originUrl', 'destination', 'document', 'tool', 'newLabel', 'assetId', 'status', 'relation', 'indicator', 'amount', 'pages', 'category', 'attack'), fc.oneof(text, fc.integer(), fc.boolean())),
}, { requiredKeys: ['kind'] }).map((fields) => ({ id: 'x', deviceId: 'd_1', userId: 'u_1', occurredAtMs: MONDAY_MS, observedAtMs: MONDAY_MS, sensor: 's', recovered: false, ...fields }))

describe('whatever an activity says', () => {
  const detection = compileDetection(settingsOf({
    exclusions: { fileTypes: ['tmp'], paths: ['~/x', '*(3)/y'], keywords: [{ contains: 'a', unless: ['b'] }], sensitiveTypes: ['iban'], applications: ['rclone', 'class:vpn', 'process:a*'], media: [{ serial: '1' }], features: [{ feature: 'ssh.*' }] },
    domains: { allowed: ['**.a.example'], unallowed: ['b.example'] }, priorityAssets: ['door'], groups: [{ name: 'g', paths: ['/z'], sensitiveTypes: ['x'] }], variants: [{ indicator: 'file_deleted', id: 'v', mode: 'exclude', groups: ['g'] }],
  }), [{ policyId: 'p', content: { extensions: ['x'], paths: ['/q'], labels: ['l'], domains: ['c.example'], sensitiveTypes: ['s'] } }])
  const count = createCounter(detection)
  test('judging and counting never throw, and nothing is counted more often than it happened', () => {
    fc.assert(fc.property(anyActivity, (activity) => {
      const judgement = detection.judge(activity)
      expect(typeof judgement.sensitive).toBe('boolean')
      for (const insight of count([activity])) {
        expect([insight.events, insight.excludedEvents === 0 || insight.bytes === 0]).toEqual([1, true])
        expect(judgement.excluded === undefined || insight.excludedEvents === 1).toBe(true)
      }
    }), { numRuns: 2000 })
  })
})
