import { describe, expect, test } from 'vitest'
import { createWaker, type Turn } from '../waker.ts'
import { lookUntil } from './look-loop.ts'

/** Lets the loop ask for its turn once for each answer, and tells what it did. */
async function play(turns: readonly (Turn | Error)[]): Promise<readonly string[]> {
  const ending = new AbortController()
  const waker = createWaker()
  const did: string[] = []
  let asked = 0
  await lookUntil(ending.signal, {
    name: 'work', waker, now: () => 0, gatherMs: 0,
    async turnOf() {
      const turn = turns[asked]
      asked += 1
      if (asked === turns.length) ending.abort()
      else waker.wake()
      if (turn instanceof Error) throw turn
      return turn
    },
    onTurn: async () => void did.push('turn'),
    async look(everything) {
      did.push(everything ? 'all' : 'news')
      return 0
    },
    onFailed: () => void did.push('failed'),
  })
  return did
}

describe('the loop that looks at roll-outs', () => {
  test('begins with everything, and looks at news after that', async () => expect(await play(['kept', 'kept', 'kept'])).toEqual(['turn', 'all', 'news', 'news']))
  test('does nothing while the work is another process’s', async () => expect(await play([undefined, undefined])).toEqual([]))
  test('begins anew whenever the turn comes to this process', async () => expect(await play(['kept', undefined, 'kept', 'taken'])).toEqual(['turn', 'all', 'turn', 'news', 'turn', 'news']))
  test('goes on after a failure', async () => expect(await play([new Error('away'), 'kept'])).toEqual(['failed', 'turn', 'all']))
})
