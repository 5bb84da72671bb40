// XML of office documents by a streaming parser that knows no entities but the five of XML: a billion laughs is an error.
import { SaxesParser } from 'saxes'
import { ExtractionEnd } from './budget.ts'

const MAX_DEPTH = 512
const CHUNK = 65_536

export interface XmlHandler {
  open?(name: string, attributes: Readonly<Record<string, string>>): void
  close?(name: string): void
  text?(text: string): void
}

/** Names are told without their prefix. @throws ExtractionEnd `failed` for what is no XML or too deep */
export function readXml(bytes: Buffer, handler: XmlHandler, tick: () => void): void {
  const parser = new SaxesParser()
  const local = (name: string): string => name.slice(name.indexOf(':') + 1)
  let depth = 0
  parser.on('error', () => {
    throw new ExtractionEnd('failed')
  })
  parser.on('opentag', (tag) => {
    depth += 1
    if (depth > MAX_DEPTH) throw new ExtractionEnd('failed')
    handler.open?.(local(tag.name), tag.attributes)
  })
  parser.on('closetag', (tag) => {
    depth -= 1
    handler.close?.(local(tag.name))
  })
  parser.on('text', (text) => handler.text?.(text))
  parser.on('cdata', (text) => handler.text?.(text))
  const decoder = new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8')
  for (let at = 0; at < bytes.length; at += CHUNK) {
    tick()
    parser.write(decoder.decode(bytes.subarray(at, at + CHUNK), { stream: true }))
  }
  parser.close()
}

/** Collects text into pieces of a bearable size. */
export function pieces(emit: (text: string) => void): { add(text: string): void; end(): void } {
  let parts: string[] = []
  let size = 0
  const flush = (): void => {
    if (size > 0) emit(parts.join(''))
    parts = []
    size = 0
  }
  return {
    add(text) {
      parts.push(text)
      size += text.length
      if (size > 131_072 && text === '\n') flush()
      else if (size > 1 << 20) flush()
    },
    end: flush,
  }
}
