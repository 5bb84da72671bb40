// The benches: one file and one line each, in the order in which they run.
import { agent } from './agent.ts'
import { alertQueue } from './alert-queue.ts'
import type { Bench } from './bench.ts'
import { classifier } from './classifier.ts'
import { enrolment } from './enrol.ts'
import { evaluate } from './evaluate.ts'
import { files } from './files.ts'
import { ingest } from './ingest.ts'
import { agentIdle, latency } from './installed.ts'
import { preview } from './preview.ts'
import { rollout } from './rollout.ts'
import { spool } from './spool.ts'
import { userChart } from './user-chart.ts'

export const benches: readonly Bench[] = [ingest, evaluate, preview, alertQueue, userChart, spool, files, agent, latency, agentIdle, classifier, rollout, enrolment]
