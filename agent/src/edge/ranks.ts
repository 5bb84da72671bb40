// How risky an activity is by itself, for the order in which a backlog is sent. A rule of the policy can put more first.
import { type ActivityKind, wire } from '@holdfast/proto'
import type { SensedActivity } from '../activity.ts'

/** 3 what a rule of the organisation names and who touches the agent, 2 what leaves with sensitive content and what is switched off, 1 what leaves, 0 everything else. */
export type Rank = 0 | 1 | 2 | 3

const LEAVES: ReadonlySet<number> = new Set([wire.LocationKind.LOCATION_KIND_REMOVABLE, wire.LocationKind.LOCATION_KIND_CLOUD_SYNC, wire.LocationKind.LOCATION_KIND_REMOTE_SESSION])
const WEAKER: ReadonlySet<number> = new Set([wire.FeatureState.FEATURE_STATE_DISABLED, wire.FeatureState.FEATURE_STATE_WEAKENED, wire.FeatureState.FEATURE_STATE_ABSENT])

/** A kind that is not here waits for its turn. */
const ranks: Readonly<Partial<Record<ActivityKind, Rank | ((detail: SensedActivity['detail']) => Rank)>>> = {
  file_copied: ({ fileCopied }) => {
    const { destination, findings } = fileCopied ?? {}
    if (!LEAVES.has(destination?.location ?? 0)) return 0
    return (findings ?? destination?.content?.findings ?? []).length > 0 ? 2 : 1
  },
  file_read_by_transfer_tool: ({ fileReadByTransferTool }) => ((fileReadByTransferTool?.file?.content?.findings ?? []).length > 0 ? 2 : 1),
  file_printed: 1,
  files_staged: 1,
  label_changed: 2,
  archive_created: ({ archiveCreated }) => (archiveCreated?.encrypted === true ? 1 : 0),
  removable_media_connected: ({ removableMediaConnected }) => (removableMediaConnected?.present === true ? 0 : 1),
  removable_media_mounted: ({ removableMediaMounted }) => (removableMediaMounted?.present === true ? 0 : 1),
  security_feature_changed: ({ securityFeatureChanged }) => (WEAKER.has(securityFeatureChanged?.to ?? 0) ? 2 : 1),
  application_run: 2,
  warning_shown: 1,
  exception_requested: 1,
  agent_tampered: 3,
  agent_stopped: 1,
  clock_changed: 1,
}

/** @returns the rank by the kind and what it carries */
export function rankOf({ kind, detail }: SensedActivity): Rank {
  const rank = ranks[kind] ?? 0
  return typeof rank === 'number' ? rank : rank(detail)
}
