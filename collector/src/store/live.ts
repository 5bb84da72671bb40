// Exceptions for removable media and live questions, as the store keeps them.
import type { ExceptionState, MediaException } from '../domain/exclusions/media-exception.ts'
import type { Asking, AskingState, DeviceAnswer } from '../domain/questions.ts'
import type { Page, PageRequest } from './store.ts'

export interface LiveReader {
  mediaException(id: string): Promise<MediaException | undefined>
  /** Latest first. */
  mediaExceptions(query: PageRequest & { readonly states?: readonly ExceptionState[]; readonly userId?: string; readonly deviceId?: string }): Promise<Page<MediaException>>
  /** Those that were granted and held after this, for scoring. */
  grantedExceptions(afterMs: number): Promise<readonly MediaException[]>
  /** Requests that wait since before `pendingBeforeMs`, and grants whose end is before `nowMs`. */
  exceptionsToEnd(nowMs: number, pendingBeforeMs: number): Promise<readonly MediaException[]>
  /** Decisions that their devices have not heard of. */
  untoldExceptions(): Promise<readonly MediaException[]>
  asking(id: string): Promise<Asking | undefined>
  /** Latest first. */
  askings(query: PageRequest & { readonly states?: readonly AskingState[]; readonly deviceId?: string; /** Only those whose devices are all of these groups. */ readonly groups?: readonly string[] }): Promise<Page<Asking>>
  /** How many an account has asked since then. */
  askedSince(accountId: string, sinceMs: number): Promise<number>
  answersOf(askingId: string): Promise<readonly DeviceAnswer[]>
}

export interface LiveWriter {
  saveMediaException(exception: MediaException): Promise<void>
  saveAsking(asking: Asking): Promise<void>
  saveAnswer(answer: DeviceAnswer): Promise<void>
}
