import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { hostname, release } from 'node:os'
import { win32 } from 'node:path'
import type { Platform } from '../platform.ts'
import { watchByPolling } from '../poll-watch.ts'
import { createRun } from '../run-program.ts'
import { parseConsoleUser, parseDiskDrives, parseLogicalDisks, parseProductUuid, parseProfiles } from './facts.ts'

/** A question costs a start of PowerShell, about half a second: so seldom. */
const POLL_MS = 10_000
const ANSWER_FOR_MS = 60_000

/** Only administrators may list this folder; there is no cheaper synchronous question. */
function isElevated(systemRoot: string): boolean {
  try {
    readdirSync(win32.join(systemRoot, 'System32', 'config'))
    return true
  } catch {
    return false
  }
}

/**
 * The facts of a Windows device, from WMI through PowerShell. What it cannot tell is an empty answer.
 *
 * @param run starts a program; the system's own when absent
 */
export function createWindowsPlatform(run?: Platform['run']): Platform {
  const systemRoot = process.env['SystemRoot'] ?? 'C:\\Windows'
  const folder = win32.join(systemRoot, 'System32', 'WindowsPowerShell', 'v1.0')
  const start = run ?? createRun({ root: '', folders: [folder, win32.join(systemRoot, 'System32')], environment: { SystemRoot: systemRoot, windir: systemRoot, PATH: win32.join(systemRoot, 'System32') } })
  const ask = (command: string): Promise<string> =>
    start(win32.join(folder, 'powershell.exe'), ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', `[Console]::OutputEncoding=[Text.Encoding]::UTF8; ${command} | ConvertTo-Json -Compress -Depth 3`]).then(({ stdout }) => stdout, () => '')

  const blockDevices: Platform['blockDevices'] = async () =>
    parseDiskDrives(await ask("Get-CimInstance Win32_DiskDrive | ForEach-Object { $d=$_; $l=($d | Get-CimAssociatedInstance -ResultClassName Win32_DiskPartition | Get-CimAssociatedInstance -ResultClassName Win32_LogicalDisk | ForEach-Object DeviceID) -join ' '; $d | Select-Object DeviceID,InterfaceType,MediaType,Model,SerialNumber,@{n='Size';e={[string]$_.Size}},PNPDeviceID,@{n='Parent';e={(Get-PnpDeviceProperty -InstanceId $_.PNPDeviceID -KeyName DEVPKEY_Device_Parent -ErrorAction SilentlyContinue).Data}},@{n='Letters';e={$l}} }"))
  let profiles: { readonly answer: ReturnType<Platform['accounts']>; readonly until: number } | undefined
  const accounts: Platform['accounts'] = () => {
    if (profiles === undefined || profiles.until < performance.now()) {
      profiles = { answer: ask('Get-CimInstance Win32_UserProfile -Filter "Special=false" | Select-Object SID,LocalPath').then(parseProfiles), until: performance.now() + ANSWER_FOR_MS }
    }
    return profiles.answer
  }
  const logicalDisks = (): Promise<string> => ask('Get-CimInstance Win32_LogicalDisk | Select-Object DeviceID,DriveType,FileSystem,ProviderName,VolumeSerialNumber')

  return {
    os: 'win32',
    elevated: isElevated(systemRoot),
    mounts: async () => parseLogicalDisks(await logicalDisks()),
    watchMounts: (onChange, signal) => watchByPolling(logicalDisks, POLL_MS, onChange, signal),
    watchBlockDevices: (onChange, signal) => watchByPolling(() => ask('Get-CimInstance Win32_DiskDrive | Select-Object DeviceID,PNPDeviceID'), POLL_MS, onChange, signal),
    blockDevice: async (device) => (await blockDevices()).find((each) => each.device === device || each.name === device),
    blockDevices,
    process: () => undefined,
    accountByUid: async (uid) => (await accounts()).find((account) => account.uid === uid),
    accounts,
    sessions: async () => parseConsoleUser(await ask('Get-CimInstance Win32_ComputerSystem | Select-Object UserName')),
    async hardwareId() {
      const uuid = parseProductUuid(await ask('Get-CimInstance Win32_ComputerSystemProduct | Select-Object UUID'))
      return createHash('sha256').update(['holdfast hardware 1', ...(uuid === undefined ? ['hostname', hostname()] : ['smbios', uuid])].join('\n')).digest('hex')
    },
    description: async () => ({ os: 'windows', osVersion: release(), kernel: release(), hostname: hostname() }),
    run: start,
  }
}
