import { uptime } from 'node:os'

/**
 * Milliseconds of a clock that nobody can set and that counts while the device sleeps.
 *
 * Linux: CLOCK_BOOTTIME, by os.uptime() (10 ms steps); elsewhere the high-resolution clock already counts through sleep
 * (mach_continuous_time, QueryPerformanceCounter), while uptime there follows the wall clock.
 */
export const steadyClock: () => number = process.platform === 'linux' ? () => uptime() * 1000 : () => performance.now()
