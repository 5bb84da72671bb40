// Fire drills of devices, as the store keeps them.
import type { DeviceDrill } from '../domain/drills/drill.ts'

export interface DrillReader {
  drill(deviceId: string, id: string): Promise<DeviceDrill | undefined>
  /** The one that began last; one that a device has told of nothing yet counts as well. */
  lastDrill(deviceId: string): Promise<DeviceDrill | undefined>
  lastDrills(deviceIds: readonly string[]): Promise<ReadonlyMap<string, DeviceDrill>>
  /** How many drills of a device began since then. */
  drillsSince(deviceId: string, fromMs: number): Promise<number>
}

export interface DrillWriter {
  saveDrill(drill: DeviceDrill): Promise<void>
}
