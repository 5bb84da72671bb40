// What the console asks of `permissions` in GET /me. What is never allowed is not shown.
import { useQuery } from '@tanstack/react-query'
import { meQuery } from '../api/queries.ts'

export type Permission =
  | 'alerts.read' | 'alerts.change' | 'users.read' | 'users.reveal' | 'devices.read' | 'devices.change' | 'policies.read' | 'policies.change' | 'audit.read' | 'accounts.read'

/** Whether the signed-in account may; false while it is not known. */
export const useMay = (): ((permission: Permission) => boolean) => {
  const { data } = useQuery(meQuery())
  return (permission) => data?.permissions.includes(permission) ?? false
}
