// What commands print: data on stdout, talk on stderr.
import { CodedError, errorTable } from '../errors.ts'
import type { Problem } from '../http/primitives.ts'
import type { ApiAnswer, LocalApi } from './local-api.ts'

/** 0 done, 1 failed, 2 wrong use, 4 the collector cannot be reached, 5 refused. */
export const EXIT = { failed: 1, usage: 2, unreachable: 4, refused: 5 } as const

/** An answer of the API that was not a success. */
export class ApiProblem extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title)
    this.name = 'ApiProblem'
    this.problem = problem
  }
}

export function exitCodeOf(error: unknown): number {
  if (error instanceof ApiProblem) return error.problem.status === 400 ? EXIT.usage : error.problem.status >= 500 ? EXIT.failed : EXIT.refused
  if (error instanceof CodedError) {
    if (error.code === 'COLLECTOR_UNREACHABLE') return EXIT.unreachable
    if (error.code.startsWith('CONFIG_') || error.code === 'REQUEST_INVALID' || error.code === 'POLICY_INVALID' || error.code === 'DETECTION_INVALID') return EXIT.usage
    return errorTable[error.code].status === 409 || errorTable[error.code].status === 403 ? EXIT.refused : EXIT.failed
  }
  return EXIT.failed
}

export function describeError(error: unknown): string {
  if (error instanceof ApiProblem) return [`${error.problem.code}: ${error.message}`, ...(error.problem.errors ?? []).map((field) => `  ${field.pointer} ${field.detail}`)].join('\n')
  if (error instanceof CodedError) return `${error.code}: ${error.message}`
  return error instanceof Error ? error.message : String(error)
}

/** The document of an answer. @throws ApiProblem */
export function parse<T>(answer: ApiAnswer): T {
  if (answer.status >= 400) {
    let problem: Problem
    try {
      problem = JSON.parse(answer.body) as Problem
    } catch {
      problem = { type: 'about:blank', title: 'INTERNAL', status: answer.status, code: 'INTERNAL', detail: answer.body.slice(0, 200), requestId: '-' }
    }
    throw new ApiProblem(problem)
  }
  return (answer.body === '' ? undefined : JSON.parse(answer.body)) as T
}

export const get = async <T>(api: LocalApi, path: string): Promise<T> => parse<T>(await api.request('GET', path))
export const send = async <T>(api: LocalApi, method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<T> =>
  parse<T>(await api.request(method, path, { ...(body === undefined ? {} : { body: JSON.stringify(body) }), ...(headers === undefined ? {} : { headers }) }))
export const sendText = async <T>(api: LocalApi, method: string, path: string, text: string, contentType: string): Promise<T> => parse<T>(await api.request(method, path, { body: text, contentType }))

export const say = (line: string): void => void process.stderr.write(`${line}\n`)
export const print = (line: string): void => void process.stdout.write(`${line}\n`)
export const printJson = (value: unknown): void => print(JSON.stringify(value, null, process.stdout.isTTY ? 2 : 0))

/** Columns as wide as their widest cell. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((title, index) => Math.max(title.length, ...rows.map((row) => row[index]?.length ?? 0)))
  for (const row of [head, ...rows]) print(row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ').trimEnd())
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 }

/** `24h`, `30m`, `7d`, `90s` in seconds. */
export function durationSecs(text: string): number {
  const found = /^(\d+)([smhd])$/.exec(text)
  const unit = UNITS[found?.[2] ?? '']
  if (found?.[1] === undefined || unit === undefined) throw new CodedError('CONFIG_INVALID', { key: `"${text}"`, problem: 'must be a duration such as 30m, 24h or 7d' })
  return Number(found[1]) * unit
}
