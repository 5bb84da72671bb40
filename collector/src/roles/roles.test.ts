import { afterEach, describe, expect, test } from 'vitest'
import { CodedError } from '../errors.ts'
import type { WorkLocks } from '../store/work-locks.ts'
import { alone, createMembers, type Members } from './members.ts'
import { startProbe } from './probe.ts'
import { assertPossible, type Role, ROLES, rolesOf } from './roles.ts'
import { allTurns, createTurns } from './turns.ts'
import { createExchange, type Exchange } from './words.ts'

/** A bus between processes of one test: words arrive at once, at the sender too, unless it is cut. */
function createWire() {
  const hearers: ((word: Uint8Array) => void)[] = []
  const wire = { isCut: false, tell: (word: Uint8Array) => (wire.isCut ? undefined : hearers.forEach((hear) => hear(word))), onTold: (hear: (word: Uint8Array) => void) => void hearers.push(hear) }
  return wire
}
const fail = (error: unknown): never => {
  throw error
}

describe('the roles of a process', () => {
  test('are all where none is named, and those that are', () => {
    expect([...rolesOf([])]).toEqual(ROLES)
    expect([...rolesOf(['http', 'deliver'])]).toEqual(['http', 'deliver'])
  })
  test('that nobody knows are refused', () => {
    expect(() => rolesOf(['ingest', 'leader'])).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }))
  })
  test.each<[string, readonly Role[], boolean, readonly string[], boolean]>([
    ['all on SQLite', ROLES, false, [], true], ['some on SQLite', ['http'], false, ['tls://a:4222'], false], ['some on PostgreSQL with a broker', ['http'], true, ['tls://a:4222'], true],
    ['some on PostgreSQL without a broker', ['http'], true, [], false], ['a broker alone', ['bus'], true, [], true],
  ])('%s', (_what, roles, shared, servers, isPossible) => {
    const outcome = (() => {
      try {
        assertPossible(new Set(roles), { shared, servers })
        return 'possible'
      } catch (error) {
        return error instanceof CodedError ? error.code : 'broken'
      }
    })()
    expect(outcome).toBe(isPossible ? 'possible' : 'CONFIG_INVALID')
  })
})

describe('words between processes', () => {
  test('reach the others and not who told them', () => {
    const wire = createWire()
    const [a, b] = ['a', 'b'].map((id) => createExchange(wire, id, fail))
    const heard: string[] = []
    a?.on('joined', ({ deviceId }) => heard.push(`a ${deviceId}`))
    b?.on('joined', ({ deviceId }) => heard.push(`b ${deviceId}`))
    a?.tell('joined', { deviceId: 'd_1', group: 'default' })
    expect(heard).toEqual(['b d_1'])
  })
  test('that cannot be read, or of which nothing is known here, are left out', () => {
    const wire = createWire()
    const problems: unknown[] = []
    createExchange(wire, 'a', (error) => problems.push(error))
    wire.tell(Buffer.from('{'))
    wire.tell(Buffer.from('{"from":"b","topic":"of-tomorrow","word":{}}'))
    expect(problems).toHaveLength(1)
  })
  test('a call everywhere is made here at once, elsewhere soon, and many of them once', async () => {
    const wire = createWire()
    const [a, b] = ['a', 'b'].map((id) => createExchange(wire, id, fail)) as [Exchange, Exchange]
    const calls: string[] = []
    const arrived = new Promise<void>((resolve) => b.on('wake', ({ what }) => (what === 'mail' ? resolve() : undefined)))
    const call = a.everywhere('wake', 'mail', () => calls.push('a'))
    b.everywhere('wake', 'mail', () => calls.push('b'))
    b.everywhere('wake', 'exports', () => calls.push('wrong'))
    for (let turn = 0; turn < 3; turn += 1) call()
    expect(calls).toEqual(['a', 'a', 'a'])
    // The timer that gathers keeps no process alive.
    const kept = setInterval(() => {}, 1000)
    await arrived
    clearInterval(kept)
    expect(calls).toEqual(['a', 'a', 'a', 'b'])
  })
})

describe('members', () => {
  const ending = new AbortController()
  afterEach(() => ending.abort())
  const stage = (names: readonly string[], roles: readonly Role[] = ['ingest']) => {
    const wire = createWire()
    let ms = 0
    const members = names.map((id) => createMembers({ id, roles: new Set(roles), exchange: createExchange(wire, id, fail), clock: () => ms }))
    for (const member of members) member.start(ending.signal)
    return { wire, members, pass: (more: number) => (ms += more) }
  }
  const keys = Array.from({ length: 3000 }, (_, index) => `d_${index}`)
  const owners = (members: readonly Members[]) => keys.map((key) => members.flatMap((member, index) => (member.owns('ingest', key) ? [index] : [])))

  test('each key is one member’s, and each member gets about its share', () => {
    const found = owners(stage(['a', 'b', 'c']).members)
    expect(found.every((list) => list.length === 1)).toBe(true)
    for (const index of [0, 1, 2]) expect(found.filter(([owner]) => owner === index).length).toBeGreaterThan(800)
  })
  test('who leaves gives its keys to the others, whose own stay', () => {
    const { members } = stage(['a', 'b', 'c'])
    const before = owners(members)
    members[2]?.leave()
    const after = owners(members.slice(0, 2))
    expect(after.every((list) => list.length === 1)).toBe(true)
    expect(before.every(([owner], index) => owner === 2 || after[index]?.[0] === owner)).toBe(true)
  })
  test('a role that a member has not got is never its own, and is nobody else’s business', () => {
    const [member] = stage(['a'], ['evaluate']).members
    expect([member?.owns('ingest', 'd_1'), member?.owns('evaluate', 'd_1'), member?.count('evaluate'), member?.hasOthers('evaluate')]).toEqual([false, true, 1, false])
  })
  test('the only process owns everything', () => {
    expect([alone.owns('deliver', 'x'), alone.hasOthers('http'), alone.count('http')]).toEqual([true, false, 1])
  })
})

describe('turns', () => {
  /** Locks that two processes share, as a database gives them. */
  const createLocks = () => {
    const held = new Map<string, string>()
    const of = (who: string): WorkLocks => ({
      async take(name) {
        if (held.get(name) === who) return 'kept'
        if (held.has(name)) return undefined
        held.set(name, who)
        return 'taken'
      },
      async release(name) {
        if (held.get(name) === who) held.delete(name)
      },
      close: async () => {},
    })
    return { of, held }
  }
  const owning = (owns: () => boolean): Members => ({ ...alone, owns })

  test('are taken once and kept, and refused while another has them', async () => {
    const locks = createLocks()
    const [a, b] = ['a', 'b'].map((who) => createTurns(locks.of(who), alone, fail).of('deliver'))
    expect([await a?.('mail'), await a?.('mail'), await b?.('mail')]).toEqual(['taken', 'kept', undefined])
  })
  test('move to whom they are for, between two rounds', async () => {
    const locks = createLocks()
    let isFirst = true
    const a = createTurns(locks.of('a'), owning(() => isFirst), fail).of('deliver')
    const b = createTurns(locks.of('b'), owning(() => !isFirst), fail).of('deliver')
    expect([await a('mail'), await b('mail')]).toEqual(['taken', undefined])
    isFirst = false
    expect([await b('mail'), await a('mail'), await b('mail')]).toEqual([undefined, undefined, 'taken'])
  })
  test('are nobody’s while the store cannot say', async () => {
    const problems: unknown[] = []
    const broken: WorkLocks = { take: () => Promise.reject(new Error('away')), release: async () => {}, close: async () => {} }
    expect(await createTurns(broken, alone, (error) => problems.push(error)).of('deliver')('mail')).toBeUndefined()
    expect(problems).toHaveLength(1)
  })
  test('work that must be alone waits for that of another process', async () => {
    const locks = createLocks()
    const [a, b] = ['a', 'b'].map((who) => createTurns(locks.of(who), alone, fail))
    const order: string[] = []
    let letGo = (): void => {}
    const first = a?.exclusively('imports', async () => {
      order.push('a begins')
      await new Promise<void>((resolve) => (letGo = resolve))
      order.push('a ends')
    })
    const second = b?.exclusively('imports', async () => void order.push('b'))
    await Promise.resolve()
    letGo()
    await Promise.all([first, second])
    expect(order).toEqual(['a begins', 'a ends', 'b'])
    expect(locks.held.size).toBe(0)
  })
  test('the only process has every turn', async () => {
    expect([await allTurns.of('deliver')('mail'), await allTurns.exclusively('imports', async () => 7)]).toEqual(['kept', 7])
  })
})

describe('the probe', () => {
  test('tells whether the process lives and is ready, and its figures, and nothing else', async () => {
    let isReady = false
    const probe = await startProbe('127.0.0.1:0', { metrics: { contentType: 'text/plain', text: async () => 'holdfast_up 1\n' }, ready: async () => ({ store: true, bus: isReady }) })
    const get = async (path: string) => {
      const answer = await fetch(`http://127.0.0.1:${probe.port}${path}`)
      return [answer.status, await answer.text()]
    }
    expect(await get('/livez')).toEqual([200, '{"ok":true}'])
    expect(await get('/readyz')).toEqual([503, '{"store":true,"bus":false}'])
    isReady = true
    expect(await get('/readyz')).toEqual([200, '{"store":true,"bus":true}'])
    expect(await get('/metrics')).toEqual([200, 'holdfast_up 1\n'])
    expect((await get('/api/v1/alerts'))[0]).toBe(404)
    probe.close()
  })
  test('an address that is none is refused', async () => {
    await expect(startProbe('everywhere', { metrics: { contentType: '', text: async () => '' }, ready: async () => ({}) })).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
  })
})
