// Nothing of a person comes into the log: not by an error, not by what other programs say, not by a field of ours.
import { readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { parse } from 'yaml'
import { describe, expect, test } from 'vitest'
import { CodedError } from './errors.ts'
import { createLog, logged, maskText } from './log.ts'
import { connect } from './store/sqlite/connection.ts'

function lines(): { readonly log: ReturnType<typeof createLog>; readonly text: () => string } {
  let text = ''
  const log = createLog('debug', new Writable({ write(chunk: Buffer, _, done) { text += chunk.toString(); done() } }))
  return { log, text: () => text }
}
const caught = async (work: () => unknown): Promise<unknown> => {
  try {
    await work()
  } catch (error) {
    return error
  }
  throw new Error('it should have failed')
}

describe('an error', () => {
  const NAME = 'Mara Quellental'
  test.each<[string, () => unknown]>([
    ['of a parser, which quotes what it read', () => JSON.parse(`{"a": ${NAME}}`)],
    ['of the file system, which names the path', () => readFile(`/home/${NAME}/plans.docx`)],
    ['of an address', () => new URL(`mailto ${NAME}`)],
    ['of YAML', () => parse(`a: *${NAME.replace(' ', '')}`)],
    ['of ours, with what it was given', () => { throw new CodedError('CONFIG_INVALID', { key: NAME, problem: `"${NAME}" is no number` }) }],
    ['of the runtime', () => (undefined as unknown as Record<string, () => void>)[NAME]?.call(undefined) ?? (null as unknown as { x: string }).x],
    ['with another one behind it', () => { throw new Error(NAME, { cause: new Error(NAME, { cause: new SyntaxError(NAME) }) }) }],
    ['that is thrown as a text', () => { throw NAME as unknown as Error }],
    ['of the database', async () => {
      const db = await connect(':memory:', { readOnly: false })
      await db.exec('CREATE TABLE person (name TEXT UNIQUE)')
      try {
        await db.run(`INSERT INTO person VALUES ('${NAME}'), ('${NAME}')`)
      } finally {
        await db.close()
      }
    }],
    ['of a statement that is wrong', async () => {
      const db = await connect(':memory:', { readOnly: false })
      try {
        await db.exec(`SELECT * FROM "${NAME}"`)
      } finally {
        await db.close()
      }
    }],
  ])('%s is told without it', async (_, work) => {
    const { log, text } = lines()
    const error = await caught(work)
    log.error({ err: error }, 'a thing failed')
    if (error instanceof Error) log.error(error)
    expect(text()).toContain('a thing failed')
    expect(text()).not.toMatch(/Mara|Quellental|plans/)
  })
  test('keeps its type, its code and its place', async () => {
    const { log, text } = lines()
    log.error({ err: new CodedError('STORE_BUSY', {}, { cause: await caught(() => readFile('/nowhere')) as Error }) }, 'x')
    expect(JSON.parse(text())).toMatchObject({ level: 'error', msg: 'x', err: { type: 'CodedError', code: 'STORE_BUSY', message: expect.any(String) as string, stack: expect.arrayContaining([expect.stringContaining('log.test.ts')]) as string[], cause: { code: 'ENOENT', message: 'open' } } })
  })
  test('counts by its level', () => {
    const before = logged['error'] ?? 0
    const { log } = lines()
    log.error({}, 'one')
    log.warn({}, 'two')
    expect((logged['error'] ?? 0) - before).toBe(1)
  })
})

describe('words of other programs', () => {
  test.each([
    ['[ERR] 192.0.2.17:50412 - cid:9 - authentication error - User "mara"', '[ERR] …:50412 - cid:9 - authentication error - User …'],
    ['[2001:db8::7]:4222 closed', '…:4222 closed'],
    ['the account mara@example.com is not known', 'the account … is not known'],
    ['open /home/mara/a b.txt failed', 'open … b.txt failed'],
    ['Listening for client connections', 'Listening for client connections'],
    ['Server Exiting.. at 10:20:30', 'Server Exiting.. at 10:20:30'],
  ])('%s', (given, told) => {
    expect(maskText(given)).toBe(told)
  })
})

describe('the fields that our own lines have', () => {
  /** Ids, counts, codes and names of what an administrator set up. A new one has to be looked at. */
  const ALLOWED = new Set([
    'err', 'deviceId', 'userId', 'report', 'bundle', 'ticket', 'target', 'problem', 'pid', 'text', 'why', 'pauseMs', 'port', 'restarts', 'missing', 'waiting', 'servers', 'stream', 'code', 'status', 'tries', 'retryMs', 'rollout', 'group', 'state', 'ring', 'part', 'backup', 'madeAt', 'people', 'secrets', 'signal', 'reason', 'bytes', 'messages', 'seconds', 'removed',
    'checks', 'mail', 'firstSeq', 'lastSeq', 'from', 'to', 'version', 'scope', 'percent', 'evidenceId', 'order', 'what', 'upgrade', 'subject', 'root',
  ])
  function* sources(folder: string): Generator<string> {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) yield* sources(path)
      else if (entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts')) yield path
    }
  }
  test('are none that names a person, a file or a host', () => {
    const unknown: string[] = []
    let calls = 0
    for (const path of sources(import.meta.dirname)) {
      for (const [, fields = ''] of readFileSync(path, 'utf8').matchAll(/\blog\??\.(?:debug|info|warn|error|fatal)\(\s*\{([^}]*)\}/g)) {
        calls += 1
        for (const [, name = ''] of fields.matchAll(/(?:^|,)\s*(?:\.\.\.\([^,]*)?(\w+)(?=\s*[:,]|\s*$)/g)) if (!ALLOWED.has(name)) unknown.push(`${path.slice(import.meta.dirname.length + 1)}: ${name}`)
      }
    }
    expect(calls).toBeGreaterThan(50)
    expect(unknown).toEqual([])
  })
})
