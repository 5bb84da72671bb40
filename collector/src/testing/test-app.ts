// The HTTP application over a real store, with accounts of every role signed in. Only the fleet and the clock are fakes.
import type { FastifyInstance } from 'fastify'
import { hashPassword } from '../access/passwords.ts'
import { ROLE_NAMES, type Role } from '../access/permissions.ts'
import { COOKIE, csrfOf, openSession } from '../access/sessions.ts'
import { createConnectors } from '../connectors/imports.ts'
import { countInsights, mergeInsights } from '../domain/risk/count.ts'
import type { Fleet, GroupWatchSettings } from '../fleet/contract.ts'
import { groupRules, ruleFor } from '../fleet/group-rules.ts'
import { saveSettings } from '../fleet/groups.ts'
import { CodedError } from '../errors.ts'
import { buildApp } from '../http/app.ts'
import type { HttpDeps } from '../http/context.ts'
import { createLiveHub, type LiveHub } from '../http/live/hub.ts'
import type { Store } from '../store/store.ts'
import { buildAccount, buildDevice, MONDAY_MS } from './builders.ts'
import { openTemporaryStore } from './temporary-store.ts'

export const PASSWORD = 'correct horse battery staple'
export const LOCAL_TOKEN = 'local-token-of-the-test'

const settings: GroupWatchSettings = { roots: ['~'], excludes: [], removableRoots: ['/media'], networkShareRoots: [], cloudSyncRoots: [], hashLimitBytes: 1024, pollIntervalSecs: 5, heartbeatIntervalSecs: 30, spoolMaxBytes: 2 ** 20 }

/** A fleet of one device that keeps its promises and notes what it was asked to do after a commit. */
export function createFakeFleet(done: string[]): Fleet {
  return {
    async createCode(tx, { group, uses, expiresInSecs, createdBy, needsApproval = false }) {
      const code = { id: `c_${(await tx.enrolmentCodes()).length}`, secretHash: `hash-${(await tx.enrolmentCodes()).length}`, group, maxUses: uses, uses: 0, createdAtMs: MONDAY_MS, expiresAtMs: MONDAY_MS + expiresInSecs * 1000, createdBy, revoked: false, ...(needsApproval ? { needsApproval } : {}) }
      await tx.saveEnrolmentCode(code)
      return { code, text: 'HF1-secret' }
    },
    async enrol(tx, input) {
      if (input.code !== 'HF1-secret') throw new CodedError('ENROLMENT_CODE_UNKNOWN')
      const device = buildDevice({ id: 'd_new', hostname: input.hostname, hardwareId: input.hardwareId, publicKey: input.publicKey })
      await tx.saveDevice(device)
      return { device, codeId: 'c_0', jwt: 'jwt', organisation: 'test', natsServers: [], caPem: 'pem', policyKeys: [], reEnrolled: false }
    },
    waitsFor: async () => undefined,
    requestApproval: async () => undefined,
    async revoke(tx, deviceId) {
      const device = await tx.device(deviceId)
      if (device === undefined) throw new CodedError('NOT_FOUND', { what: 'device' })
      const revoked = { ...device, status: 'revoked' as const }
      await tx.saveDevice(revoked)
      return revoked
    },
    dismiss: ({ id }, why) => void done.push(`dismissed ${id}: ${why}`),
    isPutOut: () => false,
    heardOf: { putOut: () => {}, letIn: () => {}, settings: async () => {} },
    overhear: () => {},
    offerCredential: (device) => void done.push(`offered ${device.id} ${device.group}`),
    async applyGroupRules(tx, devices) {
      const { rules } = await groupRules(tx)
      const moved = devices.flatMap((device) => {
        const found = ruleFor(rules, device)
        return found === undefined ? [] : [{ device: { ...device, group: found.rule.group }, from: device.group, rule: found.index }]
      })
      for (const { device } of moved) await tx.saveDevice(device)
      return moved
    },
    cutOff: async (publicKey) => void done.push(`cut off ${publicKey}`),
    groupSettings: async (store, group) => {
      const text = await store.setting(`group:${group}`)
      return text === undefined ? settings : (JSON.parse(text) as GroupWatchSettings)
    },
    async saveGroupSettings(tx, group, next) {
      await tx.saveSetting(`group:${group}`, JSON.stringify(next))
      // Also where the real fleet has them: what groups allow is read there.
      await saveSettings(tx, group, next)
    },
    compilePolicies: async () => [{ group: 'default', version: 1, hash: 'h' }],
    followRiskLevels: () => {},
    pushToDevices: async (_group, deviceIds) => void done.push(`told ${deviceIds.join(',')}`),
    previewPolicy: async () => ({ readable: {}, kinds: [], collected: () => true }),
    takeBack: async () => {
      throw new CodedError('NOT_FOUND', { what: 'roll-out' })
    },
    pushPolicies: async (groups = []) => void done.push(`pushed ${groups.join(',')}`),
    healthOf: (device) => ({ health: device.status === 'revoked' ? 'revoked' : 'healthy', faults: [] }),
    start: () => {},
    flush: async () => {},
    counters: { heartbeats: 0, syncs: 0, refused: 0 },
    tally: undefined,
  }
}

/** Made once: it costs what a sign-in costs. */
const hashedPassword = hashPassword(PASSWORD)

export interface TestApp {
  readonly app: FastifyInstance
  readonly store: Store
  /** Of the database file. */
  readonly path: string
  readonly live: LiveHub
  /** What the fleet was asked to do after a commit. */
  readonly done: string[]
  /** The clock, in milliseconds; tests move it. */
  nowMs: number
  /** Headers of a signed-in account of a role, with the CSRF token. */
  as(role: Role): Readonly<Record<string, string>>
  tokenOf(role: Role): string
  readonly audit: () => Promise<readonly string[]>
  close(): Promise<void>
}

export async function openTestApp(over: (store: Store) => Partial<HttpDeps> = () => ({})): Promise<TestApp> {
  const temporary = await openTemporaryStore()
  const { store } = temporary
  const done: string[] = []
  const live = createLiveHub()
  const tokens = new Map<Role, string>()
  const passwordHash = await hashedPassword
  await store.write(async (tx) => {
    for (const role of ROLE_NAMES) {
      const account = buildAccount({ id: `a_${role}`, name: role.toLowerCase(), roles: [role], passwordHash, createdAtMs: MONDAY_MS - 1000, passwordChangedAtMs: MONDAY_MS - 1000 })
      await tx.saveAccount(account)
      tokens.set(role, await openSession(tx, account, { address: '127.0.0.1', userAgent: 'test' }, MONDAY_MS))
    }
  })
  const tokenOf = (role: Role): string => tokens.get(role) ?? ''
  const testApp: TestApp = {
    app: await buildApp({
      store, fleet: createFakeFleet(done), connectors: createConnectors({ store, count: countInsights, merge: mergeInsights, now: () => testApp.nowMs, onUsers() {} }), live, organisation: 'test', collectorUrl: 'https://collector.test:8443', caPem: 'pem', version: '0', localToken: LOCAL_TOKEN,
      now: () => testApp.nowMs, draining: () => false, ...over(store),
    }),
    store, path: temporary.path, live, done, nowMs: MONDAY_MS,
    tokenOf,
    as: (role) => ({ cookie: `${COOKIE}=${tokenOf(role)}`, 'x-holdfast-csrf': csrfOf(tokenOf(role)) }),
    audit: async () => (await store.auditEntries({ limit: 500, ascending: true })).items.map((entry) => `${entry.action} ${entry.targetKind}`),
    async close() {
      await testApp.app.close()
      await temporary.remove()
    },
  }
  await testApp.app.ready()
  return testApp
}
