// Notices block devices, and media in the slots of card readers, that come and go.
//
// One read of the names in /sys/class/block every two seconds: about 30 µs, so that it costs nothing at rest. The size of
// removable disks is looked at too, because a card in a reader changes no name when it has no partition table.
import { join } from 'node:path'
import { blockDeviceNames } from './block-devices.ts'
import { readWord } from './read-text.ts'

const POLL_MS = 2000

/** @returns a text that changes when a device or its medium does */
export function createBlockDeviceVersion(root: string): () => string {
  let knownNames = ''
  let removable: readonly string[] = []
  return () => {
    const names = blockDeviceNames(root)
    const text = names.join(' ')
    if (text !== knownNames) {
      knownNames = text
      removable = names.filter((name) => readWord(join(root, 'sys/class/block', name, 'removable')) === '1')
    }
    return `${text} ${removable.map((name) => `${name}=${readWord(join(root, 'sys/class/block', name, 'size'))}`).join(' ')}`
  }
}

export function watchBlockDevices(root: string, onChange: () => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const version = createBlockDeviceVersion(root)
    let last = version()
    const timer = setInterval(() => {
      const now = version()
      if (now !== last) onChange()
      last = now
    }, POLL_MS)
    signal.addEventListener('abort', () => {
      clearInterval(timer)
      resolve()
    }, { once: true })
  })
}
