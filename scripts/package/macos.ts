import type { PackageRequest } from './deb.ts'
export const buildMacos = (_: PackageRequest): Promise<string> => Promise.reject(new Error('not yet'))
