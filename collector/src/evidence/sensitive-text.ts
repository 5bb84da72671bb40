// Sensitive information in a text: where it stands, what kind it is, and how it looks with all but its edges hidden.
//
// Patterns here are of linear time: no nested repetition, every repetition bounded. Numbers that have check digits must pass
// them, so that an order number is no payment card. What is found is hidden in a preview; the reasoned reveal shows it.

export interface Found {
  readonly type: string
  readonly start: number
  readonly end: number
}

interface Kind {
  readonly type: string
  readonly pattern: RegExp
  readonly holds?: (text: string) => boolean
}

const digitsOf = (text: string): string => text.replaceAll(/\D/g, '')

/** ISO/IEC 7812-1 annex B. */
export function passesLuhn(text: string): boolean {
  const digits = digitsOf(text)
  let sum = 0
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index])
    const value = index % 2 === 1 ? digit * 2 : digit
    sum += value > 9 ? value - 9 : value
  }
  return digits.length > 0 && sum % 10 === 0 && !/^(\d)\1+$/.test(digits)
}

/** ISO 13616: the rest of the rearranged number divided by 97 is 1. */
export function passesIban(text: string): boolean {
  const plain = text.replaceAll(/\s/g, '').toUpperCase()
  if (plain.length < 15 || plain.length > 34) return false
  let rest = 0
  for (const character of plain.slice(4) + plain.slice(0, 4)) for (const digit of String(Number.parseInt(character, 36))) rest = (rest * 10 + Number(digit)) % 97
  return rest === 1
}

const KINDS: readonly Kind[] = [
  { type: 'private_key', pattern: /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/g },
  { type: 'access_key', pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36,64}\b|\bxox[abprs]-[A-Za-z0-9-]{10,80}/g },
  { type: 'iban', pattern: /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b/g, holds: passesIban },
  { type: 'payment_card', pattern: /(?<![\d.-])(?:\d{4}[ -]?){3}\d{1,7}(?![\d-])|(?<![\d.-])3[47]\d{2}[ -]?\d{6}[ -]?\d{5}(?![\d-])/g, holds: (text) => { const { length } = digitsOf(text); return length >= 13 && length <= 19 && passesLuhn(text) } },
  { type: 'us_social_security_number', pattern: /\b(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}\b/g },
  { type: 'password', pattern: /(?:password|passwort|kennwort|passwd|pwd|secret|api[_-]?key)["']? ?[:=] ?["']?[^\s"']{6,128}/gi },
  { type: 'email_address', pattern: /\b[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}\b/g },
]

/** Found pieces by their place; of two that overlap, the one of the kind that stands first in the table. */
export function findSensitive(text: string, limit = 10_000): readonly Found[] {
  const found: Found[] = []
  for (const { type, pattern, holds } of KINDS) {
    for (const match of text.matchAll(pattern)) {
      if (found.length >= limit) break
      const start = match.index
      const end = start + match[0].length
      if (holds !== undefined && !holds(match[0])) continue
      if (!found.some((other) => other.start < end && start < other.end)) found.push({ type, start, end })
    }
  }
  return found.toSorted((a, b) => a.start - b.start)
}

/** Digits and letters but the first and the last four become `*`; `4111 1111 1111 1111` is `4111 **** **** 1111`. What is short or a secret shows less. */
export function maskPiece(type: string, piece: string): string {
  const shown = type === 'payment_card' || type === 'iban' ? 4 : type === 'us_social_security_number' ? 0 : type === 'private_key' ? 100 : 1
  const last = type === 'payment_card' || type === 'iban' || type === 'us_social_security_number' ? 4 : 0
  if (type === 'password') return piece.replace(/([:=] ?["']?).*$/s, (_, sign: string) => `${sign}********`)
  const characters = Array.from(piece)
  const at = characters.flatMap((character, index) => (/[\p{L}\p{N}]/u.test(character) ? [index] : []))
  const hidden = new Set(at.slice(shown, at.length - last))
  return characters.map((character, index) => (hidden.has(index) ? '*' : character)).join('')
}

export function maskSensitive(text: string, found: readonly Found[]): string {
  let masked = ''
  let at = 0
  for (const { type, start, end } of found) {
    masked += text.slice(at, start) + maskPiece(type, text.slice(start, end))
    at = end
  }
  return masked + text.slice(at)
}

/** How often each kind was found, the most frequent first. */
export function countFindings(found: readonly Found[]): readonly { readonly type: string; readonly count: number }[] {
  return [...Map.groupBy(found, ({ type }) => type)].map(([type, list]) => ({ type, count: list.length })).toSorted((a, b) => b.count - a.count)
}
