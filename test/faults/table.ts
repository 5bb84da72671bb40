// Every fault, in the order in which it runs. Adding one is a file and a line here.
import type { Fault } from './fault.ts'
import { agentKilled } from './f01-agent-killed.ts'
import { spoolPowerCut, storePowerCut } from './f02-power-cut.ts'
import { spoolCut } from './f03-spool-cut.ts'
import { bitFlips } from './f04-bit-flips.ts'
import { spoolState } from './f05-spool-state.ts'
import { everySize, halfRead, littleMemory } from './f06-half-read.ts'
import { diskFull } from './f07-disk-full.ts'
import { diskFails, noHandles, noSpace } from './f08-disk-errors.ts'
import { twoAgents } from './f13-two-agents.ts'
import { cloned, upgraded } from './f15-upgrade.ts'
import { clockSet } from './f17-clock.ts'
import { stopped, watchdogFault } from './f19-watchdog.ts'
import { brokerKilled } from './f20-broker-killed.ts'
import { brokerSetBack, streamTakenAway } from './f21-broker-set-back.ts'
import { brokerWiped } from './f22-broker-wiped.ts'
import { brokerDiskFull, databaseFails, streamFull } from './f24-full-disks.ts'
import { partition } from './f25-partition.ts'
import { ackLost } from './f26-ack-lost.ts'
import { badNetwork } from './f27-bad-network.ts'
import { poison } from './f30-poison.ts'
import { killedInQuarantine } from './f31-killed-in-quarantine.ts'
import { poisonedIds, replayed, rogueDevice } from './f33-rogue-device.ts'
import { collectorKilled } from './f40-collector-killed.ts'
import { backupRestored } from './f44-backup-restored.ts'
import { lateActivities, scoringFails } from './f48-scoring-fails.ts'
import { herd } from './f28-herd.ts'
import { backlogs } from './f29-backlogs.ts'
import { moved } from './f45-moved.ts'
import { twoCollectors } from './f47-two-collectors.ts'
import { mixed } from './f51-mixed.ts'
import { siemEndpoint } from './f50-siem-endpoint.ts'
import { changingFiles, specialFiles, swappedLinks, tooMuch } from './f70-hostile-user.ts'
import { exhausted, flooded, hungMount, oddNames, spiedOn } from './f74-availability.ts'
import { auditTampered } from './f91-audit.ts'
import { custody } from './f93-custody.ts'

export const faults: readonly Fault[] = [
  agentKilled, spoolPowerCut, spoolCut, bitFlips, spoolState, halfRead, diskFull, noSpace, diskFails, noHandles, everySize, littleMemory, twoAgents, stopped, upgraded, cloned, clockSet, watchdogFault,
  brokerKilled, brokerSetBack, brokerWiped, streamFull, brokerDiskFull, partition, ackLost, badNetwork, herd, backlogs, poison, killedInQuarantine, streamTakenAway, rogueDevice, poisonedIds, replayed,
  collectorKilled, storePowerCut, databaseFails, backupRestored, moved, scoringFails, lateActivities, twoCollectors, siemEndpoint, mixed,
  specialFiles, swappedLinks, changingFiles, tooMuch, flooded, hungMount, oddNames, exhausted, spiedOn, auditTampered, custody,
]
