// The options that the simulator and the quality measure share.
import { DAY_MS } from './calendar.ts'
import type { OrganisationOptions } from './organisation.ts'
import type { Profile } from './roles.ts'

export const organisationOptions = {
  users: { type: 'string' }, days: { type: 'string' }, seed: { type: 'string' }, insiders: { type: 'string' }, start: { type: 'string' }, profile: { type: 'string' },
} as const

export const ORGANISATION_HELP = `  --users N        people, 1 to 100000
  --days D         days, 14 to 1100
  --seed S         whole number; the same options give the same bytes
  --insiders K     labelled insiders, 0 to a fifth of the people
  --start DATE     first day, such as 2026-01-05
  --profile NAME   office, developer or mixed: the departments and their sizes
`

type Texts = Readonly<Partial<Record<keyof typeof organisationOptions, string | undefined>>>
const profiles: readonly Profile[] = ['office', 'developer', 'mixed']

/** @throws Error with a sentence for the person who typed it */
export function readOrganisationOptions(texts: Texts, defaults: OrganisationOptions): OrganisationOptions {
  const whole = (name: 'users' | 'days' | 'seed' | 'insiders', min: number, max: number): number => {
    const text = texts[name]
    if (text === undefined) return defaults[name]
    const number = Number(text)
    if (!/^\d+$/.test(text) || number < min || number > max) throw new Error(`--${name} takes a whole number from ${min} to ${max}`)
    return number
  }
  const users = whole('users', 1, 100_000)
  const start = texts.start ?? new Date(defaults.startMs).toISOString().slice(0, 10)
  const startMs = Date.parse(`${start}T00:00:00Z`)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(start) || Number.isNaN(startMs) || startMs < 0 || new Date(startMs).toISOString().slice(0, 10) !== start) throw new Error('--start takes a date such as 2026-01-05')
  const profile = profiles.find((name) => name === (texts.profile ?? defaults.profile))
  if (profile === undefined) throw new Error(`--profile takes ${profiles.join(', ')}`)
  const most = Math.floor(users / 5)
  return { users, days: whole('days', 14, 1100), seed: whole('seed', 0, 0xffff_ffff), insiders: texts.insiders === undefined ? Math.min(defaults.insiders, most) : whole('insiders', 0, most), startMs: Math.floor(startMs / DAY_MS) * DAY_MS, profile }
}
