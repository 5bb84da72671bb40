// Whom a file means: names of people as identities.
//
// A file names a person by an address, a user principal name, an account (with or without its domain), a security id or
// an employee number. Case and normal form never tell two people apart. Devices know accounts, HR knows addresses: where
// nothing else is known, `sara@example.com` is the account `sara`, because organisations name accounts once.
import type { UserIdentity } from '../domain/people/user.ts'

const MAX_NAME = 320
const SID = /^s-1-\d+(?:-\d+){1,15}$/

export const normaliseName = (text: string): string => text.normalize('NFKC').trim().toLowerCase()

/** Whether a text can name a person at all. */
export const isName = (text: string): boolean => {
  const name = normaliseName(text)
  // oxlint-disable-next-line no-control-regex -- a name with a control character is damaged, whoever wrote it
  return name.length > 0 && name.length <= MAX_NAME && !/[\u0000-\u001f\u007f]/.test(name)
}

/** Whether a cell of a person's name can be one: an address is one address, and an account has no sign that no directory allows in it. */
export const isPersonName = (text: string): boolean => isName(text) && (text.includes('@') ? /^[^\s@,;<>"]+@[^\s@,;<>"]+$/.test(text.trim()) : !/["[\]:;|=,*?<>]/.test(text))

/** Identities that a name may be, all of them as good as each other. */
export function identitiesOfName(text: string): readonly UserIdentity[] {
  const value = normaliseName(text)
  if (value.includes('@')) return [{ kind: 'email', value }, { kind: 'upn', value }]
  if (SID.test(value)) return [{ kind: 'sid', value }]
  if (value.includes('\\')) return [{ kind: 'account', value }]
  return [{ kind: 'account', value }, { kind: 'employee_id', value }]
}

/** The account that an address or a domain account may be on devices that know no domain. */
export function plainAccount(text: string): UserIdentity | undefined {
  const value = normaliseName(text)
  const name = value.includes('@') ? value.slice(0, value.indexOf('@')) : value.includes('\\') ? value.slice(value.lastIndexOf('\\') + 1) : ''
  return name === '' ? undefined : { kind: 'account', value: name }
}

export const identityKey = ({ kind, value }: UserIdentity): string => `${kind} ${value}`

/** Accounts of the system itself: what they did belongs to no person. */
const SYSTEM_NAMES = new Set(['system', 'root', 'nobody', 'local service', 'network service', 'localsystem', 'nt authority\\system', 'nt authority\\local service', 'nt authority\\network service', 'local system', 'daemon', 'n/a', '-', 'unknown', '(null)', '<na>'])
export const isSystemName = (text: string): boolean => {
  const name = normaliseName(text)
  return name === '' || SYSTEM_NAMES.has(name) || name.endsWith('$') || /^(?:s-1-5-(?:18|19|20)|window manager\\.*|font driver host\\.*|nt service\\.*)$/.test(name)
}
