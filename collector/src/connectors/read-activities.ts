// Activities of a file, one a line: the form of replay, into a running store.
import { BadLine, readActivity } from './files/activity-json.ts'
import { type Fact, problem, type Source } from './facts.ts'
import { readJsonLines } from './json-file.ts'

/** Facts of an activity file, in groups. @throws Broken */
export async function* readActivities(source: Source): AsyncGenerator<readonly Fact[]> {
  for await (const items of readJsonLines(source)) {
    yield items.map(({ line, value, problem: wrong }): Fact => {
      if (wrong !== undefined) return problem(line, wrong)
      try {
        const { activity, body, key, digest } = readActivity(value)
        return { type: 'recorded', line, deviceId: activity.deviceId, key: key ?? activity.id, digest, body }
      } catch (error) {
        if (!(error instanceof BadLine)) throw error
        return problem(line, error.message)
      }
    })
  }
}
