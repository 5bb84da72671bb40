// A service of the system: is it installed, does it run, and does it start with the system?
import type { SystemView } from '../system-view.ts'

const UNITS = '/etc/systemd/system'

/** Folders in which enabling and masking a unit leave a trace. */
export const unitPaths = (unit: string): readonly string[] => [`${UNITS}/${unit}`, `${UNITS}/multi-user.target.wants/${unit}`, `${UNITS}/sysinit.target.wants/${unit}`, `${UNITS}/timers.target.wants/${unit}`]

export interface Service {
  readonly isInstalled: boolean
  readonly isRunning: boolean
  /** What systemd was told to do at the next start; empty where it was told nothing. */
  readonly atBoot: 'enabled' | 'masked' | ''
}

export function readService(view: SystemView, { binaries, process, unit }: { readonly binaries: readonly string[]; readonly process: string; readonly unit: string }): Service {
  // Most of what is asked for is not on a device: that must cost next to nothing at every poll.
  if (!binaries.some((path) => view.isThere(path))) return { isInstalled: false, isRunning: false, atBoot: '' }
  const isWanted = view.list(UNITS).some((folder) => /\.(wants|requires)$/.test(folder) && view.isThere(`${UNITS}/${folder}/${unit}`))
  return {
    isInstalled: true,
    isRunning: view.isRunning(process),
    atBoot: view.linkTarget(`${UNITS}/${unit}`) === '/dev/null' ? 'masked' : isWanted ? 'enabled' : '',
  }
}

export const describeService = ({ isRunning, atBoot }: Service): string => `${isRunning ? 'running' : 'not running'}${atBoot === '' ? '' : `, ${atBoot} at boot`}`
