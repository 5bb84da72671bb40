// npm packages installed globally: one folder each below lib/node_modules, or below @scope there, with a package.json.
import { type Place, placesOf } from './places.ts'
import { type ApplicationSource, type InstalledApplication, tidy } from './source.ts'

const SYSTEM = ['/usr/lib/node_modules', '/usr/local/lib/node_modules', '/opt/node*/lib/node_modules']
const OWN = ['.npm-global/lib/node_modules', '.npm-packages/lib/node_modules', '.local/lib/node_modules', '.nvm/versions/node/*/lib/node_modules', '.volta/tools/image/packages/*/lib/node_modules']

interface Manifest {
  readonly name: string
  readonly version: string
  readonly publisher: string
}

/** `"author": "A <a@x>"` or `{"name": "A"}`. */
export function parseManifest(json: string): Manifest | undefined {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const { name, version, author } = value as Readonly<Record<string, unknown>>
  const publisher = typeof author === 'object' && author !== null ? (author as Readonly<Record<string, unknown>>)['name'] : author
  return typeof name === 'string' && typeof version === 'string' ? { name: tidy(name), version: tidy(version), publisher: typeof publisher === 'string' ? tidy(publisher) : '' } : undefined
}

/** `typescript`, `@angular/cli`; a name that begins with a dot is npm at work. */
function* packagesIn(place: Place): Generator<string> {
  for (const name of place.names()) {
    if (name.startsWith('.')) continue
    if (!name.startsWith('@')) yield name
    else for (const scoped of place.list(name)) if (!scoped.startsWith('.')) yield `${name}/${scoped}`
  }
}

const isScope = (name: string): boolean => name.startsWith('@')

export const npm: ApplicationSource = {
  name: 'npm',
  summary: 'npm packages installed globally, for the system or in a home.',
  replacesInSteps: true,
  paths: (view) => placesOf(view, SYSTEM, OWN).flatMap((place) => [`${place.folder}/`, ...place.names().filter(isScope).map((scope) => `${place.folder}/${scope}/`)]),
  version: (view) => placesOf(view, SYSTEM, OWN).map((place) => `${place.folder} ${place.version()} ${place.names().filter(isScope).map((scope) => place.list(scope).join(',')).join(' ')}`).join('|'),
  read(view) {
    const places = placesOf(view, SYSTEM, OWN)
    if (places.length === 0) return undefined
    const applications = new Map<string, InstalledApplication>()
    const inMotion = new Set<string>()
    for (const place of places) {
      for (const name of packagesIn(place)) {
        const key = `${place.folder} ${name}`
        const manifest = parseManifest(place.text(`${name}/package.json`) ?? '')
        // An update replaces the folder; between the two there is one without a manifest.
        if (manifest === undefined) inMotion.add(key)
        else applications.set(key, { ...manifest, path: `${place.folder}/${name}`, ...(place.uid === undefined ? {} : { uid: place.uid }) })
      }
    }
    return { applications, inMotion, places: places.map((place) => place.folder) }
  },
}
