// Adds what files hold to the activities about them, and tells when a sensitivity label was lowered or removed.
//
// It stands between a sensor and the spool: an activity whose file is looked at waits for the answer (at most the child's
// deadline and what waits before it), every other one passes by. What is too much is told as `skipped`, never dropped.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ActivityKind, wire } from '@holdfast/proto'
import type { SensedActivity } from '../activity.ts'
import { createContentInspector, type ContentInspectorOptions } from './content-inspector.ts'
import { type Attached, type Content, type ContentInspector, type ContentResult, noContent } from './contract.ts'
import { openLabelMemory } from './label-memory.ts'
import { type Label, labelChange } from './labels.ts'

const DEFAULT_KINDS: readonly ActivityKind[] = ['file_copied', 'file_downloaded', 'file_read_by_transfer_tool', 'file_printed', 'archive_created']
/** Of these only documents that can carry a label are looked at, when the policy does not name the kind. */
const LABEL_KINDS: ReadonlySet<ActivityKind> = new Set<ActivityKind>(['file_created', 'file_changed', 'file_renamed'])
const LABELLED = /\.(?:docx|docm|dotx|xlsx|xlsm|pptx|pptm|odt|ods|odp|pdf)$/i
const DEFAULT_PER_MINUTE = 300
/** While the agent keeps to its budget. */
const SLOW_PER_MINUTE = 6
const KNOWN = 2000

export interface ContentDeps {
  /** 0700 folder of its own; made where it is absent. */
  readonly folder: string
  readonly now: () => number
  readonly log: { warn(object: object, message: string): void }
  /** Another one in tests. */
  readonly inspector?: ContentInspector
  readonly limits?: Omit<ContentInspectorOptions, 'log'>
}

type Facts = wire.FileFacts.$Properties

/** The file that an activity is about, wherever its message keeps it. */
function factsOf({ detail }: SensedActivity): { readonly arm: string; readonly key: string; readonly facts: Facts } | undefined {
  for (const [arm, message] of Object.entries(detail)) {
    for (const key of ['destination', 'file', 'archive']) {
      const facts: unknown = typeof message === 'object' && message !== null ? (message as Record<string, unknown>)[key] : undefined
      if (typeof facts === 'object' && facts !== null && 'path' in facts && typeof facts.path === 'string' && facts.path !== '') return { arm, key, facts: facts as Facts }
    }
  }
  return undefined
}

const labelText = (label: Label | undefined): string => (label === undefined ? '' : label.name === '' ? label.id : label.name)

const toWire = ({ state, findings, label, language }: ContentResult): wire.ContentInspectionResult.$Properties => ({
  state, findings: findings.map((finding) => ({ ...finding })), ...(label === undefined ? {} : { label: labelText(label), labelId: label.id }), ...(language === undefined ? {} : { language }),
})

function withContent(activity: SensedActivity, result: ContentResult): SensedActivity {
  const found = factsOf(activity)
  if (found === undefined) return activity
  const message = (activity.detail as Record<string, Record<string, unknown>>)[found.arm]
  const findings = result.findings.map((finding) => ({ ...finding }))
  // These three have carried their findings since before files did.
  const own = activity.kind === 'file_copied' ? { findings, sensitivityLabel: labelText(result.label) } : activity.kind === 'file_created' || activity.kind === 'file_changed' ? { findings } : {}
  return { ...activity, detail: { [found.arm]: { ...message, ...own, [found.key]: { ...found.facts, content: toWire(result) } } } }
}

/** At most so many files in a minute, spread by a bucket that holds a minute's worth. */
function createBucket(now: () => number): (perMinute: number) => boolean {
  let level = Number.POSITIVE_INFINITY
  let at = now()
  return (perMinute) => {
    const time = now()
    level = Math.min(perMinute, level + (Math.max(0, time - at) * perMinute) / 60_000)
    at = time
    if (level < 1) return false
    level -= 1
    return true
  }
}

/** Opens content inspection; nothing is looked at until a policy that asks for it is followed. */
export async function createContent({ folder, now, log, limits, inspector = createContentInspector({ poisonFile: join(folder, 'poison.json'), ...limits, log }) }: ContentDeps): Promise<Content> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const labels = await openLabelMemory(join(folder, 'labels.json'), log)
  const known = new Map<string, ContentResult>()
  const allowed = createBucket(now)
  let inspection: wire.ContentInspection.$Properties = {}
  let wanted: ReadonlySet<string> = new Set()
  let closed = false
  let isSlow = false

  /** The same content is looked at once, wherever it goes. */
  const inspect = async (facts: Facts, uid: number | undefined): Promise<ContentResult> => {
    const before = facts.fingerprint === undefined || facts.fingerprint === null || facts.fingerprint === '' ? undefined : known.get(facts.fingerprint)
    if (before !== undefined) return before
    const perMinute = inspection.maxFilesPerMinute || DEFAULT_PER_MINUTE
    if (!allowed(isSlow ? Math.min(perMinute, SLOW_PER_MINUTE) : perMinute)) return noContent('skipped')
    const rules = inspection
    const result = await inspector.inspectContent(facts.path ?? '', uid === undefined ? {} : { uid })
    // What depends on the moment, or on rules of before, is no fact about the content.
    if (facts.fingerprint !== undefined && facts.fingerprint !== null && facts.fingerprint !== '' && rules === inspection && !['skipped', 'failed', 'timeout'].includes(result.state)) {
      known.set(facts.fingerprint, result)
      if (known.size > KNOWN) known.delete(known.keys().next().value ?? '')
    }
    return result
  }

  const noteLabel = (activity: SensedActivity, facts: Facts, result: ContentResult): readonly SensedActivity[] => {
    if (!result.labelled) return []
    const path = facts.path ?? ''
    const source = activity.detail.fileCopied?.source?.path
    const before = labels.get(path) ?? (source === undefined || source === null ? undefined : labels.get(source))
    labels.set(path, result.label)
    const order = (inspection.labels ?? []).map(({ id, name }) => ({ id: id ?? '', name: name ?? '' }))
    if (labelChange(before, result.label, order) === undefined) return []
    return [{ kind: 'label_changed', occurredAtMs: activity.occurredAtMs, ...(activity.actor === undefined ? {} : { actor: activity.actor }), detail: { labelChanged: { file: facts, oldLabel: labelText(before), newLabel: labelText(result.label) } } }]
  }

  const look = async (activity: SensedActivity, facts: Facts, whole: boolean): Promise<Attached> => {
    try {
      const result = await inspect(facts, activity.actor?.uid)
      return { activity: whole ? withContent(activity, result) : activity, more: noteLabel(activity, facts, result) }
    } catch (error) {
      log.warn({ error: String(error) }, 'the content of a file could not be looked at')
      return { activity, more: [] }
    }
  }

  return {
    slow: (isTold) => void (isSlow = isTold),
    follow(policy) {
      inspection = policy.inspection ?? {}
      wanted = new Set(inspection.enabled === true ? (inspection.kinds?.length ?? 0) === 0 ? DEFAULT_KINDS : inspection.kinds ?? [] : [])
      known.clear()
      if (inspection.enabled === true) inspector.configure(inspection)
    },
    attach(activity) {
      if (closed || inspection.enabled !== true) return undefined
      const { kind, detail } = activity
      const found = factsOf(activity)
      if (found === undefined) return undefined
      const { path = '' } = found.facts
      // An editor saves beside the document and renames: the document keeps the label that its path had, the rest moves.
      const from = detail.fileRenamed?.oldPath
      if (from !== undefined && from !== null && labels.get(path ?? '') === undefined) labels.set(path ?? '', labels.get(from))
      if (wanted.has(kind)) return look(activity, found.facts, true)
      return LABEL_KINDS.has(kind) && LABELLED.test(path ?? '') ? look(activity, found.facts, false) : undefined
    },
    async close() {
      closed = true
      inspector.close()
      await labels.close()
    },
  }
}
