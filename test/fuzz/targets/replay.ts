// Files of `holdfast replay`: activities one a line, people, HR events.
import { BadLine, readActivity } from '@holdfast/collector/connectors/files/activity-json.ts'
import { readLines } from '@holdfast/collector/connectors/files/lines.ts'
import { readHrEvents } from '@holdfast/collector/replay/hr-events.ts'
import { readPeople } from '@holdfast/collector/replay/people.ts'
import { createReplay } from '@holdfast/collector/replay/replay.ts'
import { toPolicy } from '@holdfast/collector/domain/policies/policy-document.ts'
import { templates } from '@holdfast/collector/domain/policies/templates.ts'
import { ACTIVITY_KINDS, activityKinds } from '@holdfast/proto'
import { type FuzzTarget, holds } from '../target.ts'

const policies = templates.map((template, index) => toPolicy({ name: template.id, template: template.id }, `p_${index}`, 0))
const at = (minute: number): string => new Date(Date.parse('2026-03-02T09:00:00Z') + minute * 60_000).toISOString()
const copies = Array.from({ length: 40 }, (_, index) => JSON.stringify({ device: 'd_1', occurredAt: at(index), actor: { account: 'mara' }, fileCopied: { destination: { path: `/media/stick/${index}.docx`, sizeBytes: String(10_000_000 * index), location: 'LOCATION_KIND_REMOVABLE' }, source: { path: `/home/mara/${index}.docx`, location: 1 } } }))
const people = 'user,account,department,endDate\nmara,mara,Sales,\n'
const hr = 'EmailAddress,ResignationDate,LastWorkingDate\nmara,2026-02-20,2026-03-31\n'

/** Activities, `#`, people, `#`, HR events. */
const fileOf = (activities: readonly string[], more = [people, hr]): Buffer => Buffer.from([activities.join('\n'), ...more].join('\n#\n'))

async function linesOf(text: string): Promise<readonly string[]> {
  const out: string[] = []
  for await (const lines of readLines((async function* () { yield Buffer.from(text) })())) for (const line of lines) if (line.text !== undefined) out.push(line.text)
  return out
}

export const replayTarget: FuzzTarget = {
  name: 'replay', title: 'Activities, people and HR events of `holdfast replay`, scored under every template.',
  oracle: 'Bad lines are named and the rest is scored: scores from 1 to 100 that are the sum of their points, the same when it is done again.',
  maxBytes: 16 * 1024, words: ['"fileCopied"', '"occurredAt"', '"actor"', '"sizeBytes"', '2026-03-02T09:14:00Z', '\n#\n', ...ACTIVITY_KINDS.map((kind) => `"${kind}"`)],
  seeds: () => [fileOf(copies), fileOf(ACTIVITY_KINDS.map((kind, index) => JSON.stringify({ device: 'd_1', occurredAt: at(index), actor: { account: 'mara' }, [activityKinds[kind].field]: {} }))), fileOf(copies.slice(0, 3), ['user', ''])],
  limitMs: 5000,
  open: () => ({
    async run(input) {
      const [activityText = '', peopleText = 'user', hrText = ''] = input.toString('utf8').split('\n#\n')
      const lines = await linesOf(activityText)
      const score = async (): Promise<string> => {
        const { people: known, problems } = readPeople(peopleText)
        for (const problem of problems) holds(problem.line >= 1, `a problem at line ${problem.line}`)
        const { events } = await readHrEvents(hrText)
        const replay = createReplay({ policies, people: known, triggers: [...known.triggers, ...events.map(({ user, trigger }) => ({ ...trigger, userId: known.idOf(user) }))] })
        for (const text of lines) {
          let value: unknown
          try {
            value = JSON.parse(text)
          } catch {
            // Named as no JSON by the command.
            continue
          }
          try {
            replay.add(readActivity(value))
          } catch (error) {
            if (!(error instanceof BadLine)) throw error
          }
        }
        const { alerts } = replay.finish()
        for (const { alert } of alerts) {
          holds(Number.isFinite(alert.score) && alert.score >= 1 && alert.score <= 100, `a score is ${alert.score}`)
          const sum = alert.parts.reduce((total, part) => total + part.points, 0)
          holds(Math.abs(sum - alert.score) < 1, `points add up to ${sum}, the score is ${alert.score}`)
        }
        return JSON.stringify(alerts)
      }
      holds((await score()) === (await score()), 'scored again it is another result')
    },
  }),
}
