import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readHrEvents } from './hr-events.ts'
import { type Line, MAX_LINE_BYTES, readLines } from '../connectors/files/lines.ts'
import { readPeople } from './people.ts'
import { createSeen } from './seen.ts'

const person = (account: string, domain = '') => ({ identity: { kind: 'account', value: domain === '' ? account.toLowerCase() : `${domain}\\${account}`.toLowerCase() }, kind: 'person', displayName: account } as const)

describe('lines', () => {
  async function* inChunks(bytes: Buffer, cuts: readonly number[]): AsyncGenerator<Buffer> {
    let from = 0
    for (const cut of cuts) {
      yield bytes.subarray(from, from + cut)
      from += cut
    }
    yield bytes.subarray(from)
  }
  const read = async (bytes: Buffer | string, cuts: readonly number[] = []): Promise<readonly Line[]> => {
    const all: Line[] = []
    for await (const group of readLines(inChunks(Buffer.from(bytes), cuts))) all.push(...group)
    return all
  }
  test('come whole and numbered however the bytes arrive', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.replaceAll(/[\r\n\uFEFF]/g, '')), { maxLength: 20 }), fc.array(fc.nat(9), { maxLength: 40 }), fc.boolean(), async (texts, cuts, ends) => {
      const expected = texts.map((text, index) => ({ number: index + 1, text })).filter((line) => line.text !== '')
      expect(await read(texts.join('\n') + (ends ? '\n' : ''), cuts)).toEqual(expected)
    }), { numRuns: 300 })
  })
  test('may end in CR LF, begin with a byte order mark, and lack the last line feed', async () => {
    expect(await read('\uFEFFa\r\n\r\nb\r\nc')).toEqual([{ number: 1, text: 'a' }, { number: 3, text: 'b' }, { number: 4, text: 'c' }])
  })
  test('that are too long or no UTF-8 are named and the next one is read', async () => {
    const bytes = Buffer.concat([Buffer.alloc(MAX_LINE_BYTES + 1, 'x'), Buffer.from('\na\n'), Buffer.from([0xff, 0x0a]), Buffer.from('b')])
    const found = await read(bytes, [1000, MAX_LINE_BYTES])
    expect(found.map(({ number, text, problem }) => [number, text ?? problem])).toEqual([[1, `is longer than ${MAX_LINE_BYTES} bytes`], [2, 'a'], [3, 'is not UTF-8'], [4, 'b']])
  })
})

describe('what a file has named before', () => {
  test('a name with the same content is a repeat, with another a clash, over many names', () => {
    const seen = createSeen()
    const digest = (value: number): Uint8Array => Buffer.from([value & 255, value >> 8, value >> 16, 7])
    for (let index = 0; index < 50_000; index += 1) expect(seen.see(`d_1.${index}`, digest(index))).toBe('first')
    for (let index = 0; index < 50_000; index += 997) {
      expect(seen.see(`d_1.${index}`, digest(index))).toBe('repeat')
      expect(seen.see(`d_1.${index}`, digest(index + 1))).toBe('clash')
    }
  })
})

describe('the people file', () => {
  const file = 'User,ACCOUNT,name,email,department,country,groups\nk.haas,katrin,Katrin Haas,k.haas@example.com,Sales,DE,sales; remote\n,bob,,,,,\n'
  test('finds a person by account in any letter case, with or without a domain, and by address', () => {
    const { people, problems } = readPeople(file)
    expect(problems).toEqual([])
    for (const account of [person('katrin'), person('KATRIN'), person('katrin', 'CORP'), person('k.haas@example.com'), person('k.haas')]) expect(people.subjectOf(account)).toMatchObject({ id: 'k.haas', department: 'Sales', country: 'DE', groups: ['sales', 'remote'] })
    expect(people.subjectOf(person('bob')).id).toBe('bob')
    expect(people.subjectOf(person('stranger'))).toEqual({ id: 'stranger', names: ['stranger'], groups: [] })
    expect([people.find('K.Haas'), people.find('nobody')]).toEqual(['k.haas', undefined])
  })
  test('gives nobody the activity of root', () => {
    const { people } = readPeople('user\nroot\n')
    expect(people.subjectOf({ identity: { kind: 'device_account', value: 'root@d_1' }, kind: 'system', displayName: 'root' }).id).toBe('root@d_1')
  })
  test.each([
    ['user,acount\nx,y\n', ['1 the column "acount" is not known; the nearest is "account"']], ['user,user\nx,y\n', ['1 the column "user" is there twice']], ['', ['1 has no head line']],
    ['user,account\na,b\nc\nd,e,f\n', ['4 has 3 values where the head line has 2']], ['user,account\n,\n', ['2 has neither user, account, email, upn, employee_id nor sid']], ['user,account\na,x\nb,x\n', ['3 "x" belongs to the person of line 2 already']],
  ])('%j', (text, expected) => {
    expect(readPeople(text).problems.map(({ line, problem }) => `${line} ${problem}`)).toEqual(expected)
  })
  test('a quote that never closes is a problem and no failure', () => {
    expect(readPeople('user,name\na,"never closed\n').problems.length).toBe(1)
  })
  test('names over several lines, with commas and quotes, are read', () => {
    expect(readPeople('user,name\na,"Haas, ""Kat""\nKatrin"\n').people.subjectOf(person('a')).names).toContain('Haas, "Kat"\nKatrin')
  })
  test('of a directory names people by address, counts who reports to them, and says whose account is gone', () => {
    const { people, problems } = readPeople('mail,displayName,manager,memberOf,deletedDateTime,jobTitle\nboss@example.com,The Boss,,Domain Admins,,\nlead@example.com,Lead,boss@example.com\none@example.com,One,lead@example.com,,2026-03-01T00:00:00Z,Tester\n')
    expect(problems).toEqual([])
    expect(people.subjectOf(person('boss'))).toMatchObject({ id: 'boss@example.com', reports: 2, privileged: true })
    expect([people.idOf('LEAD@example.com'), people.idOf('stranger@example.com')]).toEqual(['lead@example.com', 'stranger'])
    expect(people.triggers).toMatchObject([{ userId: 'one@example.com', kind: 'account_deleted', atMs: Date.parse('2026-03-01') }])
  })
})

describe('the HR file', () => {
  test('is read in any order of columns', async () => {
    const { events, problems } = await readHrEvents('date,KIND,user\n2026-03-02,Last working day,a\n2026-03-02T10:00:00Z,resignation,b\n')
    expect(problems).toEqual([])
    expect(events.map(({ user, trigger }) => [user, trigger.kind, trigger.atMs])).toEqual([['a', 'hr_last_working_day', Date.parse('2026-03-02T00:00:00Z')], ['b', 'hr_resignation', Date.parse('2026-03-02T10:00:00Z')]])
  })
  test('may have the form that an import takes', async () => {
    const { events } = await readHrEvents('EmailAddress,ResignationDate,LastWorkingDate\nmara@example.com,2026-02-02,2026-03-31\n')
    expect(events.map(({ trigger }) => trigger.kind)).toEqual(['hr_resignation', 'hr_last_working_day'])
  })
  test.each([
    ['a,resigned,2026-03-02', 'there is no kind "resigned"; the nearest is "resignation"'], ['a,resignation,2026-02-30', 'the date is no time such as 2026-03-02'], ['a,resignation,02.03.2026', 'the date is no time such as 2026-03-02'], [',resignation,2026-03-02', 'has no user'],
  ])('%s', async (row, problem) => {
    expect(await readHrEvents(`user,kind,date\n${row}\n`)).toEqual({ events: [], problems: [{ line: 2, problem }] })
  })
})
