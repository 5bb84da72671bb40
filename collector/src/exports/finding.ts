// What leaves for other systems, before it takes their form: an alert or a case as it stood at one change of it.
//
// A finding is mutable: each change is sent again under the same id with a higher revision, and a receiver keeps the
// highest. People stand in it under their pseudonyms unless the target was set up to be told names; paths and other
// texts come masked already. Formats are pure functions over this shape and know nothing of stores or targets.
import type { AlertStatus, DismissReason } from '../domain/cases/alert.ts'
import type { CaseOutcome, CaseStatus } from '../domain/cases/case.ts'
import type { Severity } from '../domain/risk/score.ts'
import type { TechniqueId } from '../domain/risk/techniques.ts'

/** `closed`: dismissed, resolved, or a closed case. */
export type FindingChange = 'created' | 'updated' | 'closed'

/** The watched person, as the receiver may know them. */
export interface FindingSubject {
  readonly id: string
  /** The pseudonym, or the name where the target is told names. */
  readonly name: string
  readonly pseudonymous: boolean
  /** Only where names are told. */
  readonly email?: string
  readonly department?: string
  /** 0 to 100, of the strongest alert that nobody has closed. */
  readonly riskScore: number
}

export interface FindingPolicy {
  readonly id: string
  readonly name: string
  readonly version: number
  /** Id of its template. */
  readonly template: string
}

export interface FindingDevice {
  readonly id: string
  readonly name: string
  readonly os: string
}

export interface FindingFile {
  readonly path: string
  readonly sizeBytes: number
  readonly sha256?: string
  readonly mimeType?: string
}

export interface FindingActivity {
  readonly id: string
  readonly kind: string
  readonly atMs: number
  /** One sentence. */
  readonly summary: string
  readonly device?: FindingDevice
  readonly process?: { readonly name: string; readonly pid?: number }
  readonly file?: FindingFile
}

export interface FindingPart {
  readonly code: string
  readonly points: number
  readonly reason: string
  readonly indicator?: string
}

interface FindingBase {
  /** Of this record, unique: a receiver that saw it already may drop it. */
  readonly recordId: string
  /** Rises by at least one with every record of an installation. */
  readonly sequence: number
  readonly change: FindingChange
  /** When the change was made. */
  readonly atMs: number
  readonly organisation: string
  /** UUID of the installation. */
  readonly organisationId: string
  readonly productVersion: string
  /** Page of the console. */
  readonly url: string
  readonly user: FindingSubject
  readonly severity: Severity
  /** Name of the account that it is assigned to. */
  readonly assignee?: string
  readonly createdAtMs: number
  readonly revision: number
}

export interface AlertFinding extends FindingBase {
  readonly kind: 'alert'
  readonly alertId: string
  readonly status: AlertStatus
  readonly dismissReason?: DismissReason
  /** 0 to 100; the parts add up to it. */
  readonly score: number
  readonly parts: readonly FindingPart[]
  readonly policy: FindingPolicy
  readonly trigger: { readonly kind: string; readonly atMs: number; readonly reason: string }
  readonly firstActivityAtMs: number
  readonly lastActivityAtMs: number
  readonly techniques: readonly TechniqueId[]
  /** Some of the evidence, the strongest first. */
  readonly activities: readonly FindingActivity[]
  readonly caseId?: string
}

export interface CaseFinding extends FindingBase {
  readonly kind: 'case'
  readonly caseId: string
  readonly name: string
  readonly status: CaseStatus
  readonly outcome?: CaseOutcome
  readonly dueAtMs?: number
  /** 0 to 100, of its strongest alert. */
  readonly score: number
  readonly alerts: readonly { readonly id: string; readonly policyName: string; readonly score: number; readonly createdAtMs: number }[]
}

export type Finding = AlertFinding | CaseFinding

export const findingId = (finding: Finding): string => (finding.kind === 'alert' ? finding.alertId : finding.caseId)

/** Indicators of an alert's parts, each once, the strongest first. */
export const indicatorsOf = (finding: AlertFinding): readonly string[] => [...new Set(finding.parts.toSorted((a, b) => b.points - a.points).flatMap((part) => (part.indicator === undefined ? [] : [part.indicator])))]

/** One sentence about a finding, without anything that a receiver could not know. */
export const headline = (finding: Finding): string =>
  finding.kind === 'alert'
    ? `${finding.policy.name}: ${finding.user.name} scores ${finding.score} (${finding.severity}), ${finding.status.replaceAll('_', ' ')}`
    : `Case ${finding.name}: ${finding.user.name}, ${finding.alerts.length} ${finding.alerts.length === 1 ? 'alert' : 'alerts'}, ${finding.status}`
