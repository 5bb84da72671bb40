// Documents for tests, made here part by part.
import { crc32, deflateRawSync } from 'node:zlib'
import { ZipFile } from 'yazl'

export function zipOf(parts: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name)
  zip.end()
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    zip.outputStream.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks))).on('error', reject)
  })
}

const TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'

export const labelProperties = (id: string, name: string): string =>
  `<?xml version="1.0"?><Properties xmlns="urn:p" xmlns:vt="urn:vt">${[['Enabled', 'true'], ['Name', name], ['Method', 'Privileged']].map(([key, value], at) => `<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="${at + 2}" name="MSIP_Label_${id}_${key}"><vt:lpwstr>${value}</vt:lpwstr></property>`).join('')}</Properties>`

export const docxOf = (paragraphs: readonly string[], more: Readonly<Record<string, string | Buffer>> = {}): Promise<Buffer> =>
  zipOf({ '[Content_Types].xml': TYPES, 'word/document.xml': `<w:document xmlns:w="urn:w"><w:body>${paragraphs.map((text) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`).join('')}</w:body></w:document>`, ...more })

/** Cells of the first row by shared strings, all others as they are. */
export const xlsxOf = (header: readonly string[], rows: readonly (readonly string[])[]): Promise<Buffer> =>
  zipOf({
    '[Content_Types].xml': TYPES,
    'xl/sharedStrings.xml': `<sst>${header.map((text) => `<si><t>${text}</t></si>`).join('')}</sst>`,
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData><row>${header.map((_, at) => `<c t="s"><v>${at}</v></c>`).join('')}</row>${rows.map((row) => `<row>${row.map((value) => `<c><v>${value}</v></c>`).join('')}</row>`).join('')}</sheetData></worksheet>`,
  })

export const pptxOf = (text: string): Promise<Buffer> => zipOf({ '[Content_Types].xml': TYPES, 'ppt/slides/slide1.xml': `<p:sld xmlns:p="urn:p" xmlns:a="urn:a"><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:sld>` })

export const odtOf = (text: string): Promise<Buffer> => zipOf({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': `<office:document-content xmlns:office="urn:o" xmlns:text="urn:t"><office:body><text:p>${text}</text:p></office:body></office:document-content>` })

/** One page; `info` are entries of the Info dictionary. */
export function pdfOf(text: string, info: Readonly<Record<string, string>> = {}): Buffer {
  const stream = `BT /F1 12 Tf 72 700 Td (${text}) Tj ET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>', `<< ${Object.entries(info).map(([name, value]) => `/${name} (${value})`).join(' ')} >>`,
  ]
  let out = '%PDF-1.7\n'
  const offsets = objects.map((body, at) => {
    const offset = out.length
    out += `${at + 1} 0 obj\n${body}\nendobj\n`
    return offset
  })
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  return Buffer.from(`${out}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 6 0 R >>\nstartxref\n${out.length}\n%%EOF\n`, 'latin1')
}

/** A zip whose one member is `size` zeros; its directory says `claimed`. */
export function bombOf(size: number, claimed = size): Buffer {
  const data = deflateRawSync(Buffer.alloc(size))
  const sum = crc32(Buffer.alloc(size))
  const name = Buffer.from('a.txt')
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(20, 4)
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(sum, 14)
  local.writeUInt32LE(data.length, 18)
  local.writeUInt32LE(claimed, 22)
  local.writeUInt16LE(name.length, 26)
  const central = Buffer.alloc(46)
  central.writeUInt32LE(0x02014b50, 0)
  central.writeUInt16LE(20, 4)
  central.writeUInt16LE(20, 6)
  central.writeUInt16LE(8, 10)
  central.writeUInt32LE(sum, 16)
  central.writeUInt32LE(data.length, 20)
  central.writeUInt32LE(claimed, 24)
  central.writeUInt16LE(name.length, 28)
  const at = local.length + name.length + data.length
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.length + name.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([local, name, data, central, name, end])
}
