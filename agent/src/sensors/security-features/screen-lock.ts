// Whether a screen locks when nobody is there: GNOME and its kin (dconf), KDE, xscreensaver. CIS Debian Linux 12 Benchmark 1.7.
//
// Without a session of the person nobody can be asked, so the files are read: what the administrator sets and locks
// (/etc/dconf), what the distribution sets (schema overrides), and what each account has set itself.
import type { AccountInfo } from '../../platform/platform.ts'
import type { SystemView } from '../system-view.ts'
import { absent, disabled, enabled, type Feature, type FeatureReading, parseIni, unknown, weakened } from './feature.ts'
import { type GvdbValue, parseGvdb } from './gvdb.ts'

const LOCK = 'org/gnome/desktop/screensaver/lock-enabled'
const DELAY = 'org/gnome/desktop/screensaver/lock-delay'
const IDLE = 'org/gnome/desktop/session/idle-delay'
const NO_LOCK_SCREEN = 'org/gnome/desktop/lockdown/disable-lock-screen'
const KEYS = [LOCK, DELAY, IDLE, NO_LOCK_SCREEN]

const SCHEMAS = '/usr/share/glib-2.0/schemas'
const DCONF = '/etc/dconf/db'
const OWN_DCONF = '.config/dconf/user'
const OWN_KDE = '.config/kscreenlockerrc'
const OWN_XSCREENSAVER = '.xscreensaver'

/** A screen that goes idle later than this is open too long. CIS asks for 15 minutes. */
const LONGEST_IDLE_SECS = 900

type Settings = Map<string, GvdbValue>

/** GVariant's text form, as key files have it: `true`, `uint32 300`, `'text'`. */
function parseText(text: string): GvdbValue {
  if (text === 'true' || text === 'false') return text === 'true'
  const number = /^(?:u?int32\s+)?(-?\d+)$/.exec(text)?.[1]
  return number === undefined ? text.replace(/^(['"])(.*)\1$/, '$2') : Number(number)
}

/** Settings for everybody; `locked` are those that a person cannot change. */
function systemSettings(view: SystemView): { readonly settings: Settings; readonly locked: ReadonlySet<string> } {
  // The schema's own defaults (gsettings-desktop-schemas).
  const settings: Settings = new Map<string, GvdbValue>([[LOCK, true], [DELAY, 0], [IDLE, 300], [NO_LOCK_SCREEN, false]])
  const locked = new Set<string>()
  const take = (text: string, spell: (section: string) => string): void => {
    for (const [section, values] of parseIni(text)) {
      for (const [name, value] of values) if (KEYS.includes(`${spell(section)}/${name}`)) settings.set(`${spell(section)}/${name}`, parseText(value))
    }
  }
  for (const name of view.list(SCHEMAS).filter((each) => each.endsWith('.gschema.override'))) take(view.words(`${SCHEMAS}/${name}`) ?? '', (section) => section.replace(/:.*$/, '').replaceAll('.', '/'))
  for (const base of view.list(DCONF).filter((each) => each.endsWith('.d'))) {
    for (const name of view.list(`${DCONF}/${base}`)) take(view.words(`${DCONF}/${base}/${name}`) ?? '', (section) => section)
    for (const name of view.list(`${DCONF}/${base}/locks`)) for (const key of (view.words(`${DCONF}/${base}/locks/${name}`) ?? '').split('\n')) locked.add(key.trim().replace(/^\//, ''))
  }
  return { settings, locked }
}

function judgeGnome(settings: Settings): FeatureReading {
  const idle = Number(settings.get(IDLE) ?? 0)
  const delay = Number(settings.get(DELAY) ?? 0)
  const value = `lock ${settings.get(LOCK) === true ? 'on' : 'off'}, idle after ${idle === 0 ? 'never' : `${idle} s`}${delay === 0 ? '' : `, locked ${delay} s later`}${settings.get(NO_LOCK_SCREEN) === true ? ', lock screen disabled' : ''}`
  if (settings.get(LOCK) !== true || settings.get(NO_LOCK_SCREEN) === true) return disabled(value)
  return idle === 0 || idle + delay > LONGEST_IDLE_SECS ? weakened(value) : enabled(value)
}

function readGnome(view: SystemView, account: AccountInfo, system: ReturnType<typeof systemSettings>): FeatureReading {
  const settings = new Map(system.settings)
  if (view.homeVersion(account, OWN_DCONF) !== '') {
    const bytes = view.homeBytes(account, OWN_DCONF)
    const own = bytes === undefined ? undefined : parseGvdb(bytes)
    if (own === undefined) return unknown('the settings of an account cannot be read')
    for (const key of KEYS) {
      const value = own.get(`/${key}`)
      if (value !== undefined && !system.locked.has(key)) settings.set(key, value)
    }
  }
  return judgeGnome(settings)
}

/** KDE keeps only what differs from its defaults: locks after 5 minutes. */
function readKde(text: string): FeatureReading {
  const daemon = parseIni(text).get('Daemon')
  const isOn = daemon?.get('Autolock') !== 'false'
  const minutes = Number(daemon?.get('Timeout') ?? 5)
  const value = `KDE lock ${isOn ? `after ${minutes} min` : 'off'}`
  return !isOn || minutes === 0 ? disabled(value) : minutes * 60 > LONGEST_IDLE_SECS ? weakened(value) : enabled(value)
}

/** `lock: True`, X resource style. */
const readXscreensaver = (text: string): FeatureReading => (/^\s*lock:\s*true\s*$/im.test(text) && !/^\s*mode:\s*off\s*$/im.test(text) ? enabled('xscreensaver lock on') : disabled('xscreensaver lock off'))

const textOf = (view: SystemView, account: AccountInfo, path: string): string | undefined => {
  const reading = view.homeText(account, path)
  return reading.kind === 'text' ? reading.text : undefined
}

export const screenLock: Feature = {
  id: 'screen.lock',
  summary: 'The screen of each account locks when nobody is there.',
  paths: [`${DCONF}/local.d/`, `${DCONF}/local.d/locks/`, `${DCONF}/site.d/`, `${DCONF}/site.d/locks/`, `${DCONF}/gdm.d/`],
  homePaths: [OWN_DCONF, OWN_KDE, OWN_XSCREENSAVER],
  read(view) {
    const hasGnome = view.isThere(`${SCHEMAS}/org.gnome.desktop.screensaver.gschema.xml`)
    const system = systemSettings(view)
    // The weakest lock that an account has decides: nobody can say which desktop runs.
    const readings = view.homes.flatMap((account): readonly FeatureReading[] => {
      const kde = textOf(view, account, OWN_KDE)
      const xscreensaver = textOf(view, account, OWN_XSCREENSAVER)
      const all = [...(hasGnome ? [readGnome(view, account, system)] : []), ...(kde === undefined ? [] : [readKde(kde)]), ...(xscreensaver === undefined ? [] : [readXscreensaver(xscreensaver)])]
      const weakest = all.find(({ state }) => state === 'disabled') ?? all.find(({ state }) => state === 'weakened') ?? all[0]
      return weakest === undefined ? [] : [{ ...weakest, uid: account.uid }]
    })
    return readings.length === 0 ? absent('no screen locker is installed') : readings
  },
}
