// The keys of an installation, one seed a file in keys/ of the data folder, 0600 in 0700.
//
//   operator.nk        signs the accounts; with it lost, every device must enrol again
//   account.nk         signs the devices and the collector's own user
//   system-account.nk  signs the user that may publish account claims
//   collector.nk       the collector's connection
//   system-user.nk     its connection to the system account
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createKey, keyFromSeed, type KeyKind, type NatsKey } from './nkeys.ts'

const FILES = {
  operator: { file: 'operator.nk', kind: 'operator' },
  account: { file: 'account.nk', kind: 'account' },
  systemAccount: { file: 'system-account.nk', kind: 'account' },
  collector: { file: 'collector.nk', kind: 'user' },
  systemUser: { file: 'system-user.nk', kind: 'user' },
} as const satisfies Record<string, { readonly file: string; readonly kind: KeyKind }>

export type Keyring = { readonly [K in keyof typeof FILES]: NatsKey }

const NAMES = Object.keys(FILES) as readonly (keyof Keyring)[]

export const createKeyring = (): Keyring => Object.fromEntries(NAMES.map((name) => [name, createKey(FILES[name].kind)])) as unknown as Keyring

/** File name -> what it holds. */
export const keyringFiles = (keyring: Keyring): ReadonlyMap<string, string> => new Map(NAMES.map((name) => [FILES[name].file, `${keyring[name].seed}\n`]))

/** @throws RangeError when a file holds no seed of its kind; the error of the file system when it is not there */
export const readKeyring = (folder: string): Keyring => Object.fromEntries(NAMES.map((name) => [name, keyFromSeed(FILES[name].kind, readFileSync(join(folder, FILES[name].file), 'utf8'))])) as unknown as Keyring
