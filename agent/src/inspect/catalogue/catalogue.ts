// The catalogue of sensitive information types: one table, from which scanning, policies and the reference page are made.
import { americas } from './americas.ts'
import { asiaPacificAfrica } from './asia-pacific-africa.ts'
import { contact } from './contact.ts'
import { europe } from './europe.ts'
import { finance } from './finance.ts'
import { health } from './health.ts'
import type { InformationType } from './row.ts'
import { secrets } from './secrets.ts'

/** Every type, in the order of the reference page. Ids never change their meaning: policies name them. */
export const informationTypes: readonly InformationType[] = [...finance, ...americas, ...europe, ...asiaPacificAfrica, ...health, ...contact, ...secrets]
