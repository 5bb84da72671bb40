// The benches: one file and one line each, in the order in which they run.
import type { Bench } from './bench.ts'
import { classifier } from './classifier.ts'
import { evaluate } from './evaluate.ts'
import { files } from './files.ts'
import { ingest } from './ingest.ts'
import { agentIdle, latency } from './installed.ts'
import { preview } from './preview.ts'
import { spool } from './spool.ts'

export const benches: readonly Bench[] = [ingest, evaluate, preview, spool, files, latency, agentIdle, classifier]
