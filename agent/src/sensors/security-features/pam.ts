// Who is let in: the stacks of PAM and the modules that they call. CIS Debian Linux 12 Benchmark 5.3. ATT&CK T1556.003.
import type { SystemView } from '../system-view.ts'
import { absent, enabled, type Feature, meaningfulLines, shortHash, weakened } from './feature.ts'
import { fileSetFeature } from './file-set.ts'

const TRUSTED = /^(\/usr)?\/lib(32|64|x32)?(\/[\w.-]+-linux-[\w.-]+)?\/security\/[^/]+$/
const AUTH = /^-?auth\s+(\[[^\]]*\]|\S+)\s+(\S+)(.*)$/

/** What is weak in the lines of one stack: a module from elsewhere, a module that lets everybody in, a script that sees passwords. */
export function judgePamStack(text: string): readonly string[] {
  return meaningfulLines(text.replaceAll('\\\n', ' ')).flatMap((line) => {
    const module = /^-?(?:auth|account|password|session)\s+(?:\[[^\]]*\]|\S+)\s+(\/\S+)/.exec(line)?.[1]
    if (module !== undefined && !TRUSTED.test(module)) return [`a module from ${module}`]
    const [, control = '', name = '', options = ''] = AUTH.exec(line) ?? []
    if (name.endsWith('pam_permit.so') && (control === 'sufficient' || /success=done/.test(control))) return ['everybody is let in (pam_permit sufficient)']
    if (name.endsWith('pam_exec.so') && /\bexpose_authtok\b/.test(options)) return ['a program is shown the password (pam_exec)']
    if (name.endsWith('pam_unix.so') && /\bnullok\b(?!_secure)/.test(options) && control === 'sufficient') return ['an empty password is let in (pam_unix nullok sufficient)']
    return []
  })
}

export const pamStacks = fileSetFeature({
  id: 'pam.stacks', summary: 'The rules of PAM call modules of the system only, and none lets everybody in.',
  files: ['/etc/pam.d/', '/etc/pam.conf', '/etc/security/', '/usr/share/pam-configs/'],
  judge: (texts) => [...texts].filter(([path]) => path.startsWith('/etc/pam')).flatMap(([path, text]) => judgePamStack(text).map((offence) => `${path}: ${offence}`)),
  mayBeAbsent: true,
})

const MODULES = ['/lib/security', '/usr/lib/security', '/lib64/security', '/usr/lib64/security', '/usr/lib/x86_64-linux-gnu/security', '/usr/lib/aarch64-linux-gnu/security', '/usr/lib/arm-linux-gnueabihf/security']

const modulesOf = (view: SystemView): readonly string[] => MODULES.flatMap((folder) => view.list(folder).filter((name) => name.endsWith('.so')).map((name) => `${folder}/${name}`))

export const pamModules: Feature = {
  id: 'pam.modules',
  summary: 'The modules that PAM can call, by name, size and time.',
  paths: MODULES.map((folder) => `${folder}/`),
  read(view, recall) {
    const rows = new Map(modulesOf(view).map((path) => {
      const stat = view.stat(path)
      return [path, `${stat?.size} ${stat?.mtimeMs}`] as const
    }))
    if (rows.size === 0) return absent('no modules')
    const memo = [...rows].map(([path, what]) => `${path} ${what}`).join('\n')
    const known = recall.of()
    if (known?.memo === memo) return { state: known.state, value: known.value, memo }
    const before = new Set((known?.memo ?? '').split('\n'))
    const different = known === undefined ? [] : [...rows].filter(([path, what]) => !before.has(`${path} ${what}`)).map(([path]) => path)
    return { ...enabled(`${rows.size} modules, ${shortHash(memo)}${different.length === 0 ? '' : `; new or changed ${different.slice(0, 12).join(' ')}`}`), memo }
  },
}

export const nssOrder: Feature = {
  id: 'accounts.name_service',
  summary: 'Where names of accounts and hosts are looked up (nsswitch.conf).',
  paths: ['/etc/nsswitch.conf'],
  read(view) {
    const text = view.words('/etc/nsswitch.conf')
    if (text === undefined) return absent('no nsswitch.conf')
    const row = (name: string): string => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(text)?.[1]?.trim() ?? ''
    const hosts = row('hosts')
    const value = `passwd: ${row('passwd')}; hosts: ${hosts}, ${shortHash(text)}`
    return row('passwd') !== '' && !/\b(files|compat)\b/.test(row('passwd')) ? weakened(value) : enabled(value)
  },
}
