import type { PackageRequest } from './deb.ts'
export const buildMsi = (_: PackageRequest): Promise<string> => Promise.reject(new Error('not yet'))
