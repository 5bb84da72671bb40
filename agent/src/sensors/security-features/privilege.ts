// Who becomes root without saying the password again. CIS Debian Linux 12 Benchmark 5.2. ATT&CK T1548.003.
import type { SystemView } from '../system-view.ts'
import { absent, enabled, type Feature, meaningfulLines, NEEDS_ROOT, shortHash, unknown, weakened } from './feature.ts'
import { fileSetFeature } from './file-set.ts'

const MAIN = '/etc/sudoers'
const FOLDER = '/etc/sudoers.d/'

/** Every line that sudo obeys, or why nobody can say. */
function rulesOf(view: SystemView): readonly string[] | 'absent' | 'closed' {
  const main = view.text(MAIN)
  if (main.kind === 'absent') return 'absent'
  if (main.kind !== 'text' || (!view.isReadable(FOLDER.slice(0, -1)) && view.isThere(FOLDER.slice(0, -1)))) return 'closed'
  // sudo leaves out names with a dot or a tilde at the end (sudoers(5), @includedir).
  const parts = view.list(FOLDER.slice(0, -1)).filter((name) => !name.includes('.') && !name.endsWith('~')).map((name) => view.words(FOLDER + name) ?? '')
  return [main.text, ...parts].flatMap((text) => meaningfulLines(text.replaceAll('\\\n', ' '))).filter((line) => !line.startsWith('@'))
}

const closed = unknown('the rules of sudo can be read by root only', NEEDS_ROOT)

export const sudoers: Feature = {
  id: 'privilege.sudoers',
  summary: 'sudo asks everybody for the password.',
  paths: [MAIN, FOLDER],
  read(view) {
    const lines = rulesOf(view)
    if (typeof lines === 'string') return lines === 'absent' ? absent() : closed
    const free = lines.filter((line) => /\bNOPASSWD\s*:/.test(line) || /!authenticate\b/.test(line))
    const value = `${lines.length} rules, ${free.length} without a password, ${shortHash(lines.join('\n'))}`
    return free.length > 0 ? weakened(value) : enabled(value)
  },
}

/** sudo's own default (sudoers(5)). */
const CACHE_MINUTES = 15

export const sudoCache: Feature = {
  id: 'privilege.sudo_cache',
  summary: 'sudo forgets a password after a quarter of an hour, and keeps it for one terminal.',
  paths: [MAIN, FOLDER],
  read(view) {
    const lines = rulesOf(view)
    if (typeof lines === 'string') return lines === 'absent' ? absent() : closed
    const defaults = lines.filter((line) => line.startsWith('Defaults')).join('\n')
    const last = (name: string): string | undefined => [...defaults.matchAll(new RegExp(`\\b${name}\\s*=\\s*"?(-?[\\w.]+)`, 'g'))].at(-1)?.[1]
    const minutes = Number(last('timestamp_timeout') ?? CACHE_MINUTES)
    const type = last('timestamp_type') ?? 'tty'
    const offences = [
      ...(minutes < 0 ? ['a password is kept for ever'] : minutes > CACHE_MINUTES ? [`a password is kept for ${minutes} minutes`] : []),
      ...(/!tty_tickets\b/.test(defaults) || type === 'global' ? ['a password holds for every terminal'] : []),
      ...(/!use_pty\b/.test(defaults) ? ['!use_pty'] : []),
      ...(/!syslog\b/.test(defaults) ? ['nothing is logged'] : []),
    ]
    return offences.length === 0 ? enabled(`timestamp_timeout ${minutes}, ${type}`) : weakened(`timestamp_timeout ${minutes}, ${type}: ${offences.join('; ')}`)
  },
}

export const doas: Feature = {
  id: 'privilege.doas',
  summary: 'doas asks everybody for the password.',
  paths: ['/etc/doas.conf', '/etc/doas.d/'],
  read(view) {
    const lines = ['/etc/doas.conf', ...view.list('/etc/doas.d').map((name) => `/etc/doas.d/${name}`)].flatMap((path) => meaningfulLines(view.words(path) ?? ''))
    if (lines.length === 0) return absent()
    const free = lines.filter((line) => /^permit\b.*\b(nopass|persist)\b/.test(line))
    const value = `${lines.length} rules, ${free.length} without a password, ${shortHash(lines.join('\n'))}`
    return free.length > 0 ? weakened(value) : enabled(value)
  },
}

export const polkit = fileSetFeature({
  id: 'privilege.polkit', summary: 'No rule of polkit lets people act as root without a question.',
  files: ['/etc/polkit-1/rules.d/', '/etc/polkit-1/localauthority/50-local.d/', '/usr/local/share/polkit-1/rules.d/', '/usr/local/share/polkit-1/actions/'],
  judge: (texts) => [...texts].filter(([, text]) => /return\s+polkit\.Result\.YES\s*;/.test(text) || /^Result\w*=yes$/m.test(text)).map(([path]) => `${path} says yes`), mayBeAbsent: true,
})
