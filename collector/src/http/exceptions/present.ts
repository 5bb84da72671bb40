import { isNameable, type MediaException, REQUEST_LIFE_MS } from '../../domain/exclusions/media-exception.ts'
import type { User } from '../../domain/people/user.ts'
import { hiddenNames, type Names } from '../names.ts'
import type { ExceptionView } from './schema.ts'

const iso = (ms: number): string => new Date(ms).toISOString()

/** The clock decides, not the state: an exception whose time is over is over, also before anybody wrote it down. */
const stateAt = ({ state, untilMs, requestedAtMs }: MediaException, nowMs: number): MediaException['state'] =>
  state === 'granted' && (untilMs ?? 0) <= nowMs ? 'ended' : state === 'pending' && requestedAtMs + REQUEST_LIFE_MS <= nowMs ? 'expired' : state

export const presentException = (row: MediaException, user: User | undefined, deviceName: string | undefined, nowMs: number, names: Names = hiddenNames): ExceptionView => ({
  id: row.id, state: stateAt(row, nowMs), user: names.ref(user, row.userId), deviceId: row.deviceId, ...(deviceName === undefined ? {} : { deviceName: names.host(deviceName, user) }), ...(row.account === undefined ? {} : { account: names.text(row.account, user) }),
  medium: Object.fromEntries(Object.entries(row.medium).map(([key, value]) => [key, names.text(value, user)])), canGrant: isNameable(row.medium),
  reason: names.text(row.reason, user), hours: row.hours, via: row.via, requestedAt: iso(row.requestedAtMs), ...(row.state === 'pending' ? { decideBy: iso(row.requestedAtMs + REQUEST_LIFE_MS) } : {}),
  ...(row.decidedAtMs === undefined ? {} : { decidedAt: iso(row.decidedAtMs) }), ...(row.decidedBy === undefined ? {} : { decidedBy: row.decidedBy.name }), ...(row.note === undefined ? {} : { note: names.text(row.note, user) }),
  ...(row.fromMs === undefined ? {} : { from: iso(row.fromMs) }), ...(row.untilMs === undefined ? {} : { until: iso(row.untilMs) }), ...(row.copies === undefined ? {} : { copies: row.copies }), ...(row.told === undefined ? {} : { told: row.told }),
})
