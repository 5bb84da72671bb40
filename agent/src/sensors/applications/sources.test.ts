import { chmodSync, mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createFakePlatform, type FakePlatform } from '../../platform/fake-platform.ts'
import { applicationSources, applicationsSensor } from '../applications.ts'
import { type FakeRun, startSensor, until } from '../fake-context.ts'
import { createProcessTable, createSystemView, type SystemView } from '../system-view.ts'
import { isAppImage, parseMetainfo } from './bundles.ts'
import { splitVersion } from './folder-source.ts'
import { parseGemspec } from './languages.ts'
import { parseRpmList } from './rpm.ts'
import type { SourceReading } from './source.ts'

const HOME = '/home/alice'
const ELF = `\u007fELF\u0002\u0001\u0001\u0000`

let device: FakePlatform
let run: FakeRun | undefined
beforeEach(() => {
  device = createFakePlatform({ '/etc/passwd': `alice:x:1000:1000::${HOME}:/bin/bash\n`, [`${HOME}/x`]: '' })
})
afterEach(async () => {
  await run?.stop()
  run = undefined
  device.dispose()
})

const view = (): Promise<SystemView> => createSystemView({ platform: device, signal: new AbortController().signal, processes: createProcessTable(device.root) })

async function read(name: string): Promise<SourceReading | 'denied' | undefined> {
  const source = applicationSources.find((each) => each.name === name)
  if (source === undefined) throw new Error(name)
  return source.read(await view())
}

async function found(name: string): Promise<readonly object[]> {
  const reading = await read(name)
  if (reading === undefined || reading === 'denied') throw new Error(`${name}: ${reading}`)
  return [...reading.applications.values()]
}

const program = (path: string, content = `${ELF}binary`): void => {
  device.write(path, content)
  chmodSync(join(device.root, path), 0o755)
}

const link = (target: string, path: string): void => {
  mkdirSync(dirname(join(device.root, path)), { recursive: true })
  symlinkSync(target, join(device.root, path))
}

const start = (...sources: string[]): FakeRun => {
  run = startSensor(applicationsSensor, { platform: device, policy: { applications: { enabled: true, sources, pollIntervalSecs: 3600 } } })
  return run
}

describe('packages of the system', () => {
  test('rpm: versions, vendors and signatures; a kernel stands there twice, a key is no package', () => {
    const { applications } = parseRpmList('bash\t0:5.2.26-3.fc40\tx86_64\tsigned\tFedora Project\nkernel\t0:6.8-1\tx86_64\tsigned\tX\nkernel\t0:6.9-1\tx86_64\tsigned\tX\nvim\t2:9.1-1\tnoarch\tunsigned\t(none)\ngpg-pubkey\t0:a-b\t(none)\tunsigned\t(none)\n\n')
    expect([...applications]).toEqual([
      ['bash.x86_64', { name: 'bash', version: '5.2.26-3.fc40', publisher: 'Fedora Project', path: '', signature: 'signed' }],
      ['kernel.x86_64', { name: 'kernel', version: '6.8-1', publisher: 'X', path: '', signature: 'signed' }],
      ['kernel.x86_64 0:6.9-1', { name: 'kernel', version: '6.9-1', publisher: 'X', path: '', signature: 'signed' }],
      ['vim.noarch', { name: 'vim', version: '2:9.1-1', publisher: '', path: '', signature: 'unsigned' }],
    ])
  })

  test('rpm: a device without its database has none; one whose rpm fails is no device without packages', async () => {
    expect(await read('rpm')).toBeUndefined()
    device.write('/var/lib/rpm/rpmdb.sqlite', 'x')
    expect(await read('rpm')).toBe('denied')
    device.setProgram('rpm', () => ({ code: 1, stdout: '', stderr: 'error' }))
    expect(await read('rpm')).toBe('denied')
    device.setProgram('rpm', () => ({ code: 0, stdout: 'bash\t0:1-1\tnoarch\tsigned\tX\n', stderr: '' }))
    expect(await found('rpm')).toHaveLength(1)
  })

  test('rpm: an installation is seen when the database changes', async () => {
    let stdout = 'bash\t0:1-1\tnoarch\tsigned\tX\n'
    device.setProgram('rpm', () => ({ code: 0, stdout, stderr: '' }))
    device.write('/usr/lib/sysimage/rpm/Packages.db', '1')
    const now = start('rpm')
    await until(() => now.reports.length > 0)
    stdout += 'rclone\t0:1.60-1\tx86_64\tunsigned\t(none)\n'
    device.write('/usr/lib/sysimage/rpm/Packages.db', '22')
    await until(() => now.emitted.length === 1)
    expect(now.emitted[0]?.detail.applicationInstalled?.application).toEqual({ name: 'rclone', version: '1.60-1', source: 'rpm', publisher: '', path: '', signature: 'unsigned' })
  })
})

describe('bundles', () => {
  test('snaps, with whether the store signed them', async () => {
    device.write('/snap/README', '')
    device.write('/snap/hello/42/meta/snap.yaml', "name: hello\nversion: '2.10'\nsummary: x\n")
    link('42', '/snap/hello/current')
    device.write('/snap/mine/x1/meta/snap.yaml', 'name: mine\nversion: "1"\n')
    expect(await found('snap')).toEqual([
      { name: 'hello', version: '2.10', publisher: '', signature: 'signed', path: '/snap/hello' },
      { name: 'mine', version: '1', publisher: '', signature: 'unsigned', path: '/snap/mine' },
    ])
  })

  test('flatpaks of the system and of a home, without following the links that flatpak makes', async () => {
    const commit = 'a'.repeat(64)
    for (const base of ['/var/lib/flatpak', `${HOME}/.local/share/flatpak`]) {
      const deploy = `${base}/app/org.example.Tool/x86_64/stable/${commit}`
      device.write(`${deploy}/metadata`, '[Application]\nname=org.example.Tool\n')
      device.write(`${deploy}/files/share/metainfo/org.example.Tool.metainfo.xml`, '<component><developer id="x"><name>A &amp; B</name></developer><releases><release date="2026-01-01" version="3.1"/><release version="3.0"/></releases></component>')
      link(commit, `${base}/app/org.example.Tool/x86_64/stable/active`)
      link('x86_64/stable', `${base}/app/org.example.Tool/current`)
    }
    const [system, own] = await found('flatpak')
    expect(system).toEqual({ name: 'org.example.Tool', version: '3.1', publisher: 'A & B', path: '/var/lib/flatpak/app/org.example.Tool/x86_64/stable' })
    expect(own).toMatchObject({ uid: 1000, path: `${HOME}/.local/share/flatpak/app/org.example.Tool/x86_64/stable` })
  })

  test('a flatpak without a description is known by its commit', async () => {
    device.write(`/var/lib/flatpak/app/a.b/x86_64/master/${'b'.repeat(64)}/metadata`, '')
    expect(await found('flatpak')).toMatchObject([{ name: 'a.b', version: 'bbbbbbbbbbbb' }])
    expect(parseMetainfo('')).toEqual({ version: '', publisher: '' })
  })

  test('an AppImage is known by its bytes and not by its name', async () => {
    const image = `${ELF}AI\u0002rest`
    device.write(`${HOME}/Downloads/Tool-1.2.3-x86_64.AppImage`, image)
    device.write(`${HOME}/Downloads/renamed`, image)
    device.write(`${HOME}/Downloads/lie.AppImage`, 'text')
    device.write('/opt/Other.AppImage', image)
    expect(await found('appimage')).toMatchObject([{ name: 'Other', version: '', path: '/opt/Other.AppImage' }, { name: 'Tool', version: '1.2.3', uid: 1000 }, { name: 'renamed', version: '' }])
    expect([isAppImage(undefined), isAppImage(Buffer.from(ELF)), isAppImage(Buffer.from(image))]).toEqual([false, false, true])
  })

  test('a downloaded AppImage is told as it arrives', async () => {
    device.write(`${HOME}/Downloads/note.txt`, '')
    const now = start('appimage')
    await until(() => now.reports.length > 0)
    device.write(`${HOME}/Downloads/Tor-Browser-14.0.AppImage`, `${ELF}AI\u0002`)
    await until(() => now.emitted.length === 1)
    expect(now.emitted[0]).toMatchObject({ actor: { uid: 1000 }, detail: { applicationInstalled: { application: { name: 'Tor-Browser', version: '14.0', source: 'appimage' } } } })
  })

  test('brew shows the highest of several versions, and no formula that is being poured', async () => {
    for (const version of ['1.9.0', '1.10.2']) device.write(`/home/linuxbrew/.linuxbrew/Cellar/jq/${version}/x`, '')
    mkdirSync(join(device.root, '/home/linuxbrew/.linuxbrew/Cellar/empty'))
    expect(await found('brew')).toMatchObject([{ name: 'jq', version: '1.10.2' }])
  })
})

describe('tools of languages', () => {
  test('cargo: what it has installed, and what somebody put beside it', async () => {
    device.write(`${HOME}/.cargo/.crates2.json`, JSON.stringify({ installs: { 'ripgrep 14.1.0 (registry+https://github.com/rust-lang/crates.io-index)': { bins: ['rg'] }, 'own 0.1.0 (path+file:///home/alice/own)': { bins: ['../../x', 'own'] }, broken: null } }))
    for (const name of ['rg', 'own', 'stray']) program(`${HOME}/.cargo/bin/${name}`)
    expect(await found('cargo')).toEqual([
      { name: 'ripgrep', version: '14.1.0', publisher: '', path: `${HOME}/.cargo/bin/rg`, uid: 1000 },
      { name: 'own', version: '0.1.0', publisher: 'path+file:///home/alice/own', path: `${HOME}/.cargo/bin/own`, uid: 1000 },
      { name: 'stray', version: '', publisher: '', path: `${HOME}/.cargo/bin/stray`, uid: 1000 },
    ])
  })

  test('gems, whose file is read and never run', async () => {
    device.write('/var/lib/gems/3.1.0/specifications/evil-winrm-3.5.gemspec', 'Gem::Specification.new do |s|\n  s.name = "evil-winrm".freeze\n  s.version = "3.5"\n  s.authors = ["Somebody".freeze]\nend\n')
    device.write(`${HOME}/.gem/ruby/3.1.0/specifications/half.gemspec`, 'Gem::Spec')
    expect(await found('gem')).toMatchObject([{ name: 'evil-winrm', version: '3.5', publisher: 'Somebody' }])
    expect(parseGemspec('')).toBeUndefined()
  })

  test('go, pipx, uv and conda', async () => {
    program(`${HOME}/go/bin/chisel`)
    device.write(`${HOME}/go/bin/notes.txt`, '')
    device.write(`${HOME}/.local/share/pipx/venvs/httpie/pipx_metadata.json`, '{"main_package":{"package":"httpie","package_version":"3.2.2"}}')
    device.write(`${HOME}/.local/share/uv/tools/ruff/uv-receipt.toml`, '[tool]\n')
    device.write(`${HOME}/.local/share/uv/tools/ruff/lib/python3.12/site-packages/ruff-0.6.1.dist-info/METADATA`, '')
    device.write(`${HOME}/miniconda3/envs/data/conda-meta/scikit-learn-1.5.0-py312_0.json`, '{}')
    device.write(`${HOME}/miniconda3/conda-meta/history`, '')
    expect([...(await found('go')), ...(await found('pipx')), ...(await found('uv')), ...(await found('conda'))]).toMatchObject([
      { name: 'chisel' }, { name: 'httpie', version: '3.2.2' }, { name: 'ruff', version: '0.6.1' }, { name: 'scikit-learn', version: '1.5.0' },
    ])
  })

  test('loose programs: no scripts of pip, no links, nothing that may not be run', async () => {
    program(`${HOME}/.local/bin/rclone`)
    program(`${HOME}/.local/bin/flask`, '#!/usr/bin/python3\nimport sys\nfrom flask import main\nsys.exit(main())\n')
    program('/usr/local/bin/backup', '#!/bin/sh\n')
    device.write(`${HOME}/.local/bin/readme`, '')
    link('/etc/shadow', `${HOME}/.local/bin/link`)
    device.write('/opt/tool-2.0/bin/x', '')
    expect(await found('bin')).toMatchObject([{ name: 'backup' }, { name: 'rclone', uid: 1000 }])
    expect(await found('opt')).toMatchObject([{ name: 'tool', version: '2.0', path: '/opt/tool-2.0' }])
  })

  test.each([['Foo-1.2.3-x86_64', 'Foo', '1.2.3'], ['idea-IU-242.1', 'idea-IU', '242.1'], ['plain', 'plain', ''], ['a_v2', 'a', '2']])('%s is %s %s', (text, name, version) => {
    expect(splitVersion(text)).toEqual({ name, version })
  })
})

describe('extensions', () => {
  const ID = 'abcdefghijklmnopabcdefghijklmnop'
  const OTHER = 'ponmlkjihgfedcbaponmlkjihgfedcba'
  const PROFILE = `${HOME}/.config/google-chrome/Default`

  test('of Chromium: translated names, the store’s signature, and what was loaded from a folder', async () => {
    device.write(`${PROFILE}/Extensions/${ID}/1.9.0_0/manifest.json`, '{"name":"old","version":"1.9.0"}')
    device.write(`${PROFILE}/Extensions/${ID}/1.10.0_0/manifest.json`, '{"name":"__MSG_appName__","default_locale":"en","version":"1.10.0","author":"Ada","update_url":"https://clients2.google.com/service/update2/crx"}')
    device.write(`${PROFILE}/Extensions/${ID}/1.10.0_0/_locales/en/messages.json`, '{"appname":{"message":"Paste Helper"}}')
    device.write(`${PROFILE}/Extensions/Temp/x`, '')
    device.write(`${PROFILE}/Preferences`, JSON.stringify({ extensions: { settings: { [OTHER]: { location: 4, path: '/home/alice/dev', manifest: { name: 'Dev', version: '0.1' } }, [ID]: { location: 1 } } } }))
    expect(await found('chromium_extension')).toMatchObject([
      { name: 'Paste Helper', version: '1.10.0', publisher: 'Ada', signature: 'signed', uid: 1000 },
      { name: 'Dev', version: '0.1', signature: 'unsigned' },
    ])
  })

  test('a manifest names no file outside its own extension', async () => {
    device.write(`${HOME}/secret/messages.json`, '{"n":{"message":"leak"}}')
    device.write(`${PROFILE}/Extensions/${ID}/1/manifest.json`, '{"name":"__MSG_n__","default_locale":"../../../../../../../secret","version":"1"}')
    expect(await found('chromium_extension')).toMatchObject([{ name: '__MSG_n__', signature: 'unsigned' }])
  })

  test('of Firefox: without what it brings with itself', async () => {
    const addon = (id: string, more: object): object => ({ id, version: '1.0', type: 'extension', location: 'app-profile', defaultLocale: { name: `Name ${id}`, creator: 'Ada' }, ...more })
    device.write(`${HOME}/.mozilla/firefox/x.default/extensions.json`, JSON.stringify({ addons: [addon('a@b', { signedState: 2 }), addon('c@d', { signedState: 0 }), addon('e@f', { signedState: -2 }), addon('in@built', { location: 'app-builtin' }), addon('l@p', { type: 'locale' }), null, 3] }))
    expect(await found('firefox_extension')).toMatchObject([{ name: 'Name a@b', signature: 'signed', publisher: 'Ada' }, { name: 'Name c@d', signature: 'unsigned' }, { name: 'Name e@f', signature: 'invalid' }])
  })

  test('of VS Code and its kin, by list or by folder', async () => {
    device.write(`${HOME}/.vscode/extensions/extensions.json`, JSON.stringify([{ identifier: { id: 'ms-python.Python' }, version: '2026.1.0', relativeLocation: 'ms-python.python-2026.1.0', metadata: { publisherDisplayName: 'Microsoft', source: 'gallery' } }, { identifier: { id: 'me.mine' }, version: '1', metadata: { source: 'vsix' } }, {}]))
    device.write(`${HOME}/.cursor/extensions/some.tool-1.2.0-linux-x64/package.json`, '{}')
    expect(await found('vscode_extension')).toMatchObject([
      { name: 'ms-python.python', version: '2026.1.0', publisher: 'Microsoft', signature: 'signed' }, { name: 'me.mine', signature: 'unsigned' }, { name: 'some.tool', version: '1.2.0', publisher: 'some' },
    ])
  })

  test('of JetBrains', async () => {
    device.write(`${HOME}/.local/share/JetBrains/IdeaIC2026.1/IdeaVim/lib/IdeaVim-2.27.0.jar`, 'PK')
    device.write(`${HOME}/.local/share/JetBrains/consentOptions/accepted`, '')
    expect(await found('jetbrains_plugin')).toMatchObject([{ name: 'IdeaVim', version: '2.27.0' }])
  })

  test('an extension that is added later is told, one that was there before is not', async () => {
    device.write(`${PROFILE}/Extensions/${ID}/1.0_0/manifest.json`, '{"name":"Old","version":"1.0"}')
    const now = start('chromium_extension')
    await until(() => now.reports.length > 0)
    device.write(`${PROFILE}/Extensions/${OTHER}/2.0_0/manifest.json`, '{"name":"New","version":"2.0"}')
    await until(() => now.emitted.length === 1)
    expect(now.emitted[0]?.detail.applicationInstalled?.application).toMatchObject({ name: 'New', source: 'chromium_extension', signature: 'unsigned' })
  })
})

describe('hostile homes', () => {
  test('a link in a home leads no source anywhere', async () => {
    device.write('/srv/elsewhere/.cargo/.crates2.json', '{"installs":{"secret 1.0.0 (x)":{"bins":["s"]}}}')
    device.write('/srv/elsewhere/ext/extensions.json', '[{"identifier":{"id":"a.secret"},"version":"1"}]')
    link(join(device.root, '/srv/elsewhere/.cargo'), `${HOME}/.cargo`)
    link(join(device.root, '/srv/elsewhere/ext'), `${HOME}/.vscode/extensions`)
    for (const name of ['cargo', 'vscode_extension']) {
      const reading = await read(name)
      expect(reading === undefined || (reading !== 'denied' && reading.applications.size === 0)).toBe(true)
    }
  })

  test('files that hold nonsense are nothing, for every source', async () => {
    for (const path of ['.cargo/.crates2.json', '.vscode/extensions/extensions.json', '.mozilla/firefox/p/extensions.json', '.config/chromium/Default/Preferences', `.config/chromium/Default/Extensions/${'a'.repeat(32)}/1/manifest.json`, '.local/share/pipx/venvs/x/pipx_metadata.json']) device.write(`${HOME}/${path}`, '{"installs":[1],"addons":{"a":1},"extensions":{"settings":[null,7]}')
    for (const source of applicationSources.filter(({ platforms = ['linux'] }) => platforms.includes('linux'))) {
      const reading = await source.read(await view())
      expect(reading === undefined || (reading !== 'denied' && reading.applications.size === 0)).toBe(true)
    }
  })
})
