// Windows and macOS, whose programs are asked: the forms of their answers, as their vendors document them.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createFakePlatform, type FakePlatform } from '../../platform/fake-platform.ts'
import { createProcessTable, createSystemView } from '../system-view.ts'
import { darwinFeatures, judgeApplicationFirewall, judgeFileVault, judgeGatekeeper, judgeNetworkTime, judgeRemoteLogin, judgeScreenLock, judgeSip, judgeStealth, judgeTcc, judgeXProtect, parseFirewallPlist } from './darwin.ts'
import { type FeatureReading, nothingKnown } from './feature.ts'
import { judgeAsr, judgeAuditPolicy, judgeBitLocker, judgeDefender, judgeDefenderExclusions, judgeDefenderPreferences, judgeDefenderRealTime, judgeDeviceGuard, judgeEventLogs, judgeFirewallProfiles, judgeNetsh, judgeService, judgeSmartScreen, judgeTamperProtection, judgeUac, parseRecords, parseRegistry, windowsFeatures } from './windows.ts'

const state = ({ state: found }: FeatureReading): string => found

describe('Windows: Defender', () => {
  const status = { AMRunningMode: 'Normal', AMServiceEnabled: true, AntivirusEnabled: true, AntivirusSignatureAge: 1, RealTimeProtectionEnabled: true, BehaviorMonitorEnabled: true, IoavProtectionEnabled: true, IsTamperProtected: true }
  const say = (changes: object = {}): string => JSON.stringify({ ...status, ...changes })

  test('Get-MpComputerStatus as JSON and as a list', () => {
    expect([state(judgeDefender(say())), state(judgeDefenderRealTime(say())), state(judgeTamperProtection(say()))]).toEqual(['enabled', 'enabled', 'enabled'])
    const list = Object.entries(status).map(([key, value]) => `${key.padEnd(33)}: ${value === true ? 'True' : String(value)}`).join('\r\n')
    expect([state(judgeDefender(list)), state(judgeDefenderRealTime(list)), state(judgeTamperProtection(list))]).toEqual(['enabled', 'enabled', 'enabled'])
  })

  test('off, passive, old signatures and one part off are told apart', () => {
    expect([state(judgeDefender(say({ AntivirusEnabled: false }))), state(judgeDefender(say({ AMRunningMode: 'Not running' }))), state(judgeDefender(say({ AMRunningMode: 'Passive Mode' }))), state(judgeDefender(say({ AntivirusSignatureAge: 40 })))]).toEqual(['disabled', 'disabled', 'weakened', 'weakened'])
    expect([state(judgeDefenderRealTime(say({ RealTimeProtectionEnabled: false }))), state(judgeDefenderRealTime(say({ BehaviorMonitorEnabled: false })))]).toEqual(['disabled', 'weakened'])
    expect([state(judgeTamperProtection(say({ IsTamperProtected: false }))), state(judgeTamperProtection('{}'))]).toEqual(['disabled', 'unknown'])
  })

  test('preferences: exclusions, switches and rules of attack surface reduction', () => {
    expect([state(judgeDefenderExclusions('{"ExclusionPath":null,"ExclusionProcess":null}')), state(judgeDefenderExclusions('{"ExclusionPath":["C:\\\\"]}')), state(judgeDefenderExclusions('ExclusionPath  : {C:\\Temp}'))]).toEqual(['enabled', 'weakened', 'weakened'])
    const on = { DisableRealtimeMonitoring: false, DisableRemovableDriveScanning: true, MAPSReporting: 2 }
    expect([on, { ...on, DisableRealtimeMonitoring: true }, { ...on, DisableScriptScanning: true }, { ...on, MAPSReporting: 0 }].map((each) => state(judgeDefenderPreferences(JSON.stringify(each))))).toEqual(['enabled', 'disabled', 'weakened', 'weakened'])
    const rules = (ids: readonly string[], actions: readonly number[]): string => JSON.stringify({ AttackSurfaceReductionRules_Ids: ids, AttackSurfaceReductionRules_Actions: actions })
    expect([rules(['a', 'b'], [1, 6]), rules(['a', 'b'], [1, 2]), rules(['a'], [2]), rules([], [])].map((each) => state(judgeAsr(each)))).toEqual(['enabled', 'weakened', 'disabled', 'disabled'])
  })
})

describe('Windows: the rest', () => {
  test('profiles of the firewall, from PowerShell and from netsh', () => {
    const profiles = (...on: readonly (boolean | number)[]): string => JSON.stringify(['Domain', 'Private', 'Public'].map((Name, index) => ({ Name, Enabled: on[index], DefaultInboundAction: 'Block' })))
    expect([profiles(true, true, true), profiles(1, 1, 0), profiles(false, false, false)].map((each) => state(judgeFirewallProfiles(each)))).toEqual(['enabled', 'weakened', 'disabled'])
    const netsh = (domain: string, open = 'BlockInbound'): string => `\r\nDomain Profile Settings: \r\n----\r\nState                                 ${domain}\r\nFirewall Policy                       ${open},AllowOutbound\r\n\r\nPublic Profile Settings: \r\n----\r\nState                                 ON\r\nOk.\r\n`
    expect([netsh('ON'), netsh('OFF'), netsh('ON', 'AllowInbound'), 'nonsense'].map((each) => state(judgeNetsh(each)))).toEqual(['enabled', 'weakened', 'weakened', 'unknown'])
  })

  test('manage-bde and Get-BitLockerVolume', () => {
    const volume = (protection: string, percent: string): string => `Volume C: [Windows]\r\n[OS Volume]\r\n\r\n    Size:                 237.00 GB\r\n    Percentage Encrypted: ${percent}%\r\n    Protection Status:    Protection ${protection}\r\n`
    expect([volume('On', '100.0'), volume('On', '42,0'), volume('Off', '0.0'), 'BitLocker', ''].map((each) => state(judgeBitLocker(each)))).toEqual(['enabled', 'weakened', 'disabled', 'unknown', 'unknown'])
    expect(state(judgeBitLocker('[{"MountPoint":"C:","ProtectionStatus":1,"EncryptionPercentage":100}]'))).toBe('enabled')
  })

  test('reg query: UAC and SmartScreen', () => {
    const key = (...rows: readonly string[]): string => `\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\\X\r\n${rows.map((row) => `    ${row}\r\n`).join('')}`
    expect(parseRegistry(key('EnableLUA    REG_DWORD    0x1', 'Empty    REG_SZ    ', 'With space    REG_SZ    a b')).get('with space')).toBe('a b')
    expect([key('EnableLUA    REG_DWORD    0x1'), key('EnableLUA    REG_DWORD    0x1', 'ConsentPromptBehaviorAdmin    REG_DWORD    0x0'), key('EnableLUA    REG_DWORD    0x0'), key()].map((each) => state(judgeUac(each)))).toEqual(['enabled', 'weakened', 'disabled', 'unknown'])
    expect([key('SmartScreenEnabled    REG_SZ    Off'), key('SmartScreenEnabled    REG_SZ    RequireAdmin'), key('EnableSmartScreen    REG_DWORD    0x0'), ''].map((each) => state(judgeSmartScreen(each)))).toEqual(['disabled', 'enabled', 'disabled', 'enabled'])
  })

  test('services, the audit policy and Device Guard', () => {
    const service = (status: string, start: string): string => JSON.stringify([{ Name: 'EventLog', Status: status, StartType: start }])
    expect([state(judgeService(service('Running', 'Automatic'), 'eventlog')), state(judgeService(service('Stopped', 'Disabled'), 'EventLog')), state(judgeService(service('Running', 'Disabled'), 'EventLog')), state(judgeService(service('Running', 'Automatic'), 'Sense'))]).toEqual(['enabled', 'disabled', 'weakened', 'absent'])
    const policy = (setting: string): string => `Machine Name,Policy Target,Subcategory,Subcategory GUID,Inclusion Setting,Exclusion Setting\r\nPC,System,Logon,{0cce9215-69ae-11d9-bed3-505054503030},${setting},\r\n`
    expect([state(judgeAuditPolicy(policy('Success and Failure'))), state(judgeAuditPolicy(policy('No Auditing'))), state(judgeAuditPolicy(''))]).toEqual(['enabled', 'disabled', 'unknown'])
    expect([state(judgeDeviceGuard('{"SecurityServicesRunning":[1,2],"SecurityServicesConfigured":[1]}', '1')), state(judgeDeviceGuard('{"SecurityServicesRunning":[0],"SecurityServicesConfigured":[1]}', '1')), state(judgeDeviceGuard('{"SecurityServicesRunning":[0],"SecurityServicesConfigured":[]}', '2'))]).toEqual(['enabled', 'weakened', 'disabled'])
  })

  test('an event log that has lost its records was cleared; one that grew was not', () => {
    const logs = (count: number, isEnabled = true): string => JSON.stringify([{ LogName: 'Security', RecordCount: count, OldestRecordNumber: 1, IsEnabled: isEnabled }])
    const first = judgeEventLogs(logs(5000), '')
    expect([state(first), state(judgeEventLogs(logs(5200), first.memo ?? '')), state(judgeEventLogs(logs(1), first.memo ?? '')), state(judgeEventLogs(logs(5000, false), ''))]).toEqual(['enabled', 'enabled', 'weakened', 'weakened'])
    expect(judgeEventLogs(logs(1), first.memo ?? '').settles?.state).toBe('enabled')
  })

  test('what is no answer is unknown', () => {
    for (const judge of [judgeDefender, judgeDefenderRealTime, judgeTamperProtection, judgeDefenderExclusions, judgeAsr, judgeFirewallProfiles, judgeUac, judgeAuditPolicy]) for (const text of ['', '{', 'Zugriff verweigert', '[1,2]', '\u0000']) expect(state(judge(text))).toBe('unknown')
    expect(parseRecords('[{"a":1},null,{"B":[1,2]}]').map((row) => [...row])).toEqual([[['a', '1']], [['b', '1 2']]])
  })
})

describe('macOS', () => {
  test.each<readonly [string, (output: string) => FeatureReading, string, string]>([
    ['FileVault', judgeFileVault, 'FileVault is On.', 'enabled'], ['FileVault', judgeFileVault, 'FileVault is Off.\nEncryption in progress: Percent completed = 12.5', 'weakened'], ['FileVault', judgeFileVault, 'FileVault is Off.', 'disabled'],
    ['Gatekeeper', judgeGatekeeper, 'assessments enabled\ndeveloper id enabled', 'enabled'], ['Gatekeeper', judgeGatekeeper, 'assessments disabled', 'disabled'],
    ['SIP', judgeSip, 'System Integrity Protection status: enabled.', 'enabled'], ['SIP', judgeSip, 'System Integrity Protection status: disabled.', 'disabled'], ['SIP', judgeSip, 'System Integrity Protection status: enabled (Custom Configuration).', 'weakened'], ['SIP', judgeSip, 'Authenticated Root status: enabled', 'enabled'],
    ['firewall', judgeApplicationFirewall, 'Firewall is enabled. (State = 2)', 'enabled'], ['firewall', judgeApplicationFirewall, 'Firewall is disabled. (State = 0)', 'disabled'],
    ['stealth', judgeStealth, 'Stealth mode enabled', 'enabled'], ['stealth', judgeStealth, 'Firewall stealth mode is off', 'disabled'],
    ['remote login', judgeRemoteLogin, 'Remote Login: On', 'weakened'], ['remote login', judgeRemoteLogin, 'Remote Login: Off', 'enabled'], ['network time', judgeNetworkTime, 'Network Time: Off', 'disabled'],
    ['screen', judgeScreenLock, 'screenLock delay is immediate', 'enabled'], ['screen', judgeScreenLock, 'screenLock delay is 3600 seconds', 'weakened'], ['screen', judgeScreenLock, 'screenLock is off', 'disabled'],
    ['XProtect', judgeXProtect, 'PID\tStatus\tLabel\n412\t0\tcom.apple.XProtect.daemon.scan', 'enabled'], ['XProtect', judgeXProtect, 'PID\tStatus\tLabel\n1\t0\tcom.apple.x', 'disabled'],
    ['anything', judgeSip, 'command not found', 'unknown'], ['anything', judgeRemoteLogin, 'You need administrator access to run this tool... exiting!', 'unknown'],
  ])('%s: %#', (_name, judge, output, expected) => expect(state(judge(output))).toBe(expected))

  test('TCC names who may read everything', () => {
    expect(judgeTcc('kTCCServiceSystemPolicyAllFiles|com.example.term|2\nkTCCServiceCamera|com.example.call|2\nkTCCServiceAccessibility|com.example.no|0').value).toMatch(/^3 grants, \w{12}: SystemPolicyAllFiles com.example.term$/)
  })

  test('the preferences of the application firewall', () => {
    expect(parseFirewallPlist('<dict><key>globalstate</key>\n<integer>1</integer><key>stealthenabled</key><integer>0</integer><key>loggingenabled</key><integer>1</integer></dict>')).toEqual({ state: 1, stealth: false, logs: true })
  })
})

describe('the tables', () => {
  let device: FakePlatform
  beforeEach(() => {
    device = createFakePlatform()
  })
  afterEach(() => device.dispose())

  test.each([['win32', windowsFeatures], ['darwin', darwinFeatures]] as const)('%s: ids are unique, and a program that says nothing useful leaves a feature unknown or absent, never off', async (_os, features) => {
    expect(new Set(features.map(({ id }) => id)).size).toBe(features.length)
    for (const program of ['powershell.exe', 'reg.exe', 'manage-bde.exe', 'auditpol.exe', 'fdesetup', 'spctl', 'csrutil', 'socketfilterfw', 'launchctl', 'systemsetup', 'defaults', 'sysadminctl', 'sqlite3', 'dscl', 'profiles']) device.setProgram(program, () => ({ code: 5, stdout: '', stderr: 'Access is denied.' }))
    const view = await createSystemView({ platform: device, signal: new AbortController().signal, processes: createProcessTable(device.root) })
    for (const feature of features) {
      const readings = [await feature.read(view, nothingKnown)].flat() as readonly FeatureReading[]
      for (const reading of readings) expect([feature.id, ['disabled', 'weakened'].includes(reading.state)]).toEqual([feature.id, false])
    }
  })
})
