// The whole English catalogue, for types and tests; a page has the part that it reads.
import { administration } from './en-administration.ts'
import { frame } from './en-frame.ts'

export const en = { ...frame, ...administration } as const
