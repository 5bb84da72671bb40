// The last live questions of this device, for what-is-collected.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type AskedQuestion, parseAsked } from '../questions/answerer.ts'

export const askedFile = (folder: string): string => join(folder, 'questions.json')

/** Nothing where none was asked. */
export const readAsked = (folder: string): Promise<readonly AskedQuestion[]> => readFile(askedFile(folder), 'utf8').then(parseAsked).catch(() => [])
