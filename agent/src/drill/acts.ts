// What a fire drill does on Linux. Each act is real and changes nothing that anybody would miss:
//
//   stick        an ext4 image of 8 MiB behind a loop device, mounted where a desktop would mount it
//   canaries     twelve small text files with random words, made in a watched folder, packed, one renamed, all copied to the stick
//   decoy        a file of comments in /etc/cron.d (or /etc/modprobe.d): cron and modprobe read it and do nothing
//   program      a shell script in /usr/local/bin that ends at once
//
// Everything is named beforehand, so that it can be marked and taken away whatever happens in between.
import { createHash, randomBytes } from 'node:crypto'
import { access, chmod, copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ActivityKind, wire } from '@holdfast/proto'
import type { Platform } from '../platform/platform.ts'
import { drillName, type PlannedAct } from './contract.ts'
import type { Leftovers } from './leftovers.ts'
import { canaryRoot, isRootsOwn, stickRoot } from './places.ts'
import type { Attempt } from './report.ts'
import { storedZip } from './stored-zip.ts'

/** Two more than ten, from which on copies to removable media are worth a look by default. */
export const CANARIES = 12
const STICK_BYTES = 8 << 20
const STICK = 'A stick (an image behind a loop device) was mounted.'
const COPY = `${CANARIES} canary files were copied to the stick.`
const ARCHIVE = 'A zip of a canary file was made.'
const RENAME = 'A canary file was renamed.'

/** Folders of settings in which a file of comments does nothing, and the feature that watches each. */
const DECOYS = [
  { folder: '/etc/cron.d', ending: '', feature: 'persistence.cron', what: 'cron' },
  { folder: '/etc/modprobe.d', ending: '.conf', feature: 'persistence.modules', what: 'modprobe' },
] as const
const PROGRAMS = '/usr/local/bin'

export const DRILL_KINDS = ['removable_media_mounted', 'file_copied', 'archive_created', 'file_renamed', 'security_feature_changed', 'application_installed'] as const satisfies readonly ActivityKind[]
export type DrillKind = (typeof DRILL_KINDS)[number]

export const sensorOf: Readonly<Record<DrillKind, string>> = {
  removable_media_mounted: 'removable-media', file_copied: 'files', archive_created: 'files', file_renamed: 'files', security_feature_changed: 'security-features', application_installed: 'applications',
}

/** One thing to do: told beforehand, then done, in the order of the list. */
interface Step {
  readonly kind: DrillKind
  readonly act: string
  /** What must be so before it; not part of the time. */
  readonly ready?: () => Promise<void>
  /** @throws when the system refuses; the reason is told */
  readonly perform: () => Promise<void>
}

type Problem = NonNullable<Attempt['problem']>

export interface Drill {
  readonly acts: readonly PlannedAct[]
  readonly leftovers: Leftovers
  readonly steps: readonly Step[]
  /** Signals that will not be tried, and why. */
  readonly left: readonly Attempt[]
}

export interface DrillRequest {
  readonly id: string
  /** `drill/` of the agent's folder, where the image of the stick lies. */
  readonly folder: string
  readonly policy: wire.AgentPolicy.$Properties
  readonly platform: Platform
  readonly signals: readonly DrillKind[]
  /** Resolves when the sensor of files has told that the canaries are there, or will not. */
  readonly untilSeen: () => Promise<void>
  /** The same of the stick. */
  readonly untilMounted: () => Promise<void>
  /** How much each sensor sees now. */
  readonly sensors: ReadonlyMap<string, { readonly tier: string; readonly reason: string; readonly fix: string }>
}

const NOT_ASKED = { outcome: 'not_expected' as const, reason: 'The policy does not ask for it.', fix: 'Switch on a risk policy that uses it, or widen the watch settings of the group.' }
const notDone = (reason: string, fix: string): Problem => ({ outcome: 'not_done', reason, fix })

/** Why a signal cannot be expected of this device at all; undefined when it can. */
function notExpected(kind: DrillKind, { policy, sensors }: DrillRequest): Problem | undefined {
  const { files, removableMedia, securityFeatures, applications } = policy
  const wanted: Readonly<Record<DrillKind, boolean>> = {
    removable_media_mounted: removableMedia?.enabled === true,
    file_copied: files?.enabled === true && (files.kinds ?? []).includes('file_copied'), archive_created: files?.enabled === true && (files.kinds ?? []).includes('archive_created'), file_renamed: files?.enabled === true && (files.kinds ?? []).includes('file_renamed'),
    security_feature_changed: securityFeatures?.enabled === true,
    application_installed: applications?.enabled === true && ((applications.sources ?? []).length === 0 || (applications.sources ?? []).includes('bin')),
  }
  if (!wanted[kind]) return NOT_ASKED
  const sensor = sensors.get(sensorOf[kind])
  if (sensor === undefined) return notDone('The agent does not say what this sensor sees.', 'Start the agent, and try again.')
  if (sensor.tier === 'blind' || sensor.tier === 'off') return { outcome: 'not_expected', reason: `The sensor is ${sensor.tier}: ${sensor.reason}`, fix: sensor.fix }
  return undefined
}

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')

interface Canary {
  readonly path: string
  readonly copy: string
  readonly text: string
}

/** Says what will be done, without doing anything. */
export async function planDrill(request: DrillRequest): Promise<Drill> {
  const { id, policy, platform, signals } = request
  const name = drillName(id)
  const left: Attempt[] = []
  const acts: PlannedAct[] = []
  const steps: Step[] = []
  const mounts: string[] = []
  const paths: string[] = []
  const leave = (kind: DrillKind, act: string, problem: Problem): void => void left.push({ kind, sensor: sensorOf[kind], act, problem })
  const expects = (kind: DrillKind, act: string): boolean => {
    if (!signals.includes(kind)) return false
    const problem = notExpected(kind, request)
    if (problem !== undefined) leave(kind, act, problem)
    return problem === undefined
  }

  await planDecoy()
  await planProgram()
  const wantsStick = expects('removable_media_mounted', STICK)
  const wantsCopy = expects('file_copied', COPY)
  const wantsArchive = expects('archive_created', ARCHIVE)
  const wantsRename = expects('file_renamed', RENAME)
  const root = wantsCopy || wantsArchive || wantsRename ? await canaryRoot(policy, platform, name) : undefined
  const stick = wantsStick || wantsCopy ? await stickRoot(policy) : undefined
  const noRoot = notDone('No watched folder belongs to root alone, so somebody else could act in the place of the drill.', 'Watch ~ (the homes, root’s with them) or another folder of root.')
  const noStick = notDone('There is no folder for removable media that belongs to root alone.', 'Make /media or /run/media, owned by root.')

  const folder = root === undefined ? '' : join(root, name)
  const mountPoint = stick === undefined ? '' : join(stick.root, name)
  const image = join(request.folder, `${name}.img`)
  const canaries: readonly Canary[] = Array.from({ length: CANARIES }, (_, index) => {
    const file = `${name}-${String(index).padStart(2, '0')}.txt`
    return { path: join(folder, file), copy: join(mountPoint, file), text: `A canary of the fire drill ${id}. It may be deleted.\n${randomBytes(24).toString('hex')}\n` }
  })
  const hashes = canaries.map(({ text }) => sha256(text))
  const [first, second] = canaries as [Canary, Canary]
  const zip = storedZip(`${name}-00.txt`, Buffer.from(first.text))
  const zipPath = join(folder, `${name}.zip`)
  const renamed = join(folder, `${name}-renamed.txt`)

  if (root !== undefined) {
    paths.push(folder)
    const inside = [...canaries.map(({ path }) => path), zipPath, renamed]
    acts.push(
      ...(['file_created', 'file_changed', 'file_deleted'] as const).map((kind): PlannedAct => ({ kind, times: 2 * inside.length, paths: [...inside, folder] })),
      { kind: 'files_staged', times: 2, paths: [folder] },
    )
  }
  if (stick !== undefined) {
    mounts.push(mountPoint)
    paths.push(image)
    const copies = canaries.map(({ copy }) => copy)
    acts.push(
      { kind: 'removable_media_mounted', times: 2, paths: [mountPoint] }, { kind: 'removable_media_unmounted', times: 2, paths: [mountPoint] },
      ...(['file_created', 'file_changed', 'file_deleted'] as const).map((kind): PlannedAct => ({ kind, times: 2 * copies.length, paths: copies })),
      { kind: 'file_copied', times: 2 * copies.length, paths: copies, sha256: hashes }, { kind: 'files_staged', times: 2, paths: [mountPoint] },
    )
  }

  let isMounted = false
  const mountStick = async (): Promise<void> => {
    await rm(image, { force: true })
    await writeFile(image, '', { flag: 'wx', mode: 0o600 })
    await must(platform, 'truncate', ['-s', String(STICK_BYTES), image])
    await must(platform, 'mkfs.ext4', ['-q', '-F', '-O', '^has_journal', '-L', 'HF-DRILL', image])
    await mkdir(mountPoint, { mode: 0o700 })
    await must(platform, 'mount', ['-o', 'loop,nosuid,nodev,noexec', image, mountPoint])
    isMounted = true
  }
  const makeCanaries = async (): Promise<void> => {
    // Not what somebody has put there before us.
    await mkdir(folder, { mode: 0o700 })
    for (const { path, text } of canaries) await writeFile(path, text, { mode: 0o600 })
  }
  let made: Promise<void> | undefined
  const needCanaries = (): Promise<void> => (made ??= makeCanaries())

  if (wantsStick) {
    if (stick === undefined) leave('removable_media_mounted', STICK, noStick)
    else steps.push({ kind: 'removable_media_mounted', act: STICK, perform: mountStick })
  }
  if (wantsArchive) {
    if (root === undefined) leave('archive_created', ARCHIVE, noRoot)
    else {
      acts.push({ kind: 'archive_created', times: 2, paths: [zipPath], sha256: [sha256(zip)] })
      steps.push({ kind: 'archive_created', act: ARCHIVE, perform: async () => needCanaries().then(() => writeFile(zipPath, zip, { mode: 0o600 })) })
    }
  }
  if (wantsCopy) {
    if (root === undefined || stick === undefined) leave('file_copied', COPY, root === undefined ? noRoot : noStick)
    else {
      steps.push({
        kind: 'file_copied', act: COPY,
        // As a person would: the stick is there, and the agent has had the moment that it takes to see it.
        async ready() {
          await needCanaries()
          if (!isMounted) await mountStick()
          await request.untilMounted()
        },
        async perform() {
          for (const { path, copy } of canaries) await copyFile(path, copy)
        },
      })
    }
  }
  if (wantsRename) {
    if (root === undefined) leave('file_renamed', RENAME, noRoot)
    else {
      acts.push({ kind: 'file_renamed', times: 2, paths: [second.path, renamed] })
      // A file that is renamed before anybody has seen it was created under its later name, and no more.
      steps.push({ kind: 'file_renamed', act: RENAME, ready: () => needCanaries().then(request.untilSeen), perform: () => rename(second.path, renamed) })
    }
  }
  return { acts, leftovers: { mounts, paths, pid: process.pid }, steps, left }

  async function planDecoy(): Promise<void> {
    const wanted = policy.securityFeatures?.features ?? []
    const candidates = DECOYS.filter(({ feature }) => wanted.length === 0 || wanted.includes(feature))
    let decoy: (typeof DECOYS)[number] | undefined
    for (const one of candidates) if (decoy === undefined && (await isRootsOwn(one.folder))) decoy = one
    const act = `A file of comments was put into ${decoy?.folder ?? DECOYS[0].folder}, which ${decoy?.what ?? DECOYS[0].what} reads without doing anything.`
    if (!expects('security_feature_changed', act)) return
    if (decoy === undefined) return leave('security_feature_changed', act, notDone('No watched folder of settings takes a file that does nothing (/etc/cron.d, /etc/modprobe.d).', 'Let the policy watch persistence.cron or persistence.modules.'))
    const path = `${decoy.folder}/${name}${decoy.ending}`
    const named = path.replace(/^\/etc\//, '')
    paths.push(path, `${path}~`)
    acts.push({ kind: 'security_feature_changed', times: 4, paths: [named], feature: decoy.feature })
    steps.push({ kind: 'security_feature_changed', act, perform: () => putWhole(path, `# The fire drill ${id} of Holdfast. This file does nothing and may be deleted.\n`, 0o644) })
  }

  async function planProgram(): Promise<void> {
    const act = `A program that does nothing was put into ${PROGRAMS}.`
    if (!expects('application_installed', act)) return
    if (!(await isRootsOwn(PROGRAMS))) return leave('application_installed', act, notDone(`${PROGRAMS} does not belong to root alone.`, `Let only root write to ${PROGRAMS}.`))
    const path = `${PROGRAMS}/${name}`
    paths.push(path, `${path}~`)
    acts.push({ kind: 'application_installed', times: 2, paths: [path, `${path}~`] }, { kind: 'application_removed', times: 2, paths: [path, `${path}~`] })
    steps.push({ kind: 'application_installed', act, perform: () => putWhole(path, `#!/bin/sh\n# The fire drill ${id} of Holdfast. It does nothing and may be deleted.\nexit 0\n`, 0o755) })
  }
}

/** In one step, so that no sensor finds it half written. The name beside it is one that cron, modprobe and sensors take for a leftover. */
async function putWhole(path: string, text: string, mode: number): Promise<void> {
  if (await access(path).then(() => true, () => false)) throw new Error(`${path} is there already`)
  await writeFile(`${path}~`, text, { mode: 0o600, flag: 'wx' })
  await chmod(`${path}~`, mode)
  await rename(`${path}~`, path)
}

async function must(platform: Pick<Platform, 'run'>, program: string, args: readonly string[]): Promise<void> {
  const { code, stderr } = await platform.run(program, args)
  if (code !== 0) throw new Error(`${program}: ${stderr.trim().split('\n').at(-1)?.slice(0, 160) || `code ${code}`}`)
}
