// What a policy may ask for. A signature says who wrote it; these rules say that this agent can carry it out.
import { fromWireTimestamp, type wire, uninstallProblem } from '@holdfast/proto'
import { customProblem } from '../inspect/custom-rules.ts'

const MAX_PATHS = 256
const MAX_GLOBS = 1024
const MAX_NAMES = 256
const MAX_PATH_LENGTH = 4096
/** 1 TiB: no device hashes or spools more. */
const MAX_BYTES = 2 ** 40
const MIN_SPOOL_BYTES = 1 << 20
const MAX_INTERVAL_SECS = 86_400
/** 1 GiB: what is read within a capture's deadline. */
const MAX_EVIDENCE_FILE_BYTES = 2 ** 30
/** 128 MiB: what fits into the memory of the process that looks at it. */
const MAX_INSPECTED_BYTES = 2 ** 27

type Problem = string | undefined

const isName = (text: string): boolean => /^[A-Za-z0-9_.:-]{1,128}$/.test(text)
const hasControl = (text: string): boolean => /\p{Cc}/u.test(text)

function pathProblem(path: string, where: string): Problem {
  if (path.length > MAX_PATH_LENGTH || hasControl(path)) return `${where} holds a path that is too long or has control characters`
  // `~` or `/` here, `C:\\` or `\\\\server` on Windows.
  if (!/^(?:~(?:[\\/]|$)|\/|[A-Za-z]:[\\/]|\\\\)/.test(path)) return `${where} holds a path that is neither absolute nor under ~`
  if (path.split(/[\\/]/).includes('..')) return `${where} holds a path with ".."`
  return undefined
}

function pathsProblem(paths: readonly string[] | null | undefined, where: string): Problem {
  const list = paths ?? []
  if (list.length > MAX_PATHS) return `${where} has more than ${MAX_PATHS} entries`
  return list.map((path) => pathProblem(path, where)).find((problem) => problem !== undefined)
}

function namesProblem(names: readonly string[] | null | undefined, where: string): Problem {
  const list = names ?? []
  if (list.length > MAX_NAMES) return `${where} has more than ${MAX_NAMES} entries`
  return list.every(isName) ? undefined : `${where} holds something that is no name`
}

function numberProblem(value: number | null | undefined, where: string, min: number, max: number): Problem {
  const number = value ?? 0
  if (!Number.isSafeInteger(number)) return `${where} is not a whole number that can be kept`
  // Zero is proto3's "not set": the agent's default holds.
  return number === 0 || (number >= min && number <= max) ? undefined : `${where} must lie between ${min} and ${max}`
}

function globsProblem(globs: readonly string[] | null | undefined, where: string): Problem {
  const list = globs ?? []
  if (list.length > MAX_GLOBS) return `${where} has more than ${MAX_GLOBS} entries`
  return list.some((glob) => glob === '' || glob.length > 1024 || hasControl(glob)) ? `${where} holds an empty or too long pattern` : undefined
}

function evidenceProblem(evidence: wire.EvidenceCapture.$Properties | null | undefined): Problem {
  if (evidence === null || evidence === undefined) return undefined
  // A copy that cannot be sealed would have to leave in the clear, or not at all.
  if (evidence.enabled === true && evidence.publicKey?.length !== 32) return 'evidence.public_key is no X25519 key'
  return namesProblem(evidence.destinations, 'evidence.destinations')
    ?? namesProblem(evidence.fileTypes, 'evidence.file_types')
    ?? globsProblem(evidence.privatePaths, 'evidence.private_paths')
    ?? numberProblem(evidence.maxFileBytes, 'evidence.max_file_bytes', 1, MAX_EVIDENCE_FILE_BYTES)
    ?? numberProblem(evidence.maxDayBytes, 'evidence.max_day_bytes', 1, MAX_BYTES)
    ?? numberProblem(evidence.maxFilesPerMinute, 'evidence.max_files_per_minute', 1, 10_000)
    ?? numberProblem(evidence.folderMaxBytes, 'evidence.folder_max_bytes', MIN_SPOOL_BYTES, MAX_BYTES)
}

function inspectionProblem(inspection: wire.ContentInspection.$Properties | null | undefined): Problem {
  if (inspection === null || inspection === undefined) return undefined
  const { customTypes, dictionaries, exactData, labels } = inspection
  if ((labels ?? []).length > MAX_NAMES || (labels ?? []).some(({ id, name }) => (id ?? '').length > 64 || (name ?? '').length > 200)) return 'inspection.labels has too many or too long labels'
  const custom = customProblem({ customTypes: customTypes ?? [], dictionaries: dictionaries ?? [], exactData: exactData ?? [] })
  return namesProblem(inspection.kinds, 'inspection.kinds')
    ?? namesProblem(inspection.types, 'inspection.types')
    ?? numberProblem(inspection.minConfidence, 'inspection.min_confidence', 1, 100)
    ?? numberProblem(inspection.maxFileBytes, 'inspection.max_file_bytes', 1, MAX_INSPECTED_BYTES)
    ?? numberProblem(inspection.maxFilesPerMinute, 'inspection.max_files_per_minute', 1, 100_000)
    ?? (custom === undefined ? undefined : `inspection: ${custom}`)
}

const EDGE_KINDS = 40
const edgeId = /^[a-z0-9][a-z0-9_.-]{0,63}$/

function edgeRuleProblem(rule: wire.EdgeRule.$Properties): Problem {
  if (!edgeId.test(rule.id ?? '')) return 'edge.rules holds an id that is none'
  const texts = rule.texts ?? []
  if ((rule.kinds ?? []).length > EDGE_KINDS || texts.length > 20) return 'edge.rules has too many kinds or texts'
  if (texts.some(({ language, title, body }) => !/^[a-z]{2}$/.test(language ?? '') || (title ?? '').length > 120 || (body ?? '').length > 1000)) return 'edge.rules holds a text that is too long or in no language'
  if ((rule.labels ?? []).length > MAX_NAMES || (rule.labels ?? []).some((label) => label.length > 200)) return 'edge.rules has too many or too long labels'
  return namesProblem(rule.kinds, 'edge.kinds')
    ?? namesProblem(rule.destinations, 'edge.destinations')
    ?? namesProblem(rule.types, 'edge.types')
    ?? numberProblem(rule.minCount, 'edge.min_count', 1, 1_000_000)
    ?? numberProblem(rule.minActivities, 'edge.min_activities', 1, 1_000_000)
    ?? numberProblem(rule.minBytes, 'edge.min_bytes', 1, MAX_BYTES)
    ?? numberProblem(rule.windowSecs, 'edge.window_secs', 1, MAX_INTERVAL_SECS)
    ?? numberProblem(rule.maxPerHour, 'edge.max_per_hour', 1, 60)
}

function edgeProblem(edge: wire.EdgeRules.$Properties | null | undefined): Problem {
  const rules = edge?.rules ?? []
  if (rules.length > 50 || (edge?.allowedMedia ?? []).length > 2000 || (edge?.languages ?? []).length > 20) return 'edge has too many rules, media or languages'
  if (new Set(rules.map(({ id }) => id)).size < rules.length) return 'edge.rules names a rule twice'
  return rules.map(edgeRuleProblem).find((problem) => problem !== undefined)
}

/**
 * What is wrong with the content of a policy, in words; undefined when this agent can carry it out.
 *
 * Names of kinds, features and sources are checked for their form only: a newer collector may know more of them than this
 * agent, which watches the ones that it knows.
 */
export function contentProblem(policy: wire.AgentPolicy.$Properties): Problem {
  const { files, securityFeatures, applications, reporting, evidence, inspection, edge, uninstall } = policy
  const issuedAt = fromWireTimestamp(policy.issuedAt)
  const expiresAt = fromWireTimestamp(policy.expiresAt)
  if (issuedAt === undefined || expiresAt === undefined || expiresAt <= issuedAt) return 'issued_at and expires_at must be there and in order'
  return pathsProblem(files?.roots, 'files.roots')
    ?? pathsProblem(files?.removableRoots, 'files.removable_roots')
    ?? pathsProblem(files?.networkShareRoots, 'files.network_share_roots')
    ?? pathsProblem(files?.cloudSyncRoots, 'files.cloud_sync_roots')
    ?? globsProblem(files?.excludes, 'files.excludes')
    ?? namesProblem(files?.kinds, 'files.kinds')
    ?? numberProblem(files?.hashLimitBytes, 'files.hash_limit_bytes', 1, MAX_BYTES)
    ?? namesProblem(securityFeatures?.features, 'security_features.features')
    ?? numberProblem(securityFeatures?.pollIntervalSecs, 'security_features.poll_interval_secs', 1, MAX_INTERVAL_SECS)
    ?? namesProblem(applications?.sources, 'applications.sources')
    ?? numberProblem(applications?.pollIntervalSecs, 'applications.poll_interval_secs', 1, MAX_INTERVAL_SECS)
    ?? numberProblem(reporting?.heartbeatIntervalSecs, 'reporting.heartbeat_interval_secs', 1, 3600)
    ?? numberProblem(reporting?.spoolMaxBytes, 'reporting.spool_max_bytes', MIN_SPOOL_BYTES, MAX_BYTES)
    ?? evidenceProblem(evidence)
    ?? inspectionProblem(inspection)
    ?? edgeProblem(edge)
    ?? (uninstall === null || uninstall === undefined ? undefined : uninstallProblem(uninstall))
}
