// Fleet notices, and what administrators wrote down of devices, as the store keeps them.
import type { FleetNotice, FleetNoticeKind } from '../domain/people/fleet-notice.ts'
import type { Device } from '../domain/people/device.ts'
import type { Page, PageRequest } from './store.ts'

export interface FleetReader {
  fleetNotice(id: string): Promise<FleetNotice | undefined>
  /** The one of this key that was not cleared yet. */
  openFleetNotice(key: string): Promise<FleetNotice | undefined>
  /** Latest first. @param query.open true: not cleared yet; false: cleared */
  fleetNotices(query: PageRequest & { readonly open?: boolean; readonly kind?: readonly FleetNoticeKind[]; readonly deviceId?: string; readonly sinceMs?: number; /** About devices, or roll-outs, of one of these groups. */ readonly groups?: readonly string[] }): Promise<Page<FleetNotice>>
  deviceByPublicKey(publicKey: string): Promise<Device | undefined>
  /** Active devices of a group that were heard of, and not since then; the longest silent first. */
  silentDevices(group: string, beforeMs: number, limit: number): Promise<readonly Device[]>
  /** Devices whose history is shown under this one. */
  mergedDevices(deviceId: string): Promise<readonly Device[]>
  /** Every tag that a device (of one of the groups) has, with how many have it. */
  deviceTags(groups?: readonly string[]): Promise<readonly { readonly tag: string; readonly devices: number }[]>
  /** How many devices (of one of the groups) have each fault, as last looked at; see `saveDeviceFaults`. */
  faultCounts(groups?: readonly string[]): Promise<readonly { readonly code: string; readonly devices: number }[]>
}

export interface FleetWriter {
  saveFleetNotice(notice: FleetNotice): Promise<void>
  /** What the list of devices is filtered by. */
  saveDeviceFaults(deviceId: string, codes: readonly string[]): Promise<void>
}
