// The id of the hardware: one SHA-256 over the first of these that the device has.
//
//   1. DMI product UUID (root only), with the board's serial number if there is one
//   2. serial number of the device tree (ARM boards)
//   3. /etc/machine-id: lasts until the system is installed anew
//   4. addresses of the physical network cards, sorted
//   5. the host's name
//
// 1 and 2 outlast a re-installation. An agent that later loses root falls to 3 and becomes another device.
import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { readWord } from './read-text.ts'

/** Placeholders that makers leave in the firmware: shared by thousands of machines, so no id. */
const isPlaceholder = (value: string): boolean => value.length < 4 || /^[0f-]+$/i.test(value) || /^03000200-0400-0500-0006-000700080009$/i.test(value) || /to be filled|default string|not specified|system serial|none|o\.e\.m/i.test(value)

function cardAddresses(root: string): readonly string[] {
  const folder = join(root, 'sys/class/net')
  let names: string[] = []
  try {
    names = readdirSync(folder)
  } catch {
    return []
  }
  // Only a real card has a device behind it; its own address has no locally-administered bit.
  return names
    .filter((name) => readWord(join(folder, name, 'device/uevent')) !== undefined)
    .flatMap((name) => readWord(join(folder, name, 'address')) ?? [])
    .filter((address) => /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/.test(address) && !isPlaceholder(address.replaceAll(':', '')) && (Number.parseInt(address.slice(0, 2), 16) & 2) === 0)
    .toSorted()
}

/** @returns 64 lower-case hex digits */
export function readHardwareId(root: string): string {
  const fact = (path: string): string | undefined => {
    const value = readWord(join(root, path))?.replaceAll('\0', '').toLowerCase()
    return value === undefined || isPlaceholder(value) ? undefined : value
  }
  const uuid = fact('sys/class/dmi/id/product_uuid')
  const tree = fact('proc/device-tree/serial-number')
  const machine = fact('etc/machine-id')
  const cards = cardAddresses(root)
  const facts = uuid !== undefined ? ['dmi', uuid, fact('sys/class/dmi/id/board_serial') ?? '']
    : tree !== undefined ? ['device-tree', tree]
      : machine !== undefined ? ['machine-id', machine]
        : cards.length > 0 ? ['cards', ...cards]
          : ['hostname', hostname()]
  return createHash('sha256').update(['holdfast hardware 1', ...facts].join('\n')).digest('hex')
}
