// The detection settings of an organisation: what is left out of every score, what domains mean, and the variants of
// indicators that policies may choose. Whose activity counts is the policies' scope, not here.
import type { DomainInput } from './domain-pattern.ts'

/** Purview's limits, so that lists can be taken over: entries of one list, entries of one list of a group, variants of one indicator. */
export const LIMITS = { entries: 500, groupEntries: 200, variantsPerIndicator: 3, groups: 100 } as const

export interface KeywordRule {
  /** In the file's name, its path or a printed document's name, without letter case. */
  readonly contains: string
  /** Unless one of these is there too. */
  readonly unless?: readonly string[]
}

/** All that are given must hold, without letter case. A serial number can be forged: what it lets through is still seen. */
export interface MediaRule {
  readonly serial?: string
  readonly vendor?: string
  readonly model?: string
}

/** A planned change of security features: all that are given must hold. */
export interface FeatureRule {
  /** Id of a feature, or its beginning with a * behind it: `updates.*`. */
  readonly feature: string
  readonly to?: readonly ('enabled' | 'disabled' | 'weakened' | 'absent')[]
  /** Raw values after the change. */
  readonly values?: readonly string[]
  readonly devices?: readonly string[]
  /** RFC 3339; the change must lie between them. */
  readonly from?: string
  readonly until?: string
}

export interface ExclusionLists {
  /** Extensions with or without the dot, also of two parts (`tar.gz`). */
  readonly fileTypes: readonly string[]
  /** The syntax of path-pattern.ts. */
  readonly paths: readonly string[]
  readonly keywords: readonly KeywordRule[]
  /** Types of content findings: scored as before, but neither sensitive nor priority content. */
  readonly sensitiveTypes: readonly string[]
  /** `name`, `source:name` (`npm:ngrok`), `class:vpn`, `process:rsync`, `process:/usr/bin/rsync`; a * stands for any characters. */
  readonly applications: readonly string[]
  readonly media: readonly MediaRule[]
  readonly features: readonly FeatureRule[]
}

/** A named set of lists that variants use. */
export interface DetectionGroup extends ExclusionLists {
  readonly name: string
  readonly description: string
  readonly domains: readonly DomainInput[]
}

/** A copy of a built-in indicator that leaves out, or counts only, what its groups hold. Policies name it `indicator#id`. */
export interface IndicatorVariant {
  readonly indicator: string
  /** Small letters, digits, - and _. */
  readonly id: string
  readonly name: string
  readonly mode: 'exclude' | 'include'
  /** Names of groups. */
  readonly groups: readonly string[]
}

export interface DetectionSettings {
  readonly exclusions: ExclusionLists
  readonly domains: {
    /** As good as inside: what goes there or comes from there is excluded. */
    readonly allowed: readonly DomainInput[]
    readonly unallowed: readonly DomainInput[]
    readonly thirdParty: readonly DomainInput[]
  }
  /** Ids of default exclusions that are unticked. */
  readonly defaultExclusionsOff: readonly string[]
  /** Ids of doors and other physical assets that matter more than others. */
  readonly priorityAssets: readonly string[]
  readonly groups: readonly DetectionGroup[]
  readonly variants: readonly IndicatorVariant[]
}

export const noLists: ExclusionLists = { fileTypes: [], paths: [], keywords: [], sensitiveTypes: [], applications: [], media: [], features: [] }

export const defaultDetectionSettings: DetectionSettings = { exclusions: noLists, domains: { allowed: [], unallowed: [], thirdParty: [] }, defaultExclusionsOff: [], priorityAssets: [], groups: [], variants: [] }
