import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { factorBits, factorsOf, RISK_FACTORS } from '../../domain/cases/risk-factors.ts'
import { buildAlert, buildUser, MONDAY_MS } from '../../testing/builders.ts'
import { openTemporaryStore, type TemporaryStore } from '../../testing/temporary-store.ts'
import { alertMigration } from '../sql/alerts.ts'
import { connect, type Connection } from './connection.ts'

describe('the columns of alerts that were there before', () => {
  let temporary: TemporaryStore
  let db: Connection
  beforeEach(async () => {
    temporary = await openTemporaryStore()
    db = await connect(temporary.path, { readOnly: false })
  })
  afterEach(async () => {
    await db.close()
    await temporary.remove()
  })

  test('are filled with what the domain says of the same alerts', async () => {
    const part = (code: string, reason = 'x') => ({ code, points: 1, reason, evidence: [] })
    const codes = ['insight', 'booster.above_own_usual', 'booster.off_hours', 'booster.first_removable_media', 'sequence.archive_then_exfiltration', 'cumulative.own', 'booster.priority_content', 'booster.unallowed_domain', 'booster.sensitive_content']
    const alerts = [
      ...codes.map((code, index) => buildAlert({ id: `al_${index}`, policyId: `p_${index}`, parts: [part('insight'), part(code)] })),
      buildAlert({ id: 'al_none', policyId: 'p_a', parts: [] }), buildAlert({ id: 'al_group', policyId: 'p_b', parts: [part('booster.priority_user', 'Priority or high-impact user: The user is a member of a priority group.')] }),
      buildAlert({ id: 'al_rights', policyId: 'p_c', parts: [part('booster.priority_user', 'Priority or high-impact user: The user holds administrative rights.')] }),
      buildAlert({ id: 'al_trigger', policyId: 'p_d', trigger: { kind: 'sequence_threshold', atMs: MONDAY_MS, reason: 'x', sequence: 'archive_then_exfiltration' } }), buildAlert({ id: 'al_sum', policyId: 'p_e', trigger: { kind: 'cumulative_exfiltration', atMs: MONDAY_MS, reason: 'x' }, reopenedAtMs: MONDAY_MS + 5, dismissReason: 'not_impactful' }),
    ]
    await temporary.store.write(async (tx) => {
      await tx.saveUser(buildUser())
      await tx.saveAlerts(alerts)
    })
    const columns = () => db.all<{ id: string; factors: number }>('SELECT id, opened_at, factors, trigger_kind, dismiss_reason FROM alert ORDER BY id')
    const written = await columns()
    expect(new Map(written.map((row) => [row.id, row.factors]))).toEqual(new Map(alerts.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map((alert) => [alert.id, factorBits(factorsOf(alert))])))
    expect(written.reduce((bits, row) => bits | row.factors, 0)).toBe(2 ** RISK_FACTORS.length - 1)
    await db.exec("UPDATE alert SET opened_at = 0, factors = 0, trigger_kind = '', dismiss_reason = NULL")
    await db.exec(/UPDATE alert SET[^;]*;/.exec(alertMigration)?.[0] ?? '')
    expect(await columns()).toEqual(written)
  })

  test('a page, a count and the statistics read indexes, and documents only of the page', async () => {
    const plan = async (sql: string) => (await db.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)).map(({ detail }) => detail)
    const queue = 'FROM alert INDEXED BY alert_queue WHERE status IN (1) AND factors & 3 <> 0 AND dismiss_reason IS NULL AND trigger_kind = 2 AND assignee_id IS NULL AND person = 3 AND opened_at < 4'
    expect(await plan(`SELECT count(*) ${queue}`)).toEqual(['SCAN alert USING COVERING INDEX alert_queue'])
    expect((await plan(`SELECT rowid, id, score ${queue} ORDER BY score DESC, id DESC LIMIT 51`))[0]).toBe('SCAN alert USING COVERING INDEX alert_queue')
    // SQLite takes a generated column from the index, and says so only by not naming the table.
    expect(await plan(`SELECT count(*) ${queue} AND case_id IS NULL`)).toEqual(['SCAN alert USING INDEX alert_queue'])
    expect((await plan('SELECT severity, opened_at / 86400000, count(*) FROM alert INDEXED BY alert_opened WHERE opened_at >= 5 GROUP BY 1, 2'))[0]).toBe('SEARCH alert USING COVERING INDEX alert_opened (opened_at>?)')
    expect((await plan('SELECT severity, avg(decided_at - opened_at) FROM alert INDEXED BY alert_decided WHERE decided_at >= 5 GROUP BY severity'))[0]).toBe('SEARCH alert USING COVERING INDEX alert_decided (decided_at>?)')
  })
})
