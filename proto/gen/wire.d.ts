import { holdfast } from './telemetry.js'

export import wire = holdfast.telemetry.v1
