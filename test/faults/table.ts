// Every fault, in the order in which it runs. Adding one is a file and a line here.
import type { Fault } from './fault.ts'
import { agentKilled } from './f01-agent-killed.ts'
import { spoolCut } from './f03-spool-cut.ts'
import { spoolState } from './f05-spool-state.ts'
import { diskFull } from './f07-disk-full.ts'
import { twoAgents } from './f13-two-agents.ts'
import { cloned, upgraded } from './f15-upgrade.ts'
import { clockSet } from './f17-clock.ts'
import { stopped, watchdogFault } from './f19-watchdog.ts'
import { brokerKilled } from './f20-broker-killed.ts'
import { brokerWiped } from './f22-broker-wiped.ts'
import { partition } from './f25-partition.ts'
import { ackLost } from './f26-ack-lost.ts'
import { poison } from './f30-poison.ts'
import { collectorKilled } from './f40-collector-killed.ts'
import { backupRestored } from './f44-backup-restored.ts'
import { siemEndpoint } from './f50-siem-endpoint.ts'
import { changingFiles, specialFiles, swappedLinks, tooMuch } from './f70-hostile-user.ts'
import { exhausted, flooded, hungMount, oddNames, spiedOn } from './f74-availability.ts'
import { custody } from './f93-custody.ts'

export const faults: readonly Fault[] = [
  agentKilled, spoolCut, spoolState, diskFull, twoAgents, stopped, upgraded, cloned, clockSet, watchdogFault, brokerKilled, brokerWiped, partition, ackLost, poison, collectorKilled, backupRestored, siemEndpoint, specialFiles, swappedLinks, changingFiles, tooMuch, flooded, hungMount, oddNames, exhausted, spiedOn, custody,
]
