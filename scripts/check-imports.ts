// Holds the rooms of the house apart: which folder may import which, as a table, and no cycle between files.
//
// Type-only imports may cross between siblings (an interface is no dependency at run time), never from one package's
// inside to another's. Tests may import anything of their own package.
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'

const root = join(import.meta.dirname, '..')

/** Room -> rooms it may import. A room may always import itself; `proto` is `@holdfast/proto`. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  proto: [],

  'agent/activity': ['proto'],
  'agent/errors': [],
  'agent/config': ['agent/errors'],
  'agent/platform': ['agent/errors', 'proto'],
  'agent/enrich': ['agent/activity', 'agent/platform', 'agent/errors', 'proto'],
  'agent/inspect': ['agent/activity', 'agent/enrich', 'agent/platform', 'agent/errors', 'proto'],
  'agent/sensors': ['agent/activity', 'agent/platform', 'agent/enrich', 'agent/errors', 'proto'],
  'agent/spool': ['agent/errors', 'proto'],
  'agent/identity': ['agent/errors', 'agent/platform', 'proto'],
  'agent/policy': ['agent/inspect', 'agent/errors', 'agent/identity', 'agent/platform', 'proto'],
  'agent/uplink': ['agent/errors', 'agent/spool', 'agent/identity', 'agent/policy', 'proto'],
  'agent/health': ['agent/errors', 'agent/platform', 'proto'],
  'agent/runner': ['agent/activity', 'agent/errors', 'agent/sensors', 'agent/platform', 'agent/enrich', 'agent/health', 'agent/spool', 'proto'],
  'agent/evidence': ['agent/activity', 'agent/errors', 'agent/enrich', 'agent/identity', 'agent/platform', 'proto'],
  // Small, and alive when everything else is not: of the agent it knows only where its folder is.
  'agent/watchdog': ['agent/cli', 'agent/errors'],
  'agent/drill': ['agent/platform', 'agent/errors', 'proto'],
  'agent/notice': ['agent/platform', 'agent/errors'],
  'agent/edge': ['agent/activity', 'agent/notice', 'agent/platform', 'agent/errors', 'proto'],
  'agent/orders': ['agent/errors', 'agent/identity', 'agent/policy', 'proto'],
  'agent/exceptions': ['agent/activity', 'agent/errors', 'agent/notice', 'agent/platform', 'proto'],
  'agent/questions': ['agent/errors', 'agent/enrich', 'agent/platform', 'agent/sensors', 'proto'],
  'agent/support': ['proto'],
  'agent/upgrade': ['agent/errors', 'agent/health', 'agent/platform', 'proto'],
  'agent/cli': ['*'],
  'agent/main': ['*'],
  'agent/load-everything': ['*'],

  'collector/domain': ['proto'],
  'collector/errors': [],
  'collector/config': ['collector/errors'],
  'collector/waker': [],
  'collector/sync-to-disk': [],
  'collector/incoming-folder': ['collector/sync-to-disk'],
  'collector/sealed-pieces': [],
  'collector/log': ['collector/config', 'collector/errors'],
  'collector/metrics': ['collector/errors'],
  'collector/tracing': [],
  'collector/upkeep': ['collector/backup', 'collector/metrics', 'collector/store'],
  'collector/store': ['collector/sync-to-disk', 'collector/domain', 'collector/errors', 'proto'],
  'collector/bus': ['collector/domain', 'collector/errors', 'proto'],
  'collector/ingest': ['collector/store', 'collector/bus', 'collector/domain', 'collector/errors', 'proto'],
  'collector/evaluation': ['collector/waker', 'collector/store', 'collector/domain', 'collector/errors', 'proto'],
  'collector/analysis': ['collector/waker', 'collector/store', 'collector/evaluation', 'collector/connectors', 'collector/domain', 'collector/errors', 'proto'],
  'collector/fleet': ['collector/waker', 'collector/audit', 'collector/store', 'collector/bus', 'collector/domain', 'collector/errors', 'proto'],
  'collector/exceptions': ['collector/audit', 'collector/fleet', 'collector/store', 'collector/domain', 'collector/errors', 'proto'],
  'collector/questions': ['collector/audit', 'collector/fleet', 'collector/store', 'collector/domain', 'collector/errors', 'proto'],
  'collector/rollout': ['collector/waker', 'collector/fleet', 'collector/store', 'collector/audit', 'collector/domain', 'collector/errors'],
  'collector/agent-packages': ['collector/waker', 'collector/incoming-folder', 'collector/sync-to-disk', 'collector/rollout', 'collector/fleet', 'collector/store', 'collector/audit', 'collector/domain', 'collector/errors', 'proto'],
  'collector/connectors': ['collector/store', 'collector/domain', 'collector/errors', 'proto'],
  'collector/exports': ['collector/waker', 'collector/sync-to-disk', 'collector/store', 'collector/domain', 'collector/errors', 'proto'],
  'collector/escalation': ['collector/sealed-pieces', 'collector/waker', 'collector/store', 'collector/access', 'collector/audit', 'collector/evidence', 'collector/exports', 'collector/domain', 'collector/errors'],
  'collector/evidence': ['collector/incoming-folder', 'collector/sync-to-disk', 'collector/store', 'collector/bus', 'collector/audit', 'collector/domain', 'collector/errors', 'proto'],
  'collector/notices': ['collector/waker', 'collector/store', 'collector/access', 'collector/audit', 'collector/exports', 'collector/domain', 'collector/errors'],
  'collector/access': ['collector/store', 'collector/domain', 'collector/errors'],
  'collector/audit': ['collector/store', 'collector/errors'],
  'collector/privacy': ['collector/audit', 'collector/exports', 'collector/store', 'collector/domain', 'collector/errors'],
  'collector/backup': ['collector/sealed-pieces', 'collector/audit', 'collector/store', 'collector/sync-to-disk', 'collector/domain', 'collector/errors'],
  'collector/doctor': ['collector/access', 'collector/audit', 'collector/backup', 'collector/bus', 'collector/exports', 'collector/notices', 'collector/store', 'collector/domain', 'collector/errors'],
  'collector/replay': ['collector/connectors', 'collector/domain', 'collector/errors', 'collector/ingest', 'proto'],
  'collector/http': ['collector/agent-packages', 'collector/exceptions', 'collector/questions', 'collector/rollout', 'collector/analysis', 'collector/backup', 'collector/doctor', 'collector/access', 'collector/audit', 'collector/privacy', 'collector/fleet', 'collector/ingest', 'collector/evaluation', 'collector/connectors', 'collector/exports', 'collector/notices', 'collector/evidence', 'collector/escalation', 'collector/store', 'collector/bus', 'collector/domain', 'collector/errors', 'collector/config', 'collector/metrics', 'collector/tracing', 'proto'],
  'collector/roles': ['collector/http', 'collector/waker', 'collector/fleet', 'collector/ingest', 'collector/store', 'collector/bus', 'collector/errors', 'collector/metrics'],
  'collector/cli': ['*'],
  'collector/testing': ['*'],
  'collector/serve': ['*'],
  'collector/main': ['*'],

  console: ['collector/contract'],
}

/** Only these may import a store backend. */
const composers = ['collector/main', 'collector/serve', 'collector/cli', 'collector/testing']

const problems: string[] = []

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'dist' || entry.name === 'gen') continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* sources(path)
    else if (/\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts')) yield path
  }
}

function roomOf(path: string): string {
  const parts = relative(root, path).split(sep)
  if (parts[0] === 'proto') return 'proto'
  if (parts[0] === 'collector' && parts[1] === 'console') return 'console'
  return `${parts[0]}/${parts[2]?.replace(/(\.test)?\.tsx?$/, '')}`
}

interface Import {
  readonly specifier: string
  readonly typeOnly: boolean
}

function importsOf(text: string): Import[] {
  const found: Import[] = []
  for (const match of text.matchAll(/^\s*(?:import|export)\s+(type\s+)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]/gm)) found.push({ specifier: match[2] ?? '', typeOnly: match[1] !== undefined })
  for (const match of text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)) found.push({ specifier: match[1] ?? '', typeOnly: false })
  return found
}

const edges = new Map<string, string[]>()

for (const folder of ['proto/src', 'agent/src', 'collector/src', 'collector/console/src']) {
  for (const path of sources(join(root, folder))) {
    const room = roomOf(path)
    const name = relative(root, path)
    const isTest = /\.test\.tsx?$/.test(path)
    const rules = allowed[room]
    if (rules === undefined) problems.push(`${name}: the room ${room} is not in the table of scripts/check-imports.ts`)
    for (const { specifier, typeOnly } of importsOf(readFileSync(path, 'utf8'))) {
      let target: string | undefined
      if (specifier.startsWith('.')) {
        const file = resolve(dirname(path), specifier)
        target = roomOf(file)
        if (!typeOnly && !isTest) edges.set(path, [...(edges.get(path) ?? []), file])
        const backend = /collector\/src\/store\/(sqlite|postgres)\//.exec(file)
        if (backend !== null && room !== 'collector/store' && !composers.includes(room) && !isTest) problems.push(`${name}: only ${composers.join(', ')} may import a store backend`)
      } else if (specifier === '@holdfast/proto' || specifier === '@holdfast/proto/descriptor') target = 'proto'
      else if (specifier === '@holdfast/collector/contract') target = 'collector/contract'
      else if (specifier.startsWith('@holdfast/')) target = specifier
      if (target === undefined || target === room || isTest) continue
      // The store's interface and a room's contract are types over the domain; a sibling may name them.
      if (typeOnly && target.split('/')[0] === room.split('/')[0]) continue
      if (room === 'console' && target === 'collector/contract' && !typeOnly) problems.push(`${name}: the console may only import types of the contract`)
      if (rules !== undefined && !rules.includes('*') && !rules.includes(target)) problems.push(`${name}: ${room} may not import ${target} (${specifier})`)
      if (rules?.includes('*') === true && target.split('/')[0] !== room.split('/')[0] && target !== 'proto') problems.push(`${name}: ${room} may not import ${target} (${specifier})`)
    }
  }
}

const state = new Map<string, 'open' | 'done'>()
function visit(path: string, trail: readonly string[]): void {
  if (state.get(path) === 'done') return
  if (state.get(path) === 'open') {
    problems.push(`cycle: ${[...trail.slice(trail.indexOf(path)), path].map((file) => relative(root, file)).join(' -> ')}`)
    return
  }
  state.set(path, 'open')
  for (const next of edges.get(path) ?? []) visit(next, [...trail, path])
  state.set(path, 'done')
}
for (const path of edges.keys()) visit(path, [])

if (problems.length > 0) {
  console.error(problems.join('\n'))
  console.error(`${problems.length} import problems`)
  process.exitCode = 1
} else {
  console.log(`imports: ${edges.size} files, no forbidden edge, no cycle`)
}
