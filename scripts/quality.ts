// How well insiders are told from others, on a simulated organisation.
//
// usage: pnpm quality [--seed S] [--users N] [--days D] [--insiders K] [--profile NAME] [--start DATE] [--warm-up D] [--details N] [--json] [--help]
import { parseArgs } from 'node:util'
import { measureQuality, type Measured, type Quality } from './quality/measure.ts'
import { ORGANISATION_HELP, organisationOptions, readOrganisationOptions } from './simulate/arguments.ts'

/** Seeds 1 to 9 are for tuning. This one is for judging: no number of the product was ever chosen by looking at it. */
const HELD_OUT_SEED = 4242

/** Four weeks: what an organisation waits before it switches policies on. */
const WARM_UP_DAYS = 28

const HELP = `Usage: pnpm quality [options]

Lives through a simulated organisation day by day with one policy of each template at its defaults, dismisses what is
about the innocent, and measures how well scores tell insiders from others. The last line of stdout is JSON.

${ORGANISATION_HELP}  --warm-up D      days in which agents report and no policy is on yet, so that what is usual becomes known (28)
  --details N      write out so many false alerts and missed insiders (0)
  --json           only the JSON
  --help           this text

Default: 1000 people, 182 days, 44 insiders, mixed, seed ${HELD_OUT_SEED}. Numbers of the product are tuned on seeds 1 to 9 only;
${HELD_OUT_SEED} is held out. Exit code: 0, 2 for a wrong call; aims that are missed are told. See docs/quality.md.
`

const DEFAULTS = { users: 1000, days: 182, seed: HELD_OUT_SEED, insiders: 44, startMs: Date.parse('2026-01-05T00:00:00Z'), profile: 'mixed' } as const

/** What is aimed at; all policies are on at once. */
const AIMS: readonly { readonly text: string; readonly met: (quality: Quality) => boolean }[] = [
  { text: 'area under the ROC curve at least 0.98', met: ({ auc }) => auc >= 0.98 },
  { text: 'at least 90 % of the insiders among the highest 10 % of users', met: ({ top10 }) => top10 >= 0.9 },
  { text: 'at most 3 of 100 innocent users over the line a month', met: ({ benignUsersOverPer100Month }) => benignUsersOverPer100Month <= 3 },
]

const round = (value: number): number => Number(value.toPrecision(4))
const percent = (share: number): string => (Number.isNaN(share) ? '–' : `${Math.round(share * 100)} %`)

function tableRow(name: string, { auc, top5, top10, benignAlertsPer100Month, benignUsersOverPer100Month, insiders, found, hoursToAlert }: Quality): string {
  const cells = [Number.isNaN(auc) ? '–' : auc.toFixed(3), percent(top5), percent(top10), `${found}/${insiders}`, benignAlertsPer100Month.toFixed(1), benignUsersOverPer100Month.toFixed(1), hoursToAlert.median === null ? '–' : `${hoursToAlert.median.toFixed(1)} h`, hoursToAlert.p90 === null ? '–' : `${hoursToAlert.p90.toFixed(0)} h`]
  return `${name.padEnd(46)}${cells.map((cell) => cell.padStart(11)).join('')}`
}

function writeTables({ overall, templates, falseAlerts, insiders }: Measured, details: number): void {
  const say = (line: string) => void process.stdout.write(`${line}\n`)
  say(`${''.padEnd(46)}${['AUC', 'in top 5%', 'in top 10%', 'found', 'alerts', 'over', 'to alert', 'p90'].map((head) => head.padStart(11)).join('')}`)
  say(tableRow('all policies', overall))
  for (const [name, quality] of Object.entries(templates)) say(tableRow(name, quality))
  say('alerts, over: about innocent users, for 100 of them in 30 days')
  for (const aim of AIMS) say(`${aim.met(overall) ? 'met' : 'NOT MET'}: ${aim.text}`)
  if (details === 0) return
  say('\ninsiders, lowest first')
  for (const insider of insiders.toSorted((a, b) => Math.max(0, ...Object.values(a.scores)) - Math.max(0, ...Object.values(b.scores))).slice(0, details)) say(`${insider.user} ${insider.kind} (${insider.role}) ${JSON.stringify(insider.scores)} ${insider.hoursToAlert === undefined ? 'never' : `${insider.hoursToAlert.toFixed(1)} h`}: ${insider.headline}`)
  say('\nfalse alerts by policy, role, fate and first two reasons')
  const groups = Map.groupBy(falseAlerts, (alert) => [alert.policy, alert.role, alert.fate, alert.headline.replaceAll(/\d[\d.,]*( [KMG]iB)?/g, '#').slice(0, 60)].join(' | '))
  for (const [group, alerts] of [...groups].toSorted((a, b) => b[1].length - a[1].length).slice(0, details)) say(`${String(alerts.length).padStart(5)}  ${group}  e.g. ${alerts[0]?.user ?? ''} ${alerts[0]?.score ?? ''} [${alerts[0]?.codes.join(' ') ?? ''}] ${alerts[0]?.headline ?? ''}`)
}

/** Not a number has no place in JSON. */
const plain = (quality: Quality): object => Object.fromEntries(Object.entries(quality).map(([key, value]) => [key, typeof value === 'number' ? (Number.isNaN(value) ? null : round(value)) : value]))

function run(): void {
  const { values } = parseArgs({ options: { ...organisationOptions, details: { type: 'string', default: '0' }, 'warm-up': { type: 'string', default: String(WARM_UP_DAYS) }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } })
  if (values.help === true) {
    process.stdout.write(HELP)
    return
  }
  const details = Number(values.details)
  if (!Number.isInteger(details) || details < 0) throw new Error('--details takes a whole number')
  const warmUpDays = Number(values['warm-up'])
  if (!Number.isInteger(warmUpDays) || warmUpDays < 0) throw new Error('--warm-up takes a whole number of days')
  const options = readOrganisationOptions(values, DEFAULTS)
  const measured = measureQuality(options, warmUpDays, (line) => void process.stderr.write(`${line}\n`))
  if (values.json !== true) writeTables(measured, details)
  const { overall, templates, falseAlerts, insiders, ...rest } = measured
  process.stdout.write(`${JSON.stringify({
    ...options, warmUpDays, ...rest, seconds: round(rest.seconds), heldOut: options.seed === HELD_OUT_SEED, overall: plain(overall), templates: Object.fromEntries(Object.entries(templates).map(([name, quality]) => [name, plain(quality)])),
    missed: insiders.filter((insider) => insider.hoursToAlert === undefined).map(({ user, kind }) => ({ user, kind })), falseAlerts: falseAlerts.length, aims: AIMS.map((aim) => ({ text: aim.text, met: aim.met(overall) })),
  })}\n`)
}

try {
  run()
} catch (error) {
  if (!(error instanceof Error) || !(error.message.startsWith('--') || 'code' in error)) throw error
  process.stderr.write(`${error.message}\nSee --help.\n`)
  process.exitCode = 2
}
