// Contract-valid data for tests, with sane defaults; each takes what a test cares about.
import type { AgentUpgradeDetail, AgentUpgradeDeviceView, AgentUpgradeView, AgentVersionsView, GroupPreview, RolloutDetail, RolloutDeviceView, RolloutPlanView, RolloutView,
  AccountView, ActivityView, AlertDetail, AlertStatistics, AlertView, AuditEntryView, DeviceDetail, DeviceView, EnrolmentCodeCreated, EnrolmentCodeView, GroupSettings, GroupView, IndicatorView, Me, Overview,
  PolicyPreview, PolicyView, TemplateView, UserChart, UserDetail, UserView, AnalyticsView, PolicyHealthView, RiskLevelView, ThresholdDataView, TriggerView, UserReport,
} from '@holdfast/collector/contract'

export const buildMe = (over: Partial<Me> = {}): Me => ({
  accountId: 'acc_1', name: 'ada', roles: ['admin'], organisation: 'Example GmbH', sessionExpiresAt: '2026-11-24T08:00:00.000Z', csrfToken: 'csrf-token',
  permissions: [], ...over,
})

export const buildUserView = (over: Partial<UserView> = {}): UserView => ({ id: 'u_1', pseudonym: 'ANON-KHAA8', kind: 'person', riskScore: 82, severity: 'high', openAlerts: 1, department: 'Research', ...over })

export const buildAlert = (over: Partial<AlertView> = {}): AlertView => ({
  id: 'al_1', policyId: 'pol_leaks', policy: 'Data leaks', template: 'data_leaks', user: { id: 'u_1', pseudonym: 'ANON-KHAA8' }, status: 'needs_review', severity: 'high', score: 82,
  headline: '1.4 GiB in 312 files copied to removable media, 28 times the usual amount',
  trigger: { kind: 'indicator_threshold', at: '2026-11-23T06:32:10.000Z', reason: 'Bulk copy to removable media passed 50 files on one day.' },
  firstActivityAt: '2026-11-23T06:30:00.000Z', lastActivityAt: '2026-11-23T07:12:00.000Z', createdAt: '2026-11-23T06:32:12.000Z', updatedAt: '2026-11-23T07:12:05.000Z', newData: false, revision: 3,
  factors: ['unusual'], openedAt: '2026-11-23T06:32:12.000Z', dueAt: '2026-11-23T10:32:12.000Z', overdue: false, ...over,
})

export const buildActivity = (over: Partial<ActivityView> = {}): ActivityView => ({
  id: 'd_1.e1.41', kind: 'file_copied', category: 'exfiltration', occurredAt: '2026-11-23T06:30:00.000Z', deviceId: 'd_1', deviceName: 'lt-1557', user: { id: 'u_1', pseudonym: 'ANON-KHAA8' },
  summary: 'Copied Roadmap-2027.docx to removable media (SanDisk Ultra)', account: 'k.haas', process: 'cp', sensor: 'files', recovered: false,
  file: { path: '/media/usb/Roadmap-2027.docx', sizeBytes: 4_500_000, sha256: 'a3'.repeat(32), location: 'removable' }, source: { path: '/home/k.haas/Plans/Roadmap-2027.docx', sizeBytes: 4_500_000, location: 'local' },
  media: { vendor: 'SanDisk', model: 'Ultra', capacityBytes: 64_000_000_000 }, indicators: ['bulk_copy_to_removable_media'], metadata: { executable: '/usr/bin/cp' }, score: 82, factors: ['unusual'], isEvidence: true, ...over,
})

export const buildAlertDetail = (over: Partial<AlertDetail> = {}): AlertDetail => ({
  ...buildAlert(over),
  reasons: [
    { code: 'insight', points: 70, reason: '312 files copied to removable media on 2026-11-23; the high threshold is 200 a day.', indicator: 'bulk_copy_to_removable_media', day: '2026-11-23', evidence: ['d_1.e1.41', 'd_1.e1.42'] },
    { code: 'booster.above_own_usual', factor: 'unusual', points: 15, reason: '28 times this user’s usual amount of the last 30 days.', indicator: 'bulk_copy_to_removable_media', evidence: [] },
    { code: 'booster.outside_hours', points: 5, reason: 'Outside of the hours in which this user works.', evidence: ['d_1.e1.42'] },
    { code: 'cap', points: -8, reason: 'Boosters add at most 12 points.', evidence: [] },
  ],
  activities: [
    buildActivity(),
    buildActivity({ id: 'd_1.e1.42', occurredAt: '2026-11-23T06:31:00.000Z', summary: 'Copied customers.xlsx to removable media (SanDisk Ultra)', recovered: true }),
    buildActivity({ id: 'd_1.e1.43', kind: 'security_feature_changed', category: 'security', occurredAt: '2026-11-23T06:29:00.000Z', summary: 'Firewall switched off', feature: { id: 'firewall', from: 'enabled', to: 'disabled' }, indicators: ['security_feature_disabled'] }),
  ],
  sequences: [],
  history: [{ at: '2026-11-23T06:32:12.000Z', actor: 'holdfast', what: 'created' }, { at: '2026-11-23T07:12:05.000Z', actor: 'holdfast', what: 'severity_changed', from: 'medium', to: 'high' }],
  ...over,
})

export const buildStatistics = (over: Partial<AlertStatistics> = {}): AlertStatistics => ({ needsReview: { low: 4, medium: 7, high: 3 }, counts: [{ status: 'needs_review', severity: 'high', count: 3 }], meanDecisionSecs: 11_520, meanDecisionBySeverity: [{ severity: 'high', secs: 11_520, count: 2 }], overdue: 1, openPerDay: Array.from({ length: 30 }, (_, index) => ({ day: new Date(Date.parse('2026-10-25') + index * 86_400_000).toISOString().slice(0, 10), low: index, medium: 7, high: 3 })), ...over })

export const buildOverview = (over: Partial<Overview> = {}): Overview => ({
  alerts: buildStatistics(), devices: { healthy: 41, degraded: 2, offline: 3, neverSeen: 1, behindPolicy: 2, unexplainedGaps: 0 }, activities: 1_283_004, users: 52, quarantined: 0,
  checklist: [
    { id: 'admin', title: 'Make the first account', done: true, required: true, link: '/settings' }, { id: 'device', title: 'Enrol a device', done: true, required: true, link: '/devices' },
    { id: 'policy', title: 'Switch a policy on', done: true, required: true, link: '/policies' }, { id: 'alert', title: 'Decide the first alert', done: false, required: true, link: '/alerts' },
    { id: 'audit', title: 'Verify the audit log', done: false, required: false, link: '/audit' },
  ],
  ...over,
})

export const buildDevice = (over: Partial<DeviceView> = {}): DeviceView => ({
  id: 'd_1', hostname: 'lt-1557', os: 'linux', osVersion: 'Debian 12', agentVersion: '0.1.0', group: 'default', health: 'degraded',
  faults: [{ code: 'SENSOR_BLIND', severity: 'critical', action: 'sensors', detail: 'The sensor screen-lock sees nothing.', fix: 'Run the agent as root, or leave the sensor off.', values: { sensor: 'screen-lock', reason: '', fix: 'Run the agent as root, or leave the sensor off.' } }], tags: [], keepsGroup: false,
  enrolledAt: '2026-11-20T09:00:00.000Z', lastSeenAt: '2026-11-23T07:12:30.000Z',
  policy: { wantedVersion: 7, wantedHash: 'b1'.repeat(32), runningVersion: 6, runningHash: 'c2'.repeat(32), state: 'behind', appliedAt: '2026-11-22T10:00:00.000Z' }, tiers: { full: 4, degraded: 1, blind: 1, off: 0 }, drill: { state: 'failed', at: '2026-11-23T06:00:05.000Z' }, unexplained: 0, ...over,
})

export const buildDeviceDetail = (over: Partial<DeviceDetail> = {}): DeviceDetail => ({
  ...buildDevice(over), merged: [], kernel: '6.1.0-31-amd64', elevated: true, sessionAccounts: ['k.haas'],
  sensors: [
    { name: 'files', tier: 'full', reason: 'fanotify marks on 2 file systems', fix: '', lastSelfTestAt: '2026-11-23T07:10:00.000Z', selfTestPassed: true, emitted: 40_312, watches: 2, restarts: 0 },
    { name: 'security-features', tier: 'degraded', reason: 'auditd is not installed', fix: 'Install auditd.', lastSelfTestAt: '2026-11-23T07:10:00.000Z', selfTestPassed: true, emitted: 12, watches: 9, restarts: 3 },
    { name: 'screen-lock', tier: 'blind', reason: 'No session bus to ask', fix: 'Run the helper in the user’s session.', selfTestPassed: false, emitted: 0, watches: 0, restarts: 0 },
  ],
  lastDrill: {
    id: 'ab'.repeat(16), state: 'failed', startedAt: '2026-11-23T06:00:00.000Z', endedAt: '2026-11-23T06:00:05.000Z',
    signals: [
      { kind: 'file_copied', act: '12 canary files were copied to the stick.', outcome: 'alerted', reason: '', fix: '', durableMs: 441, storedMs: 446, scoredMs: 455, alertedMs: 12_486, confirmed: true, indicators: ['copy_to_removable_media'], alert: { policy: 'Data leaks', score: 25 } },
      { kind: 'security_feature_changed', act: 'A file of comments was put into /etc/cron.d.', outcome: 'missed', reason: 'Its sensor said nothing of it in time.', fix: 'Look at the sensor.', confirmed: true, indicators: [] },
      { kind: 'application_installed', act: 'A program that does nothing was put into /usr/local/bin.', outcome: 'scored', reason: '', fix: '', durableMs: 108, storedMs: 143, scoredMs: 144, confirmed: false, indicators: [] },
    ],
  },
  spool: { epoch: 'e1f2a3b4c5', lastSeq: 40_330, ackedSeq: 40_324, bytes: 81_920, maxBytes: 536_870_912, dropped: 12 }, usage: { rssBytes: 92_000_000, cpuMillis: 71_000 },
  ledger: [
    { epoch: 'e1f2a3b4c5', firstSeq: 1, lastSeq: 20_000, kind: 'received' }, { epoch: 'e1f2a3b4c5', firstSeq: 20_001, lastSeq: 20_012, kind: 'gap', reason: 'spool_full' },
    { epoch: 'e1f2a3b4c5', firstSeq: 20_013, lastSeq: 40_320, kind: 'received' }, { epoch: 'e1f2a3b4c5', firstSeq: 40_321, lastSeq: 40_321, kind: 'unexplained' },
  ],
  wantedPolicy: { version: 7, files: { enabled: true, roots: ['/home'], excludes: ['**/node_modules/**'], kinds: ['file_copied'], hashLimitBytes: 52_428_800 }, securityFeatures: { enabled: true, features: [], pollIntervalSecs: 5 }, removableMedia: { enabled: true } }, ...over,
})

export const buildGroupSettings = (over: Partial<GroupSettings> = {}): GroupSettings => ({
  roots: ['/home', '/srv/projects'], excludes: ['**/.cache/**', '**/node_modules/**'], removableRoots: ['/media', '/run/media'], networkShareRoots: ['/mnt'], cloudSyncRoots: [], hashLimitBytes: 268_435_456, pollIntervalSecs: 30, heartbeatIntervalSecs: 30,
  spoolMaxBytes: 536_870_912, transfers: { allowedPrograms: ['restic'], knownDestinations: ['.example.org', 's3://backup'], uploads: true }, ...over,
})

export const buildGroup = (over: Partial<GroupView> = {}): GroupView => ({ name: 'default', revision: 4, devices: 3, settings: buildGroupSettings(), policyVersion: 7, policyHash: 'b1'.repeat(32), ...over })

export const buildEnrolmentCode = (over: Partial<EnrolmentCodeView> = {}): EnrolmentCodeView => ({ id: 'code_1', group: 'default', maxUses: 5, uses: 2, createdAt: '2026-11-23T06:00:00.000Z', expiresAt: '2026-11-24T06:00:00.000Z', createdBy: 'ada', needsApproval: false, state: 'open', ...over })

export const buildEnrolmentCreated = (over: Partial<EnrolmentCodeCreated> = {}): EnrolmentCodeCreated => ({
  id: 'code_2', code: 'HF1-EXAMPLE-EXAMPLE', group: 'default', uses: 1, expiresAt: '2026-11-24T07:00:00.000Z', needsApproval: false, collectorUrl: 'https://collector.example:8443', installCommand: 'sudo holdfast-agent enrol --collector https://collector.example:8443 --code HF1-EXAMPLE-EXAMPLE', ...over,
})

export const buildUserDetail = (over: Partial<UserDetail> = {}): UserDetail => ({ ...buildUserView(over), alerts: [buildAlert()], deviceIds: ['d_1'], firstSeenAt: '2026-09-01T07:00:00.000Z', ...over })

export const buildChart = (over: Partial<UserChart> = {}): UserChart => ({
  from: '2026-08-25', to: '2026-11-23',
  points: [
    { day: '2026-11-23', indicator: 'bulk_copy_to_removable_media', category: 'exfiltration', label: 'Bulk copy to removable media', events: 312, excludedEvents: 0, reviewedEvents: 0, bytes: 1_503_238_553, files: 312, score: 82, severity: 'high', firstAt: '2026-11-23T06:30:00.000Z', lastAt: '2026-11-23T07:12:00.000Z' },
    { day: '2026-11-23', indicator: 'security_feature_disabled', category: 'security', label: 'Security feature switched off', events: 1, excludedEvents: 0, reviewedEvents: 0, bytes: 0, files: 0, score: 45, severity: 'medium', firstAt: '2026-11-23T06:29:00.000Z', lastAt: '2026-11-23T06:29:00.000Z' },
    { day: '2026-10-02', indicator: 'bulk_copy_to_removable_media', category: 'exfiltration', label: 'Bulk copy to removable media', events: 8, excludedEvents: 0, reviewedEvents: 0, bytes: 20_000_000, files: 8, score: 12, severity: 'low', firstAt: '2026-10-02T10:00:00.000Z', lastAt: '2026-10-02T11:00:00.000Z' },
  ],
  sequences: [{ id: 'protection_off_then_exfiltration', label: 'Protection was switched off, then files left', day: '2026-11-23', files: 312, score: 75, severity: 'high', points: [{ day: '2026-11-23', indicator: 'security_feature_disabled' }, { day: '2026-11-23', indicator: 'bulk_copy_to_removable_media' }], alertIds: ['al_1'] }],
  markers: [{ kind: 'trigger', at: '2026-11-20T00:00:00.000Z', what: 'hr_resignation', text: 'HR recorded a resignation.' }], cumulative: [{ day: '2026-10-02', files: 8, bytes: 20_000_000 }, { day: '2026-11-23', files: 320, bytes: 1_523_238_553 }],
  ...over,
})

export const buildIndicator = (over: Partial<IndicatorView> = {}): IndicatorView => ({ id: 'bulk_copy_to_removable_media', summary: 'Files copied to removable media', category: 'exfiltration', kinds: ['file_copied'], unit: 'files', thresholds: { low: 20, medium: 80, high: 200 }, attack: ['T1052.001'], source: 'default', ...over })

export const buildTemplate = (over: Partial<TemplateView> = {}): TemplateView => ({ id: 'data_leaks', name: 'Data leaks', summary: 'Data that leaves by removable media, shares or cloud folders.', indicators: ['bulk_copy_to_removable_media'], triggers: [{ indicator: 'bulk_copy_to_removable_media', threshold: 50 }], thresholds: {}, events: ['custom_indicator'], allEvents: ['hr_resignation', 'custom_indicator'],
  sequences: [{ id: 'archive_then_exfiltration', label: 'Files were packed, then left' }], boosters: [{ id: 'off_hours', label: 'Outside the user’s hours', when: 'Most of it happened in hours in which this user is hardly ever active.', on: true }], cumulative: true,
  prerequisites: [{ id: 'devices', optional: false }], activationWindowDays: 30, lookbackDays: 90, userCap: 15_000, ...over,
})

export const buildHealth = (over: Partial<PolicyHealthView> = {}): PolicyHealthView => ({
  policyId: 'pol_leaks', name: 'Data leaks', status: 'warnings', assigned: 52, inScope: 6, checkedAt: '2026-11-23T07:15:00.000Z',
  messages: [{ code: 'devices_silent', area: 'configuration', level: 'warning', text: 'No device has reported for seven days.', fix: 'Look at the devices page: each says why it does not report.' }], ...over,
})

export const buildThresholdData = (over: Partial<ThresholdDataView> = {}): ThresholdDataView => ({
  days: 10, users: 52, over: 3, top: ['bulk_copy_to_removable_media'],
  indicators: [{ indicator: 'bulk_copy_to_removable_media', label: 'Copied to removable media', unit: 'files', thresholds: { low: 20, medium: 80, high: 200 }, low: 3, medium: 1, high: 0, largest: 120, usual: 9 }], ...over,
})

export const buildAnalytics = (over: Partial<AnalyticsView> = {}): AnalyticsView => ({
  enabled: false, days: 10, observedDays: 12, isGrowing: true, users: { users: 52, share: 0.8 },
  kinds: [{ kind: 'exfiltration', title: 'Data leaks', template: 'data_leaks', over: { users: 12, share: 0.231 } }, { kind: 'leaks_by_leaving_users', title: 'Data leaks by users who leave', template: 'data_theft_by_departing_users', over: { fewerThan: 10 } }],
  topIndicators: [], recommended: { template: 'data_leaks', templateName: 'Data leaks', reason: 'Data leaks was seen most among the groups that are large enough to tell.', thresholds: {}, over: { fewerThan: 10 } }, ...over,
})

export const buildTrigger = (over: Partial<TriggerView> = {}): TriggerView => ({ id: 'tr_1', kind: 'hr_resignation', at: '2026-11-20T00:00:00.000Z', reason: 'HR recorded a resignation.', source: 'hr', isManual: false, ...over })
export const buildRiskLevel = (over: Partial<RiskLevelView> = {}): RiskLevelView => ({ user: { id: 'u_1', pseudonym: 'ANON-KHAA8' }, level: 'elevated', since: '2026-11-20T00:00:00.000Z', expiresAt: '2026-11-27T00:00:00.000Z', reason: 'An alert of at least high severity.', alertIds: ['al_1'], ...over })
export const buildReport = (over: Partial<UserReport> = {}): UserReport => ({
  user: { id: 'u_1', pseudonym: 'ANON-KHAA8' }, from: '2026-10-25', to: '2026-11-23', days: 30, categories: [{ category: 'exfiltration', events: 312, excludedEvents: 4, days: 2 }], points: [...buildChart().points],
  alerts: [buildAlert()], triggers: [buildTrigger()], dismissed: [], riskLevel: buildRiskLevel(), ...over,
})

export const buildPolicy = (over: Partial<PolicyView> = {}): PolicyView => ({
  id: 'pol_leaks', name: 'Data leaks', description: 'Everyone, default thresholds.', template: 'data_leaks', templateName: 'Data leaks', status: 'on', version: 4,
  document: { name: 'Data leaks', template: 'data_leaks', status: 'on', scope: { users: 'all' } }, openAlerts: 3, createdAt: '2026-11-01T08:00:00.000Z', updatedAt: '2026-11-20T08:00:00.000Z', health: buildHealth(), ...over,
})

export const buildPreview = (over: Partial<PolicyPreview> = {}): PolicyPreview => ({
  days: 30, users: 52, inScope: 50, activities: 412_000, tookMs: 900, alerts: { low: 4, medium: 2, high: 1 }, alertsPerDay: [{ day: '2026-11-20', low: 4, medium: 2, high: 1 }], confirmed: { looked: 2, missed: 1, examples: [{ alertId: 'al_9', pseudonym: 'ANON-MISSED1', score: 40, wouldScore: 12 }] }, limits: [], topIndicators: [{ indicator: 'bulk_copy_to_removable_media', users: 6, events: 802 }], examples: [{ pseudonym: 'ANON-KHAA8', score: 82, severity: 'high', headline: '1.4 GiB copied to removable media' }], ...over,
})

export const buildAuditEntry = (over: Partial<AuditEntryView> = {}): AuditEntryView => ({ seq: 12, at: '2026-11-23T07:15:00.000Z', category: 'alerts', actor: 'ada', actorId: 'a_1', roles: ['Analyst'], subjects: [{ id: 'u_1', pseudonym: 'ANON-AAAAAA1' }], action: 'alert.viewed', targetKind: 'alert', targetId: 'al_1', detail: { from: 'queue' }, hash: 'f0'.repeat(32), ...over })

export const buildAccount = (over: Partial<AccountView> = {}): AccountView => ({ id: 'acc_1', name: 'ada', roles: ['Admin'], units: [], signIn: ['password'], secondFactor: false, isManaged: false, disabled: false, createdAt: '2026-11-01T08:00:00.000Z', ...over })

export const buildPlan = (over: Partial<RolloutPlanView> = {}): RolloutPlanView => ({ ringPercents: [1, 10, 50, 100], firstDevices: [], afterGroups: [], soakSecs: 1800, confirmedPercent: 95, answerSecs: 120, silenceSecs: 86_400, windows: [], halt: { failedPercent: 2, cpuPercent: 5, lossPercent: 2, restartPercent: 2, alertFactor: 3 }, onHalt: 'hold', ...over })
const counts = { pending: 0, offered: 0, received: 0, verified: 0, applied: 0, confirmed: 18, rejected: 1, offline: 1, gone: 0 }
export const buildRollout = (over: Partial<RolloutView> = {}): RolloutView => ({
  id: 'ro_1', group: 'default', state: 'halted', createdAt: '2026-11-24T06:00:00.000Z', createdBy: 'ada', from: { version: 7, hash: 'a'.repeat(64) }, to: { version: 8, hash: 'b'.repeat(64) }, ring: 1, rings: 2, devices: 20, counts, canRollBack: true,
  halt: { rule: 'failed', at: '2026-11-24T06:05:00.000Z', ring: 1, observed: 5, limit: 2, deviceIds: ['d_1'], reason: '5 % of its devices refused it or do not run it (limit 2 %)' }, ...over,
})
export const buildRolloutDetail = (over: Partial<RolloutDetail> = {}): RolloutDetail => ({
  ...buildRollout(), plan: buildPlan({ ringPercents: [10, 100] }), perRing: [{ ring: 1, percent: 10, reached: true, devices: 20, counts }, { ring: 2, percent: 100, reached: false, devices: 0, counts: { ...counts, confirmed: 0, rejected: 0, offline: 0 } }], changes: [{ path: 'files.roots', before: ['~'], after: ['~', '/srv'] }], ...over,
})
export const buildRolloutDevice = (over: Partial<RolloutDeviceView> = {}): RolloutDeviceView => ({ deviceId: 'd_1', hostname: 'lt-1557', ring: 1, state: 'rejected', since: '2026-11-24T06:04:00.000Z', reason: 'POLICY_INVALID', offeredAt: '2026-11-24T06:03:00.000Z', next: 'Look the code up.', ...over })
const { from: _from, to: _to, back: _back, ...rolledOut } = buildRollout()
export const buildAgentUpgrade = (over: Partial<AgentUpgradeView> = {}): AgentUpgradeView => ({ ...rolledOut, id: 'au_1', version: '1.5.0', ...over })
export const buildAgentUpgradeDetail = (over: Partial<AgentUpgradeDetail> = {}): AgentUpgradeDetail => ({ ...buildAgentUpgrade(), plan: buildPlan({ ringPercents: [10, 100], soakSecs: 3600, answerSecs: 3600 }), perRing: buildRolloutDetail().perRing, leftOut: [{ reason: 'other_key', devices: 2 }], ...over })
export const buildAgentUpgradeDevice = (over: Partial<AgentUpgradeDeviceView> = {}): AgentUpgradeDeviceView => ({ ...buildRolloutDevice(), reason: 'RETURNED_SENSORS', version: '1.4.0', ...over })
export const buildAgentVersions = (over: Partial<AgentVersionsView> = {}): AgentVersionsView => ({
  packages: [{ id: 'e'.repeat(64), version: '1.5.0', platform: 'linux-x64', sizeBytes: 34_000_000, receivedBytes: 34_000_000, state: 'ready', keyId: '0123456789abcdef', addedAt: '2026-11-24T05:00:00.000Z', addedBy: 'ada', devices: 18 }], keys: [{ keyId: '0123456789abcdef', pem: '-----BEGIN PUBLIC KEY-----', addedAt: '2026-11-24T04:00:00.000Z', addedBy: 'ada' }],
  fleet: [{ group: 'default', version: '1.4.0', platform: 'linux-x64', unable: '', keyId: '0123456789abcdef', devices: 20 }, { group: 'default', version: '1.4.0', platform: 'darwin-arm64', unable: 'PLATFORM', keyId: '', devices: 3 }], ...over,
})
export const buildGroupPreview = (over: Partial<GroupPreview> = {}): GroupPreview => ({
  group: 'default', devices: 2, changes: [{ path: 'roots', before: ['~'], after: ['~', '/data'] }], policy: { files: { enabled: true, roots: ['~', '/data'], kinds: ['file_copied'] } },
  volume: { since: '2026-11-17T06:00:00.000Z', perDay: [{ kind: 'file_copied', now: 120, expected: 120, bytes: 9000 }, { kind: 'file_printed', now: 0, bytes: 0 }] }, ...over,
})
