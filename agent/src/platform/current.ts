import type { Platform } from './platform.ts'

/**
 * The adapter of the system that this process runs on; the others are never loaded.
 *
 * A system without an adapter of its own (BSD, ...) gets the portable facts of the macOS adapter.
 */
export async function currentPlatform(): Promise<Platform> {
  if (process.platform === 'linux') return (await import('./linux/platform.ts')).createLinuxPlatform()
  if (process.platform === 'win32') return (await import('./windows/platform.ts')).createWindowsPlatform()
  return (await import('./darwin/platform.ts')).createDarwinPlatform()
}
