// One activity that somebody looked at and found benign: it is stored and shown, and counts no more.

export interface DismissedActivity {
  readonly activityId: string
  readonly userId: string
  /** Of the activity; its UTC day is the one that is counted anew. */
  readonly occurredAtMs: number
  readonly reason: string
  readonly dismissedBy: string
  readonly dismissedAtMs: number
}
