// Applications of Windows: uninstall keys, Windows Installer, Store. The registry tells nobody here of a change, and a
// question costs the start of PowerShell, so it is asked every few minutes.
import { parseStorePackages, parseUninstallKeys, powershellArguments, STORE_QUESTION, UNINSTALL_QUESTION, type WindowsApplication } from '../../platform/windows/applications.ts'
import type { SystemView } from '../system-view.ts'
import { type ApplicationSource, type SourceReading, tidy } from './source.ts'

const ASK_EVERY_MS = 300_000

async function ask(view: SystemView, question: string, parse: (json: string) => readonly WindowsApplication[]): Promise<readonly WindowsApplication[] | 'denied'> {
  const answer = await view.run('powershell.exe', ...powershellArguments(question)).catch(() => undefined)
  // A machine without one application would be a new one indeed: an empty answer is a question that failed.
  const found = answer === undefined ? [] : parse(answer.stdout)
  return found.length === 0 ? 'denied' : found
}

const asReading = (found: readonly WindowsApplication[]): SourceReading => ({
  // An account that is signed out takes its part of the registry along.
  places: [...new Set(found.flatMap(({ uid }) => (uid === undefined ? [] : [String(uid)])))],
  inMotion: new Set(),
  applications: new Map(found.map(({ key, name, version, publisher, path, signature, uid }) => [key, { name: tidy(name), version: tidy(version), publisher: tidy(publisher), path: tidy(path), ...(signature === undefined ? {} : { signature }), ...(uid === undefined ? {} : { uid }) }])),
})

const windowsSource = (name: string, summary: string, question: string, parse: (json: string) => readonly WindowsApplication[], counts: (application: WindowsApplication) => boolean): ApplicationSource => ({
  name, summary,
  platforms: ['win32'],
  replacesInSteps: false,
  paths: () => [],
  version: () => String(Math.floor(performance.now() / ASK_EVERY_MS)),
  async read(view) {
    const found = await ask(view, question, parse)
    return found === 'denied' ? found : asReading(found.filter(counts))
  },
})

export const uninstall = windowsSource('uninstall', 'Programs with an uninstall key, of the machine or of an account.', UNINSTALL_QUESTION, parseUninstallKeys, ({ isMsi }) => !isMsi)
export const msi = windowsSource('msi', 'Products of Windows Installer, of the machine or of an account.', UNINSTALL_QUESTION, parseUninstallKeys, ({ isMsi }) => isMsi)
export const store = windowsSource('store', 'Packages of the Microsoft Store and sideloaded ones, with how they are signed.', STORE_QUESTION, parseStorePackages, () => true)
