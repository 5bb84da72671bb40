// What the routes are given. Nothing here is made by them.
import type { RiskLevels } from '../analysis/risk-levels.ts'
import type { Permission } from '../access/permissions.ts'
import type { Actor } from '../audit/chain.ts'
import type { Bus } from '../bus/contract.ts'
import type { Connectors } from '../connectors/imports.ts'
import type { Evaluation } from '../evaluation/evaluation.ts'
import type { Fleet } from '../fleet/contract.ts'
import type { Detection } from '../ingest/detection.ts'
import type { Ingest } from '../ingest/ingest.ts'
import type { Metrics } from '../metrics.ts'
import type { PersonFilter, Store } from '../store/store.ts'
import type { LiveHub } from './live/hub.ts'

export interface HttpDeps {
  readonly store: Store
  readonly fleet: Fleet
  /** Absent in the command line's own process. */
  readonly bus?: Bus
  readonly ingest?: Ingest
  /** Settings in force; what ingest counts with. */
  readonly detection: Detection
  readonly evaluation?: Evaluation
  readonly connectors: Connectors
  /** Those that the evaluation keeps up to date; absent: made here, and changed only by hand. */
  readonly riskLevels?: RiskLevels
  readonly live: LiveHub
  /** Absent: GET /metrics is not there. */
  readonly metrics?: Metrics
  readonly organisation: string
  /** Address that devices enrol at. */
  readonly collectorUrl: string
  readonly caPem: string
  /** Folder of the built console; absent: a page that says how to build it. */
  readonly consoleDir?: string
  /** Accepted from loopback only; acts with every role. */
  readonly localToken?: string
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
  /** Connectors that a token is for; absent: no token, and the permissions decide. */
  readonly scopes?: readonly string[]
  /** Of a browser session; the command line has none. */
  readonly token?: string
  readonly sessionExpiresAtMs: number
}

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal | undefined
    cspNonce: string
  }
}
