// Every fuzz target. `local` ones run in this process; `remote` ones start a collector of their own.
import type { FuzzTarget } from './target.ts'
import { connectorTargets } from './targets/connectors.ts'
import { containerTargets } from './targets/containers.ts'
import { documentTargets } from './targets/documents.ts'
import { httpTarget } from './targets/http.ts'
import { replayTarget } from './targets/replay.ts'
import { wireTargets } from './targets/wire.ts'

export const localTargets: readonly FuzzTarget[] = [...wireTargets, ...connectorTargets, ...documentTargets, replayTarget, ...containerTargets]
export const remoteTargets: readonly FuzzTarget[] = [httpTarget]
export const targets: readonly FuzzTarget[] = [...localTargets, ...remoteTargets]
