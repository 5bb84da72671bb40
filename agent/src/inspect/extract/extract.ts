// From bytes to text, by what the bytes are and never by the name of the file.
//
//   text (UTF-8, UTF-16, windows-1252), HTML, RTF, mail, PDF, OOXML, OpenDocument, old office documents (readable runs only)
//   zip, tar, gzip, zstd: every member by the same rules, one level deeper
//
// 7z, rar, bzip2 and xz are told as `unsupported`, so that nobody takes silence for cleanness.
import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import { fileTypeFromBuffer } from 'file-type'
import { extract as tarExtract } from 'tar-stream'
import { type Budget, ExtractionEnd } from './budget.ts'
import { extractMail, isMail } from './mail.ts'
import { extractOdf, extractOoxml } from './office.ts'
import { extractPdf } from './pdf.ts'
import { decodeText, headerOf, isHtml, textOfBinary, textOfHtml, textOfRtf } from './text.ts'
import { openZip } from './zip.ts'

const HEAD = 4100
const OLE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])

/** A member that fails is told with the file; the others are still read. */
async function member(budget: Budget, work: () => Promise<void>): Promise<void> {
  try {
    await budget.within(work)
  } catch (error) {
    const state = error instanceof ExtractionEnd ? error.state : 'failed'
    if (state === 'timeout' || state === 'refused') throw error
    budget.mark(state)
  }
}

async function extractZip(bytes: Buffer, budget: Budget): Promise<void> {
  const zip = await openZip(bytes, budget)
  const nested = (inner: Buffer): Promise<void> => member(budget, () => extractBytes(inner, budget))
  if (zip.find('[Content_Types].xml') !== undefined) return extractOoxml(zip, budget, nested)
  const mime = zip.entries[0]?.fileName === 'mimetype' ? await zip.read(zip.entries[0]) : undefined
  if (mime?.toString('latin1', 0, 100).startsWith('application/vnd.oasis.opendocument') === true) return extractOdf(zip, budget)
  for (const entry of zip.entries) {
    if (!entry.fileName.endsWith('/')) await member(budget, async () => extractBytes(await zip.read(entry), budget))
  }
}

async function extractTar(bytes: Buffer, budget: Budget): Promise<void> {
  const tar = tarExtract()
  tar.end(bytes)
  try {
    for await (const entry of tar) {
      budget.entry()
      const parts: Buffer[] = []
      let size = 0
      for await (const part of entry) {
        size += (part as Buffer).length
        if (size > budget.limits.entryBytes) budget.mark('partial')
        else parts.push(part as Buffer)
      }
      if (entry.header.type === 'file') await member(budget, () => extractBytes(Buffer.concat(parts), budget))
    }
  } catch (error) {
    if (error instanceof ExtractionEnd) throw error
    budget.mark('failed')
  }
}

async function extractCompressed(bytes: Buffer, budget: Budget, inflate: (bytes: Buffer, options: { maxOutputLength: number }) => Buffer): Promise<void> {
  let inner: Buffer
  try {
    inner = inflate(bytes, { maxOutputLength: budget.inflatable })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    // So much of so little is meant to hurt.
    throw new ExtractionEnd(code !== 'ERR_BUFFER_TOO_LARGE' ? 'failed' : bytes.length * 200 < budget.limits.entryBytes ? 'refused' : 'partial')
  }
  budget.inflated(inner.length, inner.length, bytes.length)
  await member(budget, () => extractBytes(inner, budget))
}

async function extractText(bytes: Buffer, budget: Budget): Promise<void> {
  const text = decodeText(bytes)
  if (text === undefined) return budget.mark('unsupported')
  const head = text.slice(0, 8192)
  if (isHtml(head)) budget.text(textOfHtml(text))
  else if (isMail(head)) await extractMail(bytes, budget, (inner) => extractBytes(inner, budget))
  else budget.text(text, headerOf(text))
}

const UNREADABLE = /^(?:image|audio|video|font)\//

/** @throws ExtractionEnd when the file has to be given up; parts that failed only mark the budget */
export async function extractBytes(bytes: Buffer, budget: Budget): Promise<void> {
  budget.checkTime()
  if (bytes.length === 0) return
  const head = bytes.subarray(0, HEAD)
  if (bytes.length > 4 && head.readUInt16BE(0) === 0x504b && (head[2] ?? 9) < 9) return extractZip(bytes, budget)
  if (head.subarray(0, 1024).includes('%PDF-')) return extractPdf(bytes, budget)
  if (head.subarray(0, 8).equals(OLE)) {
    budget.text(textOfBinary(bytes))
    return budget.mark('partial')
  }
  if (head.subarray(0, 5).toString('latin1') === '{\\rtf') return budget.text(textOfRtf(bytes.toString('latin1')))
  if (head[0] === 0x1f && head[1] === 0x8b) return extractCompressed(bytes, budget, gunzipSync)
  if (bytes.length >= 4 && head.readUInt32LE(0) === 0xfd2fb528) return extractCompressed(bytes, budget, zstdDecompressSync)
  if (head.toString('latin1', 257, 262) === 'ustar') return extractTar(bytes, budget)
  const mime = (await fileTypeFromBuffer(head).catch(() => undefined))?.mime ?? ''
  // A picture says nothing that is looked for, and says so; the rest of what is known by its bytes cannot be opened.
  if (UNREADABLE.test(mime)) return budget.mark('unsupported')
  if (mime !== '' && !mime.includes('xml') && !mime.startsWith('text/') && mime !== 'application/json') return budget.mark('unsupported')
  await extractText(bytes, budget)
}
