// The files of a person: a number says which file it is, and always the same.
import { homeOf, type Thing } from './hand.ts'
import type { Person } from './people.ts'
import { chance, type Chance } from './random.ts'
import { roles } from './roles.ts'

const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  developer: ['src/app', 'src/app', 'src/library', 'Documents'], laboratory: ['Measurements', 'Documents/studies'], design: ['Pictures/raw', 'Documents/campaigns'],
}
const OFFICE = ['Documents/contracts', 'Documents/customers', 'Documents/projects', 'Documents/plans']
const WORDS = ['forecast', 'minutes', 'offer', 'drawing', 'invoice', 'protocol', 'summary', 'budget', 'report', 'draft', 'notes', 'price-list', 'customers', 'design', 'results', 'source']
const ENDINGS = ['docx', 'xlsx', 'pdf', 'pptx', 'csv', 'png', 'txt']
const SENSITIVE = ['payment_card', 'iban', 'national_id', 'health_id', 'secret']

/** Files that a person has; new ones come with the days. */
export const filesOf = (person: Person, day: number): number => 300 + 4 * Math.max(0, day - person.firstDay)

export function thing(person: Person, number: number, sensitiveShare: number = roles[person.role].sensitive): Thing {
  const random = chance(7, person.index, number)
  const folder = random.pick(FOLDERS[person.role] ?? OFFICE)
  const sizeBytes = Math.floor(10 ** (3 + random.next() * (roles[person.role].sizePower - 3)))
  return {
    path: `${homeOf(person.account)}/${folder}/${random.pick(WORDS)}-${number}.${random.pick(ENDINGS)}`, sizeBytes, fingerprint: `${random.hex()}${random.hex()}`,
    ...(random.happens(sensitiveShare) ? { findings: [{ type: random.pick(SENSITIVE), count: 1 + number % 40, confidence: 85 }] } : {}),
  }
}

/** Some file of the person's. */
export const someThing = (person: Person, random: Chance, day: number): Thing => thing(person, random.between(1, filesOf(person, day)))

/** Different files, beginning anywhere. */
export function someThings(person: Person, random: Chance, day: number, count: number, sensitiveShare?: number): readonly Thing[] {
  const first = random.between(1, filesOf(person, day))
  return Array.from({ length: count }, (_, index) => thing(person, first + index, sensitiveShare))
}
