// A file system that answers questions about names and never gives a byte: FUSE by hand (linux/fuse.h, protocol 7.31), because
// what hangs must be known exactly. Started by root; killed, the kernel ends every call that waits in it.
//
// usage: fuse-server.ts FOLDER [mute]
//
// `mute` answers nothing at all, so that every call hangs, also the first look at the folder. Prints `mounted`.
import { execFileSync } from 'node:child_process'
import { openSync, readSync, writeSync } from 'node:fs'

const [, , folder = '', mode = ''] = process.argv
const fuse = openSync('/dev/fuse', 'r+')
// -i: the system's own mount(2), without a helper program; descriptor 3 of mount is our connection.
execFileSync('/bin/mount', ['-i', '-t', 'fuse', '-o', 'fd=3,rootmode=40000,user_id=0,group_id=0,allow_other', 'holdfast-hung', folder], { stdio: ['ignore', 'inherit', 'inherit', fuse] })
process.stdout.write('mounted\n')

const [LOOKUP, FORGET, GETATTR, OPEN, READ, STATFS, RELEASE, FLUSH, INIT, OPENDIR, READDIR, RELEASEDIR, BATCH_FORGET] = [1, 2, 3, 14, 15, 17, 18, 25, 26, 27, 28, 29, 42]
const ENOSYS = 38
const FILE = 2n

function attributes(node: bigint): Buffer {
  const bytes = Buffer.alloc(88)
  bytes.writeBigUInt64LE(node, 0)
  bytes.writeBigUInt64LE(node === FILE ? 1000n : 4096n, 8)
  bytes.writeBigUInt64LE(8n, 16)
  bytes.writeUInt32LE(node === FILE ? 0o100644 : 0o40755, 60)
  bytes.writeUInt32LE(1, 64)
  bytes.writeUInt32LE(4096, 80)
  return bytes
}

function answer(unique: bigint, body: Buffer, error = 0): void {
  const head = Buffer.alloc(16)
  head.writeUInt32LE(16 + body.length, 0)
  head.writeInt32LE(-error, 4)
  head.writeBigUInt64LE(unique, 8)
  try {
    writeSync(fuse, Buffer.concat([head, body]))
  } catch {
    // Whoever asked was killed meanwhile.
  }
}

const handle = Buffer.alloc(16)
const entry = (node: bigint): Buffer => Buffer.concat([Buffer.from(new BigUint64Array([node, 0n, 60n, 60n]).buffer), Buffer.alloc(8), attributes(node)])

function directory(offset: bigint): Buffer {
  if (offset > 0n) return Buffer.alloc(0)
  const name = Buffer.from('doc.txt')
  const bytes = Buffer.alloc(24 + 8)
  bytes.writeBigUInt64LE(FILE, 0)
  bytes.writeBigUInt64LE(1n, 8)
  bytes.writeUInt32LE(name.length, 16)
  bytes.writeUInt32LE(8, 20)
  name.copy(bytes, 24)
  return bytes
}

function reply(opcode: number, unique: bigint, node: bigint, body: Buffer): void {
  if (opcode === INIT) {
    const init = Buffer.alloc(64)
    init.writeUInt32LE(7, 0)
    init.writeUInt32LE(31, 4)
    init.writeUInt32LE(65_536, 8)
    init.writeUInt16LE(16, 16)
    init.writeUInt16LE(12, 18)
    init.writeUInt32LE(65_536, 20)
    answer(unique, init)
  } else if (opcode === GETATTR) answer(unique, Buffer.concat([Buffer.alloc(16), attributes(node)]))
  else if (opcode === LOOKUP) answer(unique, entry(FILE))
  else if (opcode === OPEN || opcode === OPENDIR) answer(unique, handle)
  else if (opcode === READDIR) answer(unique, directory(body.readBigUInt64LE(8)))
  else if (opcode === STATFS) answer(unique, Buffer.alloc(80))
  else if (opcode === RELEASE || opcode === RELEASEDIR || opcode === FLUSH) answer(unique, Buffer.alloc(0))
  else if (opcode !== READ && opcode !== FORGET && opcode !== BATCH_FORGET) answer(unique, Buffer.alloc(0), ENOSYS)
  // A read is never answered.
}

const buffer = Buffer.alloc(1 << 18)
for (;;) {
  let length: number
  try {
    length = readSync(fuse, buffer)
  } catch (error) {
    if (['EINTR', 'ENOENT', 'EAGAIN'].includes((error as NodeJS.ErrnoException).code ?? '')) continue
    // ENODEV: unmounted.
    break
  }
  if (mode !== 'mute' && length >= 40) reply(buffer.readUInt32LE(4), buffer.readBigUInt64LE(8), buffer.readBigUInt64LE(16), buffer.subarray(40, length))
}
process.exit(0)
