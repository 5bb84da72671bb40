// Every route that shows people or changes anything leaves an entry in the audit log, or stands here with the reason why not.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { routeRules } from '../../access/routes.ts'
import { categoryOf } from '../../audit/categories.ts'
import { countInsights, mergeInsights } from '../../domain/risk/count.ts'
import { buildAlert, buildDevice, buildPolicy, buildRun, buildUser } from '../../testing/builders.ts'
import { openTestApp } from '../../testing/test-app.ts'

const http = join(import.meta.dirname, '..')

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* sources(path)
    else if (entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts')) yield path
  }
}

describe('what leaves an entry in the audit log', () => {
  test('every action belongs to a category, so that a filter finds it', () => {
    const actions = [...sources(join(http, '..'))].flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/\baction: '([a-z_]+\.[a-z_]+)'/g)].map((match) => match[1] ?? ''))
    expect(actions.length).toBeGreaterThan(60)
    expect([...new Set(actions.filter((action) => categoryOf(action) === 'other'))]).toEqual([])
  })
  test('a look at people by a list or a detail, whoever wrote its route', async () => {
    const at = await openTestApp()
    await at.store.write(async (tx) => {
      await tx.saveDevice(buildDevice())
      await tx.saveUser(buildUser())
      await tx.savePolicy(buildPolicy())
      await tx.saveAlert(buildAlert())
      await tx.saveCase({ id: 'cs_1', name: 'Case', userId: 'u_1', status: 'active', openedAtMs: 1, openedBy: 'a_Analyst', contributors: [], updatedAtMs: 1, updatedBy: 'a_Analyst', revision: 1 })
      await tx.ingest([buildRun(1, 3)], countInsights, mergeInsights)
    })
    const silent: string[] = []
    for (const route of Object.keys(routeRules).filter((name) => /^GET \/api\/v1\/(?:alerts|users|activities|cases|risk-levels|user-reports)/.test(name))) {
      const url = route.slice(4).replace('/alerts/:id', '/alerts/al_1').replace('/users/:id', '/users/u_1').replace('/cases/:id', '/cases/cs_1').replace(/:\w+/g, 'none')
      const before = (await at.store.auditHead())?.seq ?? 0
      at.nowMs += 61_000
      const answer = await at.app.inject({ url: `${url}${url.endsWith('report') ? '?from=2026-02-01&to=2026-03-02' : url.endsWith('export') ? '?format=csv' : ''}`, headers: at.as('Investigator') })
      const shows = answer.statusCode === 200 && answer.body.includes('ANON-AAAAAA1')
      if (shows && ((await at.store.auditHead())?.seq ?? 0) === before) silent.push(route)
    }
    await at.close()
    expect(silent).toEqual([])
  })
  test('a change, but for those that are nobody’s business', () => {
    // Its own trail: the sign-in and the second step write entries of their own name in access; looks of a dry run change nothing.
    const without = new Set<string>()
    for (const path of sources(http)) {
      const text = readFileSync(path, 'utf8')
      if (/\b(?:app|scope)\.(?:post|put|patch|delete)\(/.test(text) && !/appendAudit|askFor|decideRequest|endRequest|apply\(|act\(|evidence|retention\.|announcePowers|decideException|changes\.|upgrades\.start\(|connectors\./.test(text)) without.add(path.slice(http.length + 1))
    }
    expect([...without]).toEqual([])
  })
})
