// Requests as anybody may make them: no session, no JSON, whatever bytes.
import { request } from 'node:https'

export interface RawAnswer {
  readonly status: number
  readonly body: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** The stable code of a problem document, or an empty text. */
  readonly code: string
}

export function rawRequest(url: string, ca: string, method: string, path: string, options: { readonly body?: string | Uint8Array; readonly headers?: Readonly<Record<string, string>> } = {}): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(path, url), { method, ca, headers: { ...options.headers } }, (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('end', () => {
        const body = Buffer.concat(chunks).toString()
        resolve({ status: incoming.statusCode ?? 0, body, headers: incoming.headers, code: codeOf(body) })
      })
      incoming.on('error', reject)
    })
    outgoing.on('error', reject)
    outgoing.end(options.body)
  })
}

function codeOf(body: string): string {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string' ? value.code : ''
  } catch {
    return ''
  }
}
