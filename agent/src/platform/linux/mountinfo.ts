// /proc/self/mountinfo as of proc_pid_mountinfo(5):
//   36 35 98:0 /root /mount rw,noatime [shared:1 ...] - ext4 /dev/sda1 rw,errors=continue
import type { MountEntry } from '../platform.ts'

/** Takes back the octal escapes that the kernel writes for space, tab, newline, backslash and `#`. */
export function unescapeOctal(text: string): string {
  if (!text.includes('\\')) return text
  // Each escape is one byte of UTF-8; the rest of the text already is UTF-8.
  const bytes: number[] = []
  const source = Buffer.from(text)
  for (let at = 0; at < source.length; at++) {
    const escape = source[at] === 0x5c ? /^[0-7]{3}/.exec(source.toString('latin1', at + 1, at + 4)) : null
    if (escape === null) bytes.push(source[at] ?? 0)
    else {
      bytes.push(Number.parseInt(escape[0], 8) & 0xff)
      at += 3
    }
  }
  return Buffer.from(bytes).toString('utf8')
}

/** @returns the mounts in the order of the table; lines that do not fit the format are left out */
export function parseMountInfo(text: string): readonly MountEntry[] {
  const entries: MountEntry[] = []
  for (const line of text.split('\n')) {
    const [mount, superBlock] = line.split(' - ', 2)
    const [id, , device, root, mountPoint, options] = mount?.split(' ') ?? []
    const [fileSystem, source, superOptions] = superBlock?.split(' ') ?? []
    if (id === undefined || device === undefined || root === undefined || mountPoint === undefined || options === undefined || fileSystem === undefined) continue
    entries.push({ id: Number(id), device, root: unescapeOctal(root), mountPoint: unescapeOctal(mountPoint), options, fileSystem, source: unescapeOctal(source ?? ''), ...(superOptions === undefined ? {} : { superOptions }) })
  }
  return entries
}
