// What an account is told, in one message for all that came up meanwhile. Nothing in it names a watched person.
import type { NotificationKind } from './settings.ts'

export interface DigestItem {
  readonly kind: NotificationKind
  readonly atMs: number
  /** One line. */
  readonly text: string
  /** Page of the console. */
  readonly path: string
}

const MAX_SHOWN = 30

const plural = (count: number, one: string, many: string): string => (count === 1 ? one : `${count} ${many}`)
const headings: Readonly<Record<NotificationKind, (count: number) => string>> = {
  high_alert: (count) => plural(count, 'A new alert of high severity', 'new alerts of high severity'),
  first_alert: (count) => plural(count, 'The first alert of a policy', 'policies with their first alert'),
  assignment: (count) => plural(count, 'Something was given to you', 'things were given to you'),
  policy_health: (count) => plural(count, 'A policy has something wrong', 'policies have something wrong'),
  fleet: (count) => plural(count, 'Something is wrong with the fleet', 'things are wrong with the fleet'),
  analytics: (count) => plural(count, 'News of the analytics', 'news of the analytics'),
}

/** Subject and text of a digest. @param consoleUrl without a slash at its end */
export function composeDigest(items: readonly DigestItem[], consoleUrl: string, organisation: string): { readonly subject: string; readonly text: string } {
  const groups = [...Map.groupBy(items, (item) => item.kind)]
  const heads = groups.map(([kind, rows]) => headings[kind](rows.length))
  const parts = groups.map(([kind, rows]) => [
    headings[kind](rows.length),
    ...rows.slice(0, MAX_SHOWN).map((row) => `- ${new Date(row.atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC  ${row.text}\n  ${consoleUrl}${row.path}`),
    ...(rows.length > MAX_SHOWN ? [`- and ${rows.length - MAX_SHOWN} more`] : []),
  ].join('\n'))
  return { subject: `[Holdfast] ${heads.join('; ')}`.slice(0, 180), text: `${parts.join('\n\n')}\n\n${organisation === '' ? 'Holdfast' : `Holdfast of ${organisation}`}. What you are told is set under Settings, Notifications: ${consoleUrl}/settings\n` }
}
