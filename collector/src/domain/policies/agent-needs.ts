// What agents must collect for the policies that are on: nothing that no indicator uses.
import { type ActivityKind, activityKinds } from '@holdfast/proto'
import { INDICATOR_IDS, indicatorRow } from '../risk/indicators.ts'
import type { Policy } from './policy.ts'

export interface AgentNeeds {
  readonly kinds: readonly ActivityKind[]
  readonly files: boolean
  readonly removableMedia: boolean
  readonly securityFeatures: boolean
  readonly applications: boolean
}

/** Kinds from this number on are imported by connectors; no agent makes them. */
const FIRST_IMPORTED = 90

/** @param everything analytics is on: what any indicator counts is reported, also where no policy uses it */
export function agentNeeds(policies: readonly Policy[], everything = false): AgentNeeds {
  const kinds = new Set<ActivityKind>()
  if (everything) for (const id of INDICATOR_IDS) for (const kind of indicatorRow(id)?.kinds ?? []) kinds.add(kind)
  for (const policy of policies) {
    if (policy.status !== 'on') continue
    for (const [id, setting] of Object.entries(policy.indicators)) {
      if (setting.enabled) for (const kind of indicatorRow(id)?.kinds ?? []) kinds.add(kind)
    }
    // A trigger may watch an indicator that does not score.
    for (const { indicator } of policy.triggers) for (const kind of indicatorRow(indicator)?.kinds ?? []) kinds.add(kind)
  }
  for (const kind of kinds) if (activityKinds[kind].number >= FIRST_IMPORTED) kinds.delete(kind)
  const some = (prefix: string) => [...kinds].some((kind) => kind.startsWith(prefix))
  const files = some('file') || some('archive') || some('label')
  return { kinds: [...kinds].toSorted(), files, removableMedia: files || some('removable_media'), securityFeatures: some('security_feature'), applications: some('application') }
}
