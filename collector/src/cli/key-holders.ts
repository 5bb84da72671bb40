// holdfast keys make, sign, pending, deliver, root: keys that are kept outside of the collector, and what they sign.
//
//   on a machine of the holder    keys make, keys sign      no installation, no network
//   beside the collector          keys root propose, keys root accept, keys pending, keys deliver
import { generateKeyPairSync } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { appendAudit } from '../audit/chain.ts'
import { CodedError } from '../errors.ts'
import { publicText } from '../fleet/agent-policy.ts'
import { describeRoot, idOfPublic, parsePublicKey, type TrustRoot } from '../fleet/trust-root.ts'
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts'
import type { Store } from '../store/store.ts'
import { deliver, type Delivery, pendingPolicies } from './countersign.ts'
import { loadInstallation, ORGANISATION_SETTING, pathsOf } from './installation.ts'
import { isCollectorRunning, localAccount } from './local-api.ts'
import { printJson, say } from './output.ts'
import { acceptRoot, lastRoot, type Proposal, proposeRoot } from './roots.ts'
import { authoritiesOf } from './signing.ts'
import { describeFile, readPrivateKey, readSigningFile, signFile, type SigningFile, writeSigningFile } from './signing-file.ts'

interface Options {
  readonly dir: string
  readonly json?: boolean
}
interface ProposeOptions extends Options {
  readonly rootKey?: readonly string[]
  readonly rootThreshold?: string
  readonly outsideKey?: readonly string[]
  readonly policyThreshold?: string
  readonly newEpoch?: boolean
}

const refuse = (problem: string): never => {
  throw new CodedError('KEY_ROTATION_REFUSED', { problem })
}

async function inStore<T>(dir: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openSqliteStore({ path: pathsOf(dir).database })
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

const organisationOf = async (store: Store): Promise<string> => (await store.setting(ORGANISATION_SETTING)) ?? ''

/** Makes a key for a holder. @returns base64 of its public half. @throws KEY_ROTATION_REFUSED when the file is there */
export function makeHolderKey(path: string): string {
  if (existsSync(path)) refuse(`${path} is there already`)
  const { privateKey } = generateKeyPairSync('ed25519')
  writeFileSync(path, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600, flag: 'wx', flush: true })
  return publicText(privateKey)
}

/** Writes what the holders of root keys are asked to sign. @throws KEY_ROTATION_REFUSED */
export async function propose(dir: string, path: string, wanted: Proposal): Promise<SigningFile> {
  const { signer } = loadInstallation(dir)
  const file = proposeRoot(dir, await inStore(dir, organisationOf), signer, authoritiesOf(dir), wanted, Date.now())
  writeSigningFile(path, file)
  return file
}

/** Keeps what they have signed. @throws KEY_ROTATION_REFUSED: the collector runs, or something is missing */
export async function accept(dir: string, path: string): Promise<TrustRoot> {
  const { signer, authority } = loadInstallation(dir)
  if (isCollectorRunning(dir)) refuse('the collector runs and reads roots at its start; stop it for this step, devices keep their activities meanwhile')
  return inStore(dir, async (store) => {
    const root = acceptRoot(dir, await organisationOf(store), signer, authority.certificatePem, readSigningFile(path))
    await store.write((tx) => appendAudit(tx, { actor: localAccount(), action: 'key.root_accepted', targetKind: 'key', targetId: `root ${root.version}`, detail: { epoch: root.epoch, rootKeys: root.rootKeys.map(idOfPublic), rootThreshold: root.rootThreshold, policyKeys: root.policyKeys.map(idOfPublic), policyThreshold: root.policyThreshold }, atMs: Date.now() }))
    return root
  })
}

/** Adds what was signed elsewhere to the policies that wait for it; also while the collector runs. @throws KEY_ROTATION_REFUSED */
export async function deliverFile(dir: string, path: string): Promise<Delivery> {
  const { signer } = loadInstallation(dir)
  const file = readSigningFile(path)
  return inStore(dir, (store) => store.write(async (tx) => {
    const done = await deliver(tx, signer, file)
    await appendAudit(tx, { actor: localAccount(), action: 'key.policies_signed', targetKind: 'key', targetId: 'policy', detail: { ...done }, atMs: Date.now() })
    return done
  }))
}

const list = (value: string, before: readonly string[] = []): readonly string[] => [...before, value]

function threshold(option: string, text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 1) throw new CodedError('CONFIG_INVALID', { key: option, problem: 'must be a whole number from 1' })
  return value
}

function wantedOf({ rootKey, rootThreshold, outsideKey, policyThreshold, newEpoch }: ProposeOptions): Proposal {
  return {
    newEpoch: newEpoch === true, ...(rootKey === undefined ? {} : { rootKeys: rootKey.map(parsePublicKey) }), ...(outsideKey === undefined ? {} : { outsideKeys: outsideKey.map(parsePublicKey) }),
    ...(rootThreshold === undefined ? {} : { rootThreshold: threshold('--root-threshold', rootThreshold) }), ...(policyThreshold === undefined ? {} : { policyThreshold: threshold('--policy-threshold', policyThreshold) }),
  }
}

/** Adds the commands below `holdfast keys`. */
export function keyHolderCommands(keys: Command, { reading, fromHere }: { readonly reading: (command: Command) => Command; readonly fromHere: (path: string) => string }): void {
  keys.command('make').argument('<file>', 'where the private key goes, for this account alone').option('--json', 'print JSON').description('Make a key that is kept outside of the collector, on the machine of its holder; prints its public half.').action((path: string, given: { readonly json?: boolean }) => {
    const publicKey = makeHolderKey(fromHere(path))
    if (given.json === true) printJson({ publicKey, id: idOfPublic(publicKey) })
    else say(`Its public half, for --root-key or --outside-key (id ${idOfPublic(publicKey)}):\n${publicKey}`)
  })
  keys.command('sign').argument('<file>', 'what keys root propose or keys pending wrote').requiredOption('--key <file>', 'the private key, as keys make wrote it').option('--yes', 'sign; without it, only say what would be signed').option('--json', 'print JSON')
    .description('Show what a file asks to be signed, read from what would be signed itself, and with --yes add a signature to it. Needs no collector.').action((path: string, given: { readonly key: string; readonly yes?: boolean; readonly json?: boolean }) => {
      const file = readSigningFile(fromHere(path))
      const says = describeFile(file)
      const key = readPrivateKey(fromHere(given.key))
      if (given.yes === true) writeSigningFile(fromHere(path), signFile(file, key))
      if (given.json === true) printJson({ purpose: file.purpose, says, signed: given.yes === true, key: idOfPublic(publicText(key)) })
      else say(`${says.join('\n')}\n${given.yes === true ? `Signed by ${idOfPublic(publicText(key))}.` : 'Not signed; say --yes to sign.'}`)
    })
  reading(keys.command('pending')).argument('<file>', 'where to write them').description('Write the policies that wait for signatures from outside into a file.').action(async (path: string, given: Options) => {
    const dir = fromHere(given.dir)
    const file = await inStore(dir, (store) => pendingPolicies(store, loadInstallation(dir).signer))
    if (file !== undefined) writeSigningFile(fromHere(path), file)
    if (given.json === true) printJson({ waiting: file?.items.map(({ id }) => id) ?? [] })
    else say(file === undefined ? 'No policy waits for a signature.' : `${file.items.length} policies wait: ${file.items.map(({ id }) => id).join(', ')}. Have the file signed with holdfast keys sign, then holdfast keys deliver.`)
  })
  reading(keys.command('deliver')).argument('<file>', 'what came back signed').description('Add signatures to the policies that wait for them; devices get those that have enough.').action(async (path: string, given: Options) => {
    const done = await deliverFile(fromHere(given.dir), fromHere(path))
    if (given.json === true) printJson(done)
    else say(`${done.signed} policies got a signature, ${done.whole} of them have enough now.${done.gone > 0 ? ` ${done.gone} of the file are not wanted any more.` : ''}`)
  })
  const root = keys.command('root').description('The root of trust: who may sign policies, as the holders of keys say that are kept outside of the collector.')
  reading(root.command('show')).description('What the present root says.').action((given: Options) => {
    const now = lastRoot(fromHere(given.dir))
    if (given.json === true) printJson(now === undefined ? {} : { ...now, issuedAt: new Date(now.issuedAtMs).toISOString() })
    else say(now === undefined ? 'There is no root of trust: devices take policies from the key of the collector alone.' : describeRoot(now).join('\n'))
  })
  reading(root.command('propose')).argument('<file>', 'where to write it').option('--root-key <key>', 'public key of a holder, once for each; default: those of the root before', list).option('--root-threshold <n>', 'how many of them sign the next root')
    .option('--outside-key <key>', 'public key that signs policies beside the collector, once for each; default: none', list).option('--policy-threshold <n>', 'how many keys must sign a policy').option('--new-epoch', 'put every policy of before out of force, after a theft')
    .description('Write the root that would say what signs and vouches now, for its holders to sign.').action(async (path: string, given: ProposeOptions) => {
      const file = await propose(fromHere(given.dir), fromHere(path), wantedOf(given))
      if (given.json === true) printJson({ says: describeFile(file) })
      else say(`${describeFile(file).join('\n')}\nHave it signed with holdfast keys sign, then holdfast keys root accept.`)
    })
  reading(root.command('accept')).argument('<file>', 'what came back signed').description('Keep a root that enough holders have signed; the next start tells it to devices.').action(async (path: string, given: Options) => {
    const now = await accept(fromHere(given.dir), fromHere(path))
    if (given.json === true) printJson(now)
    else say(`${describeRoot(now).join('\n')}\nKept. Next: start the collector.`)
  })
}
