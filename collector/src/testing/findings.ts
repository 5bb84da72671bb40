// Findings for tests of what leaves.
import type { AlertFinding, CaseFinding } from '../exports/finding.ts'
import { MONDAY_MS } from './builders.ts'

const base = {
  recordId: 'ob_7', sequence: 7, atMs: MONDAY_MS + 60_000, organisation: 'Acme', organisationId: '2f1b6c0e-1111-4222-8333-444455556666', productVersion: '0.1.0', url: 'https://collector.example/alerts/al_1',
  user: { id: 'u_1', name: 'ANON-AAAAAA1', pseudonymous: true, riskScore: 80, department: 'Sales' }, createdAtMs: MONDAY_MS, revision: 3,
} as const

export const buildAlertFinding = (over: Partial<AlertFinding> = {}): AlertFinding => ({
  ...base, kind: 'alert', change: 'created', severity: 'high', alertId: 'al_1', status: 'needs_review', score: 80,
  parts: [{ code: 'insight', points: 70, reason: 'Copied to removable media: 30 files on 2026-03-02.', indicator: 'copy_to_removable_media' }, { code: 'booster.first_removable_media', points: 10, reason: 'First use of removable media.' }],
  policy: { id: 'p_1', name: 'Leaks', version: 2, template: 'data_leaks' }, trigger: { kind: 'hr_resignation', atMs: MONDAY_MS, reason: 'HR recorded a resignation on 2026-03-02.' }, firstActivityAtMs: MONDAY_MS, lastActivityAtMs: MONDAY_MS + 1000, techniques: ['T1052.001', 'T1685.004'],
  activities: [{ id: 'd_1.e.1', kind: 'file_copied', atMs: MONDAY_MS, summary: 'a.txt was copied to removable media.', device: { id: 'd_1', name: 'lt-1', os: 'linux' }, process: { name: 'cp', pid: 4711 }, file: { path: '/media/stick/a.txt', sizeBytes: 1000, sha256: 'a'.repeat(64), mimeType: 'text/plain' } }], ...over,
})

export const buildCaseFinding = (over: Partial<CaseFinding> = {}): CaseFinding => ({ ...base, kind: 'case', change: 'created', severity: 'high', caseId: 'cs_1', name: 'Stick on Monday', status: 'active', score: 80, alerts: [{ id: 'al_1', policyName: 'Leaks', score: 80, createdAtMs: MONDAY_MS }], ...over })
