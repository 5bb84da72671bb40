// A library that every program loads first. ATT&CK T1574.006.
import { enabled, type Feature, type FeatureReading, meaningfulLines, unknown, weakened } from './feature.ts'
import { fileSetFeature } from './file-set.ts'
import { OWN_SHELL_FILES, SHELL_FILES } from './persistence.ts'

export const preload: Feature = {
  id: 'preload',
  summary: 'No library is loaded into every program (/etc/ld.so.preload).',
  paths: ['/etc/ld.so.preload'],
  read(view) {
    const reading = view.text('/etc/ld.so.preload')
    if (reading.kind === 'absent') return enabled('none')
    if (reading.kind !== 'text') return unknown('/etc/ld.so.preload cannot be read')
    const libraries = meaningfulLines(reading.text)
    return libraries.length === 0 ? enabled('none') : weakened(libraries.join(' '))
  },
}

export const librarySearch = fileSetFeature({
  id: 'preload.search_path', summary: 'Where programs look for their libraries (ld.so.conf).',
  files: ['/etc/ld.so.conf', '/etc/ld.so.conf.d/'],
  judge: (texts) => [...texts].flatMap(([path, text]) => meaningfulLines(text).filter((line) => /^\/(tmp|var\/tmp|dev\/shm|home)\b/.test(line)).map((line) => `${path}: ${line}`)),
})

/** `LD_PRELOAD` and its kin where sign-in and shells read them. */
export const preloadVariables: Feature = {
  id: 'preload.environment',
  summary: 'No file that is read at sign-in gives every program a library to load first.',
  paths: [...SHELL_FILES, '/etc/security/pam_env.conf', '/etc/systemd/system.conf'],
  homePaths: OWN_SHELL_FILES,
  read(view) {
    const isPreload = (line: string): boolean => /\b(LD_PRELOAD|LD_AUDIT|LD_LIBRARY_PATH|PYTHONSTARTUP|PERL5OPT|NODE_OPTIONS|BASH_ENV)=["']?[^\s"']/.test(line) && !/LD_LIBRARY_PATH=["']?\$\{?LD_LIBRARY_PATH/.test(line)
    const files = [...SHELL_FILES, '/etc/security/pam_env.conf', '/etc/systemd/system.conf'].flatMap((path) => (path.endsWith('/') ? view.list(path.slice(0, -1)).map((name) => path + name) : [path]))
    const judge = (lines: readonly string[]): FeatureReading => (lines.length === 0 ? enabled('none') : weakened(lines.map((line) => line.slice(0, 100)).join('; ')))
    return [
      judge(files.flatMap((path) => meaningfulLines(view.words(path) ?? '').filter(isPreload).map((line) => `${path}: ${line}`))),
      ...view.homes.map((account) => ({
        ...judge(OWN_SHELL_FILES.filter((path) => !path.endsWith('/')).flatMap((path) => {
          const reading = view.homeText(account, path)
          return reading.kind === 'text' ? meaningfulLines(reading.text).filter(isPreload).map((line) => `${path}: ${line}`) : []
        })), uid: account.uid,
      })),
    ]
  },
}
