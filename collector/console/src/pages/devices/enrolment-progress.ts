// What the dialog that waits has seen so far: the code was made, the device enrolled, its first report came.
import type { LiveMessage } from '@holdfast/collector/contract'

export interface EnrolmentProgress {
  readonly codeId: string
  readonly deviceId?: string
  readonly reported: boolean
}

/** Only a device that came by this code counts; its next report completes the picture. */
export const reduceEnrolment = (progress: EnrolmentProgress, message: LiveMessage): EnrolmentProgress => {
  if (message.topic === 'device.enrolled' && message.codeId === progress.codeId && progress.deviceId === undefined) return { ...progress, deviceId: message.deviceId }
  if (message.topic === 'device.updated' && message.deviceId === progress.deviceId && !progress.reported) return { ...progress, reported: true }
  return progress
}
