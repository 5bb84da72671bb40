// Whether shells keep their history: for everybody, and for each account. ATT&CK T1562.003.
import { enabled, type Feature, type FeatureReading, meaningfulLines, weakened } from './feature.ts'

const OWN = ['.bashrc', '.bash_profile', '.bash_login', '.bash_logout', '.bash_aliases', '.profile', '.zshrc', '.zshenv', '.zprofile', '.zlogout', '.kshrc', '.shrc', '.bash_history'] as const

/** Lines that switch the history off: no file, no size, an unset variable, or the shell's own switch. */
const switchesOff = (line: string): boolean =>
  /\bHIST(FILE)?SIZE=["']?0["']?(\s|;|$)/.test(line) || /\bHISTFILE=["']?(\/dev\/null)?["']?(\s|;|$)/.test(line) || /\bunset\s+(\S+\s+)*HISTFILE\b/.test(line) || /\bset\s+\+o\s+history\b/.test(line)
  || /\bHISTIGNORE=["']?\*["']?(\s|;|$)/.test(line) || /(^|[;&|]\s*)history\s+-\w*c/.test(line) || /(>|\brm\b.*|\bln\b.*|\btruncate\b.*|\bunlink\b.*|\bshred\b.*)\s*\S*\.(bash|zsh|sh)_history\b/.test(line) || /\bshopt\s+-uo?\s+.*\bhistory\b/.test(line)

const judge = (offences: readonly string[]): FeatureReading => (offences.length === 0 ? enabled('kept') : weakened(offences.join('; ')))

export const shellHistory: Feature = {
  id: 'shell.history',
  summary: 'Shells keep the history of what was typed, for everybody and for each account.',
  paths: ['/etc/profile', '/etc/bash.bashrc', '/etc/bashrc', '/etc/zsh/zshrc', '/etc/profile.d/'],
  homePaths: OWN,
  read(view) {
    const files = ['/etc/profile', '/etc/bash.bashrc', '/etc/bashrc', '/etc/zsh/zshrc', ...view.list('/etc/profile.d').filter((name) => name.endsWith('.sh')).map((name) => `/etc/profile.d/${name}`)]
    const system = judge(files.flatMap((path) => meaningfulLines(view.words(path) ?? '').filter(switchesOff).map((line) => `${path}: ${line.slice(0, 80)}`)))
    return [system, ...view.homes.map((account): FeatureReading => {
      const lines = OWN.slice(0, -1).flatMap((name) => {
        const reading = view.homeText(account, name)
        return reading.kind === 'text' ? meaningfulLines(reading.text).filter(switchesOff).map((line) => `${name}: ${line.slice(0, 80)}`) : []
      })
      const target = view.homeLinkTarget(account, '.bash_history')
      return { ...judge(target === '/dev/null' ? [...lines, '.bash_history -> /dev/null'] : lines), uid: account.uid }
    })]
  },
}
