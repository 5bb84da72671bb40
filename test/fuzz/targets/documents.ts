// What people write: policies, settings of groups, detection settings, the configuration, and the patterns in them.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '@holdfast/collector/config.ts'
import { compileDetection } from '@holdfast/collector/domain/exclusions/compile-detection.ts'
import { createDomainMatcher, domainProblem, hostOf } from '@holdfast/collector/domain/exclusions/domain-pattern.ts'
import { createGlob } from '@holdfast/collector/domain/exclusions/glob.ts'
import { createPathMatcher, pathProblem } from '@holdfast/collector/domain/exclusions/path-pattern.ts'
import { readSettings, restoreSettings } from '@holdfast/collector/domain/exclusions/read-settings.ts'
import { toDocument, toPolicy } from '@holdfast/collector/domain/policies/policy-document.ts'
import { checkShape, readPolicyDocuments } from '@holdfast/collector/domain/policies/read-document.ts'
import { templates } from '@holdfast/collector/domain/policies/templates.ts'
import { CodedError } from '@holdfast/collector/errors.ts'
import { readGroupDocuments } from '@holdfast/collector/http/rollouts/document.ts'
import { MONDAY_MS } from '@holdfast/collector/testing/builders.ts'
import { parse, stringify } from 'yaml'
import { type FuzzTarget, holds } from '../target.ts'

const MAX_BYTES = 8192
const yamlWords = ['- ', ': ', '\n', '---\n', '&a ', '*a', '!!binary ', '<<: *a', '? ', '|\n  ', '[', '{', '"', '\t', '%YAML 1.1\n']

const policyFile: FuzzTarget = {
  name: 'policy-file', title: 'Policies as YAML or JSON.',
  oracle: 'Policies or problems with a line, never both and never neither; what is taken can be written out and is taken again.',
  maxBytes: MAX_BYTES, words: [...yamlWords, 'template', 'indicators', 'thresholds', 'priorityContent', ...templates.map(({ id }) => id)],
  seeds: () => [...templates.map((template) => Buffer.from(stringify({ name: template.id, template: template.id }))), Buffer.from(stringify(toDocument(toPolicy({ name: 'Leaks', template: 'data_leaks' }, 'p_1', MONDAY_MS)))), Buffer.from('- name: A\n  template: data_leaks\n- &x\n  name: B\n  template: data_leaks\n')],
  open: () => ({
    run(input) {
      const { inputs, problems } = readPolicyDocuments(input.toString('utf8'))
      holds((inputs.length === 0) !== (problems.length === 0), `${inputs.length} policies and ${problems.length} problems`)
      for (const problem of problems) holds(Number.isSafeInteger(problem.line) && problem.line >= 1 && problem.detail !== '', `a problem at line ${problem.line}`)
      for (const one of inputs) {
        const document: unknown = JSON.parse(JSON.stringify(toDocument(toPolicy(one, 'p_1', MONDAY_MS))))
        holds(checkShape(document).length === 0, `written out it is refused: ${JSON.stringify(checkShape(document)[0])}`)
      }
    },
  }),
}

const groupFile: FuzzTarget = {
  name: 'group-file', title: 'Settings and roll-out plans of device groups as YAML.',
  oracle: 'Documents, or a refusal that names lines.',
  maxBytes: MAX_BYTES, words: [...yamlWords, 'group', 'rollout', 'settings', 'rings', 'maintenance', 'roots'],
  seeds: () => [Buffer.from('group: default\nsettings:\n  roots: ["~"]\n  excludes: ["**/.git/**"]\nrollout:\n  rings:\n    - { name: pilot, percent: 5 }\n    - { name: rest, percent: 100 }\n'), Buffer.from('group: a\n---\ngroup: b\n')],
  open: () => ({
    run(input) {
      try {
        holds(readGroupDocuments(input.toString('utf8')).length > 0, 'neither documents nor problems')
      } catch (error) {
        if (!(error instanceof CodedError)) throw error
      }
    },
  }),
}

const detectionSettings: FuzzTarget = {
  name: 'detection-settings', title: 'Detection settings as YAML or JSON, and those of an earlier release.',
  oracle: 'Settings that compile, or problems; stored settings always become settings.',
  maxBytes: MAX_BYTES, words: [...yamlWords, 'excludedPaths', 'domains', 'variants', 'keywords', 'unless'],
  seeds: () => [Buffer.from('{}'), Buffer.from(JSON.stringify(restoreSettings({}))), Buffer.from(JSON.stringify(restoreSettings({ paths: ['/srv/backup'] }), null, 1))],
  open: () => ({
    run(input) {
      let value: unknown
      try {
        value = parse(input.toString('utf8'), { maxAliasCount: 10, logLevel: 'silent' })
      } catch {
        // The library refuses it with words of its own, which the command hands on.
        return
      }
      const read = readSettings(value)
      if ('settings' in read) compileDetection(read.settings, [])
      else holds(read.problems.length > 0, 'neither settings nor problems')
      compileDetection(restoreSettings(value), [])
    },
  }),
}

const configFile: FuzzTarget = {
  name: 'config-file', title: 'holdfast.yaml.',
  oracle: 'A configuration, or CONFIG_INVALID or CONFIG_UNKNOWN_KEY.',
  maxBytes: 2048, words: [...yamlWords, 'http', 'port', 'nats.servers', 'backup', 'log'],
  seeds: () => [Buffer.from('http:\n  port: 8443\n  publicUrl: https://holdfast.example\nnames: [a, b]\nnats.servers: tls://a:4222,tls://b:4222\nlog: { level: warn }\n')],
  open() {
    const folder = mkdtempSync(join(tmpdir(), 'holdfast-fuzz-config-'))
    return {
      run(input) {
        writeFileSync(join(folder, 'holdfast.yaml'), input)
        try {
          loadConfig(folder, {}, {})
        } catch (error) {
          if (!(error instanceof CodedError)) throw error
        }
      },
      close: async () => rmSync(folder, { recursive: true }),
    }
  },
}

/** Patterns, an empty line, and what they are held against. */
function sections(input: Buffer): readonly [readonly string[], readonly string[]] {
  const [first = '', ...rest] = input.toString('utf8').split('\n\n')
  return [first.split('\n').slice(0, 40), rest.join('\n').split('\n').slice(0, 20)]
}

const pathPatterns: FuzzTarget = {
  name: 'path-patterns', title: 'Path patterns of exclusions and priority content.',
  oracle: 'A pattern or a reason why not; many patterns at once find what the first one that holds by itself is.',
  maxBytes: 4096, words: ['C:\\', '\\\\files\\', '~/', '*(3)', '*', '**', '.', '..', '/', '\\', '?', '\n\n', 'node_modules'],
  seeds: () => [Buffer.from('C:\\temp\n/srv/backup\n~/.cache\n*.tmp\n\\public\\local\\\n/a/*(3)/b\nnode_modules\n\n/srv/backup/x.tmp\nC:\\Temp\\y\n/home/alice/.cache/z\n\\\\files\\public\\q\n/a/1/2/b')],
  open: () => ({
    run(input) {
      const [texts, paths] = sections(input)
      const good = texts.filter((text) => pathProblem(text) === undefined)
      const all = createPathMatcher(good)
      const single = good.map((text) => createPathMatcher([text]))
      for (const path of paths) {
        const found = all.find(path)
        const expected = single.findIndex((one) => one.find(path) === 0)
        holds(found === expected, `for ${JSON.stringify(path)} together ${JSON.stringify(good[found])}, alone ${JSON.stringify(good[expected])}`)
      }
    },
  }),
}

const domainPatterns: FuzzTarget = {
  name: 'domain-patterns', title: 'Domain patterns and the hosts that devices name.',
  oracle: 'A pattern or a reason why not; one that is a plain host holds for itself; many together find something whenever one alone does.',
  maxBytes: 4096, words: ['*.', '**.', 'xn--', ':8443', '[2001:db8::1]', 'user@', 'https://', 'ü', '\n\n', '。'],
  seeds: () => [Buffer.from('example.com\n*.example.org\n**.example.net:8443\n192.0.2.7\n[2001:db8::1]\nbücher.example\n\nhttps://u:p@www.example.org:443/x\nuser@example.com:path\nexample.net:8443\nhttp://[2001:db8::1]/\nxn--bcher-kva.example.')],
  open: () => ({
    run(input) {
      const [texts, hosts] = sections(input)
      const good = texts.filter((text) => domainProblem(text) === undefined)
      const all = createDomainMatcher(good)
      for (const text of good) {
        const host = text.includes('*') ? undefined : hostOf(text)
        if (host !== undefined && !text.trim().includes(':')) holds(createDomainMatcher([text]).find(host) !== undefined, `${JSON.stringify(text)} does not hold for itself`)
      }
      for (const text of hosts) {
        const host = hostOf(text)
        if (host !== undefined) holds((all.find(host) !== undefined) === good.some((one) => createDomainMatcher([one]).find(host) !== undefined), `${JSON.stringify(text)}: together and alone differ`)
      }
    },
  }),
}

/** The plain meaning of `*`, by a table: what is matched from a place of both on. */
function plainGlob(pattern: string, text: string): boolean {
  let reach = new Set([0])
  for (const unit of pattern) {
    const next = new Set<number>()
    for (const from of reach) {
      if (unit === '*') for (let at = from; at <= text.length; at += 1) next.add(at)
      else if (text.startsWith(unit, from)) next.add(from + unit.length)
    }
    reach = next
  }
  return reach.has(text.length)
}

const globs: FuzzTarget = {
  name: 'globs', title: 'The * within one level of a path.',
  oracle: 'The same as by its plain meaning, in time that grows with the length alone.',
  maxBytes: 512, words: ['*', '**', 'a*b', '.~lock.*#'],
  seeds: () => [Buffer.from('*.tmp\nreport.tmp'), Buffer.from('a*b*c\naxxbyyc'), Buffer.from(`${'a*'.repeat(40)}b\n${'a'.repeat(120)}`)],
  open: () => ({
    run(input) {
      const [pattern = '', text = ''] = input.toString('utf8').split('\n')
      holds(createGlob(pattern)(text) === plainGlob(pattern, text), `${JSON.stringify(pattern)} for ${JSON.stringify(text)} is not its plain meaning`)
    },
  }),
}

export const documentTargets: readonly FuzzTarget[] = [policyFile, groupFile, detectionSettings, configFile, pathPatterns, domainPatterns, globs]
