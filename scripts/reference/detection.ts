import { defaultExclusions } from '@holdfast/collector/domain/exclusions/default-exclusions.ts'
import { LIMITS } from '@holdfast/collector/domain/exclusions/settings.ts'
import { DetectionSettingsDocument } from '@holdfast/collector/domain/exclusions/settings-schema.ts'
import { code, codes, note, table } from './markdown.ts'

interface Node {
  readonly description?: string
  readonly properties?: Readonly<Record<string, Node>>
  readonly items?: Node
  readonly anyOf?: readonly Node[]
}

/** Each key with the keys below it; those of groups are the lists once more. */
function* keyRows(node: Node, path: string): Generator<readonly string[]> {
  const properties = node.properties ?? node.items?.properties ?? {}
  for (const [name, child] of Object.entries(properties)) {
    const own = `${path}${name}`
    if (path.startsWith('groups[].') && name !== 'name' && name !== 'description') continue
    if (child.description !== undefined) yield [code(own), child.description]
    yield* keyRows(child, child.items?.properties === undefined ? `${own}.` : `${own}[].`)
  }
}

const syntax = [
  ['`C:\\temp`, `/srv/backup`, `\\\\files\\public`', 'that folder and everything below it'], ['`~/.cache`', 'the same in every home, on Linux, macOS and Windows'], ['`\\public\\local\\`, `node_modules`', 'any path with these levels in a row, on any system'],
  ['`*`', 'exactly one level: `C:\\Users\\*\\Desktop`'], ['`*(2)`', 'one or two levels: `C:\\Users\\*(2)\\Desktop`'], ['`*.tmp`', 'within a level, any characters of it'],
] as const

export const detectionPage = (): string =>
  [
    note('collector/src/domain/exclusions/'),
    '# Detection settings\n\nWhat is left out of every score, what domains mean, and variants of indicators. `holdfast detection show`, `set -f FILE`, `defaults` and `test`; `GET` and `PUT /api/v1/detection-settings`. What is excluded stays visible, with its rule, and scores nothing. Activities are counted under the settings of the time at which they arrive: a change says nothing about the past.\n\n',
    table(['key', 'what it is'], [...keyRows(DetectionSettingsDocument as unknown as Node, '')]),
    '\nA group has a `name`, a `description`, `domains`, and all the lists of `exclusions`.\n',
    `\nAt most ${LIMITS.entries} entries a list, ${LIMITS.groupEntries} a list of a group, ${LIMITS.groups} groups, and ${LIMITS.variantsPerIndicator} variants of an indicator.\n`,
    '\n## Paths\n\n',
    table(['pattern', 'holds for'], syntax),
    '\nWindows paths, and those below `/Users`, `/Volumes`, `/Applications`, `/Library`, `/System` and `/private`, are compared without letter case; others with it. A rename must lie inside with both of its names, a copy with either end.\n',
    '\n## Domains\n\n`example.com` is that host, `*.example.com` a host one level below, `**.example.com` the domain and every level below; `example.com:8443` only that port. Of all three lists the closest entry decides, and between equals the warier one.\n',
    '\n## Default exclusions\n\nWhat programs write all day in their own folders. They never hold for a file that leaves the device, that had left before it was deleted, or for a rename or copy that begins or ends outside. Untick one by its id in `defaultExclusionsOff`.\n\n',
    table(['id', 'system', 'paths', 'why'], defaultExclusions.map(({ id, system, paths, why }) => [code(id), system, codes(paths), why])),
  ].join('')
