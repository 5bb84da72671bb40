// Facts that sensors need of the operating system. linux/, darwin/ and windows/ hold the adapters; tests use a fake one.

export interface MountEntry {
  readonly id: number
  readonly mountPoint: string
  readonly root: string
  readonly source: string
  readonly fileSystem: string
  /** `major:minor`. */
  readonly device: string
  readonly options: string
  /** Of the file system rather than the mount: `upperdir=` of an overlay stands here. As the kernel writes them, escaped. */
  readonly superOptions?: string
}

export interface BlockDevice {
  /** `sdb1`, `loop0`. */
  readonly name: string
  readonly device: string
  readonly removable: boolean
  /** `usb`, `mmc`, `loop`, `nvme`, ... */
  readonly bus: string
  readonly vendor: string
  readonly model: string
  readonly serial: string
  readonly vendorId: string
  readonly productId: string
  readonly sizeBytes: number
  readonly label: string
  /** Whole disk a partition or an unlocked volume belongs to; its own name for a disk. */
  readonly disk: string
  /** Holds or is an encrypted volume (LUKS, FileVault, BitLocker); absent where nobody can tell. */
  readonly encrypted?: boolean
  /** `luks`, `bitlocker`, `veracrypt`, …: how, where it is known. */
  readonly encryption?: string
  /** File system by udev's record, or `crypto_LUKS` and the like; absent where nobody has said. */
  readonly fileSystem?: string
  /** The physical device, the same for all its disks and partitions and for every connection; absent where the adapter cannot say. */
  readonly physicalId?: string
  /** Another one for each time that the device is connected. */
  readonly instance?: string
  /** Number of the slot (LUN) within the physical device. */
  readonly slot?: string
}

/** A device that holds files and is no disk: a telephone, a camera, a serial line over Bluetooth. */
export interface PortableDevice {
  readonly class: 'mtp' | 'ptp' | 'bluetooth'
  readonly physicalId: string
  readonly instance: string
  readonly vendor: string
  readonly model: string
  readonly serial: string
  readonly vendorId: string
  readonly productId: string
  /** `/dev/bus/usb/001/005`; empty where there is none. */
  readonly node: string
}

/** What the first blocks of a volume say of it. */
export interface VolumeContent {
  /** Empty when it is none that is known. */
  readonly fileSystem: string
  readonly label: string
  /** `luks`, `bitlocker`; `unknown` for what is only random bytes: VeraCrypt, plain dm-crypt, or a medium that was wiped. */
  readonly encryption?: string
}

/** What is said with a notification about devices, where there is anything to say. */
export interface DeviceNotice {
  /** Notifications were lost: what came and went meanwhile is known only as far as it left a trace. */
  readonly lost?: boolean
  /** The system does not tell of devices, and why: they are compared now and then. */
  readonly deaf?: string
}

export interface ProcessInfo {
  readonly pid: number
  readonly ppid: number
  readonly name: string
  readonly executable: string
  readonly uid: number
  /** The uid that signed in, over sudo and su; undefined when there is none. */
  readonly loginUid?: number
  readonly parentName: string
  /** Container or sandbox that it runs in: `docker:4f3c2b1a0987`, `flatpak:org.gnome.Maps`; absent on the host itself. */
  readonly container?: string
}

export interface AccountInfo {
  readonly name: string
  readonly uid: number
  readonly home: string
}

export interface SessionInfo {
  readonly account: string
  readonly remote: boolean
  readonly host: string
}

/** Rules that stand in the kernel and in no file. */
export type KernelRules = 'packet_filter' | 'audit'

/** Who changed them, as far as the kernel says. */
export interface RuleChanger {
  readonly pid?: number
  readonly name?: string
  /** The uid that signed in, over sudo and su. */
  readonly loginUid?: number
}

export interface Platform {
  readonly os: NodeJS.Platform
  /** Runs with the rights that the strong sensors need (root, LocalSystem). */
  readonly elevated: boolean
  /** Folder that stands for `/` where a sensor reads settings; `/` when absent. A fake tree in tests. */
  readonly root?: string
  mounts(): Promise<readonly MountEntry[]>
  /** Calls back when the mount table may have changed; the promise resolves when the signal aborts. */
  watchMounts(onChange: () => void, signal: AbortSignal): Promise<void>
  /** Calls back when a block device or the medium in it may have come or gone; the promise resolves when the signal aborts. */
  watchBlockDevices(onChange: (notice?: DeviceNotice) => void, signal: AbortSignal): Promise<void>
  /** @param device `major:minor`, or its name */
  blockDevice(device: string): Promise<BlockDevice | undefined>
  /** All block devices that are there now. */
  blockDevices(): Promise<readonly BlockDevice[]>
  /** Telephones, cameras and the like; absent where the adapter knows of none. */
  portableDevices?(): Promise<readonly PortableDevice[]>
  /** Looks at the first blocks of a removable volume, in a child that ends; undefined when they cannot be read. */
  volumeContent?(device: BlockDevice): Promise<VolumeContent | undefined>
  /** Bytes that the system has written to a block device since it came, by its name. */
  bytesWritten?(name: string): number | undefined
  /**
   * Calls back when the kernel's rules of that kind have changed, until the signal aborts; absent where nothing tells.
   * @throws Error when this system does not tell after all
   */
  watchKernelRules?(rules: KernelRules, onChange: (changer: RuleChanger) => void, signal: AbortSignal): void
  process(pid: number): ProcessInfo | undefined
  accountByUid(uid: number): Promise<AccountInfo | undefined>
  /** Accounts that can sign in, with their homes: what `~` in a policy stands for. */
  accounts(): Promise<readonly AccountInfo[]>
  sessions(): Promise<readonly SessionInfo[]>
  /** SHA-256, hex, over the hardware's own ids; the same after a re-installation where the hardware has any. */
  hardwareId(): Promise<string>
  description(): Promise<{ readonly os: string; readonly osVersion: string; readonly kernel: string; readonly hostname: string }>
  /**
   * Runs a program of the system by its name, or its absolute path in a folder of the system: no shell, clean environment,
   * bounded time and output. An exit code other than 0 is an answer.
   * @throws PLATFORM_COMMAND_FAILED when time, size or a signal ended it; PLATFORM_COMMAND_MISSING
   */
  run(program: string, args: readonly string[], options?: { readonly timeoutMs?: number; readonly maxBytes?: number }): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>
}
