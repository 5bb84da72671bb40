import { copyFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { verifyAudit, entryHash, GENESIS } from '@holdfast/collector/audit/chain.ts'
import { connect } from '@holdfast/collector/store/sqlite/connection.ts'
import { openSqliteStore } from '@holdfast/collector/store/sqlite/sqlite-store.ts'
import { type Fault, must } from './fault.ts'

interface Row {
  readonly seq: number
  readonly hash: string
}

const START_MS = 1_760_000_000_000
const entryOf = (seq: number) => ({ seq, atMs: START_MS + seq * 1000, actorId: `a_${seq % 7}`, actorName: `analyst ${seq % 7}`, action: seq % 5 === 0 ? 'user.revealed' : 'alert.viewed', targetKind: 'alert', targetId: `al_${seq % 5000}`, detail: '{}' })

/** Fills the table as the collector would, in large groups. @returns the heads that were anchored, one for each so many */
async function fill(path: string, entries: number): Promise<readonly Row[]> {
  const db = await connect(path, { readOnly: false })
  const anchors: Row[] = []
  let previous = GENESIS
  try {
    await db.exec('PRAGMA synchronous = OFF; BEGIN')
    for (let seq = 1; seq <= entries;) {
      const rows: string[] = []
      for (; rows.length < 500 && seq <= entries; seq += 1) {
        const entry = entryOf(seq)
        previous = entryHash(previous, entry)
        rows.push(`(${seq}, ${entry.atMs}, '${entry.actorId}', '${entry.actorName}', '${entry.action}', '${entry.targetKind}', '${entry.targetId}', '${entry.detail}', '${previous}')`)
        if (seq % Math.ceil(entries / 20) === 0) anchors.push({ seq, hash: previous })
      }
      await db.exec(`INSERT INTO audit (seq, at, actor_id, actor_name, action, target_kind, target_id, detail, hash) VALUES ${rows.join(', ')}`)
    }
    await db.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)')
  } finally {
    await db.close()
  }
  return anchors
}

/** From `from` on the chain is made anew, so that it is whole in itself. */
async function forge(path: string, from: number, entries: number, change: (seq: number) => object): Promise<void> {
  const db = await connect(path, { readOnly: false })
  try {
    await db.exec('PRAGMA synchronous = OFF; BEGIN')
    let previous = (await db.get<{ hash: string }>('SELECT hash FROM audit WHERE seq = ?', from - 1))?.hash ?? GENESIS
    for (let seq = from; seq <= entries; seq += 1) {
      const entry = { ...entryOf(seq), ...change(seq) }
      previous = entryHash(previous, entry)
      await db.run('UPDATE audit SET action = ?, actor_name = ?, hash = ? WHERE seq = ?', entry.action, entry.actorName, previous, seq)
    }
    await db.exec('COMMIT')
  } finally {
    await db.close()
  }
}

export const auditTampered: Fault = {
  id: 'F-91', name: 'audit-tampered', title: 'whoever owns the database changes its audit log',
  does: 'A log of many entries (a full run: a million) with anchors kept elsewhere; its triggers are dropped, and then, each in a copy: an entry is edited, one deleted, one inserted, two exchanged, the tail cut off, everything put back to an earlier copy, and a part written anew with a chain that is whole in itself.',
  oracle: 'Statements alone change nothing (the triggers refuse). The verifier names the first entry that is not what it was, or, where only the tail is gone or the chain was made anew, the anchor that no longer fits.',
  limitSecs: { short: 60, full: 900 },
  async run(context) {
    const entries = context.count(5000, 1_000_000)
    const path = join(context.folder, 'holdfast.db')
    await (await openSqliteStore({ path })).close()
    const anchors = await fill(path, entries)
    const verify = async (of: string) => {
      const store = await openSqliteStore({ path: of })
      try {
        return await verifyAudit(store, anchors)
      } finally {
        await store.close()
      }
    }
    const begun = Date.now()
    const whole = await verify(path)
    must(whole.ok && whole.entries === entries, `a log that nobody touched does not verify: ${whole.problem}`)
    context.figures['verifySecs'] = Math.round((Date.now() - begun) / 100) / 10

    const guarded = await connect(path, { readOnly: false })
    const triggers = await guarded.all<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'")
    for (const statement of ["UPDATE audit SET action = 'x' WHERE seq = 5", 'DELETE FROM audit WHERE seq = 5', 'DELETE FROM audit']) must(await guarded.exec(statement).then(() => false, () => true), `nothing refuses: ${statement}`)
    await guarded.exec(triggers.map(({ name }) => `DROP TRIGGER ${name};`).join(' '))
    await guarded.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    await guarded.close()

    const at = context.random.between(entries * 0.3, entries * 0.6)
    const early = Math.floor(entries * 0.9)
    const acts: readonly { readonly name: string; readonly does: string | ((of: string) => Promise<void>); readonly finds: (seq: number) => boolean }[] = [
      { name: 'an entry is edited', does: `UPDATE audit SET action = 'alert.read' WHERE seq = ${at}`, finds: (seq) => seq === at },
      { name: 'the time of one is changed by a millisecond', does: `UPDATE audit SET at = at + 1 WHERE seq = ${at}`, finds: (seq) => seq === at },
      { name: 'one is deleted', does: `DELETE FROM audit WHERE seq = ${at}`, finds: (seq) => seq === at + 1 },
      { name: 'the first is deleted', does: 'DELETE FROM audit WHERE seq = 1', finds: (seq) => seq <= 2 },
      { name: 'one is deleted and the others renumbered', does: `DELETE FROM audit WHERE seq = ${at}; UPDATE audit SET seq = -seq WHERE seq > ${at}; UPDATE audit SET seq = -seq - 1 WHERE seq < 0`, finds: (seq) => seq === at },
      { name: 'one is inserted', does: `UPDATE audit SET seq = -seq WHERE seq >= ${at}; UPDATE audit SET seq = -seq + 1 WHERE seq < 0; INSERT INTO audit SELECT ${at}, at, actor_id, actor_name, action, target_kind, target_id, detail, hash FROM audit WHERE seq = ${at - 1}`, finds: (seq) => seq === at },
      { name: 'two are exchanged', does: `UPDATE audit SET seq = -1 WHERE seq = ${at}; UPDATE audit SET seq = ${at} WHERE seq = ${at + 9}; UPDATE audit SET seq = ${at + 9} WHERE seq = -1`, finds: (seq) => seq === at },
      { name: 'the tail is cut off', does: `DELETE FROM audit WHERE seq > ${early}`, finds: (seq) => seq === early + 1 },
      { name: 'everything is gone', does: 'DELETE FROM audit', finds: (seq) => seq === 1 },
      { name: 'a part is written anew, with hashes to match', does: (of) => forge(of, at, entries, (seq) => (seq === at ? { action: 'alert.read' } : {})), finds: (seq) => seq >= at && seq <= at + Math.ceil(entries / 20) },
    ]
    for (const { name, does, finds } of acts) {
      context.signal.throwIfAborted()
      const copy = join(context.folder, 'copy.db')
      await copyFile(path, copy)
      if (typeof does === 'string') {
        const db = await connect(copy, { readOnly: false })
        await db.exec(does)
        await db.close()
      } else await does(copy)
      const verdict = await verify(copy)
      must(!verdict.ok && finds(verdict.firstBadSeq ?? -1), `${name} at ${at}: the verifier says ${JSON.stringify(verdict)}`)
      context.say(`${name}: ${verdict.problem}`)
      for (const suffix of ['', '-wal', '-shm']) await rm(`${copy}${suffix}`, { force: true })
    }
    Object.assign(context.figures, { entries, acts: acts.length, anchors: anchors.length })
  },
}
