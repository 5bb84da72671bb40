import { wordOf } from './language.ts'

/** `bulk_copy_to_removable_media` or `bulkCopyToRemovableMedia` as `Bulk copy to removable media`, for ids that have no text of their own; in other languages the word that they know for it. */
export const humanise = (id: string): string => {
  const known = wordOf(id)
  if (known !== undefined) return known
  const split = /^[a-z]/.test(id) ? id.replaceAll(/([a-z])([A-Z])(?=[a-z])/g, (_all, end: string, begin: string) => `${end} ${begin.toLowerCase()}`) : id
  const words = split.replaceAll(/[_.#-]+/g, ' ').trim()
  return words === '' ? id : words.charAt(0).toUpperCase() + words.slice(1)
}

/** The last part of a path of either system; the whole when there is no separator. */
export const baseName = (path: string): string => path.split(/[\\/]/).filter((part) => part !== '').at(-1) ?? path

/** First characters of a hash, enough to compare by eye. */
export const shortHash = (hash: string): string => (hash.length > 12 ? hash.slice(0, 12) : hash)
