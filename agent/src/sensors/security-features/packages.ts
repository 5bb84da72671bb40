// Whether packages are installed only when their signature is good. CIS Debian Linux 12 Benchmark 1.2. ATT&CK T1195, T1553.
import { parseAptConfig } from './apt-config.ts'
import { absent, enabled, type Feature, meaningfulLines, parseIni, shortHash, weakened } from './feature.ts'
import { fileSetFeature } from './file-set.ts'

const isOn = (value: string | undefined): boolean => value !== undefined && /^(1|yes|true|on|enable|with)$/i.test(value)
const isOff = (value: string | undefined): boolean => value !== undefined && /^(0|no|false|off|disable|without)$/i.test(value)

const SOURCES = '/etc/apt/sources.list'
const PARTS = '/etc/apt/sources.list.d'

/** `deb [trusted=yes …] …` and `Trusted: yes` take a source as it is, signed or not. */
export const trustsBlindly = (text: string): boolean => meaningfulLines(text).some((line) => /^deb(-src)?\s+\[[^\]]*\b(trusted|allow-insecure|allow-weak)\s*=\s*yes\b/i.test(line) || /^(trusted|allow-insecure|allow-weak)\s*:\s*yes\b/i.test(line))

export const aptSignatures: Feature = {
  id: 'packages.apt_signatures',
  summary: 'apt takes signed packages only, from every source.',
  paths: ['/etc/apt/apt.conf', '/etc/apt/apt.conf.d/', SOURCES, `${PARTS}/`],
  read(view) {
    if (!view.isThere('/etc/apt')) return absent()
    const files = view.list('/etc/apt/apt.conf.d').filter((name) => /^[\w-]+(\.conf)?$/.test(name)).map((name) => `/etc/apt/apt.conf.d/${name}`)
    const config = parseAptConfig([...files, '/etc/apt/apt.conf'].map((path) => view.words(path) ?? ''))
    const weak = ['apt::get::allowunauthenticated', 'acquire::allowinsecurerepositories', 'acquire::allowweakrepositories', 'acquire::allowdowngradetoinsecurerepositories', 'aptitude::cmdline::ignore-trust-violations'].filter((name) => isOn(config.get(name)))
    if (isOff(config.get('acquire::check-valid-until'))) weak.push('acquire::check-valid-until off')
    const blind = [SOURCES, ...view.list(PARTS).map((name) => `${PARTS}/${name}`)].filter((path) => trustsBlindly(view.words(path) ?? ''))
    const offences = [...weak, ...blind.map((path) => `${path} trusts unsigned packages`)]
    return offences.length === 0 ? enabled('checked') : weakened(offences.join('; '))
  },
}

export const aptSources = fileSetFeature({
  id: 'packages.apt_sources', summary: 'Where apt takes packages from, and whose keys it believes.',
  files: [SOURCES, `${PARTS}/`, '/etc/apt/trusted.gpg', '/etc/apt/trusted.gpg.d/', '/etc/apt/keyrings/', '/etc/apt/preferences', '/etc/apt/preferences.d/', '/etc/apt/auth.conf.d/'], mayBeAbsent: true,
})

export const dnfSignatures: Feature = {
  id: 'packages.dnf_signatures',
  summary: 'dnf and yum take signed packages only, from every source.',
  paths: ['/etc/dnf/dnf.conf', '/etc/yum.conf', '/etc/yum.repos.d/'],
  read(view) {
    const main = ['/etc/dnf/dnf.conf', '/etc/yum.conf'].filter((path) => view.isThere(path))
    const repositories = view.list('/etc/yum.repos.d').filter((name) => name.endsWith('.repo')).map((name) => `/etc/yum.repos.d/${name}`)
    if (main.length + repositories.length === 0) return absent()
    const texts = [...main, ...repositories].map((path) => [path, view.words(path) ?? ''] as const)
    const offences = texts.flatMap(([path, text]) => [...parseIni(text)].flatMap(([section, values]) => (['gpgcheck', 'localpkg_gpgcheck', 'repo_gpgcheck', 'sslverify'] as const).filter((key) => (key === 'gpgcheck' || key === 'sslverify' || section === 'main') && isOff(values.get(key)) && !isOff(values.get('enabled')) && (key === 'gpgcheck' || key === 'sslverify')).map((key) => `${path} [${section}] ${key} off`)))
    const value = `${repositories.length} sources, ${shortHash(texts.map(([, text]) => text).join('\n'))}`
    return offences.length === 0 ? enabled(value) : weakened(`${value}: ${offences.join('; ')}`)
  },
}

export const packageFeatures: readonly Feature[] = [aptSignatures, aptSources, dnfSignatures]
