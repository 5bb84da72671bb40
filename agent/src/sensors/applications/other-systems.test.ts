import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseCodesign, parseInfoPlist, parsePackageIds, parsePackageInfo } from '../../platform/darwin/applications.ts'
import { createFakePlatform, type FakePlatform } from '../../platform/fake-platform.ts'
import { parseStorePackages, parseUninstallKeys } from '../../platform/windows/applications.ts'
import { applicationSources, applicationsSensor } from '../applications.ts'
import { startSensor, until } from '../fake-context.ts'

const key = (path: string, name: string, more: object = {}): object => ({ PSPath: `Microsoft.PowerShell.Core\\Registry::${path}\\${name}`, PSChildName: name, DisplayName: name, DisplayVersion: '1.0', Publisher: 'Contoso', InstallLocation: `C:\\Program Files\\${name}`, WindowsInstaller: null, SystemComponent: null, ParentKeyName: null, ReleaseType: null, ...more })
const MACHINE = String.raw`HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall`
const WIDE = String.raw`HKEY_LOCAL_MACHINE\SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall`
const ALICE = String.raw`HKEY_USERS\S-1-5-21-111-222-333-1001\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall`
const REGISTRY = JSON.stringify([key(MACHINE, 'Tool'), key(WIDE, 'Tool'), key(ALICE, 'Chat'), key(MACHINE, '{1234}', { DisplayName: 'Product 2.1 (x64)', DisplayVersion: '2.1', WindowsInstaller: 1 }), key(MACHINE, 'Part', { SystemComponent: 1 }), key(MACHINE, 'KB1', { ParentKeyName: 'Office' }), key(MACHINE, 'KB2', { ReleaseType: 'Security Update' }), { PSChildName: 'Nameless' }])
const STORE = JSON.stringify([
  { Name: 'Contoso.Notes', Publisher: 'CN=0F2A, O="Contoso Ltd", C=US', Version: '3.2.0.0', PackageFamilyName: 'Contoso.Notes_8wekyb', InstallLocation: 'C:\\Program Files\\WindowsApps\\x', SignatureKind: 'Store', NonRemovable: false },
  { Name: 'Own.Tool', Publisher: 'CN=Dev', Version: '1.0.0.0', PackageFamilyName: 'Own.Tool_1', SignatureKind: 'Developer' },
  { Name: 'Loose', Publisher: '', Version: '1', SignatureKind: 'None' },
  { Name: 'Windows.Part', Version: '1', SignatureKind: 'System' },
])

let device: FakePlatform | undefined
afterEach(() => device?.dispose())

describe('Windows', () => {
  test('programs of the machine in both widths and of an account; parts and updates of Windows are none', () => {
    expect(parseUninstallKeys(REGISTRY).map(({ key: id, name, isMsi, uid }) => [id, name, isMsi, uid])).toEqual([
      ['machine Tool', 'Tool', false, undefined], ['machine 32 Tool', 'Tool', false, undefined], ['1001 Chat', 'Chat', false, 1001], ['machine Product (x64)', 'Product 2.1 (x64)', true, undefined],
    ])
  })

  test('a product of Windows Installer is the same one in its next version, under another code', () => {
    const [before] = parseUninstallKeys(JSON.stringify(key(MACHINE, '{A}', { DisplayName: 'Python 3.12.1 Core', WindowsInstaller: 1 })))
    const [after] = parseUninstallKeys(JSON.stringify(key(MACHINE, '{B}', { DisplayName: 'Python 3.12.4 Core', WindowsInstaller: '1' })))
    expect(before?.key).toBe(after?.key)
  })

  test('packages of the Store, sideloaded and unsigned ones', () => {
    expect(parseStorePackages(STORE).map(({ name, publisher, signature }) => [name, publisher, signature])).toEqual([['Contoso.Notes', 'Contoso Ltd', 'signed'], ['Own.Tool', 'Dev', 'ad_hoc'], ['Loose', '', 'unsigned']])
    expect(parseStorePackages('{"Name":"One","SignatureKind":3,"Version":"1"}')).toMatchObject([{ name: 'One', signature: 'signed' }])
  })

  test.each(['', 'null', '3', '[1,null,"x"]', '{}', 'Get-AppxPackage : Access is denied'])('%j is no list of applications', (json) => {
    expect([parseUninstallKeys(json), parseStorePackages(json)]).toEqual([[], []])
  })

  test('the sensor takes the registry and the Store in silence, and an empty answer for no removal', async () => {
    device = createFakePlatform({}, { os: 'win32' })
    let fails = false
    device.setProgram('powershell.exe', (args) => ({ code: 0, stdout: fails ? '' : String(args.at(-1)).includes('AppxPackage') ? STORE : REGISTRY, stderr: '' }))
    const memory = new Map<string, string>()
    const policy = { applications: { enabled: true, pollIntervalSecs: 3600 } }
    const first = startSensor(applicationsSensor, { platform: device, policy, memory })
    await until(() => first.reports.length > 0)
    await first.stop()
    fails = true
    const second = startSensor(applicationsSensor, { platform: device, policy, memory })
    await until(() => second.reports.length > 0)
    await second.stop()
    expect([first.reports.at(-1)?.tier, first.emitted, second.emitted]).toEqual(['full', [], []])
    expect(second.reports.at(-1)).toMatchObject({ tier: 'degraded', reason: expect.stringContaining('the list of msi cannot be read') as string })
    // One question to the registry serves both of its sources.
    expect(device.started).toHaveLength(4)
  })
})

const receipt = (id: string, version: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict><key>install-location</key><string>Applications/A &amp; B</string><key>install-time</key><integer>1770000000</integer><key>pkg-version</key><string>${version}</string><key>pkgid</key><string>${id}</string><key>volume</key><string>/</string></dict></plist>`

describe('macOS', () => {
  test('receipts of the installer, without those of the system', () => {
    expect(parsePackageIds('com.apple.pkg.CLTools\norg.example.tool\n\nbad id\n')).toEqual(['org.example.tool'])
    expect(parsePackageInfo(receipt('org.example.tool', '2.4'))).toEqual({ id: 'org.example.tool', version: '2.4', path: '/Applications/A & B' })
    expect(parsePackageInfo('No receipt for x found at /')).toBeUndefined()
  })

  test.each([
    ['Identifier=a\nAuthority=Developer ID Application: Ada Ltd (ABCDE12345)\nAuthority=Developer ID Certification Authority\nTeamIdentifier=ABCDE12345\n', 0, { signature: 'signed', publisher: 'Ada Ltd (ABCDE12345)' }],
    ['Identifier=a\nSignature=adhoc\nTeamIdentifier=not set\n', 0, { signature: 'ad_hoc', publisher: '' }],
    ['/Applications/X.app: code object is not signed at all\n', 1, { signature: 'unsigned', publisher: '' }],
    ['/Applications/X.app: bundle format unrecognized, invalid, or unsuitable\n', 1, { signature: 'invalid', publisher: '' }],
    ['', 0, { signature: 'invalid', publisher: '' }],
  ])('codesign that says %j', (output, code, expected) => {
    expect(parseCodesign(output, code)).toEqual(expected)
  })

  test.each(['', '[]', '{}', 'null', '{"CFBundleIdentifier":3}'])('an Info.plist of %j is none', (json) => expect(parseInfoPlist(json)).toBeUndefined())

  describe('the sensor', () => {
    beforeEach(() => {
      device = createFakePlatform({ '/etc/passwd': 'alice:x:1000:1000::/Users/alice:/bin/zsh\n', '/Users/alice/Applications/Own.app/x': '', '/Applications/Tool.app/Contents/Info.plist': 'bplist', '/var/db/receipts/org.example.tool.plist': '' }, { os: 'darwin' })
      device.setProgram('pkgutil', (args) => ({ code: 0, stdout: args[0] === '--pkgs' ? 'org.example.tool\n' : receipt('org.example.tool', '2.4'), stderr: '' }))
      device.setProgram('plutil', () => ({ code: 0, stdout: '{"CFBundleIdentifier":"org.example.Tool","CFBundleName":"Tool","CFBundleShortVersionString":"5.1"}', stderr: '' }))
      device.setProgram('codesign', () => ({ code: 0, stdout: '', stderr: 'Authority=Developer ID Application: Ada (A1)\n' }))
    })

    test('tells a bundle that comes, with who has signed it; of a home only the name is looked at', async () => {
      const now = startSensor(applicationsSensor, { platform: device!, policy: { applications: { enabled: true, pollIntervalSecs: 3600 } } })
      await until(() => now.reports.length > 0)
      device?.write('/Applications/New.app/Contents/Info.plist', 'bplist')
      await until(() => now.emitted.length === 1)
      device?.write('/Users/alice/Applications/Game.app/x', '')
      await until(() => now.emitted.length === 2)
      await now.stop()
      expect(now.emitted.map(({ detail }) => detail.applicationInstalled?.application)).toMatchObject([{ name: 'Tool', version: '5.1', publisher: 'Ada (A1)', source: 'app', signature: 'signed', path: '/Applications/New.app' }, { name: 'Game', version: '', path: '/Users/alice/Applications/Game.app' }])
      expect(device?.started.some((line) => line.includes('/Users/'))).toBe(false)
    })
  })
})

test('every source has a name of its own and runs somewhere', () => {
  expect(new Set(applicationSources.map(({ name }) => name)).size).toBe(applicationSources.length)
  for (const { summary, platforms } of applicationSources) expect([summary.endsWith('.'), platforms?.length !== 0]).toEqual([true, true])
})
