// What a content is, by its bytes alone, and what of it may be shown how. Names of files decide nothing here.
import type { EvidenceForm } from '../store/evidence.ts'

const startsWith = (bytes: Buffer, ...hex: readonly string[]): boolean => hex.some((one) => bytes.subarray(0, one.length / 2).toString('hex') === one)

const IMAGES: readonly { readonly type: string; readonly is: (head: Buffer) => boolean }[] = [
  { type: 'image/png', is: (head) => startsWith(head, '89504e470d0a1a0a') },
  { type: 'image/jpeg', is: (head) => startsWith(head, 'ffd8ff') },
  { type: 'image/gif', is: (head) => startsWith(head, '474946383761', '474946383961') },
  { type: 'image/webp', is: (head) => startsWith(head, '52494646') && head.subarray(8, 12).toString('latin1') === 'WEBP' },
]

export interface Looked {
  readonly form: EvidenceForm
  /** What it is served as; `application/octet-stream` for everything that a browser could make something of. */
  readonly mediaType: string
}

/** Valid UTF-8 but for a last character that is cut off, without control characters but those of text. */
function isText(head: Buffer): boolean {
  if (head.includes(0)) return false
  try {
    // stream: a character that is cut at the end is no fault.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    // eslint-disable-next-line no-control-regex
    return !/[\u0001-\u0008\u000e-\u001a\u001c-\u001f\u007f]/.test(text)
  } catch {
    return false
  }
}

/**
 * Judges a content by its first bytes. Only raster images and PDF keep a type of their own: SVG and HTML are text here, and
 * are shown as their source.
 *
 * @param head at least the first 8 KiB, or all of it
 */
export function lookAt(head: Buffer): Looked {
  const image = IMAGES.find(({ is }) => is(head))
  if (image !== undefined) return { form: 'image', mediaType: image.type }
  if (head.subarray(0, 1024).includes('%PDF-')) return { form: 'pdf', mediaType: 'application/pdf' }
  if (isText(head)) return { form: 'text', mediaType: 'text/plain' }
  // UTF-16 with its mark, as Windows writes it.
  if (startsWith(head, 'fffe', 'feff')) return { form: 'text', mediaType: 'text/plain' }
  return { form: 'other', mediaType: 'application/octet-stream' }
}

/** Text of a content, whatever UTF it has; what is no character becomes U+FFFD, control characters become visible. */
export function textOf(bytes: Buffer): string {
  const encoding = startsWith(bytes, 'fffe') ? 'utf-16le' : startsWith(bytes, 'feff') ? 'utf-16be' : 'utf-8'
  // eslint-disable-next-line no-control-regex
  return new TextDecoder(encoding).decode(bytes).replaceAll('\r\n', '\n').replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, (character) => String.fromCodePoint(0x2400 + (character.codePointAt(0) === 0x7f ? 0x21 : character.codePointAt(0) ?? 0)))
}
