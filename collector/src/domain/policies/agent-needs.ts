// What agents must collect for the policies that are on: nothing that no indicator uses.
import type { ActivityKind } from '@holdfast/proto'
import { indicatorRow } from '../risk/indicators.ts'
import type { Policy } from './policy.ts'

export interface AgentNeeds {
  readonly kinds: readonly ActivityKind[]
  readonly files: boolean
  readonly removableMedia: boolean
  readonly securityFeatures: boolean
  readonly applications: boolean
}

export function agentNeeds(policies: readonly Policy[]): AgentNeeds {
  const kinds = new Set<ActivityKind>()
  for (const policy of policies) {
    if (policy.status !== 'on') continue
    for (const [id, setting] of Object.entries(policy.indicators)) {
      if (setting.enabled) for (const kind of indicatorRow(id)?.kinds ?? []) kinds.add(kind)
    }
  }
  const some = (prefix: string) => [...kinds].some((kind) => kind.startsWith(prefix))
  const files = some('file') || some('archive') || some('label')
  return { kinds: [...kinds].toSorted(), files, removableMedia: files || some('removable_media'), securityFeatures: some('security_feature'), applications: some('application') }
}
