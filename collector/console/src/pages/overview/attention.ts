import type { Overview } from '@holdfast/collector/contract'
import type { Tone } from '../../components/state-badge.tsx'

export interface AttentionRow {
  readonly key: 'gaps' | 'offline' | 'degraded' | 'behind' | 'neverSeen' | 'quarantined'
  readonly count: number
  readonly to: string
  readonly tone: Tone
}

/** What somebody should look at, worst first; rows without a case are left out. */
export const attention = ({ devices, quarantined }: Overview): readonly AttentionRow[] => {
  const rows: readonly AttentionRow[] = [
    { key: 'gaps', count: devices.unexplainedGaps, to: '/devices', tone: 'bad' },
    { key: 'quarantined', count: quarantined, to: '/devices', tone: 'bad' },
    { key: 'offline', count: devices.offline, to: '/devices', tone: 'warn' },
    { key: 'degraded', count: devices.degraded, to: '/devices', tone: 'warn' },
    { key: 'behind', count: devices.behindPolicy, to: '/devices', tone: 'warn' },
    { key: 'neverSeen', count: devices.neverSeen, to: '/devices', tone: 'quiet' },
  ]
  return rows.filter(({ count }) => count > 0)
}
