// Programs that people install with the tools of a programming language: cargo, gem, go, pipx, uv, conda.
import type { Place } from './places.ts'
import { folderSource, objectIn, parseObject, textIn } from './folder-source.ts'
import { tidy } from './source.ts'

const EXECUTABLE = 0o111

/** Regular files that may be run, without what is hidden. */
export const programsIn = (place: Place, folder = ''): readonly string[] =>
  (folder === '' ? place.names() : place.list(folder)).filter((name) => {
    const stat = name.startsWith('.') ? undefined : place.stat(folder === '' ? name : `${folder}/${name}`)
    return stat?.isFile === true && !stat.isLink && (stat.mode & EXECUTABLE) !== 0
  })

/** `.crates2.json`: {"installs": {"ripgrep 14.1.0 (registry+https://…)": {"bins": ["rg"], …}}}; the bracket says where from. */
export const cargo = folderSource({
  name: 'cargo',
  summary: 'Rust programs installed by cargo.',
  system: ['/usr/local/cargo', '/opt/cargo'],
  own: ['.cargo'],
  watched: () => ['.crates2.json', 'bin/'],
  *entries(place) {
    const installs = objectIn(parseObject(place.text('.crates2.json')), 'installs') ?? {}
    const known = new Set<string>()
    for (const [id, install] of Object.entries(installs)) {
      const [, name, version, origin] = /^(\S+) (\S+) \((.*)\)$/.exec(id) ?? []
      if (name === undefined || version === undefined) continue
      const listed = (install as Readonly<Record<string, unknown>> | null)?.['bins']
      const bins = (Array.isArray(listed) ? (listed as unknown[]) : []).filter((bin): bin is string => typeof bin === 'string' && !bin.includes('/'))
      for (const bin of bins) known.add(bin)
      yield [name, { name: tidy(name), version: tidy(version), publisher: origin?.startsWith('registry+') === true ? '' : tidy(origin ?? ''), ...(bins[0] === undefined ? {} : { path: `bin/${bins[0]}` }) }]
    }
    // What stands beside it was put there by hand or by rustup.
    for (const name of programsIn(place, 'bin')) if (!known.has(name)) yield [`bin ${name}`, { name: tidy(name), version: '', publisher: '', path: `bin/${name}` }]
  },
})

/** `s.name = "rake".freeze`: a gemspec as RubyGems writes it. It is a program, so it is read and never run. */
export function parseGemspec(text: string): { readonly name: string; readonly version: string; readonly publisher: string } | undefined {
  const name = /^\s*s\.name = "([^"\n]+)"/m.exec(text)?.[1]
  const version = /^\s*s\.version = "([^"\n]+)"/m.exec(text)?.[1]
  return name === undefined || version === undefined ? undefined : { name: tidy(name), version: tidy(version), publisher: tidy(/^\s*s\.authors = \["([^"\n]*)"/m.exec(text)?.[1] ?? '') }
}

export const gem = folderSource({
  name: 'gem',
  summary: 'Ruby gems, for the system or in a home.',
  system: ['/var/lib/gems/*/specifications', '/usr/local/lib/ruby/gems/*/specifications', '/usr/local/share/gems/specifications', '/opt/ruby*/lib/ruby/gems/*/specifications'],
  own: ['.gem/ruby/*/specifications', '.local/share/gem/ruby/*/specifications', '.rbenv/versions/*/lib/ruby/gems/*/specifications', '.rvm/gems/*/specifications'],
  *entries(place) {
    for (const file of place.names().filter((name) => name.endsWith('.gemspec'))) {
      const found = parseGemspec(place.text(file) ?? '')
      // Two versions of a gem may stand side by side, so each is one.
      yield found === undefined ? [file, undefined] : [file, { ...found, path: file }]
    }
  },
})

/** The binary is all that `go install` leaves. */
export const go = folderSource({
  name: 'go',
  summary: 'Go programs in the bin folder of a home.',
  system: ['/usr/local/go/bin'],
  own: ['go/bin', '.go/bin'],
  *entries(place) {
    for (const name of programsIn(place)) yield [name, { name: tidy(name), version: '', publisher: '' }]
  },
})

/** pipx: venvs/NAME/pipx_metadata.json. */
export const pipx = folderSource({
  name: 'pipx',
  summary: 'Python programs installed by pipx.',
  system: ['/opt/pipx/venvs'],
  own: ['.local/share/pipx/venvs', '.local/pipx/venvs'],
  *entries(place) {
    for (const name of place.names()) {
      const main = objectIn(parseObject(place.text(`${name}/pipx_metadata.json`)), 'main_package')
      const version = textIn(main, 'package_version')
      if (version === '') yield [name, undefined]
      else yield [name, { name: tidy(textIn(main, 'package') || name), version: tidy(version), publisher: '' }]
    }
  },
})

const normalise = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-')

/** uv: tools/NAME/uv-receipt.toml, which names no version; the package's own folder does. */
export const uv = folderSource({
  name: 'uv',
  summary: 'Python programs installed by uv.',
  system: [],
  own: ['.local/share/uv/tools'],
  *entries(place) {
    for (const name of place.names().filter((each) => !each.startsWith('.'))) {
      if (place.text(`${name}/uv-receipt.toml`) === undefined) {
        yield [name, undefined]
        continue
      }
      const versions = place.list(`${name}/lib`).flatMap((python) => place.list(`${name}/lib/${python}/site-packages`)).flatMap((entry) => {
        const [, project, version] = /^(.+?)-([^-]+)\.dist-info$/.exec(entry) ?? []
        return project !== undefined && version !== undefined && normalise(project) === normalise(name) ? [version] : []
      })
      yield [name, { name: tidy(name), version: tidy(versions[0] ?? ''), publisher: '' }]
    }
  },
})

/** conda-meta/NAME-VERSION-BUILD.json, one a package. */
export const conda = folderSource({
  name: 'conda',
  summary: 'Conda packages of every environment.',
  system: ['/opt/conda/conda-meta', '/opt/*conda3/conda-meta', '/opt/miniforge3/conda-meta', '/opt/conda/envs/*/conda-meta', '/opt/*conda3/envs/*/conda-meta'],
  own: ['miniconda3', 'anaconda3', 'miniforge3', '.conda', 'micromamba'].flatMap((base) => [`${base}/conda-meta`, `${base}/envs/*/conda-meta`]),
  *entries(place) {
    for (const file of place.names()) {
      const [, name, version] = /^(.+)-([^-]+)-[^-]+\.json$/.exec(file) ?? []
      if (name !== undefined && version !== undefined) yield [name, { name: tidy(name), version: tidy(version), publisher: '', path: file }]
    }
  },
})
