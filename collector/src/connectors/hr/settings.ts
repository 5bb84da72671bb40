// What an organisation says of its own HR files: names of columns, which ratings are poor, which level is below which.
import Type, { type Static } from 'typebox'
import { columnKey } from '../files/table.ts'

const Word = Type.String({ minLength: 1, maxLength: 128 })

/** HR_SCENARIOS, spelt out so that the type knows each. */
const Scenario = Type.Union([Type.Literal('resignation'), Type.Literal('job_level_change'), Type.Literal('performance_review'), Type.Literal('performance_improvement_plan'), Type.Literal('employee_profile')])

export const HrSettings = Type.Object({
  /** Kind of the file, where it has no column that says so. */
  scenario: Type.Optional(Scenario),
  columns: Type.Optional(Type.Record(Type.String(), Word, { description: 'What a column means -> its name in the file.' })),
  scenarioValues: Type.Optional(Type.Record(Word, Scenario, { description: 'Values of the scenario column -> kind, beside those of the samples.' })),
  dateOrder: Type.Optional(Type.Union([Type.Literal('iso'), Type.Literal('mdy'), Type.Literal('dmy')], { description: 'How 4/5/2026 is read; iso refuses it.' })),
  poorRatingAtMost: Type.Optional(Type.Number({ minimum: 0, maximum: 100, description: 'A rating that begins with a number is poor up to this one.' })),
  poorRatings: Type.Optional(Type.Array(Word, { maxItems: 100, description: 'Ratings that are poor, as whole texts; beside the words that are known.' })),
  goodRatings: Type.Optional(Type.Array(Word, { maxItems: 100, description: 'Ratings that are not poor, as whole texts.' })),
  levels: Type.Optional(Type.Array(Word, { maxItems: 500, description: 'Job levels from the lowest to the highest; without them the first number of a level decides.' })),
  anyLevelChange: Type.Optional(Type.Boolean({ description: 'A promotion triggers as well.' })),
}, { additionalProperties: false })
export type HrSettings = Static<typeof HrSettings>

/** On the scale of one to five that the samples use, 2 is "below expectation". */
const POOR_AT_MOST = 2
// English words of ratings; what neither list knows counts as poor, because HR sends reviews for being poor.
const POOR = /\b(?:below|poor|unsatisfactory|inadequate|insufficient|unacceptable|weak|underperform\w*|under-perform\w*|deficient|needs? (?:improvement|development)|(?:does|did|do) not meet|not met|partially met|fails?|failed)\b/i
const GOOD = /\b(?:meets?|met|exceeds?|exceeded|above|good|very good|excellent|outstanding|exceptional|satisfactory|strong|great|fully|successful|solid|on track)\b/i

const firstNumber = (text: string): number | undefined => {
  const found = /\d+(?:\.\d+)?/.exec(text)
  return found === null ? undefined : Number(found[0])
}

/** Whether a review is a triggering event. A rating that says nothing, or is not there, counts as poor. */
export function isPoorRating(rating: string, settings: HrSettings): boolean {
  const text = rating.trim()
  if (settings.goodRatings?.some((good) => columnKey(good) === columnKey(text)) === true) return false
  if (settings.poorRatings?.some((poor) => columnKey(poor) === columnKey(text)) === true) return true
  const number = /^\d+(?:\.\d+)?/.exec(text)
  if (number !== null) return Number(number[0]) <= (settings.poorRatingAtMost ?? POOR_AT_MOST)
  return POOR.test(text) || !GOOD.test(text)
}

/** `down` and what cannot be told are triggering events; `up` and `same` are not, unless every change is. */
export function levelChange(oldLevel: string, newLevel: string, settings: HrSettings): 'down' | 'up' | 'same' | 'unknown' {
  const rank = (level: string): number | undefined => {
    if (settings.levels === undefined) return firstNumber(level)
    const at = settings.levels.findIndex((name) => columnKey(name) === columnKey(level))
    return at < 0 ? undefined : at
  }
  const [before, after] = [rank(oldLevel), rank(newLevel)]
  if (oldLevel !== '' && columnKey(oldLevel) === columnKey(newLevel)) return 'same'
  if (before === undefined || after === undefined || before === after) return 'unknown'
  return after < before ? 'down' : 'up'
}
