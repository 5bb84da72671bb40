// What is usual among others, read from the store week by week and kept.
//
// A week that is over changes only when a device that was away comes back: the weeks of LATE_WEEKS are read again once a
// day, older ones once in the life of a process. Memory holds weeks x departments x indicators x buckets.
import { createPopulation, type Population, type PopulationCell, POPULATION_WEEKS, weekOf } from '../domain/risk/population.ts'
import { EVALUATION_DAYS } from '../domain/risk/evaluate.ts'
import { dayOf } from '../domain/risk/insight.ts'
import type { StoreReader } from '../store/store.ts'

const LATE_WEEKS = 4
/** The oldest judged day of an evaluation, and the weeks before it. */
const WEEKS = Math.ceil(EVALUATION_DAYS / 7) + POPULATION_WEEKS

export interface PopulationCache {
  /** As of a time; reads what is not known yet. */
  at(nowMs: number): Promise<Population>
}

export function createPopulationCache(store: Pick<StoreReader, 'populationCells'>): PopulationCache {
  const weeks = new Map<number, readonly PopulationCell[]>()
  let known: { readonly day: number; readonly population: Promise<Population> } | undefined

  const load = async (day: number): Promise<Population> => {
    const week = weekOf(day)
    for (const old of weeks.keys()) if (old < week - WEEKS || old >= week - LATE_WEEKS) weeks.delete(old)
    for (let before = week - WEEKS; before < week; before += 1) {
      if (!weeks.has(before)) weeks.set(before, await store.populationCells(before))
    }
    return createPopulation([...weeks.values()].flat())
  }

  return {
    at(nowMs) {
      const day = dayOf(nowMs)
      if (known?.day === day) return known.population
      const population = load(day)
      known = { day, population }
      // What failed is tried again.
      population.catch(() => (known = undefined))
      return population
    },
  }
}
