import { describe, expect, it } from 'vitest'
import { isUninstallToken, protectUninstall, uninstallProblem } from './uninstall-token.ts'

describe('an uninstall token', () => {
  it('is known by its hash alone, and no other text passes for it', () => {
    const protection = protectUninstall('ABCD-EFGH-IJKL')
    expect(uninstallProblem(protection)).toBeUndefined()
    expect(isUninstallToken('ABCD-EFGH-IJKL', protection)).toBe(true)
    for (const other of ['', 'abcd-efgh-ijkl', 'ABCD-EFGH-IJKL ', 'x'.repeat(1000)]) expect(isUninstallToken(other, protection)).toBe(false)
  })

  it('has a salt of its own each time, so that two groups do not show that they share one', () => {
    expect(Buffer.from(protectUninstall('same').tokenHash)).not.toEqual(Buffer.from(protectUninstall('same').tokenHash))
  })

  it('that is not whole is said to be so', () => {
    expect(uninstallProblem({ salt: new Uint8Array(15), tokenHash: new Uint8Array(32) })).toBeDefined()
    expect(uninstallProblem({ salt: new Uint8Array(16) })).toBeDefined()
  })
})
