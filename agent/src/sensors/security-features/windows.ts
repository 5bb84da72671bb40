// Windows: what PowerShell, reg, manage-bde, netsh and auditpol say about its protection.
//
// One question with JSON for an answer is asked of PowerShell for many features at once, because starting it costs half a
// second. Every parser also reads the list form (`Name : value`) that the same commands print for a person. What is not
// understood is unknown, never a change.
import type { SystemView } from '../system-view.ts'
import { absent, disabled, enabled, type Feature, type FeatureReading, shortHash, unknown, weakened } from './feature.ts'

export type WindowsRow = ReadonlyMap<string, string>

const shown = (value: unknown): string => (Array.isArray(value) ? value.map(shown).join(' ') : value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)).trim()

/** Rows of ConvertTo-Json (one object, or a list of them), or of Format-List (blocks of `Name : value` with an empty line between). Keys in lower case. */
export function parseRecords(text: string): readonly WindowsRow[] {
  const trimmed = text.replace(/^\uFEFF/, '').trim()
  if (trimmed === '') return []
  if (/^[[{]/.test(trimmed)) {
    try {
      const value: unknown = JSON.parse(trimmed)
      return (Array.isArray(value) ? (value as unknown[]) : [value]).flatMap((row) => (typeof row === 'object' && row !== null ? [new Map(Object.entries(row).map(([key, each]) => [key.toLowerCase(), shown(each)]))] : []))
    } catch {
      return []
    }
  }
  return trimmed.split(/\r?\n\s*\r?\n/).flatMap((block) => {
    const row = new Map<string, string>()
    let last = ''
    for (const line of block.split(/\r?\n/)) {
      const match = /^(\w[\w ()-]*?)\s*:(?:\s(.*))?$/.exec(line)
      // Long values go on in the next line, indented.
      if (match === null && last !== '' && /^\s+\S/.test(line)) row.set(last, `${row.get(last) ?? ''} ${line.trim()}`.trim())
      if (match?.[1] === undefined) continue
      last = match[1].toLowerCase()
      row.set(last, (match[2] ?? '').trim())
    }
    return row.size === 0 ? [] : [row]
  })
}

const isTrue = (value: string | undefined): boolean => value !== undefined && /^(true|1|on|yes|enabled)$/i.test(value)
const isFalse = (value: string | undefined): boolean => value !== undefined && /^(false|0|off|no|disabled)$/i.test(value)
const NOT_UNDERSTOOD = unknown('the answer is not understood')

/** A switch: on, off, or a word that is neither. */
const judgeSwitch = (value: string | undefined, name: string): FeatureReading => (isTrue(value) ? enabled(`${name} on`) : isFalse(value) ? disabled(`${name} off`) : value === undefined || value === '' ? NOT_UNDERSTOOD : unknown(`${name}: ${value}`))

/** Get-MpComputerStatus: every engine runs, and signatures are at most a week old. */
export function judgeDefender(text: string): FeatureReading {
  const [row] = parseRecords(text)
  if (row === undefined || !row.has('antivirusenabled')) return NOT_UNDERSTOOD
  const mode = row.get('amrunningmode') ?? ''
  const age = Number(row.get('antivirussignatureage') ?? '0')
  const value = `mode ${mode === '' ? 'Normal' : mode}, antivirus ${row.get('antivirusenabled')}, service ${row.get('amserviceenabled') ?? '?'}, signatures ${age > 30 ? 'older than 30' : age > 7 ? 'older than 7' : 'at most 7'} days`
  if (/not running/i.test(mode) || isFalse(row.get('antivirusenabled')) || isFalse(row.get('amserviceenabled'))) return disabled(value)
  return age > 7 || /passive/i.test(mode) || isTrue(row.get('defendersignaturesoutofdate')) ? weakened(value) : isTrue(row.get('antivirusenabled')) ? enabled(value) : NOT_UNDERSTOOD
}

export function judgeDefenderRealTime(text: string): FeatureReading {
  const [row] = parseRecords(text)
  const parts = (['realtimeprotectionenabled', 'behaviormonitorenabled', 'ioavprotectionenabled', 'onaccessprotectionenabled', 'nisenabled'] as const).filter((key) => row?.has(key) === true)
  const main = row?.get('realtimeprotectionenabled')
  if (row === undefined || main === undefined) return NOT_UNDERSTOOD
  const off = parts.filter((key) => isFalse(row.get(key)))
  const value = off.length === 0 ? 'all on' : `off: ${off.join(' ')}`
  return isFalse(main) ? disabled(value) : off.length > 0 ? weakened(value) : isTrue(main) ? enabled(value) : NOT_UNDERSTOOD
}

export const judgeTamperProtection = (text: string): FeatureReading => judgeSwitch(parseRecords(text)[0]?.get('istamperprotected'), 'tamper protection')

/** Get-MpPreference: what is left out of the scan. A whole drive, a temporary folder or a program that runs scripts is a hole. */
export function judgeDefenderExclusions(text: string): FeatureReading {
  const [row] = parseRecords(text)
  if (row === undefined || !['exclusionpath', 'exclusionprocess', 'exclusionextension', 'disablerealtimemonitoring'].some((key) => row.has(key))) return NOT_UNDERSTOOD
  const all = ['exclusionpath', 'exclusionprocess', 'exclusionextension', 'exclusionipaddress'].map((key) => [key, (row.get(key) ?? '').replace(/^\{(.*)\}$/, '$1')] as const).filter(([, value]) => value !== '' && !value.startsWith('N/A'))
  return all.length === 0 ? enabled('none') : weakened(all.map(([key, value]) => `${key.replace('exclusion', '')} ${value}`).join('; '))
}

/** Get-MpPreference: the switches that begin with Disable, the cloud and unwanted programs. */
export function judgeDefenderPreferences(text: string): FeatureReading {
  const [row] = parseRecords(text)
  if (row === undefined || ![...row.keys()].some((key) => key.startsWith('disable'))) return NOT_UNDERSTOOD
  // Scans of mapped drives and of removable drives are off as delivered.
  const asDelivered = ['disablecatchupfullscan', 'disablecatchupquickscan', 'disablescanningmappednetworkdrivesforfullscan', 'disableremovabledrivescanning', 'disablerestorepoint', 'disablecpuThrottleonidlescans'.toLowerCase(), 'disableemailscanning', 'disabledatagramprocessing', 'disabletlsparsing', 'disablegradualrelease', 'disablecachemaintenance', 'disableinboundconnectionfiltering', 'disablecoreserviceecsintegration', 'disablecoreservicetelemetry', 'disablenetworkprotectionperftelemetry', 'disablequicparsing']
  const off = [...row].filter(([key, value]) => key.startsWith('disable') && !asDelivered.includes(key) && isTrue(value)).map(([key]) => key.replace('disable', ''))
  const cloud = row.get('mapsreporting')
  const samples = row.get('submitsamplesconsent')
  const value = `${off.length === 0 ? 'nothing switched off' : `off: ${off.join(' ')}`}, cloud ${cloud ?? '?'}, samples ${samples ?? '?'}, unwanted programs ${row.get('puaprotection') ?? '?'}`
  return off.includes('realtimemonitoring') ? disabled(value) : off.length > 0 || cloud === '0' || cloud?.toLowerCase() === 'disabled' ? weakened(value) : enabled(value)
}

/** Attack surface reduction: ids and actions stand in two lists of one length; 1 blocks, 2 audits, 6 warns, 0 is off. */
export function judgeAsr(text: string): FeatureReading {
  const [row] = parseRecords(text)
  if (row === undefined || !row.has('attacksurfacereductionrules_ids')) return NOT_UNDERSTOOD
  const list = (key: string): readonly string[] => (row.get(key) ?? '').replace(/^\{(.*)\}$/, '$1').split(/[\s,]+/).filter((each) => each !== '')
  const ids = list('attacksurfacereductionrules_ids')
  const actions = list('attacksurfacereductionrules_actions').map((each) => ({ block: '1', enabled: '1', auditmode: '2', audit: '2', warn: '6', disabled: '0', notconfigured: '5' })[each.toLowerCase()] ?? each)
  if (ids.length === 0) return disabled('no rules')
  const count = (action: string): number => actions.filter((each) => each === action).length
  const value = `${count('1')} block, ${count('6')} warn, ${count('2')} only audit, ${ids.length - count('1') - count('6') - count('2')} off, ${shortHash(ids.map((id, index) => `${id.toLowerCase()} ${actions[index]}`).toSorted().join('\n'))}`
  return count('1') + count('6') === 0 ? disabled(value) : count('1') + count('6') < ids.length ? weakened(value) : enabled(value)
}

/** Get-NetFirewallProfile, three blocks; Enabled is True, False, 1 or 0. */
export function judgeFirewallProfiles(text: string): FeatureReading {
  const rows = parseRecords(text).filter((row) => row.has('enabled'))
  if (rows.length === 0) return judgeNetsh(text)
  return judgeProfiles(rows.map((row) => ({ name: row.get('name') ?? row.get('profile') ?? '?', isOn: isTrue(row.get('enabled')), isOpen: /^(allow|2)$/i.test(row.get('defaultinboundaction') ?? '') })))
}

function judgeProfiles(profiles: readonly { readonly name: string; readonly isOn: boolean; readonly isOpen: boolean }[]): FeatureReading {
  const value = profiles.map(({ name, isOn, isOpen }) => `${name} ${isOn ? 'on' : 'off'}${isOpen ? ', lets everything in' : ''}`).join('; ')
  return profiles.every(({ isOn }) => !isOn) ? disabled(value) : profiles.every(({ isOn, isOpen }) => isOn && !isOpen) ? enabled(value) : weakened(value)
}

/** `netsh advfirewall show allprofiles`: `Domain Profile Settings:`, `State  ON`, `Firewall Policy  BlockInbound,AllowOutbound`. English only. */
export function judgeNetsh(text: string): FeatureReading {
  const profiles = text.split(/^(?=\w+ Profile Settings:)/m).flatMap((block) => {
    const name = /^(\w+) Profile Settings:/.exec(block)?.[1]
    const state = /^State\s+(ON|OFF)\s*$/im.exec(block)?.[1]
    return name === undefined || state === undefined ? [] : [{ name, isOn: state.toUpperCase() === 'ON', isOpen: /^Firewall Policy\s+AllowInbound/im.test(block) }]
  })
  return profiles.length === 0 ? NOT_UNDERSTOOD : judgeProfiles(profiles)
}

export interface BitLockerVolume {
  readonly volume: string
  readonly protection: boolean
  readonly percent: number
}

/** `manage-bde -status`: a block for each volume, `Volume C: [Windows]` before its rows. English only; Get-BitLockerVolume's JSON else. */
export function parseBitLocker(text: string): readonly BitLockerVolume[] {
  if (/^\s*[[{]/.test(text)) {
    return parseRecords(text).flatMap((row) => (row.has('protectionstatus') ? [{ volume: row.get('mountpoint') ?? row.get('driveletter') ?? '?', protection: /^(1|on)$/i.test(row.get('protectionstatus') ?? ''), percent: Number(row.get('encryptionpercentage') ?? '0') }] : []))
  }
  return text.split(/^(?=Volume )/m).flatMap((block) => {
    const volume = /^Volume ([A-Z]:)/.exec(block)?.[1]
    const protection = /Protection Status:\s+Protection (On|Off)/i.exec(block)?.[1]
    const percent = /Percentage Encrypted:\s+(\d+)[.,]?\d*\s*%/i.exec(block)?.[1]
    return volume === undefined || protection === undefined ? [] : [{ volume, protection: protection.toLowerCase() === 'on', percent: Number(percent ?? '0') }]
  })
}

export function judgeBitLocker(text: string): FeatureReading {
  const volumes = parseBitLocker(text)
  if (volumes.length === 0) return /no disk volumes|not recognized|ERROR/i.test(text) ? absent('no volume that BitLocker knows') : NOT_UNDERSTOOD
  const value = volumes.map(({ volume, protection, percent }) => `${volume} ${protection ? 'protected' : 'not protected'}, ${percent} %`).join('; ')
  return volumes.every(({ protection }) => !protection) ? disabled(value) : volumes.every(({ protection, percent }) => protection && percent === 100) ? enabled(value) : weakened(value)
}

/** `reg query KEY /s`: `    EnableLUA    REG_DWORD    0x1`. Names in lower case; numbers in decimal. */
export function parseRegistry(text: string): ReadonlyMap<string, string> {
  return new Map(text.split(/\r?\n/).flatMap((line) => {
    const match = /^\s+(.+?)\s{2,}REG_(\w+)(?:\s{2,}(.*))?$/.exec(line)
    if (match?.[1] === undefined) return []
    const value = (match[3] ?? '').trim()
    return [[match[1].toLowerCase(), match[2] === 'DWORD' || match[2] === 'QWORD' ? String(Number(value)) : value] as const]
  }))
}

const UAC = String.raw`HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System`

export function judgeUac(text: string): FeatureReading {
  const values = parseRegistry(text)
  if (!values.has('enablelua')) return NOT_UNDERSTOOD
  const prompt = values.get('consentpromptbehavioradmin') ?? '5'
  const desktop = values.get('promptonsecuredesktop') ?? '1'
  const value = `EnableLUA ${values.get('enablelua')}, ConsentPromptBehaviorAdmin ${prompt}, PromptOnSecureDesktop ${desktop}${values.get('localaccounttokenfilterpolicy') === '1' ? ', LocalAccountTokenFilterPolicy 1' : ''}`
  return values.get('enablelua') === '0' ? disabled(value) : prompt === '0' || desktop === '0' || values.get('localaccounttokenfilterpolicy') === '1' ? weakened(value) : enabled(value)
}

/** SmartScreenEnabled: `Off`, `Warn`, `RequireAdmin`, or `Prompt`; the policy EnableSmartScreen wins. */
export function judgeSmartScreen(text: string): FeatureReading {
  const values = parseRegistry(text)
  const policy = values.get('enablesmartscreen')
  const word = values.get('smartscreenenabled')
  if (policy === '0') return disabled('EnableSmartScreen 0')
  if (policy === '1') return enabled('EnableSmartScreen 1')
  if (word === undefined) return /ERROR|unable to find/i.test(text) || text.trim() === '' ? enabled('as delivered') : NOT_UNDERSTOOD
  return /^off$/i.test(word) ? disabled(`SmartScreenEnabled ${word}`) : enabled(`SmartScreenEnabled ${word}`)
}

/** Services by name, state and start: what must run, and what was told never to start. */
export const judgeService = (text: string, name: string): FeatureReading => {
  const row = parseRecords(text).find((each) => each.get('name')?.toLowerCase() === name.toLowerCase())
  if (row === undefined) return parseRecords(text).length > 0 ? absent('no such service') : NOT_UNDERSTOOD
  const status = row.get('status') ?? row.get('state') ?? ''
  const start = row.get('starttype') ?? row.get('startmode') ?? ''
  const isRunning = /^(running|4)$/i.test(status)
  const isOff = /^(disabled|4)$/i.test(start)
  const value = `${isRunning ? 'running' : 'not running'}${isOff ? ', disabled' : ''}`
  return isRunning && !isOff ? enabled(value) : isRunning ? weakened(value) : disabled(value)
}

/** The log's count and newest record: fewer records than before, or an event 1102 or 104, says that somebody cleared it. */
export function judgeEventLogs(text: string, memo: string): FeatureReading {
  const logs = parseRecords(text).filter((row) => row.has('logname'))
  if (logs.length === 0) return NOT_UNDERSTOOD
  const before = new Map(memo.split('\n').map((line) => line.split('\t') as [string, string]))
  const now = logs.map((row) => [row.get('logname') ?? '', Number(row.get('oldestrecordnumber') ?? '0'), Number(row.get('recordcount') ?? '0'), row.get('isenabled') ?? ''] as const)
  const nowMemo = now.map(([name, oldest, count]) => `${name}\t${oldest} ${count}`).join('\n')
  const cleared = now.flatMap(([name, , count]) => {
    const countBefore = Number(before.get(name)?.split(' ')[1] ?? '0')
    return countBefore > 10 && count < countBefore / 2 ? [`${name} went from ${countBefore} to ${count} records`] : []
  })
  const off = now.filter(([, , , isEnabled]) => isFalse(isEnabled)).map(([name]) => name)
  const settled = { state: off.length === 0 ? ('enabled' as const) : ('weakened' as const), value: off.length === 0 ? 'kept' : `off: ${off.join(' ')}` }
  return cleared.length > 0 ? { ...weakened(`cleared: ${cleared.join('; ')}`), memo: nowMemo, settles: settled } : { ...settled, memo: nowMemo }
}

/** `auditpol /get /category:* /r`: CSV with the setting in its fifth column. */
export function judgeAuditPolicy(text: string): FeatureReading {
  const rows = text.split(/\r?\n/).map((line) => line.split(',')).filter((row) => row.length >= 5 && /^\{[0-9a-f-]{36}\}$/i.test(row[3] ?? ''))
  if (rows.length === 0) return NOT_UNDERSTOOD
  const audited = rows.filter((row) => !/^no auditing$/i.test((row[4] ?? '').trim()))
  const value = `${audited.length} of ${rows.length} audited, ${shortHash(rows.map((row) => `${row[3]} ${row[4]}`).toSorted().join('\n'))}`
  return audited.length === 0 ? disabled(value) : enabled(value)
}

/** Win32_DeviceGuard: 1 in SecurityServicesRunning is Credential Guard, 2 is memory integrity. */
export function judgeDeviceGuard(text: string, service: '1' | '2'): FeatureReading {
  const [row] = parseRecords(text)
  const list = (key: string): readonly string[] => (row?.get(key) ?? '').replace(/^\{(.*)\}$/, '$1').split(/[\s,]+/).filter((each) => each !== '')
  if (row === undefined || !row.has('securityservicesrunning')) return NOT_UNDERSTOOD
  if (list('securityservicesrunning').includes(service)) return enabled('running')
  return list('securityservicesconfigured').includes(service) ? weakened('configured, not running') : disabled('not configured')
}

const POWERSHELL = (command: string): readonly [string, ...string[]] => ['powershell.exe', '-NoLogo', '-NoProfile', '-NonInteractive', '-Command', `[Console]::OutputEncoding=[Text.Encoding]::UTF8; ${command} | ConvertTo-Json -Compress -Depth 3`]
const REG = (key: string, name?: string): readonly [string, ...string[]] => (name === undefined ? ['reg.exe', 'query', key] : ['reg.exe', 'query', key, '/v', name])

const STATUS = POWERSHELL('Get-MpComputerStatus')
const PREFERENCES = POWERSHELL('Get-MpPreference')
const DEVICE_GUARD = POWERSHELL(String.raw`Get-CimInstance -Namespace root\Microsoft\Windows\DeviceGuard -ClassName Win32_DeviceGuard | Select-Object SecurityServicesRunning,SecurityServicesConfigured,VirtualizationBasedSecurityStatus`)
const SERVICES = POWERSHELL("Get-Service -Name EventLog,WinDefend,MpsSvc,wuauserv,Sense,WdNisSvc,SecurityHealthService,Sysmon,Sysmon64,VSS,W32Time -ErrorAction SilentlyContinue | Select-Object Name,@{n='Status';e={[string]$_.Status}},@{n='StartType';e={[string]$_.StartType}}")
const LOGS = POWERSHELL("Get-WinEvent -ListLog Security,System,Application,'Microsoft-Windows-PowerShell/Operational','Microsoft-Windows-Windows Defender/Operational' -ErrorAction SilentlyContinue | Select-Object LogName,RecordCount,OldestRecordNumber,IsEnabled")

interface WindowsFeatureRow {
  readonly id: string
  readonly summary: string
  readonly ask: readonly [string, ...string[]]
  readonly judge: (text: string, memo: string) => FeatureReading
}

const names = (key: string) => (text: string): FeatureReading => {
  const rows = parseRecords(text).map((row) => row.get(key) ?? '').filter((each) => each !== '').toSorted()
  if (rows.length === 0) return NOT_UNDERSTOOD
  return enabled(`${rows.length}: ${rows.slice(0, 20).join(', ')}, ${shortHash(rows.join('\n'))}`)
}

/** The values of a registry key that starts programs, by a hash each. */
const startValues = (text: string): FeatureReading => {
  const values = parseRegistry(text)
  return enabled(`${values.size} entries, ${shortHash([...values].map(([name, value]) => `${name}=${value}`).toSorted().join('\n'))}: ${[...values.keys()].slice(0, 20).join(' ')}`)
}

const rows: readonly WindowsFeatureRow[] = [
  { id: 'antivirus.defender', summary: 'Microsoft Defender runs and has fresh signatures.', ask: STATUS, judge: judgeDefender },
  { id: 'antivirus.defender_real_time', summary: 'Microsoft Defender looks at files and behaviour as they happen.', ask: STATUS, judge: judgeDefenderRealTime },
  { id: 'antivirus.tamper_protection', summary: 'Microsoft Defender cannot be switched off by a program.', ask: STATUS, judge: judgeTamperProtection },
  { id: 'antivirus.defender_exclusions', summary: 'Microsoft Defender leaves nothing out.', ask: PREFERENCES, judge: judgeDefenderExclusions },
  { id: 'antivirus.defender_preferences', summary: 'No part of Microsoft Defender is switched off.', ask: PREFERENCES, judge: judgeDefenderPreferences },
  { id: 'antivirus.attack_surface_reduction', summary: 'Rules of attack surface reduction block.', ask: PREFERENCES, judge: judgeAsr },
  { id: 'antivirus.defender_service', summary: 'The service of Microsoft Defender runs.', ask: SERVICES, judge: (text) => judgeService(text, 'WinDefend') },
  { id: 'edr.defender', summary: 'Microsoft Defender for Endpoint runs.', ask: SERVICES, judge: (text) => judgeService(text, 'Sense') },
  { id: 'edr.sysmon', summary: 'Sysmon runs.', ask: SERVICES, judge: (text) => (judgeService(text, 'Sysmon64').state === 'absent' ? judgeService(text, 'Sysmon') : judgeService(text, 'Sysmon64')) },
  { id: 'firewall.profiles', summary: 'The firewall is on in every profile and lets nothing in unasked.', ask: POWERSHELL("Get-NetFirewallProfile -PolicyStore ActiveStore | Select-Object Name,@{n='Enabled';e={[string]$_.Enabled}},@{n='DefaultInboundAction';e={[string]$_.DefaultInboundAction}}"), judge: judgeFirewallProfiles },
  { id: 'firewall.service', summary: 'The service of the firewall runs.', ask: SERVICES, judge: (text) => judgeService(text, 'MpsSvc') },
  { id: 'disk.bitlocker', summary: 'BitLocker protects every volume.', ask: ['manage-bde.exe', '-status'], judge: judgeBitLocker },
  { id: 'uac.prompt', summary: 'Programs ask before they become administrator (UAC).', ask: REG(UAC), judge: judgeUac },
  { id: 'smartscreen.explorer', summary: 'SmartScreen looks at programs from outside.', ask: REG(String.raw`HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Explorer`), judge: judgeSmartScreen },
  { id: 'smartscreen.policy', summary: 'No policy switches SmartScreen off.', ask: REG(String.raw`HKLM\SOFTWARE\Policies\Microsoft\Windows\System`), judge: judgeSmartScreen },
  { id: 'logging.event_log_service', summary: 'The event-log service runs.', ask: SERVICES, judge: (text) => judgeService(text, 'EventLog') },
  { id: 'logging.event_logs', summary: 'The event logs are on and keep what they have.', ask: LOGS, judge: judgeEventLogs },
  { id: 'audit.policy', summary: 'The audit policy of Windows records something.', ask: ['auditpol.exe', '/get', '/category:*', '/r'], judge: judgeAuditPolicy },
  { id: 'boot.secure_boot', summary: 'The firmware starts signed systems only.', ask: REG(String.raw`HKLM\SYSTEM\CurrentControlSet\Control\SecureBoot\State`, 'UEFISecureBootEnabled'), judge: (text) => judgeSwitch(parseRegistry(text).get('uefisecurebootenabled'), 'Secure Boot') },
  { id: 'updates.service', summary: 'Windows Update has not been told never to start.', ask: SERVICES, judge: (text) => { const reading = judgeService(text, 'wuauserv'); return /disabled/.test(reading.value) ? disabled(reading.value) : reading.state === 'unknown' || reading.state === 'absent' ? reading : enabled('starts when needed') } },
  { id: 'updates.policy', summary: 'No policy switches Windows Update off.', ask: REG(String.raw`HKLM\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate\AU`), judge: (text) => (parseRegistry(text).get('noautoupdate') === '1' ? disabled('NoAutoUpdate 1') : enabled('on')) },
  { id: 'credentials.credential_guard', summary: 'Credential Guard keeps secrets out of the system’s reach.', ask: DEVICE_GUARD, judge: (text) => judgeDeviceGuard(text, '1') },
  { id: 'credentials.memory_integrity', summary: 'The kernel’s code is checked by the hypervisor.', ask: DEVICE_GUARD, judge: (text) => judgeDeviceGuard(text, '2') },
  { id: 'credentials.lsa_protection', summary: 'The process that holds secrets runs protected.', ask: REG(String.raw`HKLM\SYSTEM\CurrentControlSet\Control\Lsa`), judge: (text) => { const value = parseRegistry(text).get('runasppl'); return value === '1' || value === '2' ? enabled(`RunAsPPL ${value}`) : parseRegistry(text).size === 0 ? NOT_UNDERSTOOD : disabled(`RunAsPPL ${value ?? 'not set'}`) } },
  { id: 'credentials.wdigest', summary: 'Passwords do not lie in memory as text.', ask: REG(String.raw`HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\WDigest`), judge: (text) => (parseRegistry(text).get('uselogoncredential') === '1' ? weakened('UseLogonCredential 1') : enabled('off')) },
  { id: 'remote.desktop', summary: 'Nobody signs in over remote desktop.', ask: REG(String.raw`HKLM\SYSTEM\CurrentControlSet\Control\Terminal Server`, 'fDenyTSConnections'), judge: (text) => { const value = parseRegistry(text).get('fdenytsconnections'); return value === '0' ? weakened('others can sign in from outside') : value === '1' ? enabled('off') : NOT_UNDERSTOOD } },
  { id: 'powershell.script_block_logging', summary: 'What PowerShell runs is written down.', ask: REG(String.raw`HKLM\SOFTWARE\Policies\Microsoft\Windows\PowerShell\ScriptBlockLogging`), judge: (text) => { const value = parseRegistry(text).get('enablescriptblocklogging'); return value === '1' ? enabled('on') : disabled(value === undefined ? 'not set' : 'off') } },
  { id: 'accounts.administrators', summary: 'Who may administer the device.', ask: POWERSHELL('Get-LocalGroupMember -SID S-1-5-32-544 | Select-Object Name'), judge: names('name') },
  { id: 'accounts.local', summary: 'The accounts of the device that can sign in.', ask: POWERSHELL('Get-LocalUser | Where-Object Enabled | Select-Object Name'), judge: names('name') },
  { id: 'persistence.run_keys', summary: 'What starts when somebody signs in.', ask: REG(String.raw`HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Run`), judge: startValues },
  { id: 'persistence.winlogon', summary: 'The programs that sign-in itself starts.', ask: REG(String.raw`HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon`), judge: (text) => { const values = parseRegistry(text); return values.has('shell') ? enabled(`Shell ${values.get('shell')}, Userinit ${values.get('userinit') ?? ''}`) : NOT_UNDERSTOOD } },
  { id: 'persistence.scheduled_tasks', summary: 'Tasks that were made on this device.', ask: POWERSHELL(String.raw`Get-ScheduledTask | Where-Object { $_.TaskPath -notlike '\Microsoft\*' } | Select-Object @{n='Name';e={$_.TaskPath+$_.TaskName}}`), judge: names('name') },
  { id: 'time.sync', summary: 'The clock of the device is kept right by a service.', ask: SERVICES, judge: (text) => judgeService(text, 'W32Time') },
]

const windowsFeature = ({ id, summary, ask, judge }: WindowsFeatureRow): Feature => ({
  id, summary, paths: [], asksProgram: true,
  async read(view: SystemView, recall) {
    const [program, ...args] = ask
    const { code, stdout, stderr } = await view.run(program, ...args)
    // reg ends with 1 for a key that is not there: that is an answer. A refusal is none.
    if (code !== 0 && /access is denied|administrator|elevat/i.test(`${stdout} ${stderr}`)) return unknown(`${program} refuses`, 'Run the agent as LocalSystem.')
    if (code !== 0 && program === 'powershell.exe') return unknown(`PowerShell ended with ${code}`, 'See what the command says in PowerShell.')
    return judge(stdout, recall.of()?.memo ?? '')
  },
})

export const windowsFeatures: readonly Feature[] = rows.map(windowsFeature)
