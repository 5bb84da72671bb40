import { permissionsOf, ROLE_NAMES } from '@holdfast/collector/access/permissions.ts'
import { describe, expect, test } from 'vitest'
import { homeOf, mayOpen, pagePermission } from './page-permission.ts'

const mayOf = (role: string) => {
  const permissions = permissionsOf([role])
  return (permission: string) => permissions.has(permission as never)
}

describe('who may open a page', () => {
  test('a page of one thing asks for what its list asks for', () => {
    expect([pagePermission('/alerts/al_1'), pagePermission('/cases/cs_1'), pagePermission('/audit/who-looked-at'), pagePermission('/devices?add=1'), pagePermission('/audit/')]).toEqual(['alert.read', 'case.contribute', 'audit.read', 'device.read', 'audit.read'])
  })
  test('the longest address decides, and a name that only begins alike is another page', () => {
    expect([pagePermission('/policies/new'), pagePermission('/policies/newer'), pagePermission('/reports/shared/t'), pagePermission('/reports/r_1'), pagePermission('/alertsx')]).toEqual(['policy.manage', 'policy.read', undefined, 'user.report', undefined])
  })
  test('every role begins at a page that it may open', () => {
    expect(Object.fromEntries(ROLE_NAMES.map((role) => [role, homeOf(mayOf(role))]))).toEqual({ Admin: '/', Analyst: '/', Investigator: '/', Auditor: '/audit', Approver: '/', 'Read-only': '/' })
    for (const role of ROLE_NAMES) expect(mayOpen(homeOf(mayOf(role)), mayOf(role))).toBe(true)
  })
})
