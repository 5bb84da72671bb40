import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAuthority } from '../bus/pki.ts'
import { createConnectors } from '../connectors/imports.ts'
import { countInsights, mergeInsights } from '../domain/risk/count.ts'
import { createFleet } from '../fleet/fleet.ts'
import { createMetrics } from '../metrics.ts'
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts'
import type { Store } from '../store/store.ts'
import { buildApp } from './app.ts'
import { createLiveHub } from './live/hub.ts'

let folder: string
let store: Store
let app: FastifyInstance
const ingest = { messages: 3, stored: 250, duplicates: 2, quarantined: 1, failedTransactions: 0 }

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-metrics-'))
  store = await openSqliteStore({ path: join(folder, 'holdfast.db') })
  const caPem = (await createAuthority('example', Date.now())).certificatePem
  const fleet = createFleet({ store, policyKey: generateKeyPairSync('ed25519').privateKey, organisation: 'example', caPem, now: Date.now, log: { debug() {}, info() {}, warn() {}, error() {} } })
  const metrics = createMetrics({
    ingest, evaluation: { evaluated: 7, failed: 0 }, fleet: fleet.counters, bus: () => ({ connected: true, streamMessages: 4, streamBytes: 4096, pending: 5 }), busRestarts: () => 1,
    store: async () => ({ devices: 2, activities: 250, alerts: [{ status: 'needs_review', severity: 'high', count: 6 }] }),
  })
  app = await buildApp({ store, fleet, connectors: createConnectors({ store, count: countInsights, merge: mergeInsights, now: Date.now, onUsers() {} }), live: createLiveHub(), metrics, organisation: 'example', collectorUrl: 'https://localhost', caPem, localToken: 'a'.repeat(43), version: '0', now: Date.now, draining: () => false })
})
afterAll(async () => {
  await app.close()
  await store.close()
  rmSync(folder, { recursive: true })
})

const scrape = (remoteAddress: string, headers: Record<string, string> = {}) => app.inject({ method: 'GET', url: '/metrics', remoteAddress, headers })

describe('GET /metrics', () => {
  it.each(['127.0.0.1', '::1'])('is open to a scraper on this machine (%s)', async (address) => {
    const answer = await scrape(address)
    expect(answer.statusCode).toBe(200)
    for (const line of ['holdfast_ingest_activities_stored_total 250', 'holdfast_bus_pending_messages 5', 'holdfast_bus_connected 1', 'holdfast_bus_server_restarts_total 1', 'holdfast_alerts{status="needs_review",severity="high"} 6', 'holdfast_devices 2']) expect(answer.body).toContain(line)
  })

  it('is closed to everybody else, and to wrong credentials on this machine too', async () => {
    expect((await scrape('192.0.2.1')).statusCode).toBe(401)
    expect((await scrape('192.0.2.1', { authorization: `Bearer ${'a'.repeat(43)}` })).statusCode).toBe(401)
    expect((await scrape('127.0.0.1', { authorization: 'Bearer wrong' })).statusCode).toBe(401)
    expect((await scrape('127.0.0.1', { authorization: `Bearer ${'a'.repeat(43)}` })).statusCode).toBe(200)
  })

  it('counts requests under the pattern of their route, never under what was asked for', async () => {
    await app.inject({ method: 'GET', url: '/api/v1/users/u_somebody', remoteAddress: '127.0.0.1' })
    await app.inject({ method: 'GET', url: '/alice', remoteAddress: '127.0.0.1' })
    const { body } = await scrape('127.0.0.1')
    expect(body).toContain('route="/api/v1/users/:id",status="4xx"')
    expect(body).not.toMatch(/somebody|alice/)
  })
})
