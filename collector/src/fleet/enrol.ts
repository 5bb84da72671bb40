// A device gets in: code and proof are checked, the device is made or found again, and its credential is issued.
//
// A code that asks for approval puts the device into a queue first (enrolment-queue.ts); it comes back with the same key, and
// is admitted once somebody has said yes. A device whose answer got lost asks again with the key that was admitted: it is told
// the same again, and nothing is used up.
import { randomBytes } from 'node:crypto'
import type { Device } from '../domain/people/device.ts'
import type { EnrolmentRequest } from '../domain/people/enrolment-request.ts'
import { CodedError } from '../errors.ts'
import type { EnrolmentCode, StoreReader, StoreWriter } from '../store/store.ts'
import { hashSecret, parseCode, proofHolds } from './codes.ts'
import type { EnrolmentInput } from './contract.ts'
import { readmitted } from './care.ts'
import { assertOpen, queueDevice } from './enrolment-queue.ts'
import { refuseKey } from './revoked-keys.ts'

export interface Admission {
  readonly device: Device
  readonly codeId: string
  readonly reEnrolled: boolean
  readonly replacedKey?: string
}

/** What the store knows of whoever asks. */
interface Asking {
  readonly code: EnrolmentCode
  /** Under a code that asks for approval, unless this is the first time. */
  readonly request?: EnrolmentRequest
  /** The device that this very key was admitted as. */
  readonly admitted?: Device
}

/** @throws ENROLMENT_… */
async function examine(reader: StoreReader, input: EnrolmentInput, nowMs: number): Promise<Asking> {
  const parts = parseCode(input.code)
  const code = parts === undefined ? undefined : await reader.enrolmentCodeBySecretHash(hashSecret(parts.secret))
  if (parts === undefined || code === undefined) throw new CodedError('ENROLMENT_CODE_UNKNOWN')
  if (code.revoked) throw new CodedError('ENROLMENT_CODE_REVOKED')
  const request = code.needsApproval === true ? await reader.enrolmentRequestOf(code.id, input.publicKey) : undefined
  // A code ends for those who come first: who has asked in time may wait for the answer.
  if (request === undefined && code.expiresAtMs <= nowMs) throw new CodedError('ENROLMENT_CODE_EXPIRED')
  const holder = await reader.deviceByPublicKey(input.publicKey)
  const admitted = holder !== undefined && holder.status === 'active' && holder.hardwareId === input.hardwareId && holder.group === code.group ? holder : undefined
  if (request === undefined && admitted === undefined && code.uses >= code.maxUses) throw new CodedError('ENROLMENT_CODE_USED')
  // Before a use is counted or a request told of: whoever has a code but not the key uses nothing up.
  if (!proofHolds(parts.secret, input)) throw new CodedError('ENROLMENT_PROOF_INVALID')
  if (holder !== undefined && holder.hardwareId !== input.hardwareId) throw new CodedError('ENROLMENT_KEY_TAKEN')
  if (request !== undefined) assertOpen(request, input, nowMs)
  return { code, ...(request === undefined ? {} : { request }), ...(admitted === undefined ? {} : { admitted }) }
}

/** The request of a device that still has to wait; undefined for one that may enrol, or was never here. @throws ENROLMENT_… */
export async function waitingRequest(reader: StoreReader, input: EnrolmentInput, nowMs: number): Promise<EnrolmentRequest | undefined> {
  const { request } = await examine(reader, input, nowMs)
  return request?.state === 'waiting' ? request : undefined
}

/** The request that the device has to wait for, made now if there is none; undefined when it may enrol. @throws ENROLMENT_… */
export async function requestApproval(tx: StoreWriter, input: EnrolmentInput, at: { readonly address: string; readonly nowMs: number }): Promise<EnrolmentRequest | undefined> {
  const { code, request } = await examine(tx, input, at.nowMs)
  if (code.needsApproval !== true) return undefined
  if (request === undefined) return queueDevice(tx, code, input, at)
  return request.state === 'waiting' ? request : undefined
}

/** @throws ENROLMENT_… */
export async function admitDevice(tx: StoreWriter, input: EnrolmentInput, nowMs: number): Promise<Admission> {
  const { code, request, admitted } = await examine(tx, input, nowMs)
  if (code.needsApproval === true && request?.state !== 'approved' && request?.state !== 'enrolled') throw new CodedError('ENROLMENT_NOT_APPROVED')
  // What was fetched once is told again to the device that is there, and gives nobody a second life.
  if (request?.state === 'enrolled' && admitted === undefined) throw new CodedError('ENROLMENT_CODE_USED')
  if (code.needsApproval !== true && admitted === undefined && !(await tx.useEnrolmentCode(code.id, nowMs))) throw new CodedError('ENROLMENT_CODE_USED')
  const before = await tx.deviceByHardwareId(input.hardwareId)
  // Somebody else has that key.
  if (before?.cutOff?.why === 'cloned' && before.publicKey === input.publicKey) throw new CodedError('ENROLMENT_KEY_TAKEN')
  const device: Device = {
    ...(before === undefined ? {} : readmitted(before)), id: before?.id ?? `d_${randomBytes(16).toString('base64url')}`, hostname: input.hostname, os: input.os, group: request?.group ?? code.group, hardwareId: input.hardwareId, publicKey: input.publicKey,
    status: 'active', enrolledAtMs: nowMs,
  }
  await tx.saveDevice(device)
  if (request !== undefined && request.state !== 'enrolled') await tx.saveEnrolmentRequest({ ...request, state: 'enrolled', deviceId: device.id })
  const replacedKey = before !== undefined && before.publicKey !== input.publicKey ? before.publicKey : undefined
  if (replacedKey !== undefined) await refuseKey(tx, replacedKey, nowMs)
  return { device, codeId: code.id, reEnrolled: before !== undefined, ...(replacedKey === undefined ? {} : { replacedKey }) }
}
