// People whose activity is scored more sensitively, and who may see it.

/** Members of one group; source: the published limit of Purview. */
export const MAX_GROUP_MEMBERS = 10_000

export interface PriorityGroup {
  readonly id: string
  /** Never changes. */
  readonly name: string
  readonly description: string
  /** User ids. */
  readonly members: readonly string[]
  /** Account ids and names of roles; at least one. */
  readonly viewers: readonly string[]
}
