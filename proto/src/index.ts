// The contract between agent and collector.
export { wire } from '../gen/wire.js'
export * from './catalogue.ts'
export * from './exact-data.ts'
export * from './sealed.ts'
export * from './subjects.ts'
export * from './timestamps.ts'
export * from './uninstall-token.ts'
export { compareVersions, isVersion } from './versions.ts'
