// Python packages, by the folders that pip and its kin leave beside the code: NAME-VERSION.dist-info (PEP 376, the core
// metadata specification) and the older .egg-info. What dpkg or rpm put there is theirs to report.
import { type Place, placesOf } from './places.ts'
import { type ApplicationSource, type InstalledApplication, tidy } from './source.ts'

const SYSTEM = ['/usr/local/lib/python3*/dist-packages', '/usr/local/lib/python3*/site-packages', '/usr/lib/python3*/site-packages', '/usr/lib64/python3*/site-packages']
const OWN = ['.local/lib/python3*/site-packages']
const OTHER_MANAGERS = new Set(['debian', 'dpkg', 'rpm'])

const field = (metadata: string, name: string): string => tidy(new RegExp(`^${name}: (.*)$`, 'mi').exec(metadata.split('\n\n', 1)[0] ?? '')?.[1] ?? '')

/** Names that differ only in case and in `-`, `_`, `.` are one package (PEP 503). */
const normalise = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-')

function readPlace(place: Place, applications: Map<string, InstalledApplication>, inMotion: Set<string>): void {
  for (const entry of place.names()) {
    // A name that begins with ~ is what pip has moved aside while it upgrades.
    const [, fileName, fileVersion] = /^([A-Za-z0-9][^/]*?)-([^-/]+)(?:-py[\d.]+)?\.(?:dist-info|egg-info)$/.exec(entry) ?? []
    if (fileName === undefined || fileVersion === undefined) continue
    const isEgg = entry.endsWith('.egg-info')
    const metadata = isEgg ? (place.text(`${entry}/PKG-INFO`) ?? place.text(entry)) : place.text(`${entry}/METADATA`)
    const key = `${place.folder} ${normalise(fileName)}`
    // RECORD is the last file that an installer writes.
    if (metadata === undefined || (!isEgg && !place.list(entry).some((name) => name === 'RECORD' || name === 'INSTALLER'))) {
      inMotion.add(key)
      continue
    }
    if (OTHER_MANAGERS.has((place.text(`${entry}/INSTALLER`) ?? '').trim())) continue
    applications.set(key, {
      name: field(metadata, 'Name') || tidy(fileName), version: field(metadata, 'Version') || tidy(fileVersion), publisher: field(metadata, 'Author') || field(metadata, 'Author-email') || field(metadata, 'Maintainer'),
      path: `${place.folder}/${entry}`, ...(place.uid === undefined ? {} : { uid: place.uid }),
    })
  }
}

export const pip: ApplicationSource = {
  name: 'pip',
  summary: 'Python packages installed by pip, for the system or in a home.',
  replacesInSteps: true,
  paths: (view) => placesOf(view, SYSTEM, OWN).map((place) => `${place.folder}/`),
  version: (view) => placesOf(view, SYSTEM, OWN).map((place) => `${place.folder} ${place.version()}`).join('|'),
  read(view) {
    const places = placesOf(view, SYSTEM, OWN)
    if (places.length === 0) return undefined
    const applications = new Map<string, InstalledApplication>()
    const inMotion = new Set<string>()
    for (const place of places) readPlace(place, applications, inMotion)
    return { applications, inMotion, places: places.map((place) => place.folder) }
  },
}
