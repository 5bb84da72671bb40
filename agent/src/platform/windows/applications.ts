// What Windows says about installed applications, as facts. Pure: every parser takes the JSON of a question below.
import { parseRows } from './facts.ts'

export interface WindowsApplication {
  /** The same for every version of one application. */
  readonly key: string
  readonly name: string
  readonly version: string
  readonly publisher: string
  readonly path: string
  /** Windows Installer keeps it. */
  readonly isMsi: boolean
  readonly signature?: string
  /** RID of the account that has it for itself. */
  readonly uid?: number
}

const KEY = String.raw`SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\*`
const KEY_32 = String.raw`SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall\*`

/** The uninstall keys of the machine (64 and 32 bit) and of each account whose registry is loaded. */
export const UNINSTALL_QUESTION = `Get-ItemProperty -ErrorAction SilentlyContinue -Path ${[`HKLM:\\${KEY}`, `HKLM:\\${KEY_32}`, `Registry::HKEY_USERS\\*\\${KEY}`, `Registry::HKEY_USERS\\*\\${KEY_32}`].map((path) => `'${path}'`).join(',')} | Select-Object PSPath,PSChildName,DisplayName,DisplayVersion,Publisher,InstallLocation,WindowsInstaller,SystemComponent,ParentKeyName,ReleaseType`

/** Store and sideloaded packages of every account; a number stands for PackageSignatureKind. */
export const STORE_QUESTION = "Get-AppxPackage -AllUsers | Where-Object { -not $_.IsFramework } | Select-Object Name,Publisher,@{n='Version';e={[string]$_.Version}},PackageFamilyName,InstallLocation,@{n='SignatureKind';e={[string]$_.SignatureKind}},NonRemovable"

/** The whole command for powershell.exe: UTF-8 out, one JSON text. */
export const powershellArguments = (question: string): readonly string[] => ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', `[Console]::OutputEncoding=[Text.Encoding]::UTF8; ${question} | ConvertTo-Json -Compress -Depth 3`]

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '')
const isOne = (value: unknown): boolean => value === 1 || value === '1'

/** `…HKEY_USERS\S-1-5-21-…-1001\…`: the last part of the SID, as for profiles. */
const ridOf = (path: string): number | undefined => {
  const rid = /HKEY_USERS\\S-1-5-21-[\d-]+-(\d+)\\/i.exec(path)?.[1]
  return rid === undefined ? undefined : Number(rid)
}

/** What Settings would list: no parts of Windows, no updates, nothing without a name (Uninstall Registry Key, Windows Installer). */
export function parseUninstallKeys(json: string): readonly WindowsApplication[] {
  return parseRows(json).flatMap((row): WindowsApplication[] => {
    const name = text(row['DisplayName'])
    const path = text(row['PSPath'])
    if (name === '' || isOne(row['SystemComponent']) || text(row['ParentKeyName']) !== '' || /^(?:hotfix|security update|update( rollup)?|servicepack)$/i.test(text(row['ReleaseType']))) return []
    const uid = ridOf(path)
    const wide = /\\WOW6432Node\\/i.test(path) ? ' 32' : ''
    const isMsi = isOne(row['WindowsInstaller'])
    // A product code of MSI is another one for each version; its name is what stays.
    const id = isMsi ? name.replace(/\s+v?\d[\d.]*(?=\s|$)/g, '') : text(row['PSChildName']) || name
    return [{ key: `${uid ?? 'machine'}${wide} ${id}`, name, version: text(row['DisplayVersion']), publisher: text(row['Publisher']), path: text(row['InstallLocation']), isMsi, ...(uid === undefined ? {} : { uid }) }]
  })
}

/** PackageSignatureKind: None, Developer, Enterprise, Store, System. */
const SIGNATURES: Readonly<Record<string, string>> = { None: 'unsigned', 0: 'unsigned', Developer: 'ad_hoc', 1: 'ad_hoc', Enterprise: 'signed', 2: 'signed', Store: 'signed', 3: 'signed', System: 'signed', 4: 'signed' }

/** Get-AppxPackage; what is part of Windows (System) is no installation. */
export function parseStorePackages(json: string): readonly WindowsApplication[] {
  return parseRows(json).flatMap((row): WindowsApplication[] => {
    const name = text(row['Name'])
    const kind = text(row['SignatureKind'])
    if (name === '' || kind === 'System' || kind === '4' || row['NonRemovable'] === true) return []
    const signature = SIGNATURES[kind]
    const publisher = text(row['Publisher'])
    // A distinguished name: `CN=Contoso Software, O=Contoso Corporation, C=US`.
    const common = /(?:^|,\s*)O="?([^",]+)/.exec(publisher)?.[1] ?? /(?:^|,\s*)CN="?([^",]+)/.exec(publisher)?.[1] ?? publisher
    return [{ key: text(row['PackageFamilyName']) || name, name, version: text(row['Version']), publisher: common, path: text(row['InstallLocation']), isMsi: false, ...(signature === undefined ? {} : { signature }) }]
  })
}
