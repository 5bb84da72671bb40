// Real processes: two at once, killed ones, and a file system that is full.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSpool } from './spool.ts'
import { bodyOf, contents, quiet, temporaryFolder } from './testing.ts'

const writer = join(import.meta.dirname, 'spool-writer.fixture.ts')
const open = (path: string) => openSpool({ folder: path, maxBytes: 1e9, now: Date.now, log: quiet })

let folder: Awaited<ReturnType<typeof temporaryFolder>>
const children: ChildProcess[] = []

const nothing = (): void => undefined

interface Writer {
  readonly child: ChildProcess
  readonly lines: string[]
  /** Resolves when there are this many lines that begin so. */
  until(start: string, count: number): Promise<void>
  end(signal?: NodeJS.Signals): Promise<void>
}

function follow(child: ChildProcess): Writer {
  children.push(child)
  const lines: string[] = []
  const exited = once(child, 'close')
  if (child.stdout === null) throw new Error('no output to follow')
  const input = createInterface({ input: child.stdout })
  let changed = nothing
  input.on('line', (line) => {
    lines.push(line)
    changed()
  })
  return {
    child, lines,
    until: (start, count) => new Promise((resolve, reject) => {
      const look = () => {
        if (lines.filter((line) => line.startsWith(start)).length >= count) resolve()
      }
      changed = look
      exited.then(() => reject(new Error(`ended before: ${lines.slice(-5).join(' | ')}`)), reject)
      look()
    }),
    async end(signal = 'SIGKILL') {
      child.kill(signal)
      await exited
    },
  }
}
const startWriter = (path: string, firstTag = 1): Writer => follow(spawn(process.execPath, [writer, path, String(firstTag)], { stdio: ['ignore', 'pipe', 'inherit'] }))

beforeEach(async () => {
  folder = await temporaryFolder()
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await folder.remove()
})

describe('two agents on one folder', { timeout: 60_000 }, () => {
  it('are kept apart, and the second is told the pid of the first', async () => {
    const first = startWriter(folder.sub('spool'))
    await first.until('promised', 1)
    await expect(open(folder.sub('spool'))).rejects.toMatchObject({ code: 'SPOOL_LOCKED', parameters: { pid: String(first.child.pid) } })
    const second = startWriter(folder.sub('spool'))
    await second.until('failed SPOOL_LOCKED', 1)
    expect(second.lines.at(-1)).toBe(`failed SPOOL_LOCKED {"pid":"${first.child.pid}"}`)
    await first.end()
    const spool = await open(folder.sub('spool'))
    expect(spool.figures().lastSeq).toBeGreaterThan(0)
    await spool.close()
  })

  it('are kept apart within one process as well', async () => {
    const spool = await open(folder.sub('spool'))
    await expect(open(folder.sub('spool'))).rejects.toMatchObject({ code: 'SPOOL_LOCKED' })
    await spool.close()
    await (await open(folder.sub('spool'))).close()
    expect(spool.epoch).toMatch(/^[0-9a-f]{32}$/)
  })
})

describe('kill -9 of the writer', { timeout: 120_000 }, () => {
  it('loses nothing that was promised, byte for byte, over and over', async () => {
    const promised = new Map<number, number>()
    const epochs = new Set<string>()
    let highest = 0
    for (let life = 0; life < 8; life += 1) {
      const process = startWriter(folder.sub('spool'), life * 1_000_000)
      await process.until('promised', 200 + life * 137)
      await process.end()
      for (const line of process.lines) {
        const [word, first = '', tag = ''] = line.split(' ')
        if (word === 'open') epochs.add(first)
        // A line that was cut by the kill has no tag.
        if (word !== 'promised' || tag === '') continue
        expect(promised.has(Number(first))).toBe(false)
        promised.set(Number(first), Number(tag))
        highest = Math.max(highest, Number(first))
      }
      const spool = await open(folder.sub('spool'))
      const { lastSeq, ackedSeq, epoch } = spool.figures()
      expect(lastSeq).toBeGreaterThanOrEqual(highest)
      const held = await contents(spool)
      const wrong = [...promised].filter(([seq, tag]) => seq > ackedSeq && Buffer.compare(held.get(`${epoch} ${seq}`) ?? Buffer.alloc(0), bodyOf(tag, 20 + (tag % 900))) !== 0)
      expect(wrong).toEqual([])
      expect(held.size).toBe(lastSeq - ackedSeq)
      await spool.close()
    }
    expect(epochs.size).toBe(1)
  })
})

const mayTrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0

describe.skipIf(!mayTrace)('a disk that fails', { timeout: 120_000 }, () => {
  it('never has an append promised by a sync that failed, and goes on when the disk does', async () => {
    const path = folder.sub('spool')
    const traced = follow(spawn('strace', ['-f', '-o', '/dev/null', '-e', 'trace=fdatasync,fsync', '-e', 'inject=fdatasync,fsync:error=EIO:when=40+9', process.execPath, writer, path, '1', '6000'], { stdio: ['ignore', 'pipe', 'inherit'] }))
    await once(traced.child, 'close')
    const promised = traced.lines.flatMap((line) => {
      const [word, seq = '', tag = ''] = line.split(' ')
      return word === 'promised' && tag !== '' ? [{ seq: Number(seq), tag: Number(tag) }] : []
    })
    expect(traced.lines.filter((line) => line === 'refused SPOOL_IO').length).toBeGreaterThan(0)
    expect(promised.length).toBeGreaterThan(1000)
    expect(new Set(promised.map(({ seq }) => seq)).size).toBe(promised.length)
    const spool = await open(path)
    const { lastSeq, ackedSeq, epoch } = spool.figures()
    const held = await contents(spool)
    expect(promised.filter(({ seq, tag }) => seq > ackedSeq && Buffer.compare(held.get(`${epoch} ${seq}`) ?? Buffer.alloc(0), bodyOf(tag, 20 + (tag % 900))) !== 0)).toEqual([])
    expect({ held: held.size, gaps: await spool.gaps() }).toEqual({ held: lastSeq - ackedSeq, gaps: [] })
    await spool.close()
  })
})

const mayMount = spawnSync('unshare', ['-m', 'true']).status === 0

describe.skipIf(!mayMount)('a full disk', { timeout: 60_000 }, () => {
  it('refuses appends with SPOOL_IO, loses nothing promised, leaves no hole, and goes on when there is space again', async () => {
    const mountPoint = folder.sub('disk')
    await mkdir(mountPoint)
    // The mount lives in a namespace of its own and ends with the processes in it.
    const script = `mount -t tmpfs -o size=6m tmpfs "$1" && exec "$2" -e '
      const { openSync, writeSync, rmSync, closeSync } = require("node:fs")
      const { spawn } = require("node:child_process")
      const [mount, writer] = process.argv.slice(1)
      const child = spawn(process.execPath, [writer, mount + "/spool", "1"], { stdio: ["ignore", "inherit", "inherit"] })
      child.on("exit", (code) => process.exit(code ?? 9))
      process.stdin.on("data", (data) => {
        for (const word of data.toString().trim().split("\\n")) {
          if (word === "fill") { const file = openSync(mount + "/ballast", "w"); try { for (;;) writeSync(file, Buffer.alloc(65536)) } catch (error) { console.log("filled " + error.code) } closeSync(file) }
          if (word === "free") { rmSync(mount + "/ballast"); console.log("freed") }
          if (word === "kill") { child.kill("SIGKILL") }
          if (word === "check") { const look = spawn(process.execPath, [mount + "/../check.ts", mount + "/spool"], { stdio: ["ignore", "inherit", "inherit"] }); look.on("exit", () => process.exit(0)) }
        }
      })
      child.removeAllListeners("exit")
      child.on("exit", () => console.log("killed"))
    ' "$1" "$3"`
    await writeFile(folder.sub('check.ts'), `
      import { openSpool } from ${JSON.stringify(join(import.meta.dirname, 'spool.ts'))}
      import { contents, quiet } from ${JSON.stringify(join(import.meta.dirname, 'testing.ts'))}
      const spool = await openSpool({ folder: process.argv[2] ?? '', maxBytes: 1e9, now: Date.now, log: quiet })
      const { lastSeq, ackedSeq, epoch } = spool.figures()
      const held = await contents(spool)
      for (const [name, body] of held) console.log('held ' + name.split(' ')[1] + ' ' + Buffer.from(body).toString('latin1').split(':')[0])
      console.log('checked ' + JSON.stringify({ lastSeq, ackedSeq, epoch, held: held.size, gaps: (await spool.gaps()).length }))
      await spool.close()
    `)
    const disk = follow(spawn('unshare', ['-m', 'sh', '-c', script, 'sh', mountPoint, process.execPath, writer], { stdio: ['pipe', 'pipe', 'inherit'] }))
    await disk.until('promised', 500)
    disk.child.stdin?.write('fill\n')
    await disk.until('filled ENOSPC', 1)
    await disk.until('refused SPOOL_IO', 20)
    disk.child.stdin?.write('free\n')
    await disk.until('freed', 1)
    const before = disk.lines.filter((line) => line.startsWith('promised')).length
    await disk.until('promised', before + 500)
    disk.child.stdin?.write('kill\n')
    await disk.until('killed', 1)
    disk.child.stdin?.write('check\n')
    await disk.until('checked', 1)
    const promised = disk.lines.flatMap((line) => {
      const [word, seq = '', tag = ''] = line.split(' ')
      return word === 'promised' && tag !== '' ? [{ seq: Number(seq), tag }] : []
    })
    const held = new Map(disk.lines.flatMap((line) => {
      const [word, seq = '', tag = ''] = line.split(' ')
      return word === 'held' ? [[Number(seq), tag] as const] : []
    }))
    const result = JSON.parse(disk.lines.find((line) => line.startsWith('checked'))?.slice(8) ?? '{}') as { lastSeq: number; ackedSeq: number; held: number; gaps: number }
    expect(promised.filter(({ seq, tag }) => seq > result.ackedSeq && held.get(seq) !== tag)).toEqual([])
    expect(result).toMatchObject({ gaps: 0, held: result.lastSeq - result.ackedSeq })
    expect(new Set(promised.map(({ seq }) => seq)).size).toBe(promised.length)
  })
})
