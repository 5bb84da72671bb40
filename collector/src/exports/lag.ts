import type { StoreReader } from '../store/store.ts'
import { readState } from './targets.ts'

/** What metrics tell of each target. Seconds are the age of the oldest record that waits. */
export async function exportLag(store: StoreReader, nowMs: number) {
  const [targets, dead] = await Promise.all([store.exportTargets(), store.deadLetterCounts()])
  return Promise.all(targets.map(async (target) => {
    const { records, oldestAtMs } = await store.outboxLag(target.cursor)
    return { target: target.name, records, seconds: oldestAtMs === undefined ? 0 : Math.max(0, (nowMs - oldestAtMs) / 1000), sent: target.sent, dropped: target.dropped, deadLetters: dead.get(target.id) ?? 0, failures: readState(target.state).failures, paused: target.isPaused }
  }))
}
