// Applications that come as one bundle of their own: snap, Flatpak, AppImage.
import type { Place } from './places.ts'
import { folderSource, highest, splitVersion } from './folder-source.ts'
import { tidy } from './source.ts'

/** `key: value` on the first level of a snap.yaml. */
const yamlField = (text: string, key: string): string => tidy((new RegExp(`^${key}:[ \\t]*(.*)$`, 'm').exec(text)?.[1] ?? '').replace(/^(['"])(.*)\1$/, '$2'))

const isRevision = (name: string): boolean => /^x?\d+$/.test(name)

/**
 * snapd mounts each revision at /snap/NAME/REVISION. A revision of digits was signed by the store; `x1` was put there by
 * somebody with `--dangerous`, and nobody has signed it.
 */
export const snap = folderSource({
  name: 'snap',
  summary: 'Snaps, with whether the store has signed them.',
  system: ['/snap', '/var/lib/snapd/snap'],
  own: [],
  watched: (place) => ['/', ...place.names().map((name) => `${name}/`)],
  *entries(place) {
    for (const name of place.names().filter((each) => each !== 'bin' && each !== 'README')) {
      const revisions = place.list(name).filter(isRevision)
      const manifests = revisions.flatMap((revision) => {
        const text = place.text(`${name}/${revision}/meta/snap.yaml`)
        return text === undefined ? [] : [{ revision, text }]
      })
      const current = place.text(`${name}/current/meta/snap.yaml`)
      const chosen = manifests.find(({ text }) => text === current) ?? manifests.at(-1)
      if (chosen === undefined) yield [name, undefined]
      else yield [name, { name: yamlField(chosen.text, 'name') || tidy(name), version: yamlField(chosen.text, 'version'), publisher: '', signature: chosen.revision.startsWith('x') ? 'unsigned' : 'signed' }]
    }
  },
})

const xmlText = (text: string): string => tidy(text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&'))

/** The first release of an AppStream file is the newest; the maker's name stands in one of two ways. */
export function parseMetainfo(xml: string): { readonly version: string; readonly publisher: string } {
  const publisher = /<developer_name>([^<]*)</.exec(xml)?.[1] ?? /<developer\b[^>]*>\s*<name>([^<]*)</.exec(xml)?.[1] ?? ''
  return { version: xmlText(/<release\b[^>]*\bversion=["']([^"']*)["']/.exec(xml)?.[1] ?? ''), publisher: xmlText(publisher) }
}

function* deployments(place: Place): Iterable<{ readonly id: string; readonly branch: string; readonly commits: readonly string[] }> {
  for (const id of place.names().filter((name) => name.includes('.'))) {
    for (const architecture of place.list(id).filter((name) => name !== 'current')) {
      for (const branch of place.list(`${id}/${architecture}`)) yield { id, branch: `${id}/${architecture}/${branch}`, commits: place.list(`${id}/${architecture}/${branch}`).filter((name) => /^[0-9a-f]{64}$/.test(name)) }
    }
  }
}

/** app/ID/ARCHITECTURE/BRANCH/COMMIT/{metadata,files}; what is being deployed has no `metadata` yet. */
export const flatpak = folderSource({
  name: 'flatpak',
  summary: 'Flatpak applications, for the system or in a home.',
  system: ['/var/lib/flatpak/app'],
  own: ['.local/share/flatpak/app'],
  watched: (place) => ['/', ...[...deployments(place)].map(({ branch }) => `${branch}/`)],
  *entries(place) {
    for (const { id, branch, commits } of deployments(place)) {
      const commit = commits.toReversed().find((each) => place.text(`${branch}/${each}/metadata`) !== undefined)
      if (commit === undefined) {
        yield [branch, undefined]
        continue
      }
      const share = `${branch}/${commit}/files/share`
      const facts = parseMetainfo(place.text(`${share}/metainfo/${id}.metainfo.xml`) ?? place.text(`${share}/metainfo/${id}.appdata.xml`) ?? place.text(`${share}/appdata/${id}.appdata.xml`) ?? '')
      yield [branch, { name: tidy(id), version: facts.version === '' ? commit.slice(0, 12) : facts.version, publisher: facts.publisher }]
    }
  },
})

/** An ELF whose bytes 8 to 10 are `AI` and the type of the format (1 or 2). */
export const isAppImage = (head: Buffer | undefined): boolean => head !== undefined && head.length >= 11 && head.readUInt32BE(0) === 0x7f454c46 && head[8] === 0x41 && head[9] === 0x49 && (head[10] === 1 || head[10] === 2)

const MAX_IMAGES_LOOKED_AT = 512

/** AppImages need no installer: the file is the application, wherever it was downloaded to. */
export const appImage = folderSource({
  name: 'appimage',
  summary: 'AppImages in homes, their downloads, and /opt.',
  system: ['/opt', '/usr/local/bin'],
  own: ['', 'Applications', 'Downloads', 'Desktop', '.local/bin', 'bin'],
  *entries(place) {
    for (const name of place.names().slice(0, MAX_IMAGES_LOOKED_AT)) {
      const stat = name.startsWith('.') ? undefined : place.stat(name)
      if (stat?.isFile !== true || stat.isLink || !isAppImage(place.head(name, 16))) continue
      const { name: title, version } = splitVersion(tidy(name.replace(/\.AppImage$/i, '')))
      yield [title, { name: title.replace(/[-_](?:x86_64|amd64|aarch64|arm64|i[36]86|armhf)$/i, ''), version, publisher: '', path: name }]
    }
  },
})

/** Homebrew keeps one folder a version; the highest is the one in use unless somebody has pinned an older one. */
export const brew = folderSource({
  name: 'brew',
  summary: 'Homebrew formulae and casks.',
  platforms: ['linux', 'darwin'],
  system: ['/home/linuxbrew/.linuxbrew/Cellar', '/opt/homebrew/Cellar', '/opt/homebrew/Caskroom', '/usr/local/Cellar', '/usr/local/Caskroom'],
  own: ['.linuxbrew/Cellar'],
  watched: (place) => ['/', ...place.names().map((name) => `${name}/`)],
  *entries(place) {
    for (const name of place.names().filter((each) => !each.startsWith('.'))) {
      const version = highest(place.list(name).filter((each) => !each.startsWith('.')))
      if (version === undefined) yield [name, undefined]
      else yield [name, { name: tidy(name), version: tidy(version), publisher: '' }]
    }
  },
})
