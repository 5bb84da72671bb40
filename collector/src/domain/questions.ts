// Live questions to devices: a closed list, each with typed arguments. There is no code, no shell, and no content of files in it.
//
// What may be asked for stands here and again, as its own check, in the agent: a collector that was taken over cannot widen it.

export const QUESTION_KINDS = ['mounts', 'security_features', 'applications', 'file_hashes', 'sensor_state'] as const
export type QuestionKind = (typeof QUESTION_KINDS)[number]

export interface Question {
  readonly kind: QuestionKind
  /** Of `file_hashes`: an absolute folder below a watched root. */
  readonly folder?: string
  /** Of `file_hashes`: name of the files, with `*` for any run of characters but `/`. */
  readonly name?: string
}

export const QUESTION_LIMITS = { devices: 200, folderLength: 1024, nameLength: 128, stars: 3, answerBytes: 512 * 1024, perHour: 20, leastMinutes: 1, mostMinutes: 24 * 60, defaultMinutes: 60 } as const

/** `waiting` for a second person; `open`: sent, or to be sent when the device is back. */
export type AskingState = 'waiting' | 'open' | 'done' | 'refused' | 'expired'
export type AnswerState = 'open' | 'answered' | 'refused' | 'expired'

/** One question as it was asked of some devices. */
export interface Asking {
  readonly id: string
  readonly question: Question
  readonly reason: string
  readonly askedBy: { readonly id: string; readonly name: string }
  readonly askedAtMs: number
  readonly expiresAtMs: number
  readonly state: AskingState
  /** Group that was asked, where it was one. */
  readonly group?: string
  readonly decidedBy?: { readonly id: string; readonly name: string }
  readonly decidedAtMs?: number
}

export interface DeviceAnswer {
  readonly askingId: string
  readonly deviceId: string
  readonly state: AnswerState
  readonly answeredAtMs?: number
  readonly bytes?: number
  /** JSON as the device wrote it; untrusted. */
  readonly answer?: string
  /** Why the device did not answer: a code of the agent. */
  readonly code?: string
}

/** What is wrong with a question, in words; undefined when nothing is. */
export function questionProblem({ kind, folder, name }: Question): string | undefined {
  if (kind !== 'file_hashes') return folder === undefined && name === undefined ? undefined : 'takes no folder and no name'
  if (folder === undefined || name === undefined) return 'needs a folder and a name'
  if (!folder.startsWith('/') || folder.length > QUESTION_LIMITS.folderLength || folder.includes('\0') || folder.split('/').some((part) => part === '..' || part === '.')) return 'needs an absolute folder without . and ..'
  if (name === '' || name.length > QUESTION_LIMITS.nameLength || /[/\0?[\]{}\\]/.test(name) || name === '.' || name === '..') return 'needs the name of files, with * for any run of characters and no other pattern'
  return (name.match(/\*/g) ?? []).length > QUESTION_LIMITS.stars ? `has more than ${QUESTION_LIMITS.stars} stars` : undefined
}
