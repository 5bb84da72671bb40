// One harmful act, and what the agent must say about it.
import type { wire } from '@holdfast/proto'

export interface Act {
  /** Unique among the acts. */
  readonly name: string
  /** ATT&CK technique by its present id. */
  readonly technique: string
  /** Shell text that sets the scene before the agent looks for the first time. */
  readonly prepare?: string
  /** Shell text of the act itself. */
  readonly act: string
  /** Programs without which it cannot be done here. */
  readonly needs?: readonly string[]
  readonly expect:
    | { readonly kind: 'security_feature_changed'; readonly feature: string; readonly to?: 'enabled' | 'disabled' | 'weakened' | 'absent' }
    /** Something is told, and nothing that says a protection is off or weaker. */
    | { readonly kind: 'change_only'; readonly feature: string }
    | { readonly kind: 'nothing' }
    /** Another sensor's activity. */
    | { readonly kind: 'activity'; readonly of: readonly string[] }
}

export interface Seen {
  readonly kind: string
  readonly feature?: string
  readonly from?: string
  readonly to?: string
  readonly fromValue?: string
  readonly toValue?: string
  readonly seenBy?: string
  readonly path?: string
  /** From the start of the act. */
  readonly afterMs: number
}

export const stateNames: Readonly<Record<wire.FeatureState, string>> = ['unspecified', 'enabled', 'disabled', 'weakened', 'absent', 'unknown'] as unknown as Readonly<Record<wire.FeatureState, string>>

const isWorse = (seen: Seen): boolean => seen.from !== seen.to && seen.from !== 'absent' && (seen.to === 'disabled' || seen.to === 'weakened')

/** @returns undefined when what was seen is what must be seen, else what is wrong */
export function judge({ expect }: Act, seen: readonly Seen[]): string | undefined {
  const features = seen.filter(({ kind }) => kind === 'security_feature_changed')
  if (expect.kind === 'nothing') return features.length === 0 ? undefined : `told ${features.map(({ feature }) => feature).join(', ')}`
  if (expect.kind === 'activity') return seen.some(({ kind }) => expect.of.includes(kind)) ? undefined : 'not seen'
  const own = features.filter(({ feature }) => feature === expect.feature)
  if (own.length === 0) return features.length === 0 ? 'not seen' : `only ${features.map(({ feature }) => feature).join(', ')}`
  if (expect.kind === 'change_only') return features.some(isWorse) ? `told that ${features.filter(isWorse).map(({ feature, to }) => `${feature} is ${to}`).join(', ')}` : undefined
  return expect.to === undefined || own.some(({ to }) => to === expect.to) ? undefined : `${expect.feature} is ${own.map(({ to }) => to).join(', ')}`
}
