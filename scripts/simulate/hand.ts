// What a person can do on a device, as the messages that an agent would send about it.
//
// The simulator, its insiders and the scenarios all act through a hand, so that a copy is the same copy everywhere:
// source and destination with one fingerprint, the medium, the process. Nothing here decides whether it is good or bad.
import { toWireTimestamp, type wire } from '@holdfast/proto'

/** A file by what it is; its fingerprint goes with it wherever it goes. */
export interface Thing {
  readonly path: string
  readonly sizeBytes: number
  readonly fingerprint: string
  /** Sensitive content found in it. */
  readonly findings?: readonly { readonly type: string; readonly count: number; readonly confidence: number }[]
  /** Of an archive: the files in it, which its copy names as well. */
  readonly members?: readonly Thing[]
}

export interface Happening {
  readonly atMs: number
  /** A decoded Activity as a plain object. */
  readonly message: wire.Activity
}

export interface Actor {
  readonly account: string
  readonly accountId: string
  readonly domain?: string
}

type Place = 'removable' | 'network_share' | 'cloud_sync' | 'local'
/** Numbers of LocationKind. */
const places: Readonly<Record<Place, number>> = { local: 1, removable: 2, network_share: 3, cloud_sync: 4 }
const states = { enabled: 1, disabled: 2, weakened: 3, absent: 4 } as const
export type State = keyof typeof states

export const homeOf = (account: string): string => `/home/${account}`
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** Where a copy of a thing lies. */
export function placeOf(actor: Actor, place: Place, name: string, folder = ''): string {
  const inside = folder === '' ? name : `${folder}/${name}`
  if (place === 'removable') return `/media/${actor.account}/STICK/${inside}`
  if (place === 'network_share') return `/mnt/share/${inside}`
  if (place === 'cloud_sync') return `${homeOf(actor.account)}/Nextcloud/${inside}`
  return `${homeOf(actor.account)}/${inside}`
}

const facts = (thing: Thing, path: string, location: number): object => ({ path, sizeBytes: thing.sizeBytes, fingerprint: thing.fingerprint, location, state: 'stable' })

export interface Hand {
  copy(atMs: number, thing: Thing, place: Place, options?: { readonly folder?: string; readonly program?: string }): void
  create(atMs: number, thing: Thing): void
  change(atMs: number, thing: Thing): void
  /** @returns the thing under its new name */
  rename(atMs: number, thing: Thing, newPath: string): Thing
  hide(atMs: number, thing: Thing): Thing
  remove(atMs: number, thing: Thing): void
  archive(atMs: number, archive: Thing, members: readonly Thing[], encrypted: boolean): void
  download(atMs: number, thing: Thing, domain: string): void
  /** Without a destination it is what a browser has opened. */
  transfer(atMs: number, thing: Thing, tool: string, destination: string): void
  /** `thing` where the agent knows the file. */
  print(atMs: number, document: string, pages: number, thing?: Thing): void
  /** @param things the first of them, where anybody says which */
  stage(atMs: number, folder: string, count: number, sizeBytes: number, things?: readonly Thing[]): void
  relabel(atMs: number, thing: Thing, from: string, to: string): void
  mount(atMs: number): void
  feature(atMs: number, id: string, from: State, to: State): void
  install(atMs: number, name: string, source?: string): void
  update(atMs: number, name: string): void
  session(atMs: number, endMs: number, remoteHost?: string): void
  tamper(atMs: number, what: string, evidence: string): void
  stopAgent(atMs: number, reason: string): void
  record(atMs: number, access: { readonly patient: string; readonly relation?: string; readonly restrictedReason?: string }): void
}

const STICK: wire.Media.$Properties = { vendor: 'SanDisk', model: 'Ultra', serial: '4C530001', bus: 'usb', capacityBytes: 31_000_000_000, fileSystem: 'exfat' }

/** A hand that puts what it does into `out`. */
export function createHand(actor: Actor, out: Happening[]): Hand {
  const plain = { account: actor.account, accountId: actor.accountId, ...(actor.domain === undefined ? {} : { domain: actor.domain }) }
  const put = (atMs: number, sensor: string, program: string | undefined, detail: wire.Activity['detail'], body: object): void => {
    const at = toWireTimestamp(atMs)
    const by = program === undefined ? { ...plain, attribution: 3 } : { ...plain, attribution: 1, process: { pid: 4242, name: program } }
    out.push({ atMs, message: { occurredAt: at, observedAt: at, sensor, actor: by, detail, [detail as string]: body } as unknown as wire.Activity })
  }
  const found = (thing: Thing): object => (thing.findings === undefined ? {} : { findings: thing.findings })
  const media = { ...STICK, mountPoint: `/media/${actor.account}/STICK`, serial: `4C53${actor.accountId.padStart(8, '0')}` }
  return {
    copy(atMs, thing, place, { folder = '', program = 'cp' } = {}) {
      const destination = placeOf(actor, place, nameOf(thing.path), folder)
      put(atMs, 'files', program, 'fileCopied', { destination: facts(thing, destination, places[place]), source: facts(thing, thing.path, places.local), ...(place === 'removable' ? { media } : {}), ...found(thing), ...(thing.members === undefined ? {} : { members: thing.members.slice(0, 64).map((member) => facts(member, member.path, places.local)), memberCount: thing.members.length }) })
    },
    create: (atMs, thing) => put(atMs, 'files', 'soffice.bin', 'fileCreated', { file: facts(thing, thing.path, places.local), ...found(thing) }),
    change: (atMs, thing) => put(atMs, 'files', 'soffice.bin', 'fileChanged', { file: facts(thing, thing.path, places.local) }),
    rename(atMs, thing, newPath) {
      const endOf = (path: string): string => nameOf(path).split('.').at(-1) ?? ''
      put(atMs, 'files', 'mv', 'fileRenamed', { file: facts(thing, newPath, places.local), oldPath: thing.path, extensionChanged: endOf(thing.path) !== endOf(newPath) })
      return { ...thing, path: newPath }
    },
    hide(atMs, thing) {
      const path = thing.path.replace(/\/([^/]+)$/, '/.$1')
      put(atMs, 'files', 'mv', 'fileHidden', { file: facts(thing, path, places.local), oldPath: thing.path })
      return { ...thing, path }
    },
    remove: (atMs, thing) => put(atMs, 'files', 'rm', 'fileDeleted', { path: thing.path, fingerprint: thing.fingerprint, location: places.local, wasCopySource: false, wasExfiltrated: false }),
    archive: (atMs, archive, members, encrypted) => put(atMs, 'files', 'zip', 'archiveCreated', { archive: facts(archive, archive.path, places.local), members: members.slice(0, 20).map((member) => facts(member, member.path, places.local)), memberCount: members.length, encrypted }),
    download: (atMs, thing, domain) => put(atMs, 'files', 'firefox', 'fileDownloaded', { file: facts(thing, thing.path, places.local), originUrl: `https://${domain}/files/${nameOf(thing.path)}`, originDomain: domain }),
    transfer: (atMs, thing, tool, destination) => put(atMs, 'files', tool, 'fileReadByTransferTool', { file: facts(thing, thing.path, places.local), tool, destination, ...(destination === '' ? { possible: true } : {}) }),
    print: (atMs, document, pages, thing) => put(atMs, 'printing', 'lp', 'filePrinted', { printer: 'floor-2', document, pages, copies: 1, printerKind: 'network', jobState: 'completed', ...(thing === undefined ? {} : { file: facts(thing, thing.path, places.local), fileKnownBy: 'name' }) }),
    stage: (atMs, folder, count, sizeBytes, things = []) => put(atMs, 'files', 'cp', 'filesStaged', { folder, count, sizeBytes, sourceFolders: 4, withinSecs: 300, files: things.slice(0, 64).map((thing) => facts(thing, thing.path, places.local)) }),
    relabel: (atMs, thing, from, to) => put(atMs, 'files', 'soffice.bin', 'labelChanged', { file: facts(thing, thing.path, places.local), oldLabel: from, newLabel: to }),
    mount: (atMs) => put(atMs, 'removable-media', undefined, 'removableMediaMounted', { media, present: false }),
    feature: (atMs, id, from, to) => put(atMs, 'security-features', undefined, 'securityFeatureChanged', { feature: id, from: states[from], to: states[to], seenBy: 'file' }),
    install: (atMs, name, source = 'dpkg') => put(atMs, 'applications', undefined, 'applicationInstalled', { application: { name, version: '1.0', source } }),
    update: (atMs, name) => put(atMs, 'applications', undefined, 'applicationUpdated', { application: { name, version: '1.1', source: 'dpkg' }, oldVersion: '1.0' }),
    session(atMs, endMs, remoteHost) {
      const from = remoteHost === undefined ? { remote: false } : { remote: true, remoteHost }
      put(atMs, 'sessions', undefined, 'sessionStarted', from)
      put(endMs, 'sessions', undefined, 'sessionEnded', from)
    },
    tamper: (atMs, what, evidence) => put(atMs, 'agent', undefined, 'agentTampered', { what, evidence }),
    stopAgent: (atMs, reason) => put(atMs, 'agent', undefined, 'agentStopped', { reason }),
    record: (atMs, access) => put(atMs, 'ehr', undefined, 'patientRecordAccessed', { ...access, eventName: 'record_opened' }),
  }
}
