// What raises the points of a signal, and by how much. Sources: Purview names 1 to 4 and 9 to 11 and publishes no size; the
// sizes are ours (docs/adr/0010-a-score-is-a-sum-of-named-points.md).

export interface BoosterRow {
  readonly label: string
  /** Added to a signal that has reached its low threshold. */
  readonly points: number
  /** What the user did, how it compares, or what the user is and what it was about: behaviour adds half its points to a smaller signal, the others nothing. Comparisons say one fact: all of them together end at COMPARISON_POINTS. */
  readonly kind: 'behaviour' | 'comparison' | 'circumstance'
  /** When it is given. */
  readonly when: string
}

export const boosters = {
  above_own_usual: { label: 'Above the user’s own usual', points: 10, kind: 'comparison', when: 'The day is at least three times the upper end of what is usual for this user; of what was seen on fewer than five days, only where the day reaches its medium threshold.' },
  above_peers: { label: 'Above peers', points: 10, kind: 'comparison', when: 'The day is above twice what nineteen of twenty busy weeks of the user’s department reach.' },
  above_organisation: { label: 'Above the organisation', points: 10, kind: 'comparison', when: 'The same against everybody, where too few of the department do it at all.' },
  priority_content: { label: 'Priority content', points: 10, kind: 'circumstance', when: 'Content that the policy names as priority content was among it.' },
  sensitive_content: { label: 'Sensitive content', points: 10, kind: 'circumstance', when: 'Sensitive content was found in what left.' },
  unallowed_domain: { label: 'Unallowed domain', points: 10, kind: 'behaviour', when: 'Content went to or came from a domain that is listed as unallowed.' },
  off_hours: { label: 'Outside the user’s hours', points: 10, kind: 'behaviour', when: 'Three events or more, and most of it, happened in hours that lie three hours or more from any in which this user is usually active.' },
  first_removable_media: { label: 'First use of removable media', points: 10, kind: 'behaviour', when: 'The user had never used removable media before this day.' },
  after_warning: { label: 'After a warning', points: 10, kind: 'behaviour', when: 'The user had been warned on the device, on this day or the seven before it, and what leaves went on for a minute or more after that.' },
  recent_stressor: { label: 'Recent stressor', points: 10, kind: 'circumstance', when: 'A poor review, an improvement plan or a change of level lay at most 90 days before.' },
  earlier_violation: { label: 'Earlier violation', points: 15, kind: 'circumstance', when: 'An earlier alert of the user was confirmed.' },
  priority_user: { label: 'Priority or high-impact user', points: 10, kind: 'circumstance', when: 'The user is a member of a priority group, holds administrative rights or has many reports. Given once.' },
} as const satisfies Record<string, BoosterRow>

/** Far above the own usual and far above the others is one fact, seen twice. */
export const COMPARISON_POINTS = 15
/** Indicators whose files stay inside the organisation. Who hands work over fills a share, once, with what the work was about: comparisons add nothing to them, and what they were about and by whom adds half. */
export const INSIDE: ReadonlySet<string> = new Set(['copy_to_network_share'])

export type BoosterId = keyof typeof boosters
export const HALF_INSIDE: ReadonlySet<BoosterId> = new Set<BoosterId>(['sensitive_content', 'priority_content', 'priority_user'])
export const BOOSTER_IDS = Object.keys(boosters) as readonly BoosterId[]
export const isBoosterId = (id: string): id is BoosterId => Object.hasOwn(boosters, id)
