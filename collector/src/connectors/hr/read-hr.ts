// HR files in Microsoft's five forms, alone or many in one file with an HRScenario column; and the short form that replay
// knows (user, kind, date). A mandatory column that is missing refuses the whole file; a row that is short is filled up
// with nothing, and refused when something mandatory is missing in it. Remarks are not kept: no score needs them.
import { cell, type Layout, layoutOf, missingColumns } from '../columns.ts'
import { type Fact, fatal, type HomeFact, problem, type Source, type TriggerFact } from '../facts.ts'
import { columnKey, readTable } from '../files/table.ts'
import { dayOfMs, parseInstant } from '../files/times.ts'
import { nearestWord } from '../../domain/policies/policy-document.ts'
import { identitiesOfName, isPersonName, normaliseName } from '../names.ts'
import { HR_SCENARIOS, type HrColumn, type HrScenario, hrColumnTable, hrScenarios, scenarioOf } from './scenarios.ts'
import { type HrSettings, isPoorRating, levelChange } from './settings.ts'

const NO_PERSON = 'names its user by something that is neither an address nor an account'
/** The published limit of Purview for a rating and a level. */
const MAX_RATING = 25
const MAX_LEVEL = 100

type Row = (role: HrColumn) => string
type Reader = (line: number, row: Row, settings: HrSettings) => Fact

const bad = (line: number, text: string): Fact => problem(line, text)

interface Dated { readonly atMs: number | undefined; readonly problem?: string }
function dateOf(row: Row, role: HrColumn, settings: HrSettings): Dated {
  const text = row(role)
  if (text === '') return { atMs: undefined }
  const atMs = parseInstant(text, settings.dateOrder)
  const name = hrColumnTable[role].names[0] ?? role
  return atMs === undefined ? { atMs, problem: `${name} is no time such as 2026-03-02T09:14:00Z${/^\d+[/.]\d+[/.]\d{4}/.test(text) ? '; say with dateOrder which number is the day' : ''}` } : { atMs }
}

const resignation: Reader = (line, row, settings) => {
  const resigned = dateOf(row, 'resignationDate', settings)
  const last = dateOf(row, 'lastWorkingDate', settings)
  const wrong = resigned.problem ?? last.problem
  if (wrong !== undefined) return bad(line, wrong)
  if (resigned.atMs === undefined) return bad(line, last.atMs === undefined ? 'has neither ResignationDate nor LastWorkingDate' : 'has no ResignationDate')
  if (last.atMs !== undefined && dayOfMs(last.atMs) < dayOfMs(resigned.atMs)) return bad(line, 'LastWorkingDate lies before ResignationDate')
  return {
    type: 'trigger', line, who: row('user'), kind: 'hr_resignation', atMs: resigned.atMs, key: dayOfMs(resigned.atMs),
    reason: `HR recorded a resignation on ${dayOfMs(resigned.atMs)}${last.atMs === undefined ? '' : `, with ${dayOfMs(last.atMs)} as the last working day`}.`,
    detail: last.atMs === undefined ? {} : { lastWorkingDay: dayOfMs(last.atMs) }, ...(last.atMs === undefined ? {} : { lastWorkingDayMs: last.atMs }),
  }
}

const withEffectiveDate = (build: (line: number, row: Row, atMs: number, settings: HrSettings) => Fact): Reader => (line, row, settings) => {
  const effective = dateOf(row, 'effectiveDate', settings)
  if (effective.problem !== undefined) return bad(line, effective.problem)
  return effective.atMs === undefined ? bad(line, 'has no EffectiveDate') : build(line, row, effective.atMs, settings)
}

const jobLevelChange = withEffectiveDate((line, row, atMs, settings) => {
  const [oldLevel, newLevel] = [row('oldLevel').slice(0, MAX_LEVEL), row('newLevel').slice(0, MAX_LEVEL)]
  const change = levelChange(oldLevel, newLevel, settings)
  if ((change === 'up' || change === 'same') && settings.anyLevelChange !== true) return { type: 'passed', line, why: `the level did not fall (${change})` }
  return {
    type: 'trigger', line, who: row('user'), kind: 'hr_job_level_change', atMs, key: dayOfMs(atMs), ...(newLevel === '' ? {} : { jobLevel: newLevel }),
    reason: `HR recorded a ${change === 'down' ? 'lower job level' : 'change of the job level'} from ${dayOfMs(atMs)} on.`, detail: { change, ...(oldLevel === '' ? {} : { oldLevel }), ...(newLevel === '' ? {} : { newLevel }) },
  }
})

const performanceReview = withEffectiveDate((line, row, atMs, settings) => {
  const rating = row('rating').slice(0, MAX_RATING)
  if (!isPoorRating(row('rating'), settings)) return { type: 'passed', line, why: 'the rating is not poor' }
  return { type: 'trigger', line, who: row('user'), kind: 'hr_poor_review', atMs, key: dayOfMs(atMs), reason: `HR recorded a poor performance review on ${dayOfMs(atMs)}.`, detail: rating === '' ? {} : { rating } }
})

const improvementPlan = withEffectiveDate((line, row, atMs) => {
  const rating = row('rating').slice(0, MAX_RATING)
  return { type: 'trigger', line, who: row('user'), kind: 'hr_improvement_plan', atMs, key: dayOfMs(atMs), reason: `HR recorded a performance improvement plan on ${dayOfMs(atMs)}.`, detail: rating === '' ? {} : { rating } }
})

const employeeProfile: Reader = (line, row) => {
  const home: HomeFact = { firstName: row('firstName'), lastName: row('lastName'), street: [row('addressLine1'), row('addressLine2')].filter((text) => text !== '').join(' '), city: row('city'), postCode: row('zipCode') }
  if (home.firstName === '' || home.lastName === '') return bad(line, 'has no first or last name')
  if (row('addressLine1') === '' || home.postCode === '') return bad(line, 'has no address line 1 or ZIP code')
  const account = row('userName')
  const put = (key: 'department' | 'country' | 'title' | 'employeeType', text: string) => (text === '' ? {} : { [key]: text.slice(0, MAX_LEVEL) })
  return {
    type: 'person', line, home, displayName: `${home.firstName} ${home.lastName}`,
    identities: [...identitiesOfName(row('user')), ...(account === '' ? [] : [account.includes('@') ? { kind: 'upn' as const, value: normaliseName(account) } : { kind: 'account' as const, value: normaliseName(account) }])],
    ...put('department', row('department')), ...put('country', row('country')), ...put('title', row('role')), ...put('employeeType', row('employeeType')),
  }
}

const readers: Readonly<Record<HrScenario, Reader>> = { resignation, job_level_change: jobLevelChange, performance_review: performanceReview, performance_improvement_plan: improvementPlan, employee_profile: employeeProfile }

/** A resignation with a last day is two triggering events: the day it was said, and the day it takes effect. */
function spread(fact: Fact): readonly Fact[] {
  if (fact.type !== 'trigger' || fact.kind !== 'hr_resignation' || fact.lastWorkingDayMs === undefined) return [fact]
  const day = dayOfMs(fact.lastWorkingDayMs)
  // Under the day of the resignation, so that a last day that is moved replaces the one before.
  return [fact, { ...fact, kind: 'hr_last_working_day', atMs: fact.lastWorkingDayMs, reason: `HR recorded ${day} as the last working day.`, detail: {} } satisfies TriggerFact]
}

const SHORT_COLUMNS = { user: { names: ['user'] }, kind: { names: ['kind'] }, date: { names: ['date'] } } as const
const SHORT_KINDS: Readonly<Record<string, { readonly kind: TriggerFact['kind']; readonly what: string }>> = {
  resignation: { kind: 'hr_resignation', what: 'a resignation' }, lastworkingday: { kind: 'hr_last_working_day', what: 'the last working day' }, accountdeleted: { kind: 'account_deleted', what: 'the end of the account' },
  poorreview: { kind: 'hr_poor_review', what: 'a poor performance review' }, improvementplan: { kind: 'hr_improvement_plan', what: 'a performance improvement plan' }, levelchange: { kind: 'hr_job_level_change', what: 'a change of the job level' },
}

const SHORT_NAMES = ['resignation', 'last_working_day', 'account_deleted', 'poor_review', 'improvement_plan', 'level_change']

/** One row for each event: user, kind, date. */
function shortReader(head: readonly string[]): ((line: number, cells: readonly string[]) => Fact) | undefined {
  const { layout } = layoutOf(head, SHORT_COLUMNS)
  if (layout.user === undefined || layout.kind === undefined || layout.date === undefined) return undefined
  return (line, cells) => {
    const [who, kindText, date] = [cell(cells, layout, 'user'), cell(cells, layout, 'kind'), cell(cells, layout, 'date')]
    const found = SHORT_KINDS[columnKey(kindText)]
    const atMs = parseInstant(date)
    if (who === '') return bad(line, 'has no user')
    if (!isPersonName(who)) return bad(line, NO_PERSON)
    if (found === undefined) return bad(line, `there is no kind "${kindText.slice(0, MAX_LEVEL)}"; the nearest is "${nearestWord(kindText, SHORT_NAMES) ?? ''}"`)
    if (atMs === undefined) return bad(line, 'the date is no time such as 2026-03-02')
    return { type: 'trigger', line, who, kind: found.kind, atMs, key: dayOfMs(atMs), reason: `HR recorded ${found.what} on ${dayOfMs(atMs)}.`, detail: {}, ...(found.kind === 'hr_last_working_day' ? { lastWorkingDayMs: atMs } : {}) }
  }
}

/** The kind of a file that has no scenario column, by the columns that only one kind has. */
function scenarioByColumns(layout: Layout<HrColumn>, head: readonly string[]): HrScenario | undefined {
  if (head.some((name) => columnKey(name) === 'improvementremarks')) return 'performance_improvement_plan'
  return HR_SCENARIOS.find((scenario) => hrScenarios[scenario].marks.some((role) => layout[role] !== undefined))
}

interface Plan {
  readonly problems: readonly string[]
  readonly read: (line: number, cells: readonly string[]) => readonly Fact[]
}

function planOf(head: readonly string[], settings: HrSettings): Plan {
  const short = shortReader(head)
  if (short !== undefined && settings.columns === undefined) return { problems: [], read: (line, cells) => [short(line, cells)] }
  const { layout, problems } = layoutOf(head, hrColumnTable, settings.columns)
  const own = new Map(Object.entries(settings.scenarioValues ?? {}).map(([value, scenario]) => [columnKey(value), scenario]))
  const fixed = layout.scenario === undefined ? settings.scenario ?? scenarioByColumns(layout, head) : undefined
  const found = [...problems]
  if (layout.user === undefined && !found.some((text) => text.includes('user'))) found.push(...missingColumns(head, hrColumnTable, layout, ['user']))
  if (layout.scenario === undefined && fixed === undefined) found.push('the columns are of none of the five kinds of HR files, and there is no column HRScenario; name the kind or map the columns')
  if (fixed !== undefined) found.push(...missingColumns(head, hrColumnTable, layout, hrScenarios[fixed].required.filter((role) => role !== 'user')))
  /** Kinds of which a row has been seen: a mandatory column of theirs that is missing refuses the file once. */
  const checked = new Map<HrScenario, readonly string[]>()
  return {
    problems: found,
    read(line, cells) {
      if (cells.length > head.length) return [bad(line, `has ${cells.length} values where the head line has ${head.length}`)]
      const row: Row = (role) => cell(cells, layout, role)
      const scenario = fixed ?? own.get(columnKey(row('scenario'))) ?? scenarioOf(row('scenario'))
      if (scenario === undefined) return [bad(line, 'HRScenario names none of the five kinds')]
      let missing = checked.get(scenario)
      if (missing === undefined) {
        missing = missingColumns(head, hrColumnTable, layout, hrScenarios[scenario].required)
        checked.set(scenario, missing)
      }
      if (missing.length > 0) return [fatal(line, missing.join('; '))]
      if (row('user') === '') return [bad(line, 'has no user')]
      if (!isPersonName(row('user'))) return [bad(line, NO_PERSON)]
      return spread(readers[scenario](line, row, settings))
    },
  }
}

/** Facts of an HR file, in groups. @throws Broken */
export async function* readHr(source: Source, settings: HrSettings): AsyncGenerator<readonly Fact[]> {
  let plan: Plan | undefined
  for await (const rows of readTable(source)) {
    const facts: Fact[] = []
    for (const { line, cells } of rows) {
      if (plan === undefined) {
        plan = planOf(cells, settings)
        if (plan.problems.length > 0) {
          yield plan.problems.map((text) => fatal(line, text))
          return
        }
      } else facts.push(...plan.read(line, cells))
    }
    if (facts.length > 0) yield facts
  }
  if (plan === undefined) yield [fatal(1, 'has no head line')]
}
