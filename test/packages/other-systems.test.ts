// What is built for systems that no test runs on: whether its parts say what the documents say.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { repository } from '../support/processes.ts'

const run = promisify(execFile)
// One by one: of several names some shells look at the first alone, some are content with any.
const hasWixl = await run('/bin/sh', ['-c', 'command -v wixl && command -v msiinfo && command -v strip']).then(() => true, () => false)
let folder: string
let built: { readonly code: number | null; readonly err: string }

const table = async (name: string): Promise<string> => (await run('msiinfo', ['export', join(folder, readdirSync(folder).find((file) => file.endsWith('.msi')) ?? ''), name], { maxBuffer: 16 << 20 })).stdout

describe.runIf(hasWixl)('the MSI and the macOS layout', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-other-'))
    // They stand for what only Windows can make: nothing here runs them.
    for (const file of ['node.exe', 'node_sqlite3.node', 'koffi.node', 'winsw.exe']) writeFileSync(join(folder, file), `stands for ${file}`)
    const child = spawn(join(repository, 'scripts/package-agent'), ['--formats', 'msi,macos', '--version', '1.4.0', '--out', folder], { env: { ...process.env, HOLDFAST_WINDOWS_RUNTIME: folder }, stdio: ['ignore', 'ignore', 'pipe'] })
    let err = ''
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    const [code] = (await once(child, 'close')) as [number | null]
    built = { code, err }
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('are built', () => {
    expect(built).toMatchObject({ code: 0 })
  })

  it('registers a service of LocalSystem that starts by itself and is removed with the package', async () => {
    expect(await table('ServiceInstall')).toMatch(/\tholdfast-agent\t.*\t16\t2\t1\t.*LocalSystem/)
    // Start at install, stop at both, remove at uninstall.
    expect(await table('ServiceControl')).toMatch(/\tholdfast-agent\t163\t/)
  })

  it('takes collector and code as properties, and keeps the code out of its log', async () => {
    expect(await table('Registry')).toMatch(/Collector\t\[COLLECTOR\][\s\S]*EnrolmentCode\t\[CODE\]/)
    expect(await table('Property')).toMatch(/^MsiHiddenProperties\tCODE\r?$/m)
    expect(await table('Property')).toMatch(/^ProductVersion\t1\.4\.0\r?$/m)
  })

  it('holds the program with the natives of Windows, and none of Linux', async () => {
    const files = await table('File')
    for (const name of ['node.exe', 'node_sqlite3.node', 'koffi.node', 'main.js', 'holdfast-agent-service.xml', 'holdfast-agent-service.exe', 'enrol.cmd']) expect(files).toContain(name)
    expect(await table('Directory')).not.toContain('koffi-linux')
  })

  it('gives a Mac all but what only a Mac can make', async () => {
    const layout = readdirSync(folder).find((file) => file.endsWith('-macos-layout.tar.gz')) ?? ''
    const { stdout } = await run('tar', ['-tzf', join(folder, layout)], { maxBuffer: 16 << 20 })
    for (const path of ['build-pkg', 'node.entitlements', 'holdfast-agent.mobileconfig', 'scripts/postinstall', 'scripts/preinstall', 'root/Library/LaunchDaemons/example.holdfast.agent.plist', 'root/Library/Holdfast/agent/src/main.js']) expect(stdout).toContain(`holdfast-agent-1.4.0-macos-layout/${path}\n`)
    expect(stdout).not.toMatch(/\.node\n|koffi-linux/)
    expect(readFileSync(join(folder, 'SHA256SUMS'), 'utf8')).toContain(layout)
  })
})
