// holdfast keys: what keys and secrets an installation has, and how each is changed without losing a device or an activity.
//
// Files of keys are read at the start, so a change is made while the collector stands still: devices keep their activities
// for those seconds. docs/operations/keys.md are the run-books.
import { createHash, createPublicKey, X509Certificate } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { wire } from '@holdfast/proto'
import { appendAudit } from '../audit/chain.ts'
import { createKey } from '../bus/nkeys.ts'
import { caPin } from '../bus/pki.ts'
import { writeWhole } from '../bus/server-config.ts'
import { loadConfig } from '../config.ts'
import { CodedError } from '../errors.ts'
import { loadEvidenceKeys } from '../evidence/keys.ts'
import { policyKeyId } from '../fleet/agent-policy.ts'
import { openStore } from '../store/open-store.ts'
import type { AgentPolicyRevision, Store, StoreReader } from '../store/store.ts'
import { loadInstallation, ORGANISATION_SETTING, pathsOf } from './installation.ts'
import { isCollectorRunning, localAccount } from './local-api.ts'
import { printJson, printTable, say } from './output.ts'
import { lastRoot } from './roots.ts'
import { keyHolderCommands } from './key-holders.ts'
import { assertNext, keyIdOf, rotationState, type Step, stepAuthority, stepPolicyKey, STEPS } from './signing.ts'

interface Options {
  readonly dir: string
  readonly json?: boolean
}
interface RotateOptions extends Options {
  readonly step?: string
  readonly dryRun?: boolean
  readonly force?: boolean
}

type Kind = 'policy' | 'authority' | 'server-certificate' | 'evidence' | 'bus-user' | 'sessions'

export interface KeyRow {
  readonly name: string
  readonly id: string
  readonly changedAt?: string
  readonly state: string
  readonly how: string
}

const changed = (path: string): { readonly changedAt?: string } => (existsSync(path) ? { changedAt: statSync(path).mtime.toISOString() } : {})

/** Every key and secret, with how it is changed; what cannot be changed yet says so. @throws NOT_INITIALISED, DATA_FOLDER_UNUSABLE */
export function listKeys(dir: string): readonly KeyRow[] {
  const { keyring, policyKey, evidenceKeys, signer, authority } = loadInstallation(dir)
  const paths = pathsOf(dir)
  const state = rotationState(dir)
  const root = lastRoot(dir)
  const key = (name: string): string => join(paths.keys, name)
  return [
    { name: 'policy', id: keyIdOf(signer.key), ...changed(existsSync(key('signing.pem')) ? key('signing.pem') : paths.policyKey), state: state.policy, how: 'keys rotate policy --step announce, switch, retire' },
    { name: 'authority', id: caPin(authority.certificatePem), ...changed(paths.caPem), state: `${state.authority}, until ${new X509Certificate(authority.certificatePem).validToDate.toISOString().slice(0, 10)}`, how: 'keys rotate authority --step announce, switch, retire' },
    { name: 'server-certificate', id: existsSync(paths.certificate) ? createHash('sha256').update(new X509Certificate(readFileSync(paths.certificate)).raw).digest('hex').slice(0, 16) : '-', ...changed(paths.certificate), state: 'made anew by itself', how: 'keys rotate server-certificate' },
    { name: 'evidence', id: evidenceKeys.keyId, ...changed(key('evidence.pem')), state: `${evidenceKeys.privateKeys.size} open copies`, how: 'keys rotate evidence' },
    { name: 'bus-user', id: keyring.collector.publicKey, ...changed(key('collector.nk')), state: 'the collector’s own connection', how: 'keys rotate bus-user' },
    { name: 'sessions', id: '-', state: 'random, hashed, in the database; there is no common secret', how: 'keys rotate sessions ends all of them' },
    { name: 'api-tokens', id: '-', state: 'random, hashed, each with an end; there is no common pepper', how: 'make another and revoke the old one in the settings' },
    { name: 'local-token', id: '-', state: 'made at every start', how: 'restart' },
    { name: 'root', id: root === undefined ? '-' : root.rootKeys.map((text) => policyKeyId(Buffer.from(text, 'base64'))).join(' '), state: root === undefined ? 'none: devices take policies from the policy key alone' : `version ${root.version}, epoch ${root.epoch}; ${root.rootThreshold} of ${root.rootKeys.length} sign it, ${root.policyThreshold} of ${root.policyKeys.length} sign policies`, how: 'keys root propose, keys sign elsewhere, keys root accept' },
    { name: 'installation', id: keyIdOf(policyKey), ...changed(paths.policyKey), state: 'seals secrets, signs bundles and checkpoints of the audit log', how: 'cannot be changed yet: what it sealed and signed would have to be sealed and signed anew' },
    { name: 'account', id: keyring.account.publicKey, ...changed(key('account.nk')), state: 'signs the credentials of devices', how: 'cannot be changed yet: devices take credentials of this account only; a new one means that they enrol again' },
    { name: 'operator', id: keyring.operator.publicKey, ...changed(key('operator.nk')), state: 'signs the accounts', how: 'cannot be changed yet, as the account' },
  ]
}

interface Wanted {
  readonly policyKey?: string
  readonly authority?: string
}

function tells(revision: AgentPolicyRevision | undefined, { policyKey, authority }: Wanted): boolean {
  if (revision === undefined) return false
  const { trust } = wire.AgentPolicy.decode(wire.SignedPolicy.decode(revision.signed).body ?? new Uint8Array())
  if (trust == null) return false
  return (policyKey === undefined || (trust.policyKeys ?? []).some((raw) => Buffer.from(raw).toString('base64') === policyKey)) && (authority === undefined || (trust.authorities ?? []).some((pem) => pem.trim() === authority.trim()))
}

/** Active devices that have not said yet that they run a policy which tells them of a key or an authority. */
export async function devicesBehind(reader: StoreReader, wanted: Wanted): Promise<readonly string[]> {
  const good = new Set<string>()
  const note = (revision: AgentPolicyRevision | undefined): void => {
    if (revision !== undefined && tells(revision, wanted)) good.add(revision.hash)
  }
  for (const group of await reader.deviceGroups()) {
    note(await reader.agentPolicy(group))
    for (const { id } of await reader.openRollouts(group)) for (const role of ['to', 'back'] as const) note(await reader.rolloutRevision(id, role))
  }
  for (const revision of await reader.devicePolicies()) note(revision)
  const behind: string[] = []
  for (let cursor: string | undefined; ;) {
    const page = await reader.devices({ limit: 500, status: 'active', ...(cursor === undefined ? {} : { cursor }) })
    for (const device of page.items) if (device.publicKey !== '' && !good.has(device.report?.policy.runningHash ?? '')) behind.push(device.id)
    cursor = page.nextCursor
    if (cursor === undefined) return behind
  }
}

/** What a step relies on devices having learned before. */
function wantedFor(dir: string, kind: 'policy' | 'authority', step: Step): Wanted | undefined {
  if (step === 'announce') return undefined
  if (kind === 'authority') return { authority: readFileSync(join(dir, 'ca', step === 'switch' ? 'next.pem' : 'ca.pem'), 'utf8') }
  const { signer } = loadInstallation(dir)
  const key = step === 'switch' ? signer.cosigners[0] : signer.key
  return key === undefined ? undefined : { policyKey: createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64') }
}

/** Under a root of trust devices believe what it names and nothing else: it must name the next one before it leads. @throws KEY_ROTATION_REFUSED */
function assertNamed(dir: string, { policyKey, authority }: Wanted): void {
  const root = lastRoot(dir)
  const isNamed = root === undefined || ((policyKey === undefined || root.policyKeys.includes(policyKey)) && (authority === undefined || root.authorities.some((pem) => pem.trim() === authority.trim())))
  if (!isNamed) throw new CodedError('KEY_ROTATION_REFUSED', { problem: 'the root of trust does not name it, so devices would not believe it: keys root propose, have it signed, keys root accept; then take this step' })
}

const DOES: Readonly<Record<Kind, string>> = {
  policy: '', authority: '', 'server-certificate': 'removes tls/ of the data folder; the next start makes key and certificate under the same authority, which devices trust',
  evidence: 'keeps the present key for the copies that it opens, and makes another; the next start tells it to devices in their policy',
  'bus-user': 'makes other keys for the collector’s own connections to NATS; the account signs them at the next start',
  sessions: 'ends every session: everybody signs in again',
}
const STEP_DOES: Readonly<Record<Step, string>> = {
  announce: 'makes the next one; the next start tells it to devices in their policy, which the present one signs',
  switch: 'puts the next one in the place of the present one; the earlier one stays trusted, and goes on signing policies',
  retire: 'takes the earlier one away: devices trust the present one alone',
}

export interface Rotation {
  readonly kind: Kind
  readonly step?: Step
  readonly done: boolean
  readonly does: string
  /** Devices that have not learned of it. */
  readonly behind: readonly string[]
  readonly next?: string
}

async function carryOut(dir: string, store: Store, kind: Kind, step: Step | undefined): Promise<void> {
  const paths = pathsOf(dir)
  if (kind === 'policy' && step !== undefined) stepPolicyKey(dir, step)
  else if (kind === 'authority' && step !== undefined) await stepAuthority(dir, (await store.setting(ORGANISATION_SETTING)) ?? '', step, Date.now())
  else if (kind === 'server-certificate') rmSync(paths.tls, { recursive: true, force: true })
  else if (kind === 'evidence') {
    renameSync(join(paths.keys, 'evidence.pem'), join(paths.keys, `evidence-${loadEvidenceKeys(paths.keys).keyId}.pem`))
    loadEvidenceKeys(paths.keys)
  } else if (kind === 'bus-user') for (const file of ['collector.nk', 'system-user.nk']) writeWhole(join(paths.keys, file), `${createKey('user').seed}\n`)
}

/**
 * Changes one key, or says what that would do.
 *
 * @throws KEY_ROTATION_REFUSED: the collector runs, another step is the next one, or devices would be left behind
 */
export async function rotate(dir: string, kind: Kind, options: { readonly step?: Step; readonly dryRun: boolean; readonly force: boolean }): Promise<Rotation> {
  const { step, dryRun, force } = options
  const stepped = kind === 'policy' || kind === 'authority'
  if (stepped !== (step !== undefined)) throw new CodedError('CONFIG_INVALID', { key: '--step', problem: stepped ? `must be one of ${STEPS.join(', ')}` : `is not for ${kind}` })
  if (stepped && step !== undefined) assertNext(rotationState(dir)[kind], step)
  loadInstallation(dir)
  const store = await openStore(loadConfig(dir, {}, process.env), pathsOf(dir).database)
  try {
    const wanted = stepped && step !== undefined ? wantedFor(dir, kind, step) : undefined
    const behind = wanted === undefined ? [] : await devicesBehind(store, wanted)
    const next = step === 'announce' ? 'start the collector, wait until holdfast keys rotate --step switch --dry-run names no device, then --step switch' : step === 'switch' ? 'start the collector, wait until --step retire --dry-run names no device, then --step retire' : kind === 'sessions' ? undefined : 'start the collector'
    const told: Rotation = { kind, ...(step === undefined ? {} : { step }), done: false, does: step === undefined ? DOES[kind] : STEP_DOES[step], behind, ...(next === undefined ? {} : { next }) }
    if (dryRun) return told
    if (kind !== 'sessions' && isCollectorRunning(dir)) throw new CodedError('KEY_ROTATION_REFUSED', { problem: 'the collector runs and reads keys at its start; stop it for this step, devices keep their activities meanwhile' })
    if (wanted !== undefined && !force) assertNamed(dir, wanted)
    if (behind.length > 0 && !force) throw new CodedError('KEY_ROTATION_REFUSED', { problem: `${behind.length} devices do not know of it yet (${behind.slice(0, 3).join(', ')}); wait until they were here, or use --force, and they have to enrol again` })
    // The entry before the deed: one that was cut short can be read of, and is taken again.
    await store.write(async (tx) => {
      if (kind === 'sessions') for (const { id } of await tx.accounts()) await tx.deleteSessionsOf(id)
      await appendAudit(tx, { actor: localAccount(), action: 'key.rotated', targetKind: 'key', targetId: kind, detail: { ...(step === undefined ? {} : { step }), behind: behind.length, forced: force && behind.length > 0 }, atMs: Date.now() })
    })
    await carryOut(dir, store, kind, step)
    return { ...told, done: true }
  } finally {
    await store.close()
  }
}

const KINDS = Object.keys(DOES) as readonly Kind[]

/** Adds the commands to the program. */
export function keyCommands(program: Command, { reading, fromHere }: { readonly reading: (command: Command) => Command; readonly fromHere: (path: string) => string }): void {
  const keys = program.command('keys').description('Keys and secrets of the installation, and how they are changed.')
  reading(keys.command('list')).description('Every key, how old it is, and how it is changed; also what cannot be changed yet.').action((given: Options) => {
    const rows = listKeys(fromHere(given.dir))
    if (given.json === true) printJson({ keys: rows })
    else printTable(['KEY', 'ID', 'CHANGED', 'STATE', 'HOW'], rows.map((row) => [row.name, row.id.slice(0, 26), row.changedAt?.slice(0, 10) ?? '-', row.state, row.how]))
  })
  reading(keys.command('rotate')).argument('<key>', KINDS.join(', ')).option('--step <step>', `of policy and authority: ${STEPS.join(', ')}`).option('--dry-run', 'say what it would do, and which devices do not know of it yet').option('--force', 'leave devices behind that do not know of it: they enrol again')
    .description('Change a key. The collector is stopped for it; devices keep their activities meanwhile.').action(async (name: string, given: RotateOptions) => {
      const kind = KINDS.find((one) => one === name)
      if (kind === undefined) throw new CodedError('CONFIG_INVALID', { key: 'key', problem: `must be one of ${KINDS.join(', ')}` })
      const step = STEPS.find((one) => one === given.step)
      if (given.step !== undefined && step === undefined) throw new CodedError('CONFIG_INVALID', { key: '--step', problem: `must be one of ${STEPS.join(', ')}` })
      const done = await rotate(fromHere(given.dir), kind, { ...(step === undefined ? {} : { step }), dryRun: given.dryRun === true, force: given.force === true })
      if (given.json === true) printJson(done)
      else {
        say(`${done.done ? 'Done' : 'It would do this'}: ${done.does}.`)
        if (done.behind.length > 0) say(`${done.behind.length} devices do not know of it yet: ${done.behind.slice(0, 20).join(', ')}${done.behind.length > 20 ? ', …' : ''}`)
        if (done.next !== undefined) say(`Next: ${done.next}.`)
      }
    })
  keyHolderCommands(keys, { reading, fromHere })
}
