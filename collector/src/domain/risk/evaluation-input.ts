// What an evaluation of one user looks at. Everything that is optional is neutral when it is left out.
import type { Alert } from '../cases/alert.ts'
import type { StoredTrigger } from '../people/triggering-event.ts'
import type { Policy } from '../policies/policy.ts'
import type { Day, Insight } from './insight.ts'
import type { Population } from './population.ts'

/** What is known of a user besides the activity. */
export interface Subject {
  readonly id: string
  /** Identities, e-mail, account names: whatever a scope may name. */
  readonly names: readonly string[]
  readonly groups: readonly string[]
  /** Ids and names of the priority groups that the user is in. */
  readonly priorityGroups?: readonly string[]
  readonly department?: string
  readonly country?: string
  readonly title?: string
  readonly jobLevel?: string
  /** Holds administrative rights. */
  readonly privileged?: boolean
  readonly lastWorkingDayMs?: number
  /** People who report to the user, direct and indirect. */
  readonly reports?: number
}

/** The past of one user and the statistics around it; what a score is made of. */
export interface ScoringContext {
  readonly subject?: Subject
  readonly triggers?: readonly StoredTrigger[]
  /** First day on which anything of the user was ever counted. Absent: the user's own usual is not judged. */
  readonly observedFromDay?: Day
  /** First day on which the user ever used removable media. Absent: none beside those among the insights. */
  readonly firstMediaDay?: Day
  /** Absent: peers and organisation are not judged. */
  readonly population?: Population
  /** Times at which earlier alerts of the user were confirmed. */
  readonly confirmedAtMs?: readonly number[]
  /** Now; triggers that lie further ahead than an activation window do not count yet. Absent: the end of time. */
  readonly nowMs?: number
}

export interface EvaluationInput extends Omit<ScoringContext, 'subject' | 'nowMs'> {
  readonly subject: Subject
  readonly policies: readonly Policy[]
  readonly insights: readonly Insight[]
  /** Every alert that the user has, open or not. */
  readonly alerts: readonly Alert[]
  readonly nowMs: number
}

export interface EvaluationResult {
  /** New or changed; unchanged alerts are not among them. */
  readonly alerts: readonly Alert[]
  /** When to look again although there may be no news by then: whether a pause of protection ends within the hour is not known yet. */
  readonly againAtMs?: number
}
