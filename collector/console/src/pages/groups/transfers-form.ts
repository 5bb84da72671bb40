// Programs that can send files, as a form holds them: lists as lines.
import type { GroupSettings } from '@holdfast/collector/contract'

type Transfers = NonNullable<GroupSettings['transfers']>

export interface TransfersForm {
  readonly allowedPrograms: string
  readonly knownDestinations: string
  readonly uploads: boolean
}

export const transfersFormOf = (transfers: Transfers): TransfersForm => ({
  allowedPrograms: transfers.allowedPrograms.join('\n'), knownDestinations: transfers.knownDestinations.join('\n'), uploads: transfers.uploads,
})

const lines = (text: string): string[] => [...new Set(text.split('\n').map((line) => line.trim().toLowerCase()).filter((line) => line !== ''))]

export const transfersOf = (form: TransfersForm): Transfers => ({
  allowedPrograms: lines(form.allowedPrograms).map((name) => name.replace(/\.exe$/, '')), knownDestinations: lines(form.knownDestinations), uploads: form.uploads,
})

/** As the collector has it. */
const PROGRAM = /^[a-z0-9][a-z0-9 ._+-]{0,63}$/
const DESTINATION = /^(?:(?:s3|gs|oss|b2):\/\/)?(?:[^\s/@?#.][^\s/@?#]{0,252}|\.[^\s/@?#.]+\.[^\s/@?#]{1,200})$/

export const programsAreValid = ({ allowedPrograms }: TransfersForm): boolean => lines(allowedPrograms).length <= 500 && lines(allowedPrograms).every((name) => PROGRAM.test(name))
export const destinationsAreValid = ({ knownDestinations }: TransfersForm): boolean => lines(knownDestinations).length <= 500 && lines(knownDestinations).every((destination) => DESTINATION.test(destination))
export const transfersAreValid = (form: TransfersForm): boolean => programsAreValid(form) && destinationsAreValid(form)
