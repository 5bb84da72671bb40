// Everything that looks at more than one user at a time, put together over one store.
import type { Device } from '../domain/people/device.ts'
import type { RiskLevelState } from '../domain/adaptive/risk-level.ts'
import { createPopulationCache, type PopulationCache } from '../evaluation/population-cache.ts'
import type { Store } from '../store/store.ts'
import { type BusiestDays, createBusiestDays } from './busiest.ts'
import { createPolicyFacts, type PolicyFactsReader } from './policy-facts.ts'
import { createPreviews, type Previews } from './preview.ts'
import { createRiskLevels, type RiskLevels } from './risk-levels.ts'

export interface Analysis {
  readonly previews: Previews
  readonly busiest: BusiestDays
  readonly facts: PolicyFactsReader
  readonly population: PopulationCache
  readonly riskLevels: RiskLevels
}

export interface AnalysisDeps {
  readonly store: Store
  readonly now: () => number
  /** Of the evaluation, so that it is read once; absent: one of its own. */
  readonly population?: PopulationCache
  readonly riskLevels?: RiskLevels
  readonly onLevel: (state: RiskLevelState) => void
  readonly healthOf: (device: Device) => string
  readonly variants: () => ReadonlySet<string>
}

export function createAnalysis({ store, now, population = createPopulationCache(store), onLevel, healthOf, variants, riskLevels = createRiskLevels({ store, now, onLevel }) }: AnalysisDeps): Analysis {
  const busiest = createBusiestDays({ store, now })
  return { population, busiest, previews: createPreviews({ store, population, now }), facts: createPolicyFacts({ store, busiest, healthOf, variants, now }), riskLevels }
}
