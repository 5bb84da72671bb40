// Writes a simulated organisation into a folder, in bounded memory.
import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { activityLine, createLabels, fatesCsv, hrCsv, peopleCsv, policiesYaml } from './lines.ts'
import type { Organisation } from './organisation.ts'

/** Characters gathered before they are handed to the file. */
const CHUNK = 1024 * 1024

export interface Written {
  readonly activities: number
  readonly bytes: number
  readonly insiders: number
  readonly hrEvents: number
}

/** @param say progress, a day at a time */
export async function writeOrganisation(organisation: Organisation, folder: string, say: (line: string) => void): Promise<Written> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'people.csv'), peopleCsv(organisation))
  await writeFile(join(folder, 'hr.csv'), hrCsv(organisation))
  await writeFile(join(folder, 'policies.yaml'), policiesYaml())
  await writeFile(join(folder, 'benign-fates.csv'), fatesCsv(organisation))
  const labels = createLabels(organisation)
  const out = createWriteStream(join(folder, 'activities.jsonl'))
  let activities = 0
  let bytes = 0
  let chunk: string[] = []
  let held = 0
  const flush = async (): Promise<void> => {
    const text = chunk.join('')
    bytes += Buffer.byteLength(text)
    chunk = []
    held = 0
    if (!out.write(text)) await once(out, 'drain')
  }
  let month = -1
  for (const { person, day, activities: sent } of organisation.days()) {
    if (Math.floor(day / 30) !== month) {
      month = Math.floor(day / 30)
      say(`day ${day} of ${organisation.options.days}: ${activities} activities, ${Math.round(bytes / 1e6)} MB`)
    }
    for (const activity of sent) {
      labels.note(person.account, activity)
      const line = `${activityLine(activity)}\n`
      chunk.push(line)
      held += line.length
    }
    activities += sent.length
    if (held >= CHUNK) await flush()
  }
  await flush()
  out.end()
  await finished(out)
  await writeFile(join(folder, 'labels.csv'), labels.csv())
  return { activities, bytes, insiders: organisation.insiders.size, hrEvents: organisation.hr.length }
}
