import type { AskRequest } from '../../api/live.ts'

export const QUESTION_KINDS = ['mounts', 'security_features', 'applications', 'file_hashes', 'sensor_state'] as const

export interface AskForm {
  readonly kind: (typeof QUESTION_KINDS)[number]
  /** Ids, one a line. */
  readonly devices: string
  readonly group: string
  readonly folder: string
  readonly name: string
  readonly reason: string
  readonly minutes: number
}

const MAX_STARS = 3
export const emptyAskForm = (deviceId: string): AskForm => ({ kind: 'mounts', devices: deviceId, group: '', folder: '', name: '*', reason: '', minutes: 60 })

const idsOf = ({ devices }: AskForm): readonly string[] => devices.split(/[\s,]+/).filter((id) => id !== '')

/** The same that the server checks, before anything is sent. */
export const folderIsValid = (folder: string): boolean => folder.startsWith('/') && !folder.split('/').some((part) => part === '.' || part === '..')
export const nameIsValid = (name: string): boolean => name !== '' && !/[/?[\]{}\\]/.test(name) && (name.match(/\*/g) ?? []).length <= MAX_STARS
export const askIsValid = (form: AskForm): boolean =>
  (idsOf(form).length > 0 || form.group.trim() !== '') && form.reason.trim().length >= 3 && Number.isInteger(form.minutes) && form.minutes >= 1 && form.minutes <= 1440 && (form.kind !== 'file_hashes' || (folderIsValid(form.folder) && nameIsValid(form.name)))

/** @param form one that is valid */
export const requestOf = (form: AskForm): AskRequest => ({
  question: form.kind === 'file_hashes' ? { kind: form.kind, folder: form.folder, name: form.name } : { kind: form.kind },
  reason: form.reason.trim(), minutes: form.minutes, ...(idsOf(form).length > 0 ? { deviceIds: idsOf(form) } : { group: form.group.trim() }),
})
