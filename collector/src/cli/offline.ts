// The same application in the command's own process, for when no collector runs. It stores and answers; what must reach a
// broker (a policy, a revocation) is in the store and goes out when serve starts.
import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import type { FastifyInstance } from 'fastify'
import { createSealer, sealKeyOf } from '../access/seal.ts'
import { readAnchors } from '../audit/anchors.ts'
import { type AuditVerdict, verifyAudit } from '../audit/chain.ts'
import { loadConfig } from '../config.ts'
import { createRiskLevels } from '../analysis/risk-levels.ts'
import { createConnectors } from '../connectors/imports.ts'
import { mergeInsights } from '../domain/risk/count.ts'
import { createEvaluation } from '../evaluation/evaluation.ts'
import { createBundleJobs } from '../escalation/bundle-jobs.ts'
import { openPackageShelf } from '../agent-packages/shelf.ts'
import { createEvidenceRoom } from '../evidence/evidence.ts'
import { openVault } from '../evidence/vault.ts'
import { createFleet } from '../fleet/fleet.ts'
import { buildApp } from '../http/app.ts'
import { createLiveHub } from '../http/live/hub.ts'
import { readMediaAllowances } from '../fleet/allowed-media.ts'
import { openDetection } from '../ingest/detection.ts'
import { createLog } from '../log.ts'
import { sealPlainSecrets } from '../notices/settings.ts'
import { createPeople } from '../privacy/people.ts'
import { openStore } from '../store/open-store.ts'
import { publicUrlOf } from './addresses.ts'
import { assertInitialised, loadInstallation, ORGANISATION_SETTING, pathsOf } from './installation.ts'
import { VERSION } from './version.ts'

export interface OfflineApp {
  readonly app: FastifyInstance
  /** Accepted as the local token. */
  readonly token: string
  close(): Promise<void>
}

/** @throws NOT_INITIALISED, DATA_FOLDER_UNUSABLE, CONFIG_… , STORE_CORRUPT */
export async function openOffline(dir: string): Promise<OfflineApp> {
  const installation = loadInstallation(dir)
  const config = loadConfig(dir, {}, process.env)
  const store = await openStore(config, pathsOf(dir).database)
  try {
    const log = createLog('error')
    const now = Date.now
    const organisation = (await store.setting(ORGANISATION_SETTING)) ?? ''
    const caPem = installation.authority.certificatePem
    const token = randomBytes(32).toString('base64url')
    const fleet = createFleet({ store, policyKey: installation.policyKey, signer: installation.signer, evidenceKey: installation.evidenceKeys.publicKey, organisation, caPem, now, log })
    const riskLevels = createRiskLevels({ store, now, onLevel() {} })
    const evaluated = new Set<string>()
    const evaluation = createEvaluation({ store, now, onAlert() {}, onEvaluated: (userIds) => userIds.forEach((id) => evaluated.add(id)), log })
    const detection = await openDetection(store, readMediaAllowances)
    const connectors = createConnectors({ store, count: detection.count, merge: mergeInsights, now, onUsers: () => evaluation.wake() })
    await sealPlainSecrets(store, createSealer(sealKeyOf(installation.policyKey)))
    const people = createPeople(store)
    const evidence = createEvidenceRoom({ store, vault: await openVault(pathsOf(dir).evidence), keys: installation.evidenceKeys, now })
    const bundles = createBundleJobs({ store, evidence, names: () => people.names(), key: installation.policyKey, sealKey: sealKeyOf(installation.policyKey), folder: pathsOf(dir).bundles, organisation, version: VERSION, now, log })
    let making: Promise<unknown> = Promise.resolve()
    // Nobody else makes bundles now; tickets go out when serve starts.
    const escalation = { bundles: { ...bundles, wake: () => { making = bundles.drain() } }, tickets: { wake() {} } }
    const app = await buildApp({ packageShelf: await openPackageShelf(pathsOf(dir).agentPackages), people, escalation, store, fleet, evidence, detection, evaluation, connectors, riskLevels, live: createLiveHub(), organisation, collectorUrl: publicUrlOf(config, config['http.port']), caPem, installationKey: installation.policyKey, anchorsPath: pathsOf(dir).anchors, erasuresPath: pathsOf(dir).erasures, localToken: token, exportPlace: { hostname: hostname(), folder: pathsOf(dir).exports }, sealKey: sealKeyOf(installation.policyKey), version: VERSION, now, draining: () => false, log })
    return {
      app, token,
      async close() {
        // What the command changed is scored before it ends: there is nobody else to do it.
        await making
        await evaluation.drain()
        await riskLevels.consider([...evaluated])
        await app.close()
        await store.close()
      },
    }
  } catch (error) {
    await store.close()
    throw error
  }
}

/** Walks the chain in the database against every anchor; also while a collector runs. @throws NOT_INITIALISED, STORE_CORRUPT */
export async function verifyOffline(dir: string, anchorsFile?: string): Promise<AuditVerdict> {
  assertInitialised(dir)
  // Read before the store: an anchor that is written meanwhile is of an entry that the store has by then.
  const anchors = [...readAnchors(pathsOf(dir).anchors), ...(anchorsFile === undefined ? [] : readAnchors(anchorsFile))]
  const store = await openStore(loadConfig(dir, {}, process.env), pathsOf(dir).database)
  try {
    return await verifyAudit(store, anchors, loadInstallation(dir).policyKey)
  } finally {
    await store.close()
  }
}
