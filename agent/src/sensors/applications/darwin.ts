// Applications of macOS: packages of the installer, and bundles in the folders for applications.
import { parseCodesign, parseInfoPlist, parsePackageIds, parsePackageInfo } from '../../platform/darwin/applications.ts'
import type { SystemView } from '../system-view.ts'
import { type ApplicationSource, type InstalledApplication, tidy } from './source.ts'

const RECEIPTS = '/var/db/receipts'
const FOLDERS = ['/Applications', '/Applications/Utilities']
const bundlesIn = (view: SystemView, folder: string): readonly string[] => view.list(folder).filter((name) => name.endsWith('.app')).map((name) => `${folder}/${name}`)

export const pkg: ApplicationSource = {
  name: 'pkg',
  summary: 'Packages of the macOS installer.',
  platforms: ['darwin'],
  replacesInSteps: false,
  paths: () => [`${RECEIPTS}/`],
  version: (view) => view.folderVersion(RECEIPTS),
  async read(view) {
    const list = await view.run('/usr/sbin/pkgutil', '--pkgs').catch(() => undefined)
    if (list?.code !== 0) return 'denied'
    const applications = new Map<string, InstalledApplication>()
    const inMotion = new Set<string>()
    for (const id of parsePackageIds(list.stdout)) {
      const receipt = parsePackageInfo(await view.run('/usr/sbin/pkgutil', '--pkg-info-plist', id).then(({ stdout }) => stdout, () => ''))
      if (receipt === undefined) inMotion.add(id)
      else applications.set(id, { name: tidy(id), version: tidy(receipt.version), publisher: '', path: tidy(receipt.path) })
    }
    return { applications, inMotion, places: [] }
  },
}

async function bundle(view: SystemView, path: string): Promise<InstalledApplication | undefined> {
  const info = parseInfoPlist(await view.run('/usr/bin/plutil', '-convert', 'json', '-o', '-', `${path}/Contents/Info.plist`).then(({ stdout }) => stdout, () => ''))
  if (info === undefined) return undefined
  const signed = await view.run('/usr/bin/codesign', '-dv', '--verbose=2', path).then(({ stderr, stdout, code }) => parseCodesign(`${stdout}\n${stderr}`, code), () => undefined)
  return { name: tidy(info.name || (path.split('/').at(-1) ?? '').replace(/\.app$/, '')), version: tidy(info.version), publisher: tidy(signed?.publisher || info.id), path, ...(signed === undefined ? {} : { signature: signed.signature }) }
}

/** A bundle in somebody's home is known by its name alone: no program of the system is sent into a folder that another may change under it. */
export const app: ApplicationSource = {
  name: 'app',
  summary: 'Application bundles in /Applications and in the homes, with who has signed them.',
  platforms: ['darwin'],
  replacesInSteps: true,
  paths: (view) => [...FOLDERS, ...view.homes.map(({ home }) => `${home}/Applications`)].map((folder) => `${folder}/`),
  version: (view) => [...FOLDERS, ...view.homes.map(({ home }) => `${home}/Applications`)].map((folder) => view.folderVersion(folder)).concat(FOLDERS.flatMap((folder) => bundlesIn(view, folder).map((path) => view.version(`${path}/Contents/Info.plist`)))).join('|'),
  async read(view) {
    if (!view.isReadable('/Applications')) return 'denied'
    const applications = new Map<string, InstalledApplication>()
    const inMotion = new Set<string>()
    for (const path of FOLDERS.flatMap((folder) => bundlesIn(view, folder))) {
      const found = await bundle(view, path)
      if (found === undefined) inMotion.add(path)
      else applications.set(path, found)
    }
    const places: string[] = []
    for (const { home, uid } of view.homes) {
      const folder = `${home}/Applications`
      if (view.stat(folder)?.isLink !== false) continue
      places.push(folder)
      for (const path of bundlesIn(view, folder)) if (view.stat(path)?.isLink === false) applications.set(`${folder} ${path}`, { name: tidy((path.split('/').at(-1) ?? '').replace(/\.app$/, '')), version: '', publisher: '', path, uid })
    }
    return { applications, inMotion, places }
  },
}
