// Office documents: OOXML (docx, xlsx, pptx) and OpenDocument (odt, ods, odp), with what is embedded in them.
import type { Budget } from './budget.ts'
import { pieces, readXml } from './xml.ts'
import type { ZipFile } from './zip.ts'

const MAX_SHARED = 1_000_000

const TEXT_PART = /^(?:word\/(?:document|header\d*|footer\d*|footnotes|endnotes|comments|glossary\/document)|ppt\/(?:slides|notesSlides|comments|slideMasters)\/[^/]+|xl\/(?:comments\d*|drawings\/[^/]+)|docProps\/core)\.xml$/
const EMBEDDED = /^(?:word|xl|ppt)\/embeddings\//

function plainPart(bytes: Buffer, budget: Budget): void {
  const out = pieces((text) => budget.text(text))
  let wanted = 0
  readXml(bytes, {
    open(name) {
      if (name === 't' || name === 'text' || name === 'delText' || name === 'instrText') wanted += 1
      else if (name === 'tab' || name === 'tc') out.add('\t')
      else if (name === 'br') out.add('\n')
    },
    close(name) {
      if (name === 't' || name === 'text' || name === 'delText' || name === 'instrText') wanted -= 1
      else if (name === 'p' || name === 'tr') out.add('\n')
    },
    text(text) {
      if (wanted > 0) out.add(text)
    },
  }, () => budget.checkTime())
  out.end()
}

function corePart(bytes: Buffer, budget: Budget): void {
  const out = pieces((text) => budget.text(text))
  readXml(bytes, { text: (text) => out.add(`${text}\n`) }, () => budget.checkTime())
  out.end()
}

function sharedStrings(bytes: Buffer, budget: Budget): string[] {
  const strings: string[] = []
  let current: string | undefined
  let wanted = false
  readXml(bytes, {
    open(name) {
      if (name === 'si') current = ''
      else if (name === 't') wanted = true
    },
    close(name) {
      if (name === 't') wanted = false
      else if (name === 'si' && current !== undefined) {
        if (strings.length < MAX_SHARED) strings.push(current)
        current = undefined
      }
    },
    text(text) {
      if (wanted && current !== undefined) current += text
    },
  }, () => budget.checkTime())
  return strings
}

/** Rows as lines; the first one names the columns of all. */
function sheet(bytes: Buffer, shared: readonly string[], budget: Budget): void {
  let header: string | undefined
  const out = pieces((text) => budget.text(text, header))
  let row: string[] = []
  let type = ''
  let value: string | undefined
  readXml(bytes, {
    open(name, attributes) {
      if (name === 'c') type = attributes['t'] ?? ''
      else if (name === 'v' || name === 't') value = ''
    },
    close(name) {
      if ((name === 'v' || name === 't') && value !== undefined) {
        row.push(type === 's' ? shared[Number(value)] ?? '' : value)
        value = undefined
      } else if (name === 'row') {
        const line = row.join('\t')
        header ??= line.slice(0, 4096)
        out.add(line)
        out.add('\n')
        row = []
      }
    },
    text(text) {
      if (value !== undefined) value += text
    },
  }, () => budget.checkTime())
  out.end()
}

/** docProps/custom.xml: names and values; docMetadata/LabelInfo.xml: the newer place of sensitivity labels. */
function properties(bytes: Buffer, budget: Budget): void {
  let name = ''
  let value = ''
  readXml(bytes, {
    open(tag, attributes) {
      if (tag === 'property') {
        name = attributes['name'] ?? ''
        value = ''
      } else if (tag === 'label' && attributes['id'] !== undefined) {
        budget.property(`MSIP_Label_${attributes['id'].replaceAll(/[{}]/g, '')}_Enabled`, attributes['enabled'] === '1' && attributes['removed'] !== '1' ? 'true' : 'false')
      }
    },
    close(tag) {
      if (tag === 'property' && name !== '') budget.property(name, value.trim())
    },
    text(text) {
      value += text
    },
  }, () => budget.checkTime())
}

/** @param nested takes a file that is embedded */
export async function extractOoxml(zip: ZipFile, budget: Budget, nested: (bytes: Buffer) => Promise<void>): Promise<void> {
  // Labels first: they are small, and wanted even where the text is too much.
  for (const name of ['docMetadata/LabelInfo.xml', 'docProps/custom.xml']) {
    const found = zip.find(name)
    if (found !== undefined) properties(await zip.read(found), budget)
  }
  const strings = zip.find('xl/sharedStrings.xml')
  const shared = strings === undefined ? [] : sharedStrings(await zip.read(strings), budget)
  for (const entry of zip.entries) {
    if (/^xl\/worksheets\/[^/]+\.xml$/.test(entry.fileName)) sheet(await zip.read(entry), shared, budget)
    else if (entry.fileName === 'docProps/core.xml') corePart(await zip.read(entry), budget)
    else if (TEXT_PART.test(entry.fileName)) plainPart(await zip.read(entry), budget)
    else if (EMBEDDED.test(entry.fileName)) await nested(await zip.read(entry))
  }
}

const ODF_BREAK = new Set(['p', 'h', 'table-row', 'line-break', 'list-item'])

export async function extractOdf(zip: ZipFile, budget: Budget): Promise<void> {
  for (const name of ['meta.xml', 'content.xml', 'styles.xml']) {
    const entry = zip.find(name)
    if (entry === undefined) continue
    const out = pieces((text) => budget.text(text))
    let property = ''
    readXml(await zip.read(entry), {
      open(tag, attributes) {
        if (tag === 'user-defined') property = attributes['meta:name'] ?? ''
        else if (tag === 'tab' || tag === 'table-cell') out.add('\t')
        else if (tag === 's') out.add(' ')
      },
      close(tag) {
        if (tag === 'user-defined') property = ''
        else if (ODF_BREAK.has(tag)) out.add('\n')
      },
      text(text) {
        if (property !== '') budget.property(property, text.trim())
        else out.add(text)
      },
    }, () => budget.checkTime())
    out.end()
  }
}
