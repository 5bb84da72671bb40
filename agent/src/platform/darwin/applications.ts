// What the programs of macOS say about installed applications, as facts. Pure.

/** `pkgutil --pkgs`: an id a line; what Apple installs with the system is no installation. */
export const parsePackageIds = (output: string): readonly string[] => output.split('\n').map((line) => line.trim()).filter((id) => /^[A-Za-z0-9][\w.+-]*$/.test(id) && !id.startsWith('com.apple.pkg.'))

const unescape = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&')

export interface PackageReceipt {
  readonly id: string
  readonly version: string
  readonly path: string
}

/** `pkgutil --pkg-info-plist ID`: an XML property list with pkgid, pkg-version, volume and install-location. */
export function parsePackageInfo(xml: string): PackageReceipt | undefined {
  const field = (name: string): string => unescape(new RegExp(`<key>${name}</key>\\s*<(?:string|integer)>([^<]*)<`).exec(xml)?.[1] ?? '').trim()
  const id = field('pkgid')
  return id === '' ? undefined : { id, version: field('pkg-version'), path: `${field('volume')}${field('install-location')}`.replaceAll(/\/{2,}/g, '/') }
}

export interface BundleInfo {
  readonly id: string
  readonly name: string
  readonly version: string
}

/** Info.plist of a bundle, as JSON by `plutil -convert json -o - FILE`. */
export function parseInfoPlist(json: string): BundleInfo | undefined {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const row = value as Readonly<Record<string, unknown>>
  const field = (name: string): string => (typeof row[name] === 'string' ? row[name].trim() : '')
  const id = field('CFBundleIdentifier')
  return id === '' ? undefined : { id, name: field('CFBundleDisplayName') || field('CFBundleName'), version: field('CFBundleShortVersionString') || field('CFBundleVersion') }
}

export interface CodeSignature {
  readonly signature: 'signed' | 'unsigned' | 'ad_hoc' | 'invalid'
  /** Whom the first authority names. */
  readonly publisher: string
}

/**
 * `codesign -dv --verbose=2 PATH`, which prints on its error stream: `Authority=Developer ID Application: Name (TEAM)` and
 * more of the chain, or `Signature=adhoc`, or that the code object is not signed at all.
 */
export function parseCodesign(output: string, code: number): CodeSignature {
  if (/is not signed at all/.test(output)) return { signature: 'unsigned', publisher: '' }
  if (code !== 0) return { signature: 'invalid', publisher: '' }
  if (/^Signature=adhoc$/m.test(output)) return { signature: 'ad_hoc', publisher: '' }
  const authority = /^Authority=(.+)$/m.exec(output)?.[1]?.trim() ?? ''
  return authority === '' ? { signature: 'invalid', publisher: '' } : { signature: 'signed', publisher: authority.replace(/^(?:Developer ID Application|Apple Development|Apple Distribution|3rd Party Mac Developer Application): /, '') }
}
