// A device gets in: code and proof are checked, the device is made or found again, and its credential is issued.
import { randomBytes } from 'node:crypto'
import type { Device } from '../domain/people/device.ts'
import { CodedError } from '../errors.ts'
import type { EnrolmentCode, StoreWriter } from '../store/store.ts'
import { hashSecret, parseCode, proofHolds } from './codes.ts'
import type { EnrolmentInput } from './contract.ts'
import { readmitted } from './care.ts'
import { refuseKey } from './revoked-keys.ts'

function assertUsable(code: EnrolmentCode | undefined, nowMs: number): asserts code is EnrolmentCode {
  if (code === undefined) throw new CodedError('ENROLMENT_CODE_UNKNOWN')
  if (code.revoked) throw new CodedError('ENROLMENT_CODE_REVOKED')
  if (code.expiresAtMs <= nowMs) throw new CodedError('ENROLMENT_CODE_EXPIRED')
  if (code.uses >= code.maxUses) throw new CodedError('ENROLMENT_CODE_USED')
}

export interface Admission {
  readonly device: Device
  readonly codeId: string
  readonly reEnrolled: boolean
  readonly replacedKey?: string
}

/** @throws ENROLMENT_… */
export async function admitDevice(tx: StoreWriter, input: EnrolmentInput, nowMs: number): Promise<Admission> {
  const parts = parseCode(input.code)
  const code = parts === undefined ? undefined : await tx.enrolmentCodeBySecretHash(hashSecret(parts.secret))
  assertUsable(code, nowMs)
  // Before the use is counted: whoever has a code but not the key uses nothing up.
  if (parts === undefined || !proofHolds(parts.secret, input)) throw new CodedError('ENROLMENT_PROOF_INVALID')
  const holder = await tx.deviceByPublicKey(input.publicKey)
  if (holder !== undefined && holder.hardwareId !== input.hardwareId) throw new CodedError('ENROLMENT_KEY_TAKEN')
  if (!(await tx.useEnrolmentCode(code.id, nowMs))) throw new CodedError('ENROLMENT_CODE_USED')
  const before = await tx.deviceByHardwareId(input.hardwareId)
  const device: Device = {
    ...(before === undefined ? {} : readmitted(before)), id: before?.id ?? `d_${randomBytes(16).toString('base64url')}`, hostname: input.hostname, os: input.os, group: code.group, hardwareId: input.hardwareId, publicKey: input.publicKey,
    status: 'active', enrolledAtMs: nowMs,
  }
  await tx.saveDevice(device)
  const replacedKey = before !== undefined && before.publicKey !== input.publicKey ? before.publicKey : undefined
  if (replacedKey !== undefined) await refuseKey(tx, replacedKey, nowMs)
  return { device, codeId: code.id, reEnrolled: before !== undefined, ...(replacedKey === undefined ? {} : { replacedKey }) }
}
