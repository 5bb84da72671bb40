import type { Platform } from '../platform/platform.ts'
import type { Notices } from './contract.ts'
import { createLinuxNotices, type LinuxNoticesOptions } from './linux.ts'
import { createDarwinNotices, createWindowsNotices } from './other-systems.ts'

/** The notices of this system. */
export const createNotices = (platform: Pick<Platform, 'os' | 'run'>, options: LinuxNoticesOptions): Notices =>
  platform.os === 'darwin' ? createDarwinNotices(platform.run) : platform.os === 'win32' ? createWindowsNotices(platform.run) : createLinuxNotices(options)
