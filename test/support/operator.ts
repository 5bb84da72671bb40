// Requests with the rights of whoever owns the data folder, as the command line makes them; any method, any bytes.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Installation } from './collector.ts'
import { type RawAnswer, rawRequest } from './raw-http.ts'

export async function asOperator(installation: Installation, method: string, path: string, options: { readonly body?: string | Uint8Array; readonly headers?: Readonly<Record<string, string>> } = {}): Promise<RawAnswer> {
  const token = (await readFile(join(installation.dir, 'run', 'local.token'), 'utf8')).trim()
  return rawRequest(installation.url, installation.ca, method, path, { ...options, headers: { authorization: `Bearer ${token}`, ...(options.body === undefined ? {} : { 'content-type': 'application/json' }), ...options.headers } })
}

/** One value of /metrics. */
export async function metric(installation: Installation, name: string): Promise<number> {
  const found = new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(await installation.metrics())
  if (found?.[1] === undefined) throw new Error(`there is no metric ${name}`)
  return Number(found[1])
}
