// Versions of the agent, as a release, a folder and a heartbeat name them.

/** Three numbers, and perhaps `-rc.1`; also the name of a folder, so nothing that climbs. */
export const isVersion = (text: string): boolean => /^\d{1,6}\.\d{1,6}\.\d{1,6}(-[0-9A-Za-z]+(\.[0-9A-Za-z]+)*)?$/.test(text) && text.length <= 64

/** Below 0 when `a` comes before `b`. A pre-release comes before its release. Source: semver.org 2.0.0, 11, without build metadata. */
export function compareVersions(a: string, b: string): number {
  const [coreA = '', preA = ''] = a.split(/-(.*)/s)
  const [coreB = '', preB = ''] = b.split(/-(.*)/s)
  const core = coreA.localeCompare(coreB, 'en', { numeric: true })
  if (core !== 0 || preA === preB) return core
  if (preA === '') return 1
  return preB === '' ? -1 : preA.localeCompare(preB, 'en', { numeric: true })
}
