// The smallest archive there is: a zip with one member that is stored as it is (APPNOTE.TXT 4.3).
import { crc32 } from 'node:zlib'

/** @param name ASCII */
export function storedZip(name: string, content: Uint8Array): Buffer {
  const file = Buffer.from(name, 'latin1')
  // From "version needed" to "extra field length": the same in both headers. 1 January 1980, the earliest that the format knows.
  const facts = Buffer.alloc(26)
  facts.writeUInt16LE(10, 0)
  facts.writeUInt16LE(0x21, 8)
  facts.writeUInt32LE(crc32(content), 10)
  facts.writeUInt32LE(content.length, 14)
  facts.writeUInt32LE(content.length, 18)
  facts.writeUInt16LE(file.length, 22)
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), facts, file, content])
  // Version made by, then the facts, then comment, disk, attributes and the offset of the local header: all zero.
  const central = Buffer.concat([Buffer.from('PK\u0001\u0002\u000a\u0000', 'latin1'), facts, Buffer.alloc(14), file])
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 0, 'latin1')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(local.length, 16)
  return Buffer.concat([local, central, end])
}
