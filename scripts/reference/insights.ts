import { defaultRiskLevelSettings, type LevelRule } from '@holdfast/collector/domain/adaptive/risk-level.ts'
import { riskKinds, SHARE_OVER, SMALL_GROUP, USERS_FOR_THRESHOLDS } from '@holdfast/collector/domain/analytics/analytics.ts'
import { HEALTH_CODES, healthTable, REPEATING_SHARE } from '@holdfast/collector/domain/policies/health.ts'
import { SCORED_DAYS } from '@holdfast/collector/domain/risk/evaluate.ts'
import { code, note, table } from './markdown.ts'

const ruleText = ({ alert, confirmed, insights, sequences }: LevelRule): string =>
  [
    ...(alert === undefined ? [] : [`an alert of at least ${alert} severity`]),
    ...(confirmed === undefined ? [] : [`${confirmed.count} confirmed alerts of at least ${confirmed.severity} severity`]),
    ...(insights === undefined ? [] : [`${insights.count} exfiltration insights of at least ${insights.severity} severity`]),
    ...(sequences === undefined ? [] : [`${sequences.count} sequences in alerts of at least ${sequences.severity} severity`]),
  ].join(', or ')

const percent = (share: number): string => `${Math.round(share * 100)} %`

export const insightsPage = (): string =>
  [
    note('collector/src/domain/{policies/health,analytics,adaptive}'),
    '# Before and beside alerts\n\n',
    `## Preview\n\n\`holdfast policy preview -f policy.yaml\` (or the id of a saved policy) says what a policy would have done: alerts by severity and day, users, indicators, and which confirmed alerts it would miss. \`--days\` are the days of activity that count, at most ${SCORED_DAYS}: so many are looked at when a policy is saved. What lies before them says what is usual. Over the API, \`Accept: application/x-ndjson\` gives a line of progress now and then, and the result or the error as the last line.\n\n`,
    '`holdfast policy thresholds -f policy.yaml` counts users whose busiest day reaches each threshold. `holdfast alert what-if ID -f changes.yaml` scores one alert again under other choices; a file of changes has the keys of a policy document. Nothing of this is stored, and each of it stands in the audit log.\n\n',
    '## Health of policies\n\nA warning means that the policy misses something now, a recommendation that it may. ',
    `A trigger repeats when it comes on more than one day of the activation window; it is told from more than ${percent(REPEATING_SHARE)} of the users in scope on. Quiet is judged from the seventh day after the last change on.\n\n`,
    table(['code', 'area', 'level', 'what to do'], HEALTH_CODES.map((id) => [code(id), healthTable[id].area, healthTable[id].level, healthTable[id].fix])),
    `\n## Analytics\n\n\`holdfast analytics\` needs no policy. It counts users by kind of risk over the last 10 days and, as the past grows, up to 90. Fewer than ${SMALL_GROUP} users are never told, and no user is named. Recommended thresholds are the published defaults, raised together until at most ${percent(SHARE_OVER)} of the users reach the lowest of any; with fewer than ${USERS_FOR_THRESHOLDS} users there are none. \`holdfast analytics on\` lets devices report everything that indicators count, also what no policy needs; it is off at first.\n\n`,
    table(['kind', 'means', 'template'], Object.entries(riskKinds).map(([id, row]) => [code(id), row.title, code(row.template)])),
    `\n## Risk levels\n\nA level says how carefully a user is to be treated just now: \`GET /api/v1/users/:id/risk-level\`, \`holdfast user risk-level\`, and \`user.risk_level\` among the live announcements. Any condition of a level suffices, over the last ${defaultRiskLevelSettings.windowDays} days; it lasts ${defaultRiskLevelSettings.lifeDays} days from the last time at which it held. It ends earlier when the alerts that it rests on are dismissed or resolved, or by hand. All of it can be changed (\`PUT /api/v1/risk-levels/settings\`).\n\n`,
    table(['level', 'from'], (['elevated', 'moderate', 'minor'] as const).map((level) => [level, ruleText(defaultRiskLevelSettings.rules[level])])),
    '\n## One user\n\n`holdfast user report ID --from DAY --to DAY` shows 2 to 90 days of anybody, policy or not. `holdfast user score ID --days 14 --reason …` scores a user without any trigger for 5 to 30 days. `holdfast user dismiss-activity ID ACTIVITY… --reason …` finds activities benign: they stay visible, the counters of their day are made anew without them, and it can be taken back. Each look and each change stands in the audit log.\n',
  ].join('')
