// What a sensor hands over, before the spool gives it a number. One shape a kind, taken from the wire contract.
import type { ActivityKind, wire } from '@holdfast/proto'

type Properties = wire.Activity.$Properties

/** Who did it, as far as the sensor can tell; the enrichment fills in names. */
export interface ActorHint {
  readonly pid?: number
  /** Numeric uid of the process or, failing that, of the file's owner. */
  readonly uid?: number
  readonly attribution?: 'process' | 'file_owner' | 'session'
  readonly account?: string
  readonly process?: wire.Process.$Properties
}

/** An activity as a sensor emits it: exactly one detail, with the time that the sensor knows. */
export interface SensedActivity {
  readonly kind: ActivityKind
  /** Milliseconds since 1970 UTC. */
  readonly occurredAtMs: number
  readonly recovered?: boolean
  readonly actor?: ActorHint
  /** The arm of the oneof that belongs to `kind`, under its own name. */
  readonly detail: Pick<Properties, 'fileCopied' | 'fileCreated' | 'fileChanged' | 'fileRenamed' | 'fileHidden' | 'fileDeleted' | 'archiveCreated' | 'fileDownloaded' | 'fileReadByTransferTool'
    | 'filePrinted' | 'filesStaged' | 'labelChanged' | 'removableMediaConnected' | 'removableMediaMounted' | 'removableMediaUnmounted' | 'removableMediaDisconnected' | 'securityFeatureChanged'
    | 'applicationInstalled' | 'applicationUpdated' | 'applicationRemoved' | 'applicationRun' | 'sessionStarted' | 'sessionEnded' | 'agentStarted' | 'agentStopped' | 'agentDegraded'
    | 'agentTampered' | 'clockChanged' | 'telemetryGap' | 'warningShown' | 'exceptionRequested'>
}
