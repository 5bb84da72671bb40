// Programs that somebody has put where programs belong, with no installer that keeps a list: /opt, /usr/local/bin, ~/.local/bin.
import { isAppImage } from './bundles.ts'
import { folderSource, splitVersion } from './folder-source.ts'
import { programsIn } from './languages.ts'
import { tidy } from './source.ts'

/** pip writes such a script for each command of a package, and the package is told already. */
const isConsoleScript = (head: string): boolean => /^#!.*python/.test(head) && /sys\.exit\(|__requires__/.test(head)

export const looseBin = folderSource({
  name: 'bin',
  summary: 'Programs in /usr/local/bin and the bin folders of homes that no installer has listed.',
  system: ['/usr/local/bin', '/usr/local/sbin'],
  own: ['.local/bin', 'bin'],
  *entries(place) {
    for (const name of programsIn(place)) {
      const head = place.head(name, 512)
      if (head === undefined || isAppImage(head) || isConsoleScript(head.toString('latin1'))) continue
      yield [name, { name: tidy(name), version: '', publisher: '' }]
    }
  },
})

/** A folder of /opt is an application; what dpkg or rpm put there is told by them too, under the name of its package. */
export const opt = folderSource({
  name: 'opt',
  summary: 'Applications unpacked into /opt.',
  system: ['/opt'],
  own: [],
  *entries(place) {
    for (const name of place.names().filter((each) => !each.startsWith('.'))) {
      if (isAppImage(place.stat(name)?.isFile === true ? place.head(name, 16) : undefined)) continue
      const { name: title, version } = splitVersion(tidy(name))
      yield [title, { name: title, version, publisher: '', path: name }]
    }
  },
})
