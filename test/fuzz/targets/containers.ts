// Files that a person gives a name and the agent looks into: archives and documents. In the field a child does it, as that
// person and with deadlines; here the same code is called at once, so that what would end the child is seen.
import { deflateRawSync, gzipSync } from 'node:zlib'
import * as archives from '@holdfast/agent/enrich/archives/archives.fixture.ts'
import { listArchive } from '@holdfast/agent/enrich/archives/list.ts'
import { sourceOfBuffer } from '@holdfast/agent/enrich/archives/source.ts'
import { docxOf, odtOf, pdfOf, xlsxOf, zipOf } from '@holdfast/agent/inspect/documents.fixture.ts'
import { Budget, ExtractionEnd } from '@holdfast/agent/inspect/extract/budget.ts'
import { extractBytes } from '@holdfast/agent/inspect/extract/extract.ts'
import { type FuzzTarget, holds } from '../target.ts'

const MAX_BYTES = 32 * 1024

function tarOf(name: string, content: string): Buffer {
  const head = Buffer.alloc(512)
  head.write(name, 0)
  head.write('0000644\0', 100)
  head.write(content.length.toString(8).padStart(11, '0'), 124)
  head.write('ustar\x0000', 257)
  head.write('        ', 148)
  head.write(`${head.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([head, Buffer.from(content.padEnd(512, '\0')), Buffer.alloc(1024)])
}

const archive: FuzzTarget = {
  name: 'archives', title: 'The listing of an archive: ZIP, 7z, tar, gzip, zstd, in each other.',
  oracle: 'A listing with a state; nothing is thrown, members are bounded, it ends by its budget.',
  maxBytes: MAX_BYTES, words: ['PK\u0003\u0004', 'PK\u0001\u0002', 'PK\u0005\u0006', 'ustar'], limitMs: 8000,
  seeds: async () => [archives.sevenZip, archives.sevenZipPlainHeader, archives.sevenZipEncrypted, archives.sevenZipMany, archives.zipAes, await zipOf({ 'a/b.txt': 'text', 'c.zip': await zipOf({ 'd.txt': 'x' }) }), tarOf('a.txt', 'content'), gzipSync(tarOf('b.txt', 'content')), gzipSync('x')],
  open: () => ({
    async run(input) {
      const listing = await listArchive(sourceOfBuffer(input), 'file.gz')
      holds(listing.members.length <= 2000 && listing.count >= listing.members.length, `${listing.members.length} members of ${listing.count}`)
      for (const member of listing.members) holds(Number.isSafeInteger(member.sizeBytes) && member.sizeBytes >= 0, `a member of ${member.sizeBytes} bytes`)
    },
  }),
}

const document: FuzzTarget = {
  name: 'documents', title: 'The text of a document: Office, OpenDocument, PDF, RTF, HTML, mail, archives of them.',
  oracle: 'Text within the limits, or a state that says why not; nothing else is thrown.',
  maxBytes: MAX_BYTES, words: ['<w:t>', '%PDF-', 'endobj', '{\\rtf', 'Content-Type: multipart/mixed; boundary=x', '--x', '&#x41;', 'xref', 'stream\n'], limitMs: 10_000,
  seeds: async () => [
    await docxOf(['4111 1111 1111 1111', 'text']), await xlsxOf(['name', 'card'], [['a', '1']]), await odtOf('text'), pdfOf('text of a page'), Buffer.from('{\\rtf1\\ansi hello \\\'e4 {\\*\\x skip}\\par}'), Buffer.from('<html><head><title>x</title></head><body>a &amp; b<script>no</script></body></html>'),
    Buffer.from('From: a@example.com\r\nTo: b@example.com\r\nSubject: =?utf-8?B?aGVsbG8=?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8=\r\n--x--\r\n'), gzipSync('text'), deflateRawSync('text'),
  ],
  open: () => ({
    async run(input) {
      let chars = 0
      const budget = new Budget({ text: (text) => void (chars += text.length), property() {} }, { chars: 1 << 20, inflatedBytes: 8 << 20, entryBytes: 4 << 20, entries: 500, depth: 6, pages: 50, millis: 4000 })
      try {
        await extractBytes(input, budget)
      } catch (error) {
        if (!(error instanceof ExtractionEnd)) throw error
      }
      holds(chars <= (1 << 20) + 65_536, `${chars} characters of at most ${1 << 20}`)
    },
  }),
}

export const containerTargets: readonly FuzzTarget[] = [archive, document]
