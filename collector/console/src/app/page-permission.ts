// Which permission a page asks for, by its address: one table for the frame, which shows no page that could only be refused,
// and for links, which are text where they would lead to one.
import { navigation } from './navigation.ts'
import type { Permission } from './permissions.ts'

/** Pages outside of the main menu. What a link lends (`/shared`, `/reports/shared`) is anybody's who has the link. */
const others: readonly (readonly [string, Permission | undefined])[] = [
  ['/reports/shared', undefined], ['/holds', 'hold.read'], ['/policies/new', 'policy.manage'], ['/settings/exports', 'export.manage'], ['/settings/access', 'account.manage'],
]
const pages: readonly (readonly [string, Permission | undefined])[] = [...navigation.map(({ to, permission }) => [to, permission] as const), ...others].toSorted(([a], [b]) => b.length - a.length)

const isUnder = (path: string, page: string): boolean => path === page || (page !== '/' && path.startsWith(`${page}/`))

/** The permission of the longest address that the path is under; undefined: anybody may. */
export const pagePermission = (path: string): Permission | undefined => pages.find(([page]) => isUnder((path.split(/[?#]/, 1)[0] ?? path).replace(/(.)\/$/, '$1'), page))?.[1]

export const mayOpen = (path: string, may: (permission: Permission) => boolean): boolean => {
  const permission = pagePermission(path)
  return permission === undefined || may(permission)
}

/** The first page of the menu that the account may open. */
export const homeOf = (may: (permission: Permission) => boolean): string => navigation.find(({ permission }) => permission === undefined || may(permission))?.to ?? '/settings'
