// Where people live, as keyed hashes: enough to tell that a patient and an employee share a home or a name, and useless
// without the key of the installation.
import { createHmac } from 'node:crypto'
import type { HomeKeys } from '../domain/people/user.ts'
import type { HomeFact } from './facts.ts'

/** Letters and digits only, so that `12 Main St.` and `12 MAIN ST` are one; the words that are written in two ways, in one. */
const WORDS: Readonly<Record<string, string>> = { street: 'st', str: 'st', strasse: 'st', straße: 'st', avenue: 'ave', road: 'rd', drive: 'dr', lane: 'ln', boulevard: 'blvd', court: 'ct', place: 'pl', apartment: 'apt', north: 'n', south: 's', east: 'e', west: 'w', highway: 'hwy' }
const plain = (text: string): string => text.normalize('NFKD').toLowerCase().replaceAll(/\p{M}/gu, '').split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '').map((word) => WORDS[word] ?? word).join(' ')
/** A ZIP+4 names the same street as its first five digits. */
const postCodeOf = (text: string): string => (/^\d{5}-\d{4}$/.test(text.trim()) ? text.trim().slice(0, 5) : plain(text).replaceAll(' ', ''))

const LENGTH = 22

/** @returns undefined without a street and a post code or city: everybody without an address would be neighbours */
export function homeKeys(key: string, { firstName, lastName, street, city, postCode }: HomeFact): HomeKeys | undefined {
  const place = [plain(street), postCodeOf(postCode) || plain(city)]
  if (place.some((part) => part === '')) return undefined
  const hash = (...parts: readonly string[]): string => createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url').slice(0, LENGTH)
  return { place: hash('place', ...place), household: hash('household', plain(lastName), ...place), self: hash('self', plain(firstName), plain(lastName), ...place) }
}

/** Stands for a patient in activities. */
export const patientKey = (key: string, { firstName, lastName, street, city, postCode }: HomeFact): string =>
  `pt_${createHmac('sha256', key).update(JSON.stringify(['patient', plain(firstName), plain(lastName), plain(street), postCodeOf(postCode) || plain(city)])).digest('base64url').slice(0, LENGTH)}`
