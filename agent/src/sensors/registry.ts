// Every sensor of the agent, one line each.
import { applicationsSensor } from './applications.ts'
import { filesSensor } from './files.ts'
import { printingSensor } from './printing.ts'
import { processesSensor } from './processes.ts'
import { removableMediaSensor } from './removable-media.ts'
import { securityFeaturesSensor } from './security-features.ts'
import type { Sensor } from './sensor.ts'

export const sensors: readonly Sensor[] = [filesSensor, removableMediaSensor, securityFeaturesSensor, applicationsSensor, processesSensor, printingSensor]
