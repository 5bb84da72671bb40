// Debian packages, from dpkg's own list. dpkg replaces the file by a rename several times in each run.
//
//   Package: nmap
//   Status: install ok installed     <- want, flag, state (dpkg(1))
//   Maintainer: …
//   Version: 7.93+dfsg1-1
import { type ApplicationSource, type InstalledApplication, type SourceReading, tidy } from './source.ts'

const STATUS = '/var/lib/dpkg/status'

/** Unpacked but not configured, and so on: it was there before, or it will be; dpkg is not done. */
const IN_MOTION = new Set(['half-installed', 'unpacked', 'half-configured'])
const INSTALLED = new Set(['installed', 'triggers-awaited', 'triggers-pending'])

/** Only these fields are looked at: a status file of 10,000 packages has 10 MB, most of it descriptions. */
const FIELD = /^(Package|Status|Version|Architecture|Multi-Arch|Maintainer): (.*)$/gm

/** Libraries may be there once for each architecture (`Multi-Arch: same`); everything else is there once. */
export function parseDpkgStatus(text: string): SourceReading {
  const applications = new Map<string, InstalledApplication>()
  const inMotion = new Set<string>()
  for (const paragraph of text.split('\n\n')) {
    const fields = new Map<string, string>()
    for (const [, field = '', value = ''] of paragraph.matchAll(FIELD)) fields.set(field, value)
    const name = tidy(fields.get('Package') ?? '')
    const state = fields.get('Status')?.split(' ')[2] ?? ''
    if (name === '') continue
    const key = fields.get('Multi-Arch') === 'same' ? `${name}:${fields.get('Architecture') ?? ''}` : name
    if (IN_MOTION.has(state)) inMotion.add(key)
    else if (INSTALLED.has(state)) applications.set(key, { name, version: tidy(fields.get('Version') ?? ''), publisher: tidy(fields.get('Maintainer') ?? ''), path: '' })
  }
  return { applications, inMotion, places: [] }
}

export const dpkg: ApplicationSource = {
  name: 'dpkg',
  summary: 'Debian packages (apt, dpkg).',
  replacesInSteps: false,
  paths: () => [STATUS],
  version: (view) => view.version(STATUS),
  read(view) {
    const reading = view.largeText(STATUS)
    return reading.kind === 'text' ? parseDpkgStatus(reading.text) : reading.kind === 'absent' ? undefined : 'denied'
  },
}
