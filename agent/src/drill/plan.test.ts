import { describe, expect, it } from 'vitest'
import { drillName, type DrillPlan, type MarkedActivity, MAX_DRILL_MS } from './contract.ts'
import { actOf, parsePlan } from './plan.ts'

const NOW = 1_800_000_000_000
const id = 'a1b2c3d4e5f60718293a4b5c6d7e8f90'
const name = drillName(id)
const copy = `/media/${name}/${name}-00.txt`
const sha = 'c'.repeat(64)
const plan: DrillPlan = {
  format: 1, id, pid: 4242, startedAtMs: NOW, endsAtMs: NOW + 60_000,
  acts: [
    { kind: 'file_copied', times: 2, paths: [copy], sha256: [sha] },
    { kind: 'file_renamed', times: 2, paths: [`/srv/${name}/${name}-01.txt`, `/srv/${name}/${name}-renamed.txt`] },
    { kind: 'removable_media_mounted', times: 1, paths: [`/media/${name}`] },
    { kind: 'security_feature_changed', times: 2, paths: [`cron.d/${name}`], feature: 'persistence.cron' },
    { kind: 'application_installed', times: 1, paths: [`/usr/local/bin/${name}`] },
  ],
}
const copied = (path: string, sha256: string, pid?: number): MarkedActivity => ({ kind: 'file_copied', ...(pid === undefined ? {} : { actor: { pid } }), detail: { fileCopied: { destination: { path, sha256 } } } })
const feature = (fromValue: string, toValue: string, of = 'persistence.cron'): MarkedActivity => ({ kind: 'security_feature_changed', detail: { securityFeatureChanged: { feature: of, fromValue, toValue } } })

describe('an activity is an act of a drill', () => {
  it('when place, content and process are those of the plan', () => {
    expect(actOf(plan, copied(copy, sha, 4242))?.kind).toBe('file_copied')
    expect(actOf(plan, copied(copy, sha))?.kind).toBe('file_copied')
    // Some activities carry no hash, and some sensors no process.
    expect(actOf(plan, copied(copy, ''))?.kind).toBe('file_copied')
    expect(actOf(plan, { kind: 'removable_media_mounted', detail: { removableMediaMounted: { media: { mountPoint: `/media/${name}` } } } })?.kind).toBe('removable_media_mounted')
    expect(actOf(plan, { kind: 'application_installed', detail: { applicationInstalled: { application: { path: `/usr/local/bin/${name}` } } } })?.kind).toBe('application_installed')
  })

  it.each([
    ['another content at the place of the canary', copied(copy, 'd'.repeat(64), 4242)],
    ['the canary’s content in another place', copied('/media/stick/secret.txt', sha, 4242)],
    ['another process in the drill’s own place', copied(copy, sha, 4243)],
    ['a name that only begins like the canary’s', copied(`${copy}.docx`, sha, 4242)],
    ['another kind at the place of the canary', { kind: 'file_changed', detail: { fileChanged: { file: { path: copy } } } }],
    ['a rename of somebody’s file to the canary’s name', { kind: 'file_renamed', detail: { fileRenamed: { file: { path: `/srv/${name}/${name}-renamed.txt` }, oldPath: '/home/mallory/secret.docx' } } }],
    ['a program of the same name in somebody’s home', { kind: 'application_installed', detail: { applicationInstalled: { application: { path: `/home/mallory/.local/bin/${name}` } } } }],
    ['a kind that no drill makes', { kind: 'agent_tampered', detail: {} } as unknown as MarkedActivity],
    ['an activity without its detail', { kind: 'file_copied', detail: {} }],
  ] as readonly (readonly [string, MarkedActivity])[])('but not %s', (_, activity) => {
    expect(actOf(plan, activity)).toBeUndefined()
  })
})

describe('a changed setting is the decoy of a drill', () => {
  it('when the decoy alone has come or gone', () => {
    expect(actOf(plan, feature('2 entries, 0123456789ab: a b', `3 entries, ba9876543210; new cron.d/${name}`))).toBeDefined()
    expect(actOf(plan, feature(`3 entries, ba9876543210; new cron.d/${name}`, `2 entries, 0123456789ab; gone cron.d/${name}`))).toBeDefined()
    expect(actOf(plan, feature(`1 entry, ba9876543210; new cron.d/${name}`, 'none'))).toBeDefined()
  })

  it.each([
    ['another file that came with it', feature('2 entries, 0', `4 entries, 1; new cron.d/${name} cron.d/backdoor`)],
    ['another file that changed with it', feature('2 entries, 0', `3 entries, 1; new cron.d/${name}; changed crontab`)],
    ['the decoy with another content', feature('3 entries, 0', `3 entries, 1; changed cron.d/${name}`)],
    ['another file altogether', feature('2 entries, 0', '3 entries, 1; new cron.d/backdoor')],
    ['another feature', feature('2 entries, 0', `3 entries, 1; new cron.d/${name}`, 'persistence.systemd')],
    ['a folder that was emptied', feature('3 entries, 0: a b c', 'none')],
  ])('but not %s', (_, activity) => {
    expect(actOf(plan, activity)).toBeUndefined()
  })
})

describe('a plan', () => {
  it('is taken as it was written', () => {
    expect(parsePlan(JSON.parse(JSON.stringify(plan)), NOW)).toEqual(plan)
  })

  it.each([
    ['is over', plan, NOW + 60_001],
    ['lies ahead', plan, NOW - 120_000],
    ['lasts too long', { ...plan, endsAtMs: NOW + MAX_DRILL_MS + 1 }, NOW],
    ['has no id', { ...plan, id: '../../etc' }, NOW],
    ['names a file that no drill has made up', { ...plan, acts: [{ kind: 'file_copied', times: 1, paths: ['/media/stick/secret.docx'] }] }, NOW],
    ['names a kind that no drill does', { ...plan, acts: [{ kind: 'agent_tampered', times: 1, paths: [`/x/${name}`] }] }, NOW],
    ['marks without bound', { ...plan, acts: [{ kind: 'file_copied', times: 1e9, paths: [copy] }] }, NOW],
    ['names nothing', { ...plan, acts: [] }, NOW],
    ['is no object', 'plan', NOW],
    ['is nothing', undefined, NOW],
  ])('is refused when it %s', (_, value, nowMs) => {
    expect(parsePlan(value, nowMs)).toBeUndefined()
  })
})
