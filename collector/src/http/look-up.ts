// The users and devices that a page of rows names, each fetched once.
import type { Device } from '../domain/people/device.ts'
import type { User } from '../domain/people/user.ts'
import type { StoreReader } from '../store/store.ts'

export async function lookUp(store: StoreReader, userIds: readonly string[], deviceIds: readonly string[] = []): Promise<{ readonly users: ReadonlyMap<string, User>; readonly devices: ReadonlyMap<string, Device> }> {
  const users = await store.usersByIds([...new Set(userIds)])
  const devices = await Promise.all([...new Set(deviceIds)].map((id) => store.device(id)))
  return { users: new Map(users.map((user) => [user.id, user])), devices: new Map(devices.filter((device) => device !== undefined).map((device) => [device.id, device])) }
}
