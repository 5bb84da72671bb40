// Every route against every role, as the tables of access/ say; a new route without a sample here fails.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { permissionsOf, ROLE_NAMES } from '../access/permissions.ts'
import { routeRules } from '../access/routes.ts'
import { COOKIE } from '../access/sessions.ts'
import { defaultRiskLevelSettings } from '../domain/adaptive/risk-level.ts'
import { countInsights, mergeInsights } from '../domain/risk/count.ts'
import { buildAlert, buildDevice, buildPolicy, buildRun, buildUser } from '../testing/builders.ts'
import { buildCase } from '../testing/cases-contract.ts'
import { openTestApp, PASSWORD, type TestApp } from '../testing/test-app.ts'
import type { Problem } from './primitives.ts'

interface Sample {
  readonly url?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** What an allowed account gets. */
  readonly status?: number
}

const settings = { roots: ['~'], excludes: [], removableRoots: [], networkShareRoots: [], cloudSyncRoots: [], hashLimitBytes: 1, pollIntervalSecs: 5, heartbeatIntervalSecs: 30, spoolMaxBytes: 1_048_576 }

const ticketTarget = { name: 'ITSM', system: 'servicenow', url: 'https://itsm.example.com', user: 'holdfast', allowPrivate: false, caPem: '', severities: { high: '1', medium: '2', low: '3' }, project: '', issueType: '', assignmentGroup: '' }

/** A request for each route that its handler takes. */
const samples: Readonly<Record<string, Sample>> = {
  'GET /livez': {}, 'GET /readyz': { status: 503 }, 'GET /version': {}, 'GET /ca.pem': {}, 'GET /openapi.json': {}, 'GET /metrics': { status: 404 }, 'GET /api/v1/setup': {},
  'POST /api/v1/setup': { body: { setupCode: 'x'.repeat(20), name: 'eve', password: PASSWORD }, status: 403 },
  'POST /api/v1/session': { body: { name: 'nobody', password: 'wrong' }, status: 401 },
  'DELETE /api/v1/session': { status: 204 }, 'GET /api/v1/me': {}, 'GET /api/v1/live': { status: 404 }, 'GET /api/v1/overview': {},
  'GET /api/v1/alerts': {}, 'GET /api/v1/alerts/statistics': {}, 'GET /api/v1/alerts/:id': { url: '/api/v1/alerts/al_1' },
  'GET /api/v1/alerts/assignees': {}, 'GET /api/v1/alerts/export': { url: '/api/v1/alerts/export?format=csv' }, 'POST /api/v1/alerts/bulk': { body: { action: 'assign', assigneeId: null, alerts: [{ id: 'al_none' }] } }, 'POST /api/v1/alerts/undo': { body: { operationId: 'op_none' }, status: 404 },
  'GET /api/v1/alerts/:id/tuning': { url: '/api/v1/alerts/al_1/tuning' }, 'POST /api/v1/alerts/:id/tuning': { url: '/api/v1/alerts/al_none/tuning', body: { tuning: { indicator: 'x', choice: 'stop' }, version: 1 }, status: 404 },
  'POST /api/v1/alerts/:id/tuning/preview': { url: '/api/v1/alerts/al_none/tuning/preview', body: { indicator: 'x', choice: 'stop' }, status: 404 },
  'GET /api/v1/settings/alerts': {}, 'PUT /api/v1/settings/alerts': { body: { hoursToDecision: { high: 4, medium: 24, low: 72 }, inlineTuning: true }, headers: { 'if-match': '"99"' }, status: 412 },
  'GET /api/v1/saved-views': { url: '/api/v1/saved-views?resource=alerts&counts=true' }, 'POST /api/v1/saved-views': { body: { resource: 'cases', name: 'Mine', isShared: false, filter: {} }, status: 201 }, 'PUT /api/v1/saved-views/default': { body: { resource: 'cases', viewId: null }, status: 204 },
  'PUT /api/v1/saved-views/:id': { url: '/api/v1/saved-views/none', body: { resource: 'cases', name: 'Mine', isShared: false, filter: {} }, headers: { 'if-match': '"1"' }, status: 404 }, 'DELETE /api/v1/saved-views/:id': { url: '/api/v1/saved-views/none', headers: { 'if-match': '"1"' }, status: 404 },
  'GET /api/v1/activities/export': { url: '/api/v1/activities/export?format=jsonl&userId=u_1' }, 'POST /api/v1/activities/reviews': { body: { activityIds: ['d_1.none.1'], reviewed: true }, status: 404 },
  'PATCH /api/v1/alerts/:id': { url: '/api/v1/alerts/al_1', body: { assigneeId: null }, headers: { 'if-match': '"99"' }, status: 412 },
  'GET /api/v1/activities': {}, 'GET /api/v1/users': {}, 'GET /api/v1/users/:id': { url: '/api/v1/users/u_1' }, 'GET /api/v1/users/:id/chart': { url: '/api/v1/users/u_1/chart' },
  'POST /api/v1/users/:id/reveal': { url: '/api/v1/users/u_1/reveal', body: { reason: 'case 14' } },
  'GET /api/v1/evidence/files': { url: '/api/v1/evidence/files?alertId=al_1' }, 'GET /api/v1/evidence/:id': { url: '/api/v1/evidence/none', status: 404 }, 'GET /api/v1/evidence/:id/preview': { url: '/api/v1/evidence/none/preview', status: 404 },
  'POST /api/v1/evidence/:id/reveal': { url: '/api/v1/evidence/none/reveal', body: { reason: 'case 14' }, status: 404 }, 'GET /api/v1/evidence/:id/content': { url: '/api/v1/evidence/none/content', status: 404 },
  'POST /api/v1/evidence/:id/download': { url: '/api/v1/evidence/none/download', body: { reason: 'case 14' }, status: 404 }, 'GET /api/v1/evidence/:id/custody': { url: '/api/v1/evidence/none/custody', status: 404 },
  'GET /api/v1/settings/evidence': {}, 'PUT /api/v1/settings/evidence': { body: { deviceQuotaBytes: 1_048_576, organisationQuotaBytes: 1_048_576, warnAtPercent: 80 }, headers: { 'if-match': '"99"' }, status: 412 },
  'GET /api/v1/devices': {}, 'GET /api/v1/devices/:id': { url: '/api/v1/devices/d_1' }, 'POST /api/v1/devices/:id/revoke': { url: '/api/v1/devices/d_2/revoke' },
  'PATCH /api/v1/devices/:id': { url: '/api/v1/devices/d_1', body: { addTags: ['till'] } }, 'POST /api/v1/devices/bulk': { body: { ids: ['d_none'], addTags: ['till'] } }, 'POST /api/v1/devices/:id/retire': { url: '/api/v1/devices/d_none/retire', body: { reason: 'sold' }, status: 404 },
  'POST /api/v1/devices/:id/re-key': { url: '/api/v1/devices/d_none/re-key', body: { reason: 'copied' }, status: 404 }, 'POST /api/v1/devices/:id/merge': { url: '/api/v1/devices/d_1/merge', body: { into: 'd_1' }, status: 409 }, 'POST /api/v1/devices/:id/unmerge': { url: '/api/v1/devices/d_1/unmerge', status: 409 },
  'GET /api/v1/device-faults': {}, 'GET /api/v1/device-tags': {}, 'GET /api/v1/fleet-notices': {}, 'POST /api/v1/fleet-notices/:id/clear': { url: '/api/v1/fleet-notices/none/clear', status: 404 }, 'GET /api/v1/group-rules': {}, 'PUT /api/v1/group-rules': { body: { rules: [] }, headers: { 'if-match': '"99"' }, status: 412 },
  'GET /api/v1/rollouts': {}, 'GET /api/v1/rollouts/:id': { url: '/api/v1/rollouts/none', status: 404 }, 'GET /api/v1/rollouts/:id/devices': { url: '/api/v1/rollouts/none/devices', status: 404 }, 'POST /api/v1/rollouts/:id/pause': { url: '/api/v1/rollouts/none/pause', status: 404 }, 'POST /api/v1/rollouts/:id/resume': { url: '/api/v1/rollouts/none/resume', status: 404 },
  'POST /api/v1/rollouts/:id/halt': { url: '/api/v1/rollouts/none/halt', body: {}, status: 404 }, 'POST /api/v1/rollouts/:id/roll-back': { url: '/api/v1/rollouts/none/roll-back', status: 404 }, 'POST /api/v1/groups/:name/rollouts': { url: '/api/v1/groups/lab/rollouts', status: 409 }, 'GET /api/v1/groups/:name/rollout-plan': { url: '/api/v1/groups/default/rollout-plan' },
  'PUT /api/v1/groups/:name/rollout-plan': { url: '/api/v1/groups/default/rollout-plan', body: { plan: null }, headers: { 'if-match': '*' } }, 'POST /api/v1/groups/:name/preview': { url: '/api/v1/groups/default/preview', body: settings }, 'GET /api/v1/agent-policies': {}, 'POST /api/v1/agent-policies/diff': { body: { group: 'default', settings: {} } }, 'POST /api/v1/agent-policies': { body: { group: 'default', settings: {} } },
  'GET /api/v1/groups': {}, 'GET /api/v1/groups/:name': { url: '/api/v1/groups/default' }, 'PUT /api/v1/groups/:name/settings': { url: '/api/v1/groups/default/settings', body: settings, headers: { 'if-match': '*' } },
  'GET /api/v1/enrolment-codes': {}, 'POST /api/v1/enrolment-codes': { body: {}, status: 201 }, 'DELETE /api/v1/enrolment-codes/:id': { url: '/api/v1/enrolment-codes/none', status: 404 },
  'GET /api/v1/enrolment-requests': {}, 'POST /api/v1/enrolment-requests/decisions': { body: { ids: ['er_none'], approve: true } },
  'POST /api/v1/enrol': { body: { code: 'HF1-wrong-code', publicKey: `U${'A'.repeat(55)}`, hardwareId: 'c'.repeat(64), hostname: 'h', os: 'linux', agentVersion: '1', proof: 'p' }, status: 403 },
  'GET /api/v1/exports': {}, 'POST /api/v1/exports': { body: { name: 'Files', place: { kind: 'file', fileName: 'a.jsonl', maxBytes: 65_536, keep: 1 } }, status: 201 }, 'GET /api/v1/exports/:id': { url: '/api/v1/exports/none', status: 404 },
  'PUT /api/v1/exports/:id': { url: '/api/v1/exports/none', body: { name: 'Files', place: { kind: 'file', fileName: 'a.jsonl', maxBytes: 65_536, keep: 1 } }, headers: { 'if-match': '"1"' }, status: 404 }, 'DELETE /api/v1/exports/:id': { url: '/api/v1/exports/none', status: 404 },
  'POST /api/v1/exports/test': { body: { target: { name: 'Hook', place: { kind: 'webhook', url: 'https://127.0.0.1:9', payload: 'thin', envelope: 'none' } } } }, 'POST /api/v1/exports/:id/pause': { url: '/api/v1/exports/none/pause', status: 404 }, 'POST /api/v1/exports/:id/resume': { url: '/api/v1/exports/none/resume', status: 404 },
  'POST /api/v1/exports/:id/signing-secret': { url: '/api/v1/exports/none/signing-secret', status: 404 }, 'POST /api/v1/exports/:id/replay': { url: '/api/v1/exports/none/replay', body: { fromId: 1, toId: 2 }, status: 404 },
  'GET /api/v1/exports/:id/dead-letters': { url: '/api/v1/exports/none/dead-letters', status: 404 }, 'POST /api/v1/exports/:id/dead-letters': { url: '/api/v1/exports/none/dead-letters', body: { action: 'retry', ids: [1] }, status: 404 }, 'GET /api/v1/sigma': {},
  'GET /api/v1/settings/feed': {}, 'PUT /api/v1/settings/feed': { body: { enabled: true, names: false }, headers: { 'if-match': '"99"' }, status: 412 },
  'POST /api/v1.0/:tenantId/activity/feed/subscriptions/start': { url: '/api/v1.0/t/activity/feed/subscriptions/start?contentType=Audit.General', status: 403 }, 'POST /api/v1.0/:tenantId/activity/feed/subscriptions/stop': { url: '/api/v1.0/t/activity/feed/subscriptions/stop?contentType=Audit.General', status: 403 },
  'GET /api/v1.0/:tenantId/activity/feed/subscriptions/list': { url: '/api/v1.0/t/activity/feed/subscriptions/list', status: 403 }, 'GET /api/v1.0/:tenantId/activity/feed/subscriptions/content': { url: '/api/v1.0/t/activity/feed/subscriptions/content?contentType=Audit.General', status: 403 }, 'GET /api/v1.0/:tenantId/activity/feed/audit/:contentId': { url: '/api/v1.0/t/activity/feed/audit/1-2', status: 403 },
  'GET /api/v1/policies': {}, 'POST /api/v1/policies': { body: { name: 'New', template: 'data_leaks' } }, 'GET /api/v1/policies/:id': { url: '/api/v1/policies/p_1' }, 'DELETE /api/v1/policies/:id': { url: '/api/v1/policies/none', status: 404 },
  'POST /api/v1/policies/preview': { body: { name: 'Draft', template: 'data_leaks' } }, 'GET /api/v1/indicators': {}, 'GET /api/v1/templates': {},
  'GET /api/v1/detection-settings': {}, 'GET /api/v1/detection-settings/defaults': {}, 'PUT /api/v1/detection-settings': { body: { exclusions: { fileTypes: ['bak'] } } }, 'POST /api/v1/detection-settings/test': { body: { path: '/home/alice/.cache/x' } },
  'POST /api/v1/policies/thresholds': { body: { name: 'Draft', template: 'data_leaks' } }, 'POST /api/v1/policies/quick': { body: { kind: 'data_leaks', name: 'Leaks' }, status: 400 }, 'GET /api/v1/policies/:id/health': { url: '/api/v1/policies/p_1/health' },
  'POST /api/v1/policies/:id/preview': { url: '/api/v1/policies/p_1/preview' }, 'POST /api/v1/policies/:id/copy': { url: '/api/v1/policies/none/copy', body: { name: 'Copy' }, status: 404 },
  'POST /api/v1/policies/:id/pause': { url: '/api/v1/policies/none/pause', status: 404 }, 'POST /api/v1/policies/:id/resume': { url: '/api/v1/policies/p_1/resume' },
  'POST /api/v1/alerts/:id/what-if': { url: '/api/v1/alerts/al_1/what-if', body: { alertVolume: 'fewer' } },
  'GET /api/v1/users/:id/profile': { url: '/api/v1/users/u_1/profile' }, 'GET /api/v1/users/:id/chronology': { url: '/api/v1/users/u_1/chronology' },
  'GET /api/v1/user-reports': {}, 'POST /api/v1/user-reports': { body: { userId: 'u_1', from: '2026-02-01', to: '2026-03-02', reason: 'case 14' }, status: 202 }, 'GET /api/v1/user-reports/:id': { url: '/api/v1/user-reports/none', status: 404 }, 'DELETE /api/v1/user-reports/:id': { url: '/api/v1/user-reports/none', status: 404 },
  'GET /api/v1/user-reports/:id/export': { url: '/api/v1/user-reports/none/export?format=json', status: 404 }, 'POST /api/v1/user-reports/:id/shares': { url: '/api/v1/user-reports/none/shares', body: { days: 7 }, status: 404 },
  'DELETE /api/v1/user-reports/:id/shares/:shareId': { url: '/api/v1/user-reports/none/shares/none', status: 404 }, 'GET /api/v1/user-reports/shared/:token': { url: `/api/v1/user-reports/shared/${'x'.repeat(32)}`, status: 404 },
  'GET /api/v1/users/:id/report': { url: '/api/v1/users/u_1/report?from=2026-02-01&to=2026-03-02' }, 'POST /api/v1/users/:id/report': { url: '/api/v1/users/u_1/report', body: { from: '2026-02-01', to: '2026-03-02', reason: 'case 14' } },
  'GET /api/v1/users/:id/triggers': { url: '/api/v1/users/u_1/triggers' }, 'POST /api/v1/users/:id/triggers': { url: '/api/v1/users/u_1/triggers', body: { days: 14, reason: 'case 14' }, status: 201 },
  'DELETE /api/v1/users/:id/triggers/:triggerId': { url: '/api/v1/users/u_1/triggers/none', status: 404 },
  'GET /api/v1/users/:id/dismissed-activities': { url: '/api/v1/users/u_1/dismissed-activities' }, 'POST /api/v1/users/:id/dismissed-activities': { url: '/api/v1/users/u_1/dismissed-activities', body: { activityIds: ['d_1.none.1'], reason: 'a backup' }, status: 404 },
  'DELETE /api/v1/users/:id/dismissed-activities/:activityId': { url: '/api/v1/users/u_1/dismissed-activities/d_1.none.1', status: 404 },
  'GET /api/v1/users/:id/risk-level': { url: '/api/v1/users/u_1/risk-level' }, 'DELETE /api/v1/users/:id/risk-level': { url: '/api/v1/users/u_1/risk-level', body: { reason: 'talked to them' } },
  'GET /api/v1/risk-levels': {}, 'GET /api/v1/risk-levels/settings': {}, 'PUT /api/v1/risk-levels/settings': { body: defaultRiskLevelSettings },
  'GET /api/v1/priority-groups': {}, 'POST /api/v1/priority-groups': { body: { name: 'Board', viewers: ['Nobody'] }, status: 400 }, 'PATCH /api/v1/priority-groups/:id': { url: '/api/v1/priority-groups/none', body: {}, status: 404 }, 'DELETE /api/v1/priority-groups/:id': { url: '/api/v1/priority-groups/none', status: 404 },
  'GET /api/v1/cases/:id/bundles': { url: '/api/v1/cases/cs_1/bundles' }, 'POST /api/v1/cases/:id/bundles': { url: '/api/v1/cases/none/bundles', body: { reason: 'for the court' }, status: 404 }, 'GET /api/v1/bundles/:id': { url: '/api/v1/bundles/none', status: 404 },
  'POST /api/v1/bundles/:id/download': { url: '/api/v1/bundles/none/download', body: { reason: 'for the court' }, status: 404 }, 'DELETE /api/v1/bundles/:id': { url: '/api/v1/bundles/none', status: 404 }, 'GET /api/v1/signing-key': { status: 404 },
  'GET /api/v1/cases/:id/tickets': { url: '/api/v1/cases/none/tickets', status: 404 }, 'POST /api/v1/cases/:id/tickets': { url: '/api/v1/cases/none/tickets', body: { targetId: 'none' }, status: 404 },
  'POST /api/v1/cases/:id/tickets/:ticketId/updates': { url: '/api/v1/cases/none/tickets/none/updates', body: { text: 'more' }, status: 404 }, 'POST /api/v1/cases/:id/tickets/:ticketId/retry': { url: '/api/v1/cases/none/tickets/none/retry', status: 404 },
  'GET /api/v1/settings/tickets': {}, 'POST /api/v1/settings/tickets': { body: ticketTarget, status: 400 }, 'PUT /api/v1/settings/tickets/:id': { url: '/api/v1/settings/tickets/none', body: ticketTarget, headers: { 'if-match': '"1"' }, status: 404 }, 'DELETE /api/v1/settings/tickets/:id': { url: '/api/v1/settings/tickets/none', status: 404 }, 'POST /api/v1/settings/tickets/test': { body: ticketTarget, status: 400 },
  'GET /api/v1/hand-over': { url: '/api/v1/hand-over?fromId=a_Admin' }, 'POST /api/v1/hand-over': { body: { fromId: 'a_Admin', toId: 'a_none', reason: 'holiday', expected: { alerts: 0, cases: 0 } }, status: 400 },
  'GET /api/v1/holds': {}, 'GET /api/v1/cases/:id/holds': { url: '/api/v1/cases/none/holds', status: 404 }, 'POST /api/v1/cases/:id/holds': { url: '/api/v1/cases/none/holds', body: { reason: 'court' }, status: 404 }, 'POST /api/v1/holds/:id/release': { url: '/api/v1/holds/none/release', body: { reason: 'over' }, status: 404 },
  'GET /api/v1/share-links': {}, 'POST /api/v1/share-links': { body: { kind: 'case', ref: 'none' }, status: 400 }, 'POST /api/v1/share-links/:id/open': { url: '/api/v1/share-links/none/open', status: 410 }, 'DELETE /api/v1/share-links/:id': { url: '/api/v1/share-links/none', status: 404 },
  'GET /api/v1/analytics': {}, 'PUT /api/v1/analytics': { body: { enabled: false } },
  'GET /api/v1/settings/privacy': {}, 'PUT /api/v1/settings/privacy': { body: { revealNeedsSecond: false, revealHours: 4, erasureNeedsSecond: true, requestHours: 24 }, headers: { 'if-match': '"99"' }, status: 412 },
  'GET /api/v1/agent-versions': {}, 'POST /api/v1/agent-packages/keys': { body: { pem: 'none' }, status: 400 }, 'DELETE /api/v1/agent-packages/keys/:id': { url: '/api/v1/agent-packages/keys/none', status: 404 }, 'POST /api/v1/agent-packages': { body: { descriptor: '', signature: '' }, status: 409 },
  'PUT /api/v1/agent-packages/:id/content': { url: '/api/v1/agent-packages/none/content?offset=0', status: 404 }, 'DELETE /api/v1/agent-packages/:id': { url: '/api/v1/agent-packages/none', status: 404 }, 'GET /api/v1/agent-upgrades': {}, 'POST /api/v1/agent-upgrades': { body: { group: 'default', version: '9.9.9' }, status: 409 },
  'GET /api/v1/agent-upgrades/:id': { url: '/api/v1/agent-upgrades/none', status: 404 }, 'GET /api/v1/agent-upgrades/:id/devices': { url: '/api/v1/agent-upgrades/none/devices', status: 404 }, 'POST /api/v1/agent-upgrades/:id/halt': { url: '/api/v1/agent-upgrades/none/halt', body: {}, status: 404 },
  ...Object.fromEntries(['pause', 'resume', 'roll-back'].map((act) => [`POST /api/v1/agent-upgrades/:id/${act}`, { url: `/api/v1/agent-upgrades/none/${act}`, status: 404 }])), 'GET /api/v1/groups/:name/upgrade-plan': { url: '/api/v1/groups/default/upgrade-plan' },
  'GET /api/v1/questions': {}, 'GET /api/v1/questions/:id': { url: '/api/v1/questions/none', status: 404 }, 'POST /api/v1/questions': { body: { question: { kind: 'mounts' }, reason: 'case 14', deviceIds: ['d_none'] }, status: 404 }, 'POST /api/v1/questions/:id/decision': { url: '/api/v1/questions/none/decision', body: { grant: true }, status: 404 }, 'GET /api/v1/settings/questions': {}, 'PUT /api/v1/settings/questions': { body: { needsSecond: false } },
  'GET /api/v1/exceptions': {}, 'GET /api/v1/exceptions/:id': { url: '/api/v1/exceptions/none', status: 404 }, 'POST /api/v1/exceptions/:id/decision': { url: '/api/v1/exceptions/none/decision', body: { grant: true }, status: 404 }, 'POST /api/v1/exceptions/:id/revoke': { url: '/api/v1/exceptions/none/revoke', body: {}, status: 404 },
  'GET /api/v1/privacy-requests': {}, 'POST /api/v1/privacy-requests/:id/decision': { url: '/api/v1/privacy-requests/none/decision', body: { grant: true }, status: 404 }, 'DELETE /api/v1/privacy-requests/:id': { url: '/api/v1/privacy-requests/none', status: 404 },
  'POST /api/v1/erasures': { body: { userId: 'none', reasonKind: 'other', reason: 'case 14' }, status: 404 }, 'GET /api/v1/settings/retention': {}, 'PUT /api/v1/settings/retention': { body: { days: {} }, headers: { 'if-match': '"99"' }, status: 412 },
  'GET /api/v1/retention-runs': {}, 'POST /api/v1/retention-runs': { status: 202 }, 'GET /api/v1/audit/export': { url: '/api/v1/audit/export?format=csv' }, 'GET /api/v1/audit/facets': {}, 'GET /api/v1/audit/who-looked-at': { url: '/api/v1/audit/who-looked-at?user=u_1' },
  'GET /api/v1/settings/audit-targets': {}, 'PUT /api/v1/settings/audit-targets': { body: { syslog: null, mail: null }, headers: { 'if-match': '"99"' }, status: 412 }, 'POST /api/v1/settings/audit-targets/test': {},
  'GET /api/v1/audit': {}, 'GET /api/v1/audit/verify': {}, 'GET /api/v1/accounts': {},
  'POST /api/v1/accounts': { body: { name: 'x', password: PASSWORD, roles: ['None'] }, status: 400 }, 'PATCH /api/v1/accounts/:id': { url: '/api/v1/accounts/none', body: {}, status: 404 },
  'GET /api/v1/connectors': {}, 'GET /api/v1/connectors/:id/runs': { url: '/api/v1/connectors/hr/runs' }, 'GET /api/v1/connectors/:id/settings': { url: '/api/v1/connectors/hr/settings' },
  'PUT /api/v1/connectors/:id/settings': { url: '/api/v1/connectors/hr/settings', body: {} }, 'POST /api/v1/connectors/:id/imports': { url: '/api/v1/connectors/badging/imports', body: [] },
  'DELETE /api/v1/accounts/:id': { url: '/api/v1/accounts/none', status: 404 }, 'POST /api/v1/accounts/:id/password': { url: '/api/v1/accounts/none/password', body: { newPassword: 'a long enough secret' }, status: 404 }, 'DELETE /api/v1/accounts/:id/second-factor': { url: '/api/v1/accounts/none/second-factor', status: 404 },
  'GET /api/v1/accounts/:id/sessions': { url: '/api/v1/accounts/none/sessions', status: 404 }, 'DELETE /api/v1/accounts/:id/sessions': { url: '/api/v1/accounts/none/sessions', status: 404 },
  'GET /api/v1/units': {}, 'POST /api/v1/units': { body: { name: 'North', parentId: 'un_none' }, status: 400 }, 'PUT /api/v1/units/:id': { url: '/api/v1/units/none', body: { name: 'North', countries: ['DE'] }, status: 404 }, 'DELETE /api/v1/units/:id': { url: '/api/v1/units/none', status: 404 },
  'GET /api/v1/settings/access': {}, 'PUT /api/v1/settings/access': { body: { requireSecondFactor: [], groupRoles: [] }, headers: { 'if-match': '"99"' }, status: 412 }, 'POST /api/v1/settings/access/oidc-test': { body: { issuer: 'http://idp.example', clientId: 'x' }, status: 502 },
  'GET /api/v1/session/methods': {}, 'POST /api/v1/session/second-factor': { body: { kind: 'totp', code: '000000' }, status: 401 }, 'POST /api/v1/session/passkey/options': {}, 'POST /api/v1/session/passkey': { body: { response: {} }, status: 401 },
  'GET /api/v1/session/oidc/start': { status: 404 }, 'GET /api/v1/session/oidc/callback': { status: 404 }, 'POST /api/v1/session/oidc/logout': { body: { logout_token: 'not.a.token' }, status: 404 },
  'GET /api/v1/account': {}, 'PUT /api/v1/account/preferences': { body: { timeZone: 'Europe/Berlin', language: 'de' } }, 'POST /api/v1/account/password': { body: { password: 'wrong', newPassword: 'a long enough secret' }, status: 403 }, 'POST /api/v1/account/totp': { body: {} },
  'POST /api/v1/account/totp/confirm': { body: { code: '000000' }, status: 401 }, 'POST /api/v1/account/totp/remove': { body: { password: 'wrong' }, status: 403 }, 'POST /api/v1/account/recovery-codes': { body: {}, status: 400 }, 'POST /api/v1/account/passkeys/options': { body: {} },
  'POST /api/v1/account/passkeys': { body: { name: 'key', response: {} }, status: 401 }, 'POST /api/v1/account/passkeys/remove': { body: { id: 'none' }, status: 404 }, 'GET /api/v1/account/sessions': {}, 'DELETE /api/v1/account/sessions/:id': { url: '/api/v1/account/sessions/none', status: 404 }, 'GET /api/v1/access/notices': {},
  'GET /scim/accounts/v2/ServiceProviderConfig': {}, 'GET /scim/accounts/v2/ResourceTypes': {}, 'GET /scim/accounts/v2/Schemas': {}, 'GET /scim/accounts/v2/Users': {}, 'GET /scim/accounts/v2/Groups': {}, 'POST /scim/accounts/v2/Users': { body: {}, status: 400 }, 'POST /scim/accounts/v2/Groups': { body: {}, status: 400 },
  ...Object.fromEntries(['Users', 'Groups'].flatMap((kind) => ['GET', 'PUT', 'PATCH', 'DELETE'].map((method) => [`${method} /scim/accounts/v2/${kind}/:id`, { url: `/scim/accounts/v2/${kind}/none`, ...(method === 'PUT' || method === 'PATCH' ? { body: { displayName: 'x', userName: 'x' } } : {}), status: 404 }]))),
  'GET /api/v1/tokens': {}, 'POST /api/v1/tokens': { body: { name: 'x', connectors: ['none'], expiresInSecs: 60 }, status: 400 }, 'DELETE /api/v1/tokens/:id': { url: '/api/v1/tokens/none', status: 404 },
  'GET /scim/v2/ServiceProviderConfig': {}, 'GET /scim/v2/ResourceTypes': {}, 'GET /scim/v2/Schemas': {}, 'GET /scim/v2/Users': {}, 'GET /scim/v2/Groups': {}, 'POST /scim/v2/Users': { body: {}, status: 400 }, 'POST /scim/v2/Groups': { body: {}, status: 400 },
  ...Object.fromEntries(['Users', 'Groups'].flatMap((kind) => ['GET', 'PUT', 'PATCH', 'DELETE'].map((method) => [`${method} /scim/v2/${kind}/:id`, { url: `/scim/v2/${kind}/none`, ...(method === 'PUT' || method === 'PATCH' ? { body: { displayName: 'x', userName: 'x' } } : {}), status: 404 }]))),
  'GET /api/v1/cases': {}, 'GET /api/v1/cases/statistics': {}, 'POST /api/v1/cases': { body: { alertIds: ['al_none'], name: 'Stick' }, status: 404 }, 'GET /api/v1/cases/:id': { url: '/api/v1/cases/cs_1' },
  'PATCH /api/v1/cases/:id': { url: '/api/v1/cases/cs_1', body: { name: 'Other' }, headers: { 'if-match': '"99"' }, status: 412 }, 'POST /api/v1/cases/:id/alerts': { url: '/api/v1/cases/cs_1/alerts', body: { alertIds: ['al_1'] }, headers: { 'if-match': '"99"' }, status: 412 },
  'POST /api/v1/cases/:id/resolution': { url: '/api/v1/cases/cs_1/resolution', body: { outcome: 'benign', reason: 'x' }, headers: { 'if-match': '"99"' }, status: 412 }, 'POST /api/v1/cases/:id/reopen': { url: '/api/v1/cases/cs_1/reopen', body: { reason: 'x' }, headers: { 'if-match': '"99"' }, status: 412 },
  ...Object.fromEntries(['notes', 'events', 'activities', 'chart', 'notices'].map((part) => [`GET /api/v1/cases/:id/${part}`, { url: `/api/v1/cases/cs_1/${part}` }])), 'POST /api/v1/cases/:id/notes': { url: '/api/v1/cases/cs_1/notes', body: { text: 'seen' }, status: 201 },
  'POST /api/v1/cases/:id/notices': { url: '/api/v1/cases/cs_1/notices', body: { from: '', cc: [], bcc: [], subject: 's', body: 'b', format: 'text' }, status: 409 }, 'GET /api/v1/settings/cases': {}, 'PUT /api/v1/settings/cases': { body: { maxActive: 5, dueDays: 0, trainingUrl: '' }, headers: { 'if-match': '"99"' }, status: 412 },
  'GET /api/v1/notices': {}, 'POST /api/v1/notices/:id/retry': { url: '/api/v1/notices/none/retry', body: {}, status: 404 }, 'GET /api/v1/notice-templates': {}, 'POST /api/v1/notice-templates': { body: { name: 'x', from: '', cc: [], bcc: [], subject: '{{ nope }}', body: 'b', format: 'text' }, status: 400 },
  'PUT /api/v1/notice-templates/:id': { url: '/api/v1/notice-templates/none', body: { name: 'x', from: '', cc: [], bcc: [], subject: 's', body: 'b', format: 'text' }, headers: { 'if-match': '"1"' }, status: 404 }, 'DELETE /api/v1/notice-templates/:id': { url: '/api/v1/notice-templates/none', status: 404 },
  'POST /api/v1/notice-templates/preview': { body: { from: '', cc: [], bcc: [], subject: 's', body: 'b', format: 'text' } }, 'GET /api/v1/settings/mail': {}, 'PUT /api/v1/settings/mail': { body: { host: '', port: 25, security: 'tls', user: '', from: '' }, headers: { 'if-match': '"99"' }, status: 412 },
  'POST /api/v1/settings/mail/test': { body: { host: '', port: 25, security: 'tls', user: '', from: '' }, status: 400 }, 'GET /api/v1/settings/notifications': {}, 'PUT /api/v1/settings/notifications': { body: { webhookOrigins: [] }, headers: { 'if-match': '"99"' }, status: 412 },
  'GET /api/v1/me/notifications': {}, 'PUT /api/v1/me/notifications': { body: { email: '', mail: [], webhookUrl: '', webhookFor: [], digestMinutes: 15 }, headers: { 'if-match': '"99"' }, status: 412 }, 'POST /api/v1/me/notifications/test': { body: { channel: 'mail' }, status: 409 },
  'GET /api/v1/settings': {}, 'GET /api/v1/doctor': { status: 404 }, 'GET /api/v1/backups': {},
  'GET /api/v1/quarantine': {}, 'POST /api/v1/quarantine/:id/replay': { url: '/api/v1/quarantine/7/replay', status: 404 },
}

describe('routes and roles', () => {
  let at: TestApp
  beforeAll(async () => {
    at = await openTestApp()
    await at.store.write(async (tx) => {
      await tx.saveDevice(buildDevice())
      await tx.saveDevice(buildDevice({ id: 'd_2', hardwareId: 'b'.repeat(64) }))
      await tx.saveUser(buildUser())
      await tx.savePolicy(buildPolicy())
      await tx.saveAlert(buildAlert())
      await tx.saveCase(buildCase({ userId: 'u_1', contributors: ['a_Approver', 'a_Read-only'] }))
      await tx.ingest([buildRun(1, 12)], countInsights, mergeInsights)
    })
  })
  afterAll(() => at.close())

  const call = (route: string, headers: Readonly<Record<string, string>>) => {
    const [method, path] = route.split(' ')
    const { url = path ?? '', body, headers: own } = samples[route] ?? {}
    return at.app.inject({ method: method as 'GET', url, headers: { ...own, ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { payload: JSON.stringify(body) }) })
  }

  test('every route of the table has a sample, and every sample a route', () => {
    expect(Object.keys(samples).toSorted()).toEqual(Object.keys(routeRules).toSorted())
  })
  test.each(Object.entries(routeRules).filter(([, rule]) => rule !== 'public' && !rule.startsWith('loopback')))('%s answers nobody who is not signed in (%s)', async (route) => {
    for (const headers of [{}, { cookie: `${COOKIE}=forged` }, { authorization: 'Bearer wrong' }, { authorization: 'Basic YTpi' }]) {
      const answer = await call(route, headers)
      expect([route, answer.statusCode, answer.json<Problem>().code]).toEqual([route, 401, 'SESSION_REQUIRED'])
      expect(answer.headers['content-type']).toMatch(route.includes(' /scim/') ? /^application\/scim\+json(;|$)/ : /^application\/problem\+json(;|$)/)
    }
  })
  test.each(Object.entries(routeRules).flatMap(([route, rule]) => ROLE_NAMES.map((role) => [route, role, rule] as const)).filter(([route]) => route !== 'DELETE /api/v1/session'))('%s for %s (%s)', async (route, role, rule) => {
    const answer = await call(route, at.as(role))
    const wanted = rule === 'loopback or overview.read' ? 'overview.read' : rule
    const allowed = wanted === 'public' || wanted === 'session' || wanted === 'own' || permissionsOf([role]).has(wanted)
    const { status = 200 } = samples[route] ?? {}
    const isRefusal = answer.statusCode === 403 && answer.json<Problem>().code === 'NOT_ALLOWED'
    expect([isRefusal ? 'refused' : answer.statusCode]).toEqual([allowed ? status : 'refused'])
  })
  test.each(Object.keys(routeRules).filter((route) => !route.startsWith('GET ') && routeRules[route] !== 'public'))('%s changes nothing without the token of its own page', async (route) => {
    const role = ROLE_NAMES.find((name) => ['session', 'own'].includes(routeRules[route] ?? '') || permissionsOf([name]).has(routeRules[route] as never)) ?? 'Admin'
    const { 'x-holdfast-csrf': token, cookie } = at.as(role) as { cookie: string; 'x-holdfast-csrf': string }
    const another = at.as(role === 'Admin' ? 'Analyst' : 'Admin')['x-holdfast-csrf'] ?? ''
    const before = (await at.store.auditHead())?.seq
    for (const headers of [{ cookie }, { cookie, 'x-holdfast-csrf': another }, { cookie, 'x-holdfast-csrf': token, origin: 'https://evil.example' }, { cookie, 'x-holdfast-csrf': token, origin: 'null' }, { cookie, 'x-holdfast-csrf': token, 'sec-fetch-site': 'cross-site' }]) {
      const answer = await call(route, headers)
      expect([answer.statusCode, answer.json<Problem>().code]).toEqual([403, 'CSRF_REFUSED'])
    }
    expect((await at.store.auditHead())?.seq).toBe(before)
  })
  test('the last route ends the session', async () => {
    expect((await call('DELETE /api/v1/session', at.as('Approver'))).statusCode).toBe(204)
    expect((await call('GET /api/v1/me', at.as('Approver'))).statusCode).toBe(401)
  })
  test('every route of the application stands in the table, and the document of the API names each', async () => {
    const document = (await at.app.inject('/openapi.json')).json<{ paths: Record<string, Record<string, unknown>> }>()
    const documented = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`))
    expect(documented.filter((route) => routeRules[route] === undefined)).toEqual([])
    expect(Object.keys(routeRules).filter((route) => route.includes('/api/v1/') && route !== 'GET /api/v1/live' && !documented.includes(route))).toEqual([])
  })
  test('a name that is hidden stands in no answer of a role that may not see it', async () => {
    // The role that may see names has asked for one above.
    await at.store.write(async (tx) => {
      for (const request of (await tx.privacyRequests({ states: ['live'], limit: 500 })).items) await tx.savePrivacyRequest({ ...request, state: 'ended' })
    })
    await at.store.write((tx) => tx.saveUser(buildUser({ displayName: 'Katrin.Haas', email: 'k.haas@example.com', identities: [{ kind: 'account', value: 'katrin.haas' }] })))
    for (const route of Object.keys(routeRules).filter((name) => name.startsWith('GET /api/'))) {
      for (const role of ROLE_NAMES) expect([route, role, /katrin|haas/i.test((await call(route, at.as(role))).body)]).toEqual([route, role, false])
    }
  })
})
