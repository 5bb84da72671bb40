// RPM packages, asked of rpm itself: its database is SQLite, NDB or Berkeley DB, as each distribution likes it.
import type { SystemView } from '../system-view.ts'
import { type ApplicationSource, type InstalledApplication, type SourceReading, tidy } from './source.ts'

const DATABASES = ['/var/lib/rpm', '/usr/lib/sysimage/rpm'].flatMap((folder) => ['rpmdb.sqlite', 'rpmdb.sqlite-wal', 'Packages.db', 'Packages'].map((name) => `${folder}/${name}`))

/** Tags of rpm-queryformat(7); a header signature is what rpm has had since 4.14, the other two are older. */
const QUERY = '%{NAME}\\t%{EPOCHNUM}:%{VERSION}-%{RELEASE}\\t%{ARCH}\\t%|RSAHEADER?{signed}:{%|DSAHEADER?{signed}:{%|SIGPGP?{signed}:{unsigned}|}|}|\\t%{VENDOR}\\n'

/** One package a line; a kernel stands there several times, each version for itself. */
export function parseRpmList(text: string): SourceReading {
  const applications = new Map<string, InstalledApplication>()
  for (const line of text.split('\n')) {
    const [name, version, architecture, signature, vendor] = line.split('\t').map(tidy)
    // Keys that rpm trusts stand in its list as packages.
    if (name === undefined || name === '' || version === undefined || name === 'gpg-pubkey') continue
    const key = `${name}.${architecture ?? ''}`
    applications.set(applications.has(key) ? `${key} ${version}` : key, { name, version: version.replace(/^0:/, ''), publisher: vendor === '(none)' ? '' : (vendor ?? ''), path: '', ...(signature === 'signed' || signature === 'unsigned' ? { signature } : {}) })
  }
  return { applications, inMotion: new Set(), places: [] }
}

const isThere = (view: SystemView): boolean => DATABASES.some((path) => view.isThere(path))

export const rpm: ApplicationSource = {
  name: 'rpm',
  summary: 'RPM packages (dnf, zypper, rpm).',
  replacesInSteps: false,
  paths: () => DATABASES,
  version: (view) => DATABASES.map((path) => view.version(path)).join('|'),
  async read(view) {
    if (!isThere(view)) return undefined
    const answer = await view.run('/usr/bin/rpm', '-qa', '--qf', QUERY).catch(() => undefined)
    return answer?.code === 0 ? parseRpmList(answer.stdout) : 'denied'
  },
}
