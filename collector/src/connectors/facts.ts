// What a connector reads out of a file: one kind of fact each, ready to be applied. Readers make them from bytes and know
// no store; apply.ts brings them into the store and knows no format.
import type { ActivityKind, wire } from '@holdfast/proto'
import type { TriggerKind } from '../domain/people/triggering-event.ts'
import type { UserIdentity } from '../domain/people/user.ts'

/** Longest text of a field that is kept. */
export const MAX_TEXT = 1000

/** A row that cannot be taken, by the line on which it ends. */
export interface RowProblem {
  readonly type: 'problem'
  readonly line: number
  readonly problem: string
  /** The file as a whole cannot be taken, also when bad rows are left out. */
  readonly fatal?: true
}

/** A row that says nothing new by itself, such as a good review. */
export interface PassedFact {
  readonly type: 'passed'
  readonly line: number
  readonly why: string
}

export interface TriggerFact {
  readonly type: 'trigger'
  readonly line: number
  /** As the file names the person: address, UPN, account, DOMAIN\account, SID or employee id. */
  readonly who: string
  readonly kind: TriggerKind
  readonly atMs: number
  readonly reason: string
  /** What makes it the same fact when it comes again; the person and the connector are added to it. */
  readonly key: string
  readonly detail: Readonly<Record<string, string | number | boolean>>
  /** Facts of the person that come with it. */
  readonly lastWorkingDayMs?: number
  readonly jobLevel?: string
}

/** A home as text, until it is hashed. */
export interface HomeFact {
  readonly firstName: string
  readonly lastName: string
  /** Lines of the address, without city and post code. */
  readonly street: string
  readonly city: string
  readonly postCode: string
}

export interface PersonFact {
  readonly type: 'person'
  readonly line: number
  /** At least one; the first names the person in messages. */
  readonly identities: readonly UserIdentity[]
  /** Of the directory: DN, SCIM id or the first identity; absent in HR profiles. */
  readonly directoryId?: string
  readonly active?: boolean
  /** When the account was switched off or deleted, where the source says so. */
  readonly inactiveSinceMs?: number
  readonly displayName?: string
  readonly department?: string
  readonly title?: string
  readonly country?: string
  readonly jobLevel?: string
  readonly employeeType?: string
  /** All groups of the person: replaces what was known. */
  readonly groups?: readonly string[]
  readonly privileged?: boolean
  /** Names the manager as a file does, or by directory id; empty: nobody. */
  readonly manager?: string
  readonly home?: HomeFact
}

/** An entry of a directory is gone. */
export interface GoneFact {
  readonly type: 'gone'
  readonly line: number
  readonly directoryId: string
}

/** People who are in a group, beside those whose own entry says so. */
export interface GroupFact {
  readonly type: 'group'
  readonly line: number
  readonly name: string
  /** Directory ids or names of people. */
  readonly members: readonly string[]
  /** Who else may have been in it; absent: anybody. */
  readonly former?: readonly string[]
}

export interface ActivityFact {
  readonly type: 'activity'
  readonly line: number
  /** Empty: nobody is named. */
  readonly who: string
  /** Whether somebody who is not known is a new person (`make`), nobody (`skip`), or a problem of the row (`refuse`). */
  readonly unknown: 'make' | 'skip' | 'refuse'
  /** What makes it the same activity when it comes again. */
  readonly key: string
  readonly kind: ActivityKind
  readonly atMs: number
  /** The arm of the message. */
  readonly detail: Partial<wire.Activity.$Properties>
  /** A triggering event that comes with it. */
  readonly trigger?: Omit<TriggerFact, 'type' | 'line' | 'who' | 'atMs'>
  /** A patient to be compared with the homes of the employees. */
  readonly patient?: HomeFact
  /** An alert whose status may have changed since; `withdrawn` takes back the trigger that an earlier status made. */
  readonly status?: { readonly alertKey: string; readonly status: string; readonly changedAtMs: number; readonly withdrawn: boolean }
}

/** A line of an activity file: the activity has its own device and account. */
export interface RecordedFact {
  readonly type: 'recorded'
  readonly line: number
  readonly deviceId: string
  readonly key: string
  readonly digest: Uint8Array
  readonly body: Uint8Array
}

export type Fact = RowProblem | PassedFact | TriggerFact | PersonFact | GoneFact | GroupFact | ActivityFact | RecordedFact

export type Source = AsyncIterable<Uint8Array>

export const problem = (line: number, text: string): RowProblem => ({ type: 'problem', line, problem: text })
export const fatal = (line: number, text: string): RowProblem => ({ type: 'problem', line, problem: text, fatal: true })
