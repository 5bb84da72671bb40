// Makes the files of the F workloads and notes when each was opened. A process of its own, so that its CPU is nobody else's.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { serveParent } from './processes.ts'

const SIZE = 1024
const EMPTY = Buffer.alloc(0)

const folderOf = (root: string, index: number): string => join(root, `d${String(index).padStart(5, '0')}`)

/** 1 KiB that no other file holds. */
function contentOf(index: number, salt: number): Buffer {
  const content = Buffer.alloc(SIZE, index & 0xff)
  content.writeUInt32LE(index, 0)
  content.writeUInt32LE(salt, 4)
  content.writeUInt32LE(index ^ salt, SIZE - 4)
  return content
}

const clock = () => performance.timeOrigin + performance.now()

serveParent(async (message) => {
  const { root, folders, files, perSec, fresh, salt, quiet, isEmpty } = message as unknown as { root: string; folders: number; files: number; perSec: number; fresh: boolean; salt: number; quiet: boolean; isEmpty?: boolean }
  if (message['do'] === 'folders') {
    for (let index = 0; index < folders; index += 1) mkdirSync(folderOf(root, index), { recursive: true })
    return { made: folders }
  }
  const perFolder = Math.ceil(files / folders)
  const startedAtMs = clock()
  const openedAtMs: number[] = []
  for (let index = 0; index < files; index += 1) {
    if (perSec > 0) {
      const due = startedAtMs + (index * 1000) / perSec
      if (due - clock() > 1) await sleep(due - clock())
    }
    const folder = folderOf(root, fresh || quiet ? Math.floor(index / perFolder) : index % folders)
    // A folder that is new when its first file comes: the harsh case for whoever must first put a watch on it.
    if (fresh && index % perFolder === 0) mkdirSync(folder)
    const content = isEmpty === true ? EMPTY : contentOf(index, salt)
    if (!quiet) openedAtMs.push(clock())
    writeFileSync(join(folder, `f${String(index).padStart(6, '0')}.txt`), content)
  }
  return { secs: (clock() - startedAtMs) / 1000, openedAtMs }
})
