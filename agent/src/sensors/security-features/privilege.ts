// Who becomes root without saying the password again. CIS Debian Linux 12 Benchmark 5.2. ATT&CK T1548.003.
import { absent, enabled, type Feature, meaningfulLines, NEEDS_ROOT, shortHash, unknown, weakened } from './feature.ts'

const MAIN = '/etc/sudoers'
const FOLDER = '/etc/sudoers.d/'

export const sudoers: Feature = {
  id: 'privilege.sudoers',
  summary: 'sudo asks everybody for the password.',
  paths: [MAIN, FOLDER],
  read(view) {
    const main = view.text(MAIN)
    if (main.kind === 'absent') return absent()
    if (main.kind !== 'text' || !view.isReadable(FOLDER.slice(0, -1)) && view.isThere(FOLDER.slice(0, -1))) return unknown('the rules of sudo can be read by root only', NEEDS_ROOT)
    // sudo leaves out names with a dot or a tilde at the end (sudoers(5), @includedir).
    const parts = view.list(FOLDER.slice(0, -1)).filter((name) => !name.includes('.') && !name.endsWith('~')).map((name) => view.words(FOLDER + name) ?? '')
    const lines = [main.text, ...parts].flatMap((text) => meaningfulLines(text.replaceAll('\\\n', ' '))).filter((line) => !line.startsWith('@'))
    const free = lines.filter((line) => /\bNOPASSWD\s*:/.test(line) || /!authenticate\b/.test(line))
    const value = `${lines.length} rules, ${free.length} without a password, ${shortHash(lines.join('\n'))}`
    return free.length > 0 ? weakened(value) : enabled(value)
  },
}
