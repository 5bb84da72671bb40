// A record that is no alert, to see whether a target works: labelled as a test wherever a format has room for words.
import { randomUUID } from 'node:crypto'
import type { Origin } from './document.ts'
import type { AlertFinding } from './finding.ts'
import { ExportFailure, type Problem } from './problem.ts'
import { createSender, type SenderPlace } from './senders/create.ts'
import type { Sender } from './senders/sender.ts'
import { settle } from './settle.ts'
import type { Secrets, TargetSettings } from './targets.ts'

export function testFinding(origin: Origin, nowMs: number): AlertFinding {
  return {
    kind: 'alert', recordId: `ob_test_${randomUUID()}`, sequence: 0, change: 'created', atMs: nowMs, organisation: origin.organisation, organisationId: origin.installationId, productVersion: origin.version, url: `${origin.consoleUrl}/settings/exports`,
    user: { id: 'u_test', name: 'ANON-TEST', pseudonymous: true, riskScore: 0 }, severity: 'low', createdAtMs: nowMs, revision: 1, alertId: 'al_test', status: 'resolved', score: 1,
    parts: [{ code: 'test', points: 1, reason: 'This is a test of the connection and no alert.' }], policy: { id: 'p_test', name: 'TEST of an export target (no alert)', version: 1, template: 'test' }, trigger: { kind: 'test', atMs: nowMs, reason: 'Somebody tested the target.' },
    firstActivityAtMs: nowMs, lastActivityAtMs: nowMs, techniques: [], activities: [],
  }
}

export type TryOut = { readonly ok: true; readonly recordId: string; readonly tookMs: number } | { readonly ok: false; readonly tookMs: number; readonly problem: Problem }

/** Sends one test record. Never throws what a receiver did. */
export async function tryOut(settings: TargetSettings, secrets: Secrets, place: SenderPlace, origin: Origin, nowMs: number): Promise<TryOut> {
  const startedAt = performance.now()
  const finding = testFinding(origin, nowMs)
  const took = (): number => Math.round(performance.now() - startedAt)
  let sender: Sender | undefined
  try {
    sender = createSender(settings, secrets, place)
    const { refused, problem } = await settle(sender, [{ seq: 0, finding }])
    const wrong = problem ?? refused[0]?.problem
    return wrong === undefined ? { ok: true, recordId: finding.recordId, tookMs: took() } : { ok: false, tookMs: took(), problem: wrong }
  } catch (error) {
    if (error instanceof ExportFailure) return { ok: false, tookMs: took(), problem: error.problem }
    throw error
  } finally {
    sender?.close()
  }
}
