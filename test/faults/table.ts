// Every fault, in the order in which it runs. Adding one is a file and a line here.
import type { Fault } from './fault.ts'
import { agentKilled } from './f01-agent-killed.ts'
import { spoolCut } from './f03-spool-cut.ts'
import { spoolState } from './f05-spool-state.ts'
import { diskFull } from './f07-disk-full.ts'
import { twoAgents } from './f13-two-agents.ts'
import { stopped, watchdogFault } from './f19-watchdog.ts'
import { brokerKilled } from './f20-broker-killed.ts'
import { brokerWiped } from './f22-broker-wiped.ts'
import { partition } from './f25-partition.ts'
import { ackLost } from './f26-ack-lost.ts'
import { poison } from './f30-poison.ts'
import { collectorKilled } from './f40-collector-killed.ts'
import { siemEndpoint } from './f50-siem-endpoint.ts'
import { changingFiles, specialFiles, swappedLinks, tooMuch } from './f70-hostile-user.ts'
import { custody } from './f93-custody.ts'

export const faults: readonly Fault[] = [
  agentKilled, spoolCut, spoolState, diskFull, twoAgents, stopped, watchdogFault, brokerKilled, brokerWiped, partition, ackLost, poison, collectorKilled, siemEndpoint, specialFiles, swappedLinks, changingFiles, tooMuch, custody,
]
