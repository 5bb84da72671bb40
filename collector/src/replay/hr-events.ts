// HR events of a replay: what the personnel office knows of a person and a day, in the forms that an import takes.
import type { StoredTrigger } from '../domain/people/triggering-event.ts'
import { triggerId } from '../connectors/apply.ts'
import { Broken } from '../connectors/files/table.ts'
import { readHr } from '../connectors/hr/read-hr.ts'
import type { HrSettings } from '../connectors/hr/settings.ts'
import { normaliseName } from '../connectors/names.ts'
import type { FileProblem } from './csv-file.ts'

export interface HrEvent {
  /** As the file names the person. */
  readonly user: string
  /** Whose user id is to be filled in. */
  readonly trigger: Omit<StoredTrigger, 'userId'>
  readonly lastWorkingDayMs?: number
  readonly jobLevel?: string
}

/** Reads an HR file: user, kind, date; or any of Microsoft's five forms, as docs/reference/connectors.md has them. */
export async function readHrEvents(text: string, settings: HrSettings = {}): Promise<{ readonly events: readonly HrEvent[]; readonly problems: readonly FileProblem[] }> {
  const events: HrEvent[] = []
  const problems: FileProblem[] = []
  const source = async function* () {
    yield Buffer.from(text)
  }
  try {
    for await (const facts of readHr(source(), settings)) {
      for (const fact of facts) {
        if (fact.type === 'problem') problems.push({ line: fact.line, problem: fact.problem })
        else if (fact.type === 'trigger') {
          events.push({
            user: fact.who, trigger: { id: triggerId('hr', normaliseName(fact.who), fact.kind, fact.key), kind: fact.kind, atMs: fact.atMs, reason: fact.reason, source: 'hr', detail: fact.detail },
            ...(fact.lastWorkingDayMs === undefined ? {} : { lastWorkingDayMs: fact.lastWorkingDayMs }), ...(fact.jobLevel === undefined ? {} : { jobLevel: fact.jobLevel }),
          })
        }
      }
    }
  } catch (error) {
    if (!(error instanceof Broken)) throw error
    problems.push({ line: error.line, problem: error.message })
  }
  return { events, problems }
}
