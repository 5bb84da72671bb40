// The English texts that are known so far.
import { frame } from './en-frame.ts'

export type Tree = { readonly [key: string]: string | Tree }

export const english: Record<string, string | Tree> = { ...frame }

/** Makes more of the catalogue known. */
export const addTexts = (more: Tree): void => void Object.assign(english, more)
