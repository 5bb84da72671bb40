// What the routes are given. Nothing here is made by them.
import type { KeyObject } from 'node:crypto'
import type { ReportJobs } from '../analysis/report-jobs.ts'
import type { Analysis } from '../analysis/analysis.ts'
import type { RiskLevels } from '../analysis/risk-levels.ts'
import type { Exceptions } from '../exceptions/exceptions.ts'
import type { Questions } from '../questions/questions.ts'
import type { Permission } from '../access/permissions.ts'
import type { Actor } from '../audit/chain.ts'
import type { Bus } from '../bus/contract.ts'
import type { Connectors } from '../connectors/imports.ts'
import type { Evaluation } from '../evaluation/evaluation.ts'
import type { EvidenceRoom } from '../evidence/evidence.ts'
import type { BundleJobs } from '../escalation/bundle-jobs.ts'
import type { TicketQueue } from '../escalation/tickets/queue.ts'
import type { Fleet } from '../fleet/contract.ts'
import type { ExportDelivery } from '../exports/delivery.ts'
import type { SenderPlace } from '../exports/senders/create.ts'
import type { Detection } from '../ingest/detection.ts'
import type { Ingest } from '../ingest/ingest.ts'
import type { Metrics } from '../metrics.ts'
import type { Tracing } from '../tracing.ts'
import type { People } from '../privacy/people.ts'
import type { PackageShelf } from '../agent-packages/shelf.ts'
import type { Upgrades } from '../agent-packages/upgrades.ts'
import type { Rollouts } from '../rollout/rollouts.ts'
import type { Retention } from '../privacy/retention.ts'
import type { Config } from '../config.ts'
import type { Check } from '../doctor/check.ts'
import type { Delivery } from '../notices/delivery.ts'
import type { PersonFilter, Store } from '../store/store.ts'
import type { LiveHub } from './live/hub.ts'

export interface HttpDeps {
  readonly store: Store
  readonly fleet: Fleet
  /** Absent: contents of files cannot be shown here. */
  readonly evidence?: EvidenceRoom
  /** Those that the process drives; absent: pages and devices are told here, and a process that drives them does the rest. */
  readonly rollouts?: Rollouts
  /** Those of agent versions, in the same way. */
  readonly upgrades?: Upgrades
  /** Files of releases; absent: none can be uploaded. */
  readonly packageShelf?: PackageShelf
  /** Absent in the command line's own process. */
  readonly bus?: Bus
  readonly ingest?: Ingest
  /** Settings in force; what ingest counts with. */
  readonly detection: Detection
  readonly evaluation?: Evaluation
  readonly connectors: Connectors
  /** What notifications look through, too, so that it is read once; absent: one of its own. */
  readonly analysis?: Analysis
  /** Those that the evaluation keeps up to date; absent: made here, and changed only by hand. */
  readonly riskLevels?: RiskLevels
  readonly live: LiveHub
  /** Sends what is queued; absent: it waits for a process that does. */
  readonly delivery?: Pick<Delivery, 'wake'>
  /** Takes the outbox to its targets; absent: it waits for a process that does. */
  readonly exportDelivery?: Pick<ExportDelivery, 'wake'>
  /** What tests of targets say of this machine, and where files of exports go. */
  readonly exportPlace?: SenderPlace
  /** Makes bundles and brings tickets; absent: they wait for a process that does. */
  readonly escalation?: { readonly bundles: Pick<BundleJobs, 'wake' | 'read' | 'remove'>; readonly tickets: Pick<TicketQueue, 'wake'> }
  /** Absent: GET /metrics is not there. */
  readonly metrics?: Metrics
  /** Absent: nothing is traced. */
  readonly tracing?: Pick<Tracing, 'record'>
  readonly organisation: string
  /** Address that devices enrol at. */
  readonly collectorUrl: string
  readonly caPem: string
  /** Folder of the built console; absent: a page that says how to build it. */
  readonly consoleDir?: string
  /** Accepted from loopback only; acts with every role. */
  readonly localToken?: string
  /** Seals secrets that the store keeps (access/seal.ts), 32 bytes; absent: one of this process, for tests. */
  readonly sealKey?: Uint8Array
  /** Signs checkpoints of the audit log, and verifies them; absent: the log is never shortened. */
  readonly installationKey?: KeyObject
  /** File of the heads of the audit log; absent: none is kept. */
  readonly anchorsPath?: string
  /** File that remembers erasures outside of the database. */
  readonly erasuresPath?: string
  /** Makes reports that are asked for; absent: they are made here, when somebody asks. */
  readonly reports?: ReportJobs
  /** Runs clean-ups; absent: made here. */
  readonly retention?: Retention
  readonly people?: People
  /** Tells devices what was decided; absent: the process that serves does, at its next start. */
  readonly exceptions?: Pick<Exceptions, 'tell'>
  /** Sends questions to devices; absent: the process that serves does, at its next start. */
  readonly questions?: Pick<Questions, 'send'>
  /** What holdfast.yaml and the environment say, for the list of settings; absent: they are not in it. */
  readonly config?: Config
  /** Looks at the whole installation; absent where there is none. */
  readonly doctor?: () => Promise<readonly Check[]>
  readonly version: string
  readonly now: () => number
  readonly draining: () => boolean
  readonly https?: { readonly key: string; readonly cert: string }
  readonly log?: object
}

/** Who asks. */
export interface Principal {
  readonly actor: Actor
  readonly roles: readonly string[]
  readonly permissions: ReadonlySet<Permission>
  /** People that may be seen; absent: everybody. Every list of people's data takes it, and every look-up answers 404 for others (assertVisible). */
  readonly visible?: PersonFilter
  /** Device groups that may be seen and managed; absent: all. Every list of devices takes it, and every look-up answers 404 for others (assertGroup, deviceInReach). */
  readonly groups?: readonly string[]
  /** Limited to administrative units: nothing that is for the whole organisation is open. */
  readonly isLimited?: true
  /** Connectors that a token is for; absent: no token, and the permissions decide. */
  readonly scopes?: readonly string[]
  /** Of a browser session; the command line has none. */
  readonly token?: string
  readonly sessionBeganAtMs?: number
  /** A program with an API token. */
  readonly isToken?: true
  /** Signed in, but the roles ask for a second factor that is not set up: nothing is open but the own account. */
  readonly mustEnrol?: true
  readonly sessionExpiresAtMs: number
}

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal | undefined
    cspNonce: string
  }
}
