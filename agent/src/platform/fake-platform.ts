// A device for tests: a folder that stands for `/`, read by the real Linux adapter, and levers for what a folder cannot do.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { CodedError } from '../errors.ts'
import { createLinuxPlatform } from './linux/platform.ts'
import type { BlockDevice, DeviceNotice, MountEntry, Platform, PortableDevice, SessionInfo, VolumeContent } from './platform.ts'

type Answer = { readonly code: number; readonly stdout: string; readonly stderr: string }

export interface FakePlatform extends Platform {
  readonly root: string
  /** Writes a file of the tree, with its folders; `path` is absolute as on the device. */
  write(path: string, text: string): void
  remove(path: string): void
  setMounts(mounts: readonly MountEntry[]): void
  setBlockDevices(devices: readonly BlockDevice[], notice?: DeviceNotice): void
  setPortableDevices(devices: readonly PortableDevice[]): void
  /** What the first blocks of a volume say, by its name. */
  setVolumeContent(name: string, content: VolumeContent | undefined): void
  setBytesWritten(name: string, bytes: number | undefined): void
  setSessions(sessions: readonly SessionInfo[]): void
  /** What a program answers by its bare name; a program without an answer is not on the device. */
  setProgram(name: string, answer: ((args: readonly string[]) => Answer) | undefined): void
  /** Programs that were started, as `name arg …`, in order. */
  readonly started: readonly string[]
  /** Removes the tree. */
  dispose(): void
}

export const buildMount = (mount: Partial<MountEntry> = {}): MountEntry => ({ id: 100, mountPoint: '/media/alice/STICK', root: '/', source: '/dev/sdb1', fileSystem: 'vfat', device: '8:17', options: 'rw,nosuid', ...mount })

export const buildBlockDevice = (device: Partial<BlockDevice> = {}): BlockDevice => ({
  name: 'sdb', device: '8:16', removable: true, bus: 'usb', vendor: 'SanDisk', model: 'Ultra', serial: '4C530001', vendorId: '0781', productId: '5567', sizeBytes: 31_037_849_600, label: '', disk: 'sdb', ...device,
})

type Listeners = Set<{ readonly onChange: (notice?: DeviceNotice) => void }>

const listen = (listeners: Listeners, onChange: (notice?: DeviceNotice) => void, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const listener = { onChange }
    listeners.add(listener)
    signal.addEventListener('abort', () => {
      listeners.delete(listener)
      resolve()
    }, { once: true })
  })

/**
 * @param tree files by absolute path
 * @param options `os` and `elevated` to play another system
 */
export function createFakePlatform(tree: Readonly<Record<string, string>> = {}, options: { readonly os?: NodeJS.Platform; readonly elevated?: boolean } = {}): FakePlatform {
  const root = mkdtempSync(join(tmpdir(), 'holdfast-device-'))
  const real = createLinuxPlatform(root)
  const programs = new Map<string, (args: readonly string[]) => Answer>()
  const started: string[] = []
  const mountListeners: Listeners = new Set()
  const deviceListeners: Listeners = new Set()
  let mounts: readonly MountEntry[] = []
  let devices: readonly BlockDevice[] = []
  let portable: readonly PortableDevice[] = []
  let sessions: readonly SessionInfo[] = []
  const contents = new Map<string, VolumeContent>()
  const written = new Map<string, number>()

  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  for (const [path, text] of Object.entries(tree)) write(path, text)

  return {
    ...real,
    root,
    os: options.os ?? 'linux',
    elevated: options.elevated ?? true,
    mounts: async () => mounts,
    watchMounts: (onChange, signal) => listen(mountListeners, onChange, signal),
    watchBlockDevices: (onChange, signal) => listen(deviceListeners, onChange, signal),
    blockDevices: async () => devices,
    blockDevice: async (device) => devices.find((each) => each.device === device || each.name === device),
    portableDevices: async () => portable,
    volumeContent: async ({ name }) => contents.get(name),
    bytesWritten: (name) => written.get(name),
    sessions: async () => sessions,
    hardwareId: async () => 'f'.repeat(64),
    async run(program, args) {
      const name = program.split('/').at(-1) ?? program
      const answer = programs.get(name)
      if (answer === undefined) throw new CodedError('PLATFORM_COMMAND_MISSING', { program: name })
      started.push([name, ...args].join(' '))
      return answer(args)
    },
    write,
    remove: (path) => rmSync(join(root, path), { recursive: true, force: true }),
    setMounts(next) {
      mounts = next
      for (const { onChange } of mountListeners) onChange()
    },
    setBlockDevices(next, notice) {
      devices = next
      for (const { onChange } of deviceListeners) onChange(notice)
    },
    setPortableDevices(next) {
      portable = next
      for (const { onChange } of deviceListeners) onChange()
    },
    setVolumeContent(name, content) {
      if (content === undefined) contents.delete(name)
      else contents.set(name, content)
    },
    setBytesWritten(name, bytes) {
      if (bytes === undefined) written.delete(name)
      else written.set(name, bytes)
    },
    setSessions(next) {
      sessions = next
    },
    setProgram(name, answer) {
      if (answer === undefined) programs.delete(name)
      else programs.set(name, answer)
    },
    started,
    dispose: () => rmSync(root, { recursive: true, force: true }),
  }
}
