// Other versions of this agent, as the collector offers them: taken, fetched, verified, and handed to `holdfast-agent upgrade`,
// which unpacks beside the version that runs, switches, and returns by itself when the new one does not come up well.
//
//   1. What may run here is signed by the key that the running version was built with (release-key.pem in its folder). The
//      collector can choose among such releases and nothing else: neither it nor the broker can make one.
//   2. A release that is not newer than what runs is refused. The only way back is to a version that stands on this disk
//      already, because it ran here, and only while the version that is to be left runs.
//   3. The signature is verified before the first piece is asked for, the sum over the whole file before anything is
//      unpacked, and both once more by the command.
//   4. One offer at a time; a later one takes the place of one that is still being fetched. An order that comes again is
//      answered from the disk and done once.
import { existsSync } from 'node:fs'
import { rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { wire } from '@holdfast/proto'
import { CodedError, type ErrorCode } from '../errors.ts'
import { fetchPackage, type PackageLink, sizeOf } from './fetch.ts'
import { type Offer, type Progress, progressOf, readOffer, upgradeFolder, writeOffer } from './offer.ts'
import { readProbation, readResult } from './probation.ts'
import { compareTarball, compareVersions, readReleaseKey, RELEASE_FILE, releaseKeyId, verifyDescriptor } from './release.ts'

/** A release unpacks to about four times its size; the rest is for the spool, which must not suffer. */
const UNPACKED = 6
const SPARE_BYTES = 64 * 2 ** 20
const MAX_TRIES = 3
/** While nothing is to be fetched. */
const LOOK_MS = 60_000
/** An offer that the disk has no room for is looked at again. */
const NO_ROOM_MS = 600_000

export interface UpgraderDeps {
  /** The agent's own. */
  readonly folder: string
  /** Folder of versions that this program belongs to; undefined from a checkout. */
  readonly home: string | undefined
  /** The version that runs. */
  readonly version: string
  readonly elevated: boolean
  /** Such as linux-x64. */
  readonly platform: string
  /** Runs `holdfast-agent upgrade` apart from this process, which it will end. @returns code of a refusal; undefined when it went well */
  readonly runUpgrade: (options: readonly string[]) => Promise<string | undefined>
  /** There is something to tell the collector. */
  readonly onChange: () => void
  readonly log: { info(object: object, message: string): void; warn(object: object, message: string): void }
}

export interface Upgrader {
  /** @returns the answer to the order: `taken`, `runs`, `busy`, or why it was not taken */
  order(id: string, order: wire.UpgradeOrder.$Properties): Promise<string>
  state(): Promise<wire.UpgradeState.$Properties>
  /** Serves one connection: what is to be fetched is, until the signal aborts. Rejects never. */
  fetch(link: PackageLink, signal: AbortSignal): Promise<void>
}

type Unable = 'PLATFORM' | 'NOT_INSTALLED' | 'NOT_ROOT' | 'NO_KEY'

const keyPath = (home: string, version: string): string => join(home, 'versions', version, 'release-key.pem')

function whyUnable({ home, version, elevated, platform }: UpgraderDeps): Unable | '' {
  if (!platform.startsWith('linux-')) return 'PLATFORM'
  if (home === undefined || !existsSync(join(home, 'versions', version))) return 'NOT_INSTALLED'
  if (!elevated) return 'NOT_ROOT'
  return existsSync(keyPath(home, version)) ? '' : 'NO_KEY'
}

const codeOf = (error: unknown): string => (error instanceof CodedError ? error.code : (error as NodeJS.ErrnoException).code === 'ENOSPC' ? ('UPGRADE_NO_ROOM' satisfies ErrorCode) : ('UPGRADE_UNREADABLE' satisfies ErrorCode))

async function assertRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize < bytes + SPARE_BYTES) throw new CodedError('UPGRADE_NO_ROOM', { needed: bytes + SPARE_BYTES, folder })
}

/** What is known of earlier offers is read from the disk at once. */
export async function createUpgrader(deps: UpgraderDeps): Promise<Upgrader> {
  const { folder, home = '', version, platform, runUpgrade, onChange, log } = deps
  const unable = whyUnable(deps)
  const path = join(upgradeFolder(folder), RELEASE_FILE)
  const keyId = unable === '' ? await readReleaseKey(keyPath(home, version)).then(releaseKeyId, () => '') : ''
  let offer = await readOffer(folder)
  let problem = ''
  /** Aborted when there is another offer to look at. */
  let news = new AbortController()
  let installing = false
  let isClear = false

  const keep = async (next: Offer): Promise<void> => {
    await writeOffer(folder, next)
    offer = next
    isClear = false
    news.abort()
    news = new AbortController()
    onChange()
  }
  const clear = async (): Promise<void> => {
    for (const each of [path, `${path}.json`, `${path}.json.sig`]) await rm(each, { force: true })
  }
  const refuse = async (which: Offer, reason: string): Promise<void> => {
    if (offer?.order !== which.order) return
    log.warn({ offer: which.offer, version: which.version, reason }, 'another version of the agent is not taken')
    await clear()
    await keep({ ...which, state: 'refused', reason })
  }

  /** Hands it to the command, which ends this process when all is well. */
  const install = async (which: Offer): Promise<void> => {
    if (installing) return
    installing = true
    try {
      if (which.tries >= MAX_TRIES) return await refuse(which, 'UPGRADE_CUT_OFF')
      await keep({ ...which, state: 'installing', tries: which.tries + 1 })
      log.info({ version: which.version, back: which.back === true }, which.back === true ? 'the version before is taken again' : 'another version of the agent is installed beside this one')
      const reason = await runUpgrade(which.back === true ? ['--back'] : ['--from', path])
      if (reason !== undefined && reason !== 'UPGRADE_RETURNED') await refuse(which, reason)
      else onChange()
    } finally {
      installing = false
    }
  }

  const fetchOffer = async (link: PackageLink, which: Offer, signal: AbortSignal): Promise<void> => {
    try {
      await assertRoom(folder, Math.max(0, which.sizeBytes - (await sizeOf(path))))
      await assertRoom(home, which.sizeBytes * UNPACKED)
      const isWhole = await fetchPackage(link, path, which, (now) => {
        if (now !== problem) log.info({ problem: now }, now === '' ? 'the release is being fetched' : 'the release is not to be had now; trying again')
        problem = now
      }, signal)
      if (!isWhole || offer !== which) return
      await compareTarball(path, which)
      await writeFile(`${path}.json`, Buffer.from(which.descriptor, 'base64'), { mode: 0o600 })
      await writeFile(`${path}.json.sig`, Buffer.from(which.signature, 'base64'), { mode: 0o600 })
    } catch (error) {
      if (signal.aborted) return
      const code = codeOf(error)
      // Its end may have been torn by a loss of power; and the disk may have room later.
      if (code === 'UPGRADE_SIGNATURE' && which.damaged === 0) {
        await clear()
        await keep({ ...which, damaged: 1 })
      } else await refuse(which, code)
      return
    }
    await install(which)
  }

  const take = async (id: string, { offer: number = 0, descriptor, signature, leave }: wire.UpgradeOrder.$Properties): Promise<string> => {
    const resultBefore = (await readResult(folder))?.at ?? ''
    const none = { format: 1, order: id, offer: number ?? 0, state: 'refused', sizeBytes: 0, sha256: '', descriptor: '', signature: '', resultBefore, tries: 0, damaged: 0 } as const
    try {
      if (unable !== '') throw new CodedError('UPGRADE_NO_KEY')
      if ((leave ?? '') !== '') {
        if (leave === version) {
          await keep({ ...none, state: 'installing', version, back: true })
          return 'taken'
        }
        // It was not reached yet: what is here of it goes.
        if (offer !== undefined && offer.version === leave) {
          await clear()
          await keep({ ...none, version: offer.version, reason: 'WITHDRAWN' })
        }
        return 'runs'
      }
      const bytes = { descriptor: Buffer.from(descriptor ?? []), signature: Buffer.from(signature ?? []) }
      const release = verifyDescriptor(bytes.descriptor, bytes.signature, { key: await readReleaseKey(keyPath(home, version)), platform })
      if (release.version === version) return 'runs'
      if (compareVersions(release.version, version) < 0) throw new CodedError('UPGRADE_NOT_NEWER', { version: release.version, running: version })
      const isSame = offer?.sha256 === release.sha256 && offer.state === 'fetching'
      if (!isSame) await clear()
      await keep({ ...none, state: 'fetching', version: release.version, sizeBytes: release.sizeBytes, sha256: release.sha256, descriptor: bytes.descriptor.toString('base64'), signature: bytes.signature.toString('base64') })
      return 'taken'
    } catch (error) {
      const reason = codeOf(error)
      await keep({ ...none, version: '', reason })
      return reason
    }
  }

  const progress = async (): Promise<Progress | undefined> => (offer === undefined ? undefined : progressOf(folder, offer))

  // What a restart has cut off goes on.
  const resume = async (): Promise<void> => {
    const found = await progress()
    if (offer === undefined || found === undefined) return
    if (found.state === 'installing' && (await readProbation(folder)) === undefined) {
      if (offer.back !== true && offer.version === version) return
      if (offer.back === true ? offer.version !== version : !existsSync(path)) return refuse(offer, 'UPGRADE_CUT_OFF')
      await install(offer)
    }
  }
  void resume().catch((error: unknown) => log.warn({ err: error }, 'an upgrade that was cut off cannot be looked at'))

  return {
    async order(id, order) {
      const known = offer
      if (known !== undefined && known.order === id) return known.state === 'refused' ? (known.reason ?? 'refused') : 'taken'
      if (installing || (await readProbation(folder)) !== undefined || (await progress())?.state === 'installing') return 'busy'
      const outcome = await take(id, order)
      const taken = offer
      // Not awaited: the answer goes out before the command ends this process.
      if (taken?.order === id && taken.back === true && outcome === 'taken') void sleep(200).then(() => install(taken)).catch((error: unknown) => log.warn({ err: error }, 'the way back failed'))
      return outcome
    },
    async state() {
      const common = { platform, unable, keyId }
      const found = await progress()
      if (offer === undefined || found === undefined) return common
      if ((found.state === 'confirmed' || found.state === 'returned') && !isClear) {
        isClear = true
        await clear()
      }
      return { ...common, offer: offer.offer, ...found, ...(found.state === 'fetching' ? { receivedBytes: await sizeOf(path) } : {}) }
    },
    async fetch(link, signal) {
      while (!signal.aborted) {
        const which = offer
        const wait = news.signal
        try {
          if (which?.state === 'fetching') await fetchOffer(link, which, AbortSignal.any([signal, wait]))
          else if (which?.state === 'refused' && which.reason === 'UPGRADE_NO_ROOM' && which.sha256 !== '') {
            await sleep(NO_ROOM_MS, undefined, { signal: AbortSignal.any([signal, wait]), ref: false }).catch(() => undefined)
            if (!signal.aborted && offer === which) await keep({ ...which, state: 'fetching', damaged: 0 })
            continue
          }
        } catch (error) {
          log.warn({ err: error }, 'a release cannot be fetched')
        }
        if (offer === which || offer?.state !== 'fetching') await sleep(LOOK_MS, undefined, { signal: AbortSignal.any([signal, wait]), ref: false }).catch(() => undefined)
      }
    },
  }
}
