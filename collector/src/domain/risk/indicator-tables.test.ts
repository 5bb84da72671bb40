// The tables are complete: a row that lacks something would leave a gap in a report, a page or a score.
import { ACTIVITY_KINDS } from '@holdfast/proto'
import { describe, expect, test } from 'vitest'
import { alertFamily } from './alert-families.ts'
import { INDICATOR_IDS, indicatorRow, indicators, type IndicatorRow } from './indicators.ts'
import { featureJudgements, judgeFeature } from './security-features.ts'
import { severityTenths } from './severity.ts'
import { bandOf, bothIds, type TechniqueId, techniques } from './techniques.ts'
import { unwantedApplications, unwantedClass } from './unwanted-applications.ts'

describe('indicators', () => {
  test.each(INDICATOR_IDS)('%s has all that its users ask for', (id) => {
    const row: IndicatorRow = indicators[id]
    const { low, medium, high } = row.thresholds
    expect(row.summary).toMatch(/^[A-Z].*\.$/)
    expect(row.doc).toMatch(/^[A-Z].*\.$/)
    expect(row.label.length).toBeGreaterThan(2)
    expect(row.label.length).toBeLessThanOrEqual(40)
    expect(row.source.length).toBeGreaterThan(8)
    expect([low > 0, low < medium, medium < high]).toEqual([true, true, true])
    expect(row.kinds.length).toBeGreaterThan(0)
    expect(row.kinds.filter((kind) => !ACTIVITY_KINDS.includes(kind))).toEqual([])
    const { now, before } = bothIds(row.attack)
    expect([now.length > 0, now.length]).toEqual([true, before.length])
    for (const technique of [...now, ...before]) expect(technique).toMatch(/^T\d{4}(\.\d{3})?$/)
    expect([0, 1, 2, 3]).toContain(bandOf(row.attack))
    expect(row.measure === 'amount').toBe(row.where.amountOf !== undefined)
  })
  test('labels tell them apart', () => expect(new Set(INDICATOR_IDS.map((id) => indicators[id].label)).size).toBe(INDICATOR_IDS.length))
  test('every technique of the table is used, and only the reorganised ones have a former id', () => {
    const used = new Set<string>(INDICATOR_IDS.flatMap((id) => indicators[id].attack))
    expect(Object.keys(techniques).filter((id) => !used.has(id))).toEqual([])
    expect(bothIds(['T1685', 'T1052']).before).toEqual(['T1562.001', 'T1052'])
    for (const id of Object.keys(techniques)) expect([id, 'before' in techniques[id as TechniqueId]]).toEqual([id, /^T16(8[5-9]|90)/.test(id)])
  })
  test('a variant has the row of its indicator', () => {
    expect(indicatorRow('file_deleted#x')).toBe(indicators.file_deleted)
    expect(indicatorRow('toString')).toBeUndefined()
  })
})

describe('security features', () => {
  test('each row has a source, and no prefix stands twice', () => {
    expect(new Set(featureJudgements.map(({ prefix }) => prefix)).size).toBe(featureJudgements.length)
    for (const { source } of featureJudgements) expect(source.length).toBeGreaterThan(8)
  })
  test.each([
    ['antivirus.clamav', 'protective', 'critical'], ['audit.auditd', 'protective', 'critical'], ['audit.rules', 'protective', 'high'], ['disk.encryption', 'protective', 'critical'], ['firewall.ufw', 'protective', 'high'], ['mac.selinux', 'protective', 'high'], ['shell.history', 'protective', 'high'],
    ['ssh.permit_root_login', 'hardening', 'high'], ['ssh.password_authentication', 'hardening', 'medium'], ['ssh.max_auth_tries', 'hardening', 'low'], ['kernel.net.ipv4.ip_forward', 'hardening', 'low'], ['kernel.yama.ptrace_scope', 'hardening', 'medium'], ['preload', 'hardening', 'high'],
    ['persistence.cron', 'persistence', 'medium'], ['swap', 'housekeeping', 'low'],
  ])('%s is %s and %s', (id, expectedClass, severity) => expect(judgeFeature(id)).toMatchObject({ class: expectedClass, severity }))
  test('a heavier one weighs more', () => expect([severityTenths.critical > severityTenths.high, severityTenths.high > severityTenths.medium, severityTenths.medium > severityTenths.low]).toEqual([true, true, true]))
})

describe('unwanted applications', () => {
  const rows = Object.entries(unwantedApplications)
  test('each name stands in one class, lower case, and each class has a source', () => {
    for (const names of [rows.flatMap(([, row]) => [...row.names]), rows.flatMap(([, row]) => [...row.executables]), rows.flatMap(([, row]) => Object.entries(row.bySource ?? {}).flatMap(([source, list]) => list.map((name) => `${source}:${name}`)))]) {
      expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
      expect(names.filter((name) => name !== name.trim().toLowerCase())).toEqual([])
    }
    for (const [, row] of rows) expect([row.source.length > 8, row.summary.endsWith('.')]).toEqual([true, true])
  })
  test.each([
    ['AnyDesk', 'dpkg', 'remote_access'], ['TeamViewer 15.58.4', 'msi', 'remote_access'], ['Tor Browser', 'pkg', 'anonymity'], ['Wireshark 4.2.0 x64', 'msi', 'network_tool'], ['AnyDesk-6.3.2-x86_64.AppImage', 'appimage', 'remote_access'], ['rclone', 'snap', 'transfer'], ['wipe', 'dpkg', 'wiper'], ['john', 'dpkg', 'credential_tool'],
    ['org.torproject.torbrowser-launcher', 'flatpak', 'anonymity'], ['RustDesk.RustDesk', 'winget', 'remote_access'], ['ngrok', 'npm', 'tunnel'], ['impacket', 'pip', 'hacking_tool'], ['sqlmap', 'pipx', 'hacking_tool'], ['chisel', 'go', 'tunnel'], ['mimikatz', 'bin', 'credential_tool'], ['AnyDesk', 'app', 'remote_access'], ['Urban VPN Proxy', 'chromium_extension', 'vpn'],
  ])('%s from %s is %s', (name, source, expectedClass) => expect(unwantedClass(name, source)).toBe(expectedClass))
  test.each([
    ['anydesk-docs', 'dpkg'], ['tor', 'npm'], ['responder', 'pip'], ['john', 'pip'], ['wipe', 'npm'], ['libtor-dev', 'dpkg'], ['scrub', 'npm'], ['hydra-core', 'pip'], ['set', 'dpkg'], ['openssh-server', 'dpkg'], ['curl', 'dpkg'], ['rsync', 'dpkg'], ['network-manager-openvpn', 'dpkg'], ['gnome-remote-desktop', 'dpkg'], ['remmina', 'dpkg'],
    ['netcat-openbsd', 'dpkg'], ['empire', 'dpkg'], ['python3-requests', 'dpkg'], ['7-Zip 23.01 (x64)', 'msi'], ['firefox', 'snap'], ['', 'dpkg'], ['nmap', 'vscode_extension'], ['Peek', 'chromium_extension'], ['gopls', 'go'],
  ])('%s from %s is ordinary', (name, source) => expect(unwantedClass(name, source)).toBeUndefined())
  test('a program that was run is known by its file too', () => {
    expect(unwantedClass('', undefined, String.raw`C:\Users\a\Downloads\mimikatz.exe`)).toBe('credential_tool')
    expect(unwantedClass('something', undefined, '/opt/x/rclone')).toBe('transfer')
    expect(unwantedClass('something', undefined, '/opt/rclone/x')).toBeUndefined()
  })
})

describe('alerts of other products', () => {
  test.each([
    [{ category: 'DefenseEvasion' }, 'defence_evasion'], [{ category: 'Malware' }, 'unwanted_software'], [{ category: 'UnwantedSoftware' }, 'unwanted_software'], [{ category: 'Exfiltration', attack: 'T1048' }, 'other'], [{ category: 'syscheck', attack: 'T1562.001' }, 'defence_evasion'], [{ attack: 'T1685' }, 'defence_evasion'],
    [{ attack: 'T15620' }, 'other'], [{ source: 'clamav' }, 'unwanted_software'], [{ title: 'Trojan:Win32/X found' }, 'unwanted_software'], [{ category: 'Malware', verdict: 'false_positive' }, 'refuted'], [{}, 'other'], [undefined, 'other'],
  ] as const)('%j is %s', (detail, family) => expect(alertFamily(detail)).toBe(family))
})
