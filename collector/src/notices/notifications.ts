// Whom to tell what: looks at what changed since it looked last, and queues one digest an account and channel.
//
// Every piece of news has a key that is claimed in the transaction that queues it, so that nobody is told twice, and
// nothing is lost between a commit and a crash. The place where the last look ended is only there to look at less.
// At the first look ever the past is claimed without telling anybody.
import { v7 as uuid } from 'uuid'
import { permissionsOf } from '../access/permissions.ts'
import { isVisible, scopeOf } from '../access/visibility.ts'
import type { Alert } from '../domain/cases/alert.ts'
import type { User } from '../domain/people/user.ts'
import type { Account, Store, StoreWriter } from '../store/store.ts'
import type { DigestItem } from './digest.ts'
import { notificationKinds, type NotificationKind, type NotificationPreferences, readMailSettings, readNotificationSettings, readNotificationState, readPreferences } from './settings.ts'

const POSITION = 'notifications-position'
const CLAIMS = 'notifications'
/** Commits may become visible a little out of order of their times. */
const OVERLAP_MS = 60_000
const PAGE = 200
const FIRST_WAIT_MS = 20_000
const MAX_ITEMS = 500
const WEEK_MS = 7 * 86_400_000
/** Mondays, 06:00 UTC. */
const WEEK_STARTS_MS = 4 * 86_400_000 + 6 * 3_600_000

export interface Piece extends DigestItem {
  readonly key: string
  /** Only this account. */
  readonly accountId?: string
  /** Whose data it tells of; accounts that may not see the person are not told. */
  readonly user?: User
  /** Of a piece on the fleet: the device group that it is about. */
  readonly group?: string
}

export interface NotificationDeps {
  readonly store: Store
  readonly now: () => number
  readonly log: { error(context: object, message: string): void }
  /** Policies that are on and have warnings. */
  readonly policyWarnings: () => Promise<readonly { readonly id: string; readonly name: string; readonly messages: readonly string[] }[]>
  readonly analyticsNews: () => Promise<readonly { readonly key: string; readonly text: string }[]>
  /** Something is queued. */
  readonly onQueued: () => void
}

export interface Notifications {
  /** @returns pieces of news that were new */
  look(): Promise<number>
}

interface Listener {
  readonly account: Account
  readonly preferences: NotificationPreferences
  readonly mail: boolean
  readonly webhook: boolean
}

export const mayHear = (roles: readonly string[], kind: NotificationKind): boolean => permissionsOf(roles).has(notificationKinds[kind].permission)

/** Accounts that want to hear of anything, over channels that work. */
async function listenersOf(store: Store): Promise<readonly Listener[]> {
  const [accounts, mail, settings] = await Promise.all([store.accounts(), readMailSettings(store), readNotificationSettings(store)])
  const found = await Promise.all(accounts.filter((account) => !account.disabled).map(async (account): Promise<Listener> => {
    const { value: preferences } = await readPreferences(store, account.id)
    const origin = preferences.webhook === undefined ? undefined : new URL(preferences.webhook.url).origin
    return { account, preferences, mail: mail.value !== undefined && preferences.email !== '', webhook: origin !== undefined && settings.value.webhookOrigins.includes(origin) }
  }))
  return found.filter((listener) => listener.mail || listener.webhook)
}

async function queueFor(tx: StoreWriter, account: Account, channel: 'mail' | 'webhook', preferences: NotificationPreferences, items: readonly DigestItem[], nowMs: number): Promise<void> {
  // One open digest an account and channel: its id is kept beside it, since a digest that goes out just now takes nothing more.
  const key = `notifications-open:${account.id}:${channel}`
  const openId = await tx.setting(key)
  const open = openId === undefined ? undefined : await tx.mailById(openId)
  if (open?.state === 'queued' && open.tries === 0) {
    await tx.saveMail({ ...open, payload: JSON.stringify([...(JSON.parse(open.payload) as readonly DigestItem[]), ...items].slice(0, MAX_ITEMS)) })
    return
  }
  const last = await readNotificationState(tx, account.id, channel)
  const id = `ml_${uuid().replaceAll('-', '')}`
  await tx.saveMail({ id, kind: channel === 'webhook' ? 'webhook' : 'notification', ref: account.id, state: 'queued', tries: 0, createdAtMs: nowMs, nextAtMs: Math.max(nowMs + FIRST_WAIT_MS, (last?.atMs ?? 0) + preferences.digestMinutes * 60_000), payload: JSON.stringify(items.slice(0, MAX_ITEMS)) })
  await tx.saveSetting(key, id)
}

export function createNotifications({ store, now, policyWarnings, analyticsNews, onQueued }: NotificationDeps): Notifications {
  const alertPieces = async (sinceMs: number): Promise<readonly Piece[]> => {
    const changed: Alert[] = []
    for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
      // Of the past only what could look like news later: what is high and waits.
      const page = await store.alerts({ limit: PAGE, sort: 'updated_at', descending: true, ...(sinceMs === 0 ? { severity: ['high'], status: ['needs_review'] } : {}), ...(cursor === undefined ? {} : { cursor }) })
      changed.push(...page.items.filter((alert) => alert.updatedAtMs >= sinceMs))
      cursor = (page.items.at(-1)?.updatedAtMs ?? 0) < sinceMs ? undefined : page.nextCursor
    }
    if (changed.length === 0) return []
    const [policies, users] = await Promise.all([store.policies(), store.usersByIds([...new Set(changed.map((alert) => alert.userId))])])
    const policyNames = new Map(policies.map((policy) => [policy.id, policy.name]))
    const known = new Map(users.map((user) => [user.id, user]))
    return changed.flatMap((alert): readonly Piece[] => {
      const user = known.get(alert.userId)
      if (user === undefined) return []
      const policy = policyNames.get(alert.policyId) ?? '(deleted policy)'
      const about = { path: `/alerts/${encodeURIComponent(alert.id)}`, user }
      const line = `${user.pseudonym}, policy ${policy}, score ${alert.score}`
      return [
        ...(alert.severity === 'high' && alert.status === 'needs_review' ? [{ ...about, kind: 'high_alert' as const, key: `high:${alert.id}:${alert.reopenedAtMs ?? 0}`, atMs: alert.updatedAtMs, text: line }] : []),
        { kind: 'first_alert' as const, key: `first:${alert.policyId}`, atMs: alert.createdAtMs, text: `Policy ${policy} has its first alert.`, path: `/policies/${encodeURIComponent(alert.policyId)}` },
        ...(alert.assigneeId === undefined ? [] : [{ ...about, kind: 'assignment' as const, key: `alert:${alert.id}:${alert.assigneeId}`, atMs: alert.updatedAtMs, text: `Alert: ${line}`, accountId: alert.assigneeId }]),
      ]
    })
  }

  const casePieces = async (sinceMs: number): Promise<readonly Piece[]> => {
    const page = await store.cases({ limit: PAGE, sort: 'updated_at', descending: true, status: ['active'] })
    const changed = page.items.filter((found) => found.updatedAtMs >= sinceMs && found.assigneeId !== undefined && found.assigneeId !== found.updatedBy)
    const users = new Map((await store.usersByIds(changed.map((found) => found.userId))).map((user) => [user.id, user]))
    return changed.flatMap((found): readonly Piece[] => {
      const user = users.get(found.userId)
      return user === undefined || found.assigneeId === undefined ? [] : [{ kind: 'assignment', key: `case:${found.id}:${found.assigneeId}`, atMs: found.updatedAtMs, text: `Case ${found.id} of ${user.pseudonym}`, path: `/cases/${encodeURIComponent(found.id)}`, accountId: found.assigneeId, user }]
    })
  }

  /** Who gave what to whom, and when, stands in its history: nobody is told of what they did themselves, nor of what was given long ago. */
  const givenAt = async ({ accountId = '', ...piece }: Piece): Promise<number | undefined> => {
    const [kind, id = ''] = piece.key.split(':')
    if (kind === 'case') {
      const given = (await store.caseEvents({ caseId: id, limit: PAGE })).items.find((event) => event.what === 'assigned')
      return given?.detail['to'] === accountId && given.actorId !== accountId ? given.atMs : undefined
    }
    const given = (await store.alertHistory(id)).findLast((row) => row.what === 'assigned')
    return given !== undefined && given.actorId !== accountId && given.actorId !== (await store.account(accountId))?.name ? given.atMs : undefined
  }

  /** Policies that had an alert before anybody listened. */
  const policiesWithAlerts = async (): Promise<readonly Piece[]> => {
    const found = await Promise.all((await store.policies()).map(async ({ id }) => ((await store.alerts({ limit: 1, policyId: [id], sort: 'created_at', descending: true })).items.length > 0 ? [id] : [])))
    return found.flat().map((id) => ({ kind: 'first_alert', key: `first:${id}`, atMs: 0, text: '', path: '' }))
  }

  /** Those that were raised since, and last; what ended by itself meanwhile is no news. */
  const fleetPieces = async (sinceMs: number): Promise<readonly Piece[]> => {
    const { items } = await store.fleetNotices({ limit: MAX_ITEMS, open: true, sinceMs })
    return Promise.all(items.map(async (notice): Promise<Piece> => {
      const group = notice.deviceId !== undefined ? (await store.device(notice.deviceId))?.group : notice.rolloutId !== undefined ? (await store.rollout(notice.rolloutId))?.group : undefined
      return { kind: 'fleet', key: `fleet:${notice.id}`, atMs: notice.raisedAtMs, text: `${notice.detail} ${notice.fix}`, path: notice.deviceId === undefined ? '/devices' : `/devices/${encodeURIComponent(notice.deviceId)}`, ...(group === undefined ? {} : { group }) }
    }))
  }

  const slowPieces = async (nowMs: number, firstLook: boolean): Promise<readonly Piece[]> => {
    const week = Math.floor((nowMs - WEEK_STARTS_MS) / WEEK_MS)
    const weekKey = `health:${week}`
    const isDue = (await store.setting('notifications-week')) !== weekKey
    const warnings = isDue && !firstLook ? await policyWarnings() : []
    if (isDue) await store.write((tx) => tx.saveSetting('notifications-week', weekKey))
    const news = await analyticsNews()
    return [
      ...warnings.map((policy): Piece => ({ kind: 'policy_health', key: `${weekKey}:${policy.id}`, atMs: nowMs, text: `${policy.name}: ${policy.messages.join(' ')}`, path: `/policies/${encodeURIComponent(policy.id)}` })),
      ...news.map((row): Piece => ({ kind: 'analytics', key: `analytics:${row.key}`, atMs: nowMs, text: row.text, path: '/' })),
    ]
  }

  const look = async (): Promise<number> => {
    const nowMs = now()
    const position = await store.setting(POSITION)
    const firstLook = position === undefined
    const sinceMs = firstLook ? 0 : Number(position) - OVERLAP_MS
    const found = [...(await alertPieces(sinceMs)), ...(await casePieces(sinceMs)), ...(await fleetPieces(sinceMs)), ...(await slowPieces(nowMs, firstLook))]
    if (firstLook) found.push(...(await policiesWithAlerts()))
    const pieces: Piece[] = []
    for (const piece of new Map(found.map((one) => [one.key, one])).values()) {
      const atMs = piece.kind === 'assignment' ? (firstLook ? undefined : await givenAt(piece)) : piece.atMs
      if (piece.kind !== 'assignment') pieces.push(piece)
      else if (atMs !== undefined && atMs >= sinceMs) pieces.push({ ...piece, atMs, key: `${piece.key}:${atMs}` })
    }
    const listeners = firstLook ? [] : await listenersOf(store)
    const scopes = new Map(await Promise.all(listeners.map(async ({ account }) => [account.id, await scopeOf(store, account)] as const)))
    const queued = await store.write(async (tx) => {
      const claimed = new Set(await tx.claimItems(CLAIMS, pieces.map((piece) => piece.key)))
      await tx.saveSetting(POSITION, String(nowMs))
      const news = pieces.filter((piece) => claimed.has(piece.key))
      for (const { account, preferences, mail, webhook } of listeners) {
        const { visible, groups } = scopes.get(account.id) ?? {}
        // Of the fleet, an account of a unit hears what is of its groups; the same as the list of notices says.
        const inReach = (piece: Piece): boolean => (piece.user === undefined || isVisible(visible, piece.user)) && (piece.kind !== 'fleet' || groups === undefined || (piece.group !== undefined && groups.includes(piece.group)))
        const mine = news.filter((piece) => mayHear(account.roles, piece.kind) && (piece.accountId === undefined || piece.accountId === account.id) && inReach(piece))
        const items = (kinds: readonly NotificationKind[]): readonly DigestItem[] => mine.filter((piece) => kinds.includes(piece.kind)).map(({ kind, atMs, text, path }) => ({ kind, atMs, text, path }))
        const byMail = items(preferences.mail)
        const byWebhook = items(preferences.webhookFor)
        if (mail && byMail.length > 0) await queueFor(tx, account, 'mail', preferences, byMail, nowMs)
        if (webhook && byWebhook.length > 0) await queueFor(tx, account, 'webhook', preferences, byWebhook, nowMs)
      }
      return firstLook ? 0 : news.length
    })
    if (queued > 0) onQueued()
    return queued
  }

  // Looks follow each other: each begins where the one before has ended.
  let last: Promise<unknown> = Promise.resolve()
  return {
    look() {
      const mine = last.then(look)
      last = mine.catch(() => {})
      return mine
    },
  }
}

