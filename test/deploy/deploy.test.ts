// What is deployed without a package: whether it parses, and whether it keeps the promises of docs/deploy.
import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'

const run = promisify(execFile)
const deploy = join(import.meta.dirname, '../../deploy')
const read = (path: string): string => readFileSync(join(deploy, path), 'utf8')
const chart = join(deploy, 'helm/holdfast-collector')
const HELM = process.env['HELM'] ?? 'helm'
const hasHelm = await run(HELM, ['version']).then(() => true, () => false)

interface Compose {
  readonly services: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly volumes: Readonly<Record<string, unknown>>
}

describe('the compose file', () => {
  it('gives the collector no right that it does not need, and a volume for all that it writes', () => {
    const { services, volumes } = parse(read('compose.yaml')) as Compose
    expect(services['collector']).toMatchObject({ read_only: true, cap_drop: ['ALL'], user: '10001:10001', security_opt: ['no-new-privileges:true'] })
    for (const mount of (services['collector']?.['volumes'] ?? []) as readonly string[]) expect(Object.keys(volumes)).toContain(mount.split(':')[0])
  })
})

describe('the compose file of a cluster', () => {
  it('runs every role without rights, three brokers with disks of their own, and one folder for all', () => {
    const { services, volumes } = parse(read('compose.cluster.yaml'), { merge: true }) as Compose
    const processes = Object.entries(services).filter(([name]) => name !== 'postgres')
    for (const [, service] of processes) expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], user: '10001:10001', security_opt: ['no-new-privileges:true'] })
    const roles = processes.flatMap(([name, { command }]) => ((command as readonly string[])[0] === 'serve' ? [[(command as readonly string[])[2], name]] : []))
    expect(Object.fromEntries(['bus', 'ingest', 'evaluate', 'http', 'deliver'].map((role) => [role, roles.filter(([of]) => of === role).length]))).toEqual({ bus: 3, ingest: 2, evaluate: 2, http: 2, deliver: 2 })
    for (const [name, service] of processes) {
      const mounts = service['volumes'] as readonly string[]
      expect([name, mounts.includes('data:/var/lib/holdfast')]).toEqual([name, true])
      for (const mount of mounts) expect(Object.keys(volumes)).toContain(mount.split(':')[0])
    }
    expect(new Set(processes.flatMap(([name, service]) => (name.startsWith('bus') ? (service['volumes'] as readonly string[]).filter((mount) => mount.startsWith('nats-')) : []))).size).toBe(3)
  })
})

describe('the chart', () => {
  it('has values that parse, and no name that somebody could forget to change', () => {
    const values = parse(read('helm/holdfast-collector/values.yaml')) as { names: unknown[]; image: { repository: string } }
    expect(values.names).toEqual([])
    expect(values.image.repository).toBe('holdfast/collector')
    expect((parse(read('helm/holdfast-collector/Chart.yaml')) as { apiVersion: string }).apiVersion).toBe('v2')
  })

  it('asks for no value that values.yaml does not have', () => {
    const values = parse(read('helm/holdfast-collector/values.yaml')) as Record<string, unknown>
    const asked = readdirSync(join(chart, 'templates')).flatMap((file) => [...read(`helm/holdfast-collector/templates/${file}`).matchAll(/\.Values\.([A-Za-z.]+)/g)].map(([, path]) => path ?? ''))
    expect(asked.length).toBeGreaterThan(5)
    expect(asked.filter((path) => path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], values) === undefined)).toEqual([])
  })

  it.runIf(hasHelm)('renders to documents that run without rights, and refuses to render without names', async () => {
    const { stdout } = await run(HELM, ['template', 'test', chart, '--set', 'names={collector.example}', '--set', 'allowFrom[0].ipBlock.cidr=10.0.0.0/8'])
    const documents = parseAllDocuments(stdout).map((document) => document.toJSON() as { kind: string; spec: { template?: { spec: { securityContext: object; containers: { securityContext: object }[] } } } })
    expect(documents.map(({ kind }) => kind).toSorted()).toEqual(['NetworkPolicy', 'Service', 'StatefulSet'])
    const pod = documents.find(({ kind }) => kind === 'StatefulSet')?.spec.template?.spec
    expect(pod?.securityContext).toMatchObject({ runAsNonRoot: true })
    expect(pod?.containers[0]?.securityContext).toMatchObject({ readOnlyRootFilesystem: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } })
    await expect(run(HELM, ['template', 'test', chart])).rejects.toThrow(/names/)
    await run(HELM, ['lint', chart, '--set', 'names={collector.example}'])
  })
})

describe('what stands in packages', () => {
  it('has scripts that their shell takes', async () => {
    const scripts = (readdirSync(deploy, { recursive: true }) as string[]).filter((path) => existsSync(join(deploy, path)) && /^(docker-entrypoint|packages\/.*\/(launch|enrol|lifecycle|holdfast|preinst|postinst|prerm|postrm|config|preinstall|postinstall|build-pkg))$/.test(path))
    expect(scripts.length).toBeGreaterThan(14)
    expect(scripts.filter((path) => !read(path).startsWith('#!/bin/sh\n'))).toEqual([])
    for (const path of scripts) await run('/bin/sh', ['-n', join(deploy, path)])
  })

  it('names no image of a registry and no machine', () => {
    const files = (readdirSync(deploy, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    expect(files.filter((path) => /(docker\.io|ghcr\.io|quay\.io|gcr\.io|registry\.[a-z]+\.[a-z])/.test(readFileSync(path, 'utf8')))).toEqual([])
  })
})

describe('the deployment documents', () => {
  const docs = join(import.meta.dirname, '../../docs/deploy')
  it('say plainly what was never run on its system', () => {
    expect(['windows-intune.md', 'gpo.md', 'macos-jamf.md'].filter((file) => !/Never run on (Windows|macOS) by its makers/.test(readFileSync(join(docs, file), 'utf8')))).toEqual([])
  })
  it('hold YAML that parses', () => {
    const blocks = readdirSync(docs).flatMap((file) => [...readFileSync(join(docs, file), 'utf8').matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => ({ file, text: text ?? '' })))
    expect(blocks.length).toBeGreaterThan(0)
    // Tasks of Ansible are a list, what Holdfast reads is a mapping.
    for (const { file, text } of blocks) {
      const value: unknown = parse(text)
      expect([file, Array.isArray(value), typeof value]).toEqual([file, file === 'ansible.md', 'object'])
    }
  })
})
