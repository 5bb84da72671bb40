// Extensions of browsers and editors, from the files that these keep in each profile. Linux.
import type { Place } from './places.ts'
import { folderSource, highest, objectIn, parseObject, textIn } from './folder-source.ts'
import { tidy } from './source.ts'

const CHROMIUM = [
  ...['google-chrome', 'google-chrome-beta', 'google-chrome-unstable', 'chromium', 'BraveSoftware/Brave-Browser', 'microsoft-edge', 'vivaldi', 'opera', 'thorium'].map((name) => `.config/${name}`),
  'snap/chromium/common/chromium', '.var/app/com.google.Chrome/config/google-chrome', '.var/app/org.chromium.Chromium/config/chromium', '.var/app/com.brave.Browser/config/BraveSoftware/Brave-Browser',
]
/** An id of an extension: 32 letters from a to p. */
const EXTENSION_ID = /^[a-p]{32}$/
/** Manifest::Location of Chromium: unpacked by a developer, given on the command line. */
const UNPACKED = new Set([4, 8])

/** A name may be a key of the extension's own translations: `__MSG_appName__`. */
function translated(place: Place, folder: string, manifest: Readonly<Record<string, unknown>>): string {
  const name = textIn(manifest, 'name')
  const key = /^__MSG_(.+)__$/.exec(name)?.[1]
  const locale = textIn(manifest, 'default_locale')
  if (key === undefined || !/^[A-Za-z0-9_-]+$/.test(locale)) return tidy(name)
  const messages = Object.entries(parseObject(place.text(`${folder}/_locales/${locale}/messages.json`)) ?? {})
  return tidy(textIn(messages.find(([each]) => each.toLowerCase() === key.toLowerCase())?.[1], 'message') || name)
}

/** Of the stores of Google, Microsoft and Opera, by the address that updates come from. */
const isFromStore = (manifest: Readonly<Record<string, unknown>>): boolean => /^https:\/\/(?:clients2\.google\.com|edge\.microsoft\.com|extension-updates\.opera\.com)\//.test(textIn(manifest, 'update_url'))

/**
 * PROFILE/Extensions/ID/VERSION/manifest.json; what a developer loads from a folder of his own stands in the preferences
 * alone, which are read whenever the extensions are.
 */
export const chromiumExtensions = folderSource({
  name: 'chromium_extension',
  summary: 'Extensions of Chrome, Chromium, Edge, Brave, Vivaldi and Opera, by profile.',
  system: [],
  own: CHROMIUM.flatMap((browser) => [`${browser}/Default`, `${browser}/Profile *`]),
  watched: (place) => ['Extensions/', ...place.list('Extensions').map((id) => `Extensions/${id}/`)],
  *entries(place) {
    for (const id of place.list('Extensions').filter((name) => EXTENSION_ID.test(name))) {
      const folder = highest(place.list(`Extensions/${id}`).filter((name) => /^\d/.test(name)))
      const manifest = folder === undefined ? undefined : parseObject(place.text(`Extensions/${id}/${folder}/manifest.json`))
      if (folder === undefined || manifest === undefined) {
        yield [id, undefined]
        continue
      }
      yield [id, { name: translated(place, `Extensions/${id}/${folder}`, manifest), version: tidy(textIn(manifest, 'version')), publisher: tidy(textIn(manifest, 'author') || id), path: `Extensions/${id}`, signature: isFromStore(manifest) ? 'signed' : 'unsigned' }]
    }
    for (const file of ['Preferences', 'Secure Preferences']) {
      for (const [id, entry] of Object.entries(objectIn(objectIn(parseObject(place.text(file)), 'extensions'), 'settings') ?? {})) {
        const location = (entry as Readonly<Record<string, unknown>> | null)?.['location']
        if (!EXTENSION_ID.test(id) || typeof location !== 'number' || !UNPACKED.has(location)) continue
        const manifest = objectIn(entry, 'manifest')
        yield [id, { name: tidy(textIn(manifest, 'name') || textIn(entry, 'path') || id), version: tidy(textIn(manifest, 'version')), publisher: id, path: file, signature: 'unsigned' }]
      }
    }
  },
})

/** AddonManager.SIGNEDSTATE_* of Firefox. */
const signedState = (value: unknown): string | undefined => (typeof value !== 'number' ? undefined : value >= 1 ? 'signed' : value === 0 ? 'unsigned' : 'invalid')

/** PROFILE/extensions.json: {"addons": [{id, version, type, location, defaultLocale: {name, creator}, signedState, …}]}. */
export const firefoxExtensions = folderSource({
  name: 'firefox_extension',
  summary: 'Extensions of Firefox and LibreWolf, by profile.',
  system: [],
  own: ['.mozilla/firefox/*', '.config/mozilla/firefox/*', 'snap/firefox/common/.mozilla/firefox/*', '.var/app/org.mozilla.firefox/.mozilla/firefox/*', '.librewolf/*'],
  watched: () => ['extensions.json'],
  *entries(place) {
    const addons = parseObject(place.text('extensions.json'))?.['addons']
    for (const addon of Array.isArray(addons) ? (addons as unknown[]) : []) {
      const id = textIn(addon, 'id')
      // What Firefox brings with itself is no installation.
      if (id === '' || !['extension', 'theme'].includes(textIn(addon, 'type')) || /^app-(?:builtin|system)/.test(textIn(addon, 'location'))) continue
      const locale = objectIn(addon, 'defaultLocale')
      const signature = signedState((addon as Readonly<Record<string, unknown>>)['signedState'])
      yield [id, { name: tidy(textIn(locale, 'name') || id), version: tidy(textIn(addon, 'version')), publisher: tidy(textIn(locale, 'creator')), path: 'extensions.json', ...(signature === undefined ? {} : { signature }) }]
    }
  },
})

/** FOLDER/extensions.json of VS Code and its kin; older ones have the folders `publisher.name-1.2.3` alone. */
export const vscodeExtensions = folderSource({
  name: 'vscode_extension',
  summary: 'Extensions of VS Code, VSCodium, Cursor, Windsurf and their servers.',
  system: [],
  own: ['.vscode/extensions', '.vscode-insiders/extensions', '.vscode-oss/extensions', '.vscode-server/extensions', '.cursor/extensions', '.cursor-server/extensions', '.windsurf/extensions', '.var/app/com.visualstudio.code/data/vscode/extensions'],
  *entries(place) {
    const listed = new Set<string>()
    const text = place.text('extensions.json')
    for (const entry of parseList(text)) {
      const id = textIn(objectIn(entry, 'identifier'), 'id').toLowerCase()
      const version = textIn(entry, 'version')
      if (id === '' || version === '') continue
      listed.add(id)
      const metadata = objectIn(entry, 'metadata')
      const source = textIn(metadata, 'source')
      const folder = textIn(entry, 'relativeLocation')
      yield [id, {
        name: tidy(id), version: tidy(version), publisher: tidy(textIn(metadata, 'publisherDisplayName') || (id.split('.')[0] ?? '')), path: folder === '' || folder.includes('/') ? 'extensions.json' : folder,
        // The gallery signs what it hands out; a package from a file is of unknown making.
        ...(source === 'gallery' ? { signature: 'signed' } : source === 'vsix' ? { signature: 'unsigned' } : {}),
      }]
    }
    if (text !== undefined) return
    for (const folder of place.names()) {
      const [, id, version] = /^([\w-]+\.[\w.-]+?)-(\d[\w.]*)(?:-[\w-]+)?$/.exec(folder) ?? []
      if (id !== undefined && version !== undefined && !listed.has(id.toLowerCase())) yield [id.toLowerCase(), { name: tidy(id.toLowerCase()), version: tidy(version), publisher: tidy(id.split('.')[0] ?? ''), path: folder }]
    }
  },
})

function parseList(json: string | undefined): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(json ?? '')
    return Array.isArray(value) ? (value as unknown[]) : []
  } catch {
    return []
  }
}

/** PRODUCT/PLUGIN/lib/*.jar: the version stands in the name of the jar that is called as the plugin is. */
export const jetbrainsPlugins = folderSource({
  name: 'jetbrains_plugin',
  summary: 'Plugins of the JetBrains editors that the person has added.',
  system: [],
  own: ['.local/share/JetBrains/*'],
  *entries(place) {
    for (const plugin of place.names()) {
      const jars = place.list(`${plugin}/lib`).filter((name) => name.endsWith('.jar'))
      if (jars.length === 0) continue
      const version = jars.flatMap((jar) => (jar.toLowerCase().startsWith(`${plugin.toLowerCase()}-`) ? [jar.slice(plugin.length + 1, -4)] : [])).find((each) => /^\d/.test(each))
      yield [plugin, { name: tidy(plugin), version: tidy(version ?? ''), publisher: '' }]
    }
  },
})
