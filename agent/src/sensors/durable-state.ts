// What a sensor knew before the last stop, as JSON in its durable memory, of any size.
//
// A value may have 1 MiB; a list of 10,000 packages has more. So the JSON is deflated (a tenth of it stays), and cut:
//
//   <key>            {"parts": 2, "generation": "a"}
//   <key>.a.0, .1    base64 of the deflated JSON
//
// The next save writes generation "b" and then the head, so that a crash between leaves the old state whole. What cannot be
// read (a part is missing, the memory is damaged) counts as no state: the sensor begins with a new baseline.
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { SensorContext } from './sensor.ts'

const PART_CHARS = 900_000
/** Of the inflated JSON; far above what any sensor keeps. */
const MAX_BYTES = 64 << 20

type Memory = SensorContext['memory']

interface Head {
  readonly parts: number
  readonly generation: 'a' | 'b'
}

async function readHead(memory: Memory, key: string): Promise<Head | undefined> {
  try {
    const head = JSON.parse((await memory.get(key)) ?? '') as Partial<Head> | null
    return typeof head?.parts === 'number' && (head.generation === 'a' || head.generation === 'b') ? { parts: head.parts, generation: head.generation } : undefined
  } catch {
    return undefined
  }
}

/** @returns undefined when nothing was saved, or what was saved cannot be read */
export async function loadState(memory: Memory, key: string): Promise<unknown> {
  const head = await readHead(memory, key)
  if (head === undefined) return undefined
  const parts: string[] = []
  for (let index = 0; index < head.parts; index++) parts.push((await memory.get(`${key}.${head.generation}.${index}`)) ?? '')
  try {
    return JSON.parse(inflateRawSync(Buffer.from(parts.join(''), 'base64'), { maxOutputLength: MAX_BYTES }).toString('utf8'))
  } catch {
    return undefined
  }
}

export async function saveState(memory: Memory, key: string, state: unknown): Promise<void> {
  const text = deflateRawSync(JSON.stringify(state)).toString('base64')
  const generation = (await readHead(memory, key))?.generation === 'a' ? 'b' : 'a'
  const parts = Math.ceil(text.length / PART_CHARS)
  for (let index = 0; index < parts; index++) await memory.set(`${key}.${generation}.${index}`, text.slice(index * PART_CHARS, (index + 1) * PART_CHARS))
  await memory.set(key, JSON.stringify({ parts, generation }))
}
