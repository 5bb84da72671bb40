// What only administrators and auditors read; it comes with their pages.
import { agentVersions } from './en/agent-versions.ts'
import { audit } from './en/audit.ts'
import { devices } from './en/devices.ts'
import { enrolment } from './en/enrolment.ts'
import { exports } from './en/exports.ts'
import { honesty } from './en/honesty.ts'
import { rollouts } from './en/rollouts.ts'
import { settings } from './en/settings.ts'
import { watch } from './en/watch.ts'

export const administration = { ...devices, ...enrolment, ...exports, ...honesty, ...rollouts, ...agentVersions, ...settings, ...watch, ...audit } as const
