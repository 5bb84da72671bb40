// Opaque page cursors: the sort value and the id of the last row of a page.
import { CodedError } from '../../errors.ts'

export const encodeCursor = (value: number, id: string | number): string => Buffer.from(JSON.stringify([value, id])).toString('base64url')

/** The cursor of a table whose rows have whole numbers. @throws REQUEST_INVALID */
export function decodeRowCursor(cursor: string): { readonly value: number; readonly id: number } {
  const { value, id } = decodeCursor(cursor)
  if (!/^\d{1,16}$/.test(id)) throw new CodedError('REQUEST_INVALID')
  return { value, id: Number(id) }
}

/** @throws REQUEST_INVALID when the text is not a cursor that was handed out */
export function decodeCursor(cursor: string): { readonly value: number; readonly id: string } {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(parsed) && parsed.length === 2 && typeof parsed[0] === 'number' && Number.isFinite(parsed[0]) && (typeof parsed[1] === 'string' || typeof parsed[1] === 'number')) return { value: parsed[0], id: String(parsed[1]) }
  } catch (cause) {
    throw new CodedError('REQUEST_INVALID', {}, { cause })
  }
  throw new CodedError('REQUEST_INVALID')
}
