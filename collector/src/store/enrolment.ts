// Devices that wait for approval, as the store keeps them.
import type { EnrolmentRequest, EnrolmentRequestState } from '../domain/people/enrolment-request.ts'
import type { Page, PageRequest } from './store.ts'

export interface EnrolmentReader {
  enrolmentRequest(id: string): Promise<EnrolmentRequest | undefined>
  /** There is at most one of a key under each code. */
  enrolmentRequestOf(codeId: string, publicKey: string): Promise<EnrolmentRequest | undefined>
  /** The oldest first, so that nobody waits for ever behind those who came later. */
  enrolmentRequests(query: PageRequest & { readonly states?: readonly EnrolmentRequestState[]; readonly codeId?: string; /** Under codes of one of these groups. */ readonly groups?: readonly string[] }): Promise<Page<EnrolmentRequest>>
  waitingEnrolments(): Promise<number>
  /** Waiting and approved ones whose time is over; the oldest first. */
  overdueEnrolments(nowMs: number, limit: number): Promise<readonly EnrolmentRequest[]>
}

export interface EnrolmentWriter {
  saveEnrolmentRequest(request: EnrolmentRequest): Promise<void>
  /** Those that ended before. @returns how many */
  deleteEnrolmentRequests(endedBeforeMs: number): Promise<number>
}
