import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts'
import type { Store } from '../store/store.ts'
import { anchorHead, readAnchors } from './anchors.ts'
import { appendAudit, verifyAudit } from './chain.ts'

let folder: string
let path: string
let store: Store
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-anchors-'))
  path = join(folder, 'audit/anchors.jsonl')
  store = await openSqliteStore({ path: join(folder, 'holdfast.db') })
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})
const act = (action: string) => store.write((tx) => appendAudit(tx, { actor: { id: 'a', name: 'a' }, action, targetKind: 'x', targetId: '-', atMs: 1 }))

describe('the anchors of the audit chain', () => {
  it('hold each head once', async () => {
    await anchorHead(store, path, 1)
    expect(readAnchors(path)).toEqual([])
    await act('one')
    await anchorHead(store, path, 2)
    await anchorHead(store, path, 3)
    await act('two')
    await anchorHead(store, path, 4)
    expect(readAnchors(path).map(({ seq, atMs }) => [seq, atMs])).toEqual([[1, 2], [2, 4]])
    expect(await verifyAudit(store, readAnchors(path))).toMatchObject({ ok: true, entries: 2 })
  })

  it('betray a log whose tail was cut off, which the chain alone cannot', async () => {
    await act('one')
    await anchorHead(store, path, 1)
    writeFileSync(path, `${readFileSync(path, 'utf8')}${JSON.stringify({ seq: 2, hash: 'f'.repeat(64), atMs: 2 })}\n`)
    expect(await verifyAudit(store)).toMatchObject({ ok: true })
    expect(await verifyAudit(store, readAnchors(path))).toMatchObject({ ok: false, firstBadSeq: 2 })
  })

  it('go on after a line that a crash cut short', async () => {
    await act('one')
    await anchorHead(store, path, 1)
    appendFileSync(path, '{"seq":2,"ha')
    expect(readAnchors(path)).toHaveLength(1)
    await act('two')
    await anchorHead(store, path, 2)
    expect(readAnchors(path).map((anchor) => anchor.seq)).toEqual([1, 2])
  })

  it('are refused by line when somebody wrote something else there', async () => {
    await act('one')
    await anchorHead(store, path, 1)
    appendFileSync(path, 'hello\n')
    expect(() => readAnchors(path)).toThrow(/line 2/)
  })
})
