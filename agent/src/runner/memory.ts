// The durable key-value room of each sensor: one file a value, `memory/<sensor>/<key>`, replaced as one step.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makePrivateFolder, writeDurably } from '../platform/durable-file.ts'
import type { SensorContext } from '../sensors/sensor.ts'

const MAX_VALUE_BYTES = 1 << 20

type Memory = SensorContext['memory']

/**
 * @param folder the agent's
 * @returns rooms by sensor name. `set` throws RangeError for a value above 1 MiB and for a key that is not one of `[a-z0-9._-]`;
 *   a disk that cannot write is logged and the value lives on in memory, because a sensor that stops watching would be worse
 */
export function createMemory(folder: string, log: SensorContext['log']): (sensor: string) => Memory {
  return (sensor) => {
    const room = join(folder, 'memory', sensor)
    const unsaved = new Map<string, string>()
    let queue: Promise<void> = Promise.resolve()

    const pathOf = (key: string): string => {
      if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(key)) throw new RangeError('not a key of a sensor memory')
      return join(room, key)
    }

    const save = async (key: string): Promise<void> => {
      const value = unsaved.get(key)
      // A later set of the same key has written it already.
      if (value === undefined) return
      try {
        await makePrivateFolder(room)
        await writeDurably(pathOf(key), value)
        if (unsaved.get(key) === value) unsaved.delete(key)
      } catch (error) {
        log.warn({ err: error, sensor }, 'the memory of a sensor cannot be written')
      }
    }

    return {
      async get(key) {
        const path = pathOf(key)
        return unsaved.get(key) ?? readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
          if (error.code !== 'ENOENT') log.warn({ err: error, sensor }, 'the memory of a sensor cannot be read')
          return undefined
        })
      },
      set(key, value) {
        pathOf(key)
        if (Buffer.byteLength(value) > MAX_VALUE_BYTES) throw new RangeError('a value of a sensor memory is at most 1 MiB')
        unsaved.set(key, value)
        queue = queue.then(() => save(key))
        return queue
      },
    }
  }
}
