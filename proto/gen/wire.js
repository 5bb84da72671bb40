import '../src/plain-numbers.js'
import { holdfast } from './telemetry.js'

export const wire = holdfast.telemetry.v1
