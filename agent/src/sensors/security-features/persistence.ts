// Places where programs are made to start. A change there is worth knowing; none is by itself a weakening. ATT&CK T1053, T1543.
import type { SystemView } from '../system-view.ts'
import { absent, enabled, type Feature, type FeatureReading, NEEDS_ROOT, shortHash, unknown } from './feature.ts'

/** What stands in these files, as a hash, and their names so that a person sees what came or went. */
function describeFiles(view: SystemView, files: readonly string[]): FeatureReading {
  const contents = files.map((path) => `${path}\n${view.linkTarget(path) ?? view.words(path) ?? ''}`)
  return enabled(`${files.length} entries, ${shortHash(contents.join('\n'))}: ${files.map((path) => path.replace(/^\/etc\//, '')).join(' ')}`)
}

const within = (view: SystemView, folder: string): readonly string[] => view.list(folder).filter((name) => name !== '.placeholder').map((name) => `${folder}/${name}`)

const CRON_FOLDERS = ['/etc/cron.d', '/etc/cron.hourly', '/etc/cron.daily', '/etc/cron.weekly', '/etc/cron.monthly']
const CRONTABS = '/var/spool/cron/crontabs'

export const cron: Feature = {
  id: 'persistence.cron',
  summary: 'What cron starts, for the system and for each account.',
  paths: ['/etc/crontab', ...CRON_FOLDERS.map((folder) => `${folder}/`), `${CRONTABS}/`],
  read(view) {
    const places = ['/etc/crontab', ...CRON_FOLDERS, CRONTABS].filter((path) => view.isThere(path))
    if (places.length === 0) return absent()
    if (view.isThere(CRONTABS) && !view.isReadable(CRONTABS)) return unknown('the crontabs of the accounts can be read by root only', NEEDS_ROOT)
    return describeFiles(view, [...(view.isThere('/etc/crontab') ? ['/etc/crontab'] : []), ...[...CRON_FOLDERS, CRONTABS].flatMap((folder) => within(view, folder))])
  },
}

const UNITS = '/etc/systemd/system'

export const systemdUnits: Feature = {
  id: 'persistence.systemd',
  summary: 'Units of systemd that were written, enabled or masked on this device.',
  paths: [`${UNITS}/`, `${UNITS}/multi-user.target.wants/`, `${UNITS}/default.target.wants/`, `${UNITS}/timers.target.wants/`, `${UNITS}/sockets.target.wants/`],
  read(view) {
    if (!view.isThere(UNITS)) return absent()
    const units = within(view, UNITS)
    return describeFiles(view, units.flatMap((path) => (/\.(wants|requires|d)$/.test(path) ? within(view, path) : [path])))
  },
}
