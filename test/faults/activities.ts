// Activities that a workload issues: each body follows from (agent, number), so that an oracle can make it again and
// compare every byte of what was stored.
import { toWireTimestamp, wire } from '@holdfast/proto'

export interface IssuedId {
  readonly agent: number
  readonly number: number
}

const PEOPLE = 3
const { LOCATION_KIND_LOCAL, LOCATION_KIND_REMOVABLE } = wire.LocationKind
const { FEATURE_STATE_ENABLED, FEATURE_STATE_DISABLED } = wire.FeatureState

const detail = (agent: number, number: number): Partial<wire.Activity.$Properties> => {
  const file = {
    path: `/media/p/STICK/report-${agent}-${number}-${'x'.repeat((number * 31) % 120)}.txt`, sizeBytes: (number * 7919) % 3_000_000, fingerprint: `${agent}-${number % 700}`, location: LOCATION_KIND_REMOVABLE, state: 'stable',
  }
  switch (number % 8) {
    case 5:
      return { fileRenamed: { file: { ...file, location: LOCATION_KIND_LOCAL }, oldPath: `/home/p/old-${number}.doc`, extensionChanged: number % 16 === 5 } }
    case 6:
      return { securityFeatureChanged: { feature: 'firewall.ufw', from: number % 16 === 6 ? FEATURE_STATE_ENABLED : FEATURE_STATE_DISABLED, to: number % 16 === 6 ? FEATURE_STATE_DISABLED : FEATURE_STATE_ENABLED, seenBy: 'file' } }
    case 7:
      return { applicationInstalled: { application: { name: `tool-${number % 50}`, version: `1.${number}`, source: 'dpkg' } } }
    default:
      return { fileCopied: { destination: file, source: { ...file, path: `/home/p/report-${number}.txt`, location: LOCATION_KIND_LOCAL } } }
  }
}

/** Encoded wire.Activity number `number` (from 1) of an agent; `baseMs` is the time of number 0. */
export const issueActivity = ({ agent, number }: IssuedId, baseMs: number): Uint8Array =>
  wire.Activity.encode({
    occurredAt: toWireTimestamp(baseMs + number), observedAt: toWireTimestamp(baseMs + number), sensor: 'workload',
    actor: { account: `person${number % PEOPLE}`, accountId: String(2000 + (number % PEOPLE)), attribution: wire.Attribution.ATTRIBUTION_PROCESS, process: { pid: 1 + (number % 30_000), name: `w${agent}-${number}`, executable: '/usr/bin/cp' } },
    ...detail(agent, number),
  }).finish()

/** Which activity a body claims to be; undefined when a workload cannot have issued it. */
export function idOfBody(body: Uint8Array): IssuedId | undefined {
  const found = /^w(\d+)-(\d+)$/.exec(wire.Activity.decode(body).actor?.process?.name ?? '')
  return found?.[1] === undefined || found[2] === undefined ? undefined : { agent: Number(found[1]), number: Number(found[2]) }
}
