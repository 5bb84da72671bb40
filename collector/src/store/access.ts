// What access control keeps besides accounts and sessions: administrative units, and where people are.
import type { TreeUnit } from '../domain/people/unit-tree.ts'
import type { Account, Session } from './store.ts'

/** Accounts that are given a unit see the people of its places, and the devices of its groups, with those of the units below; see domain/people/unit-tree.ts. */
export type AdministrativeUnit = TreeUnit

/** A department of a country, any country of a department, or any department of a country; spelt as the store holds them. */
export interface PersonPlace {
  readonly departments?: readonly string[]
  readonly countries?: readonly string[]
}

/** People that somebody may see. */
export interface PersonFilter {
  /** A person of any of these is seen; absent: everybody, wherever. */
  readonly places?: readonly PersonPlace[]
  /** Ids of people who are hidden, the members of groups that are for other eyes. */
  readonly hidden?: readonly string[]
}

export interface AccessReader {
  units(): Promise<readonly AdministrativeUnit[]>
  /** Every spelling of a department and of a country that a person has. */
  personPlaces(): Promise<{ readonly departments: readonly string[]; readonly countries: readonly string[] }>
  /** Newest first. */
  sessionsOf(accountId: string): Promise<readonly Session[]>
  accountBySso(issuer: string, subject: string): Promise<Account | undefined>
}

export interface AccessWriter {
  saveUnit(unit: AdministrativeUnit): Promise<void>
  deleteUnit(id: string): Promise<void>
  /** Sessions that began at an identity provider, by its session or by the person. */
  deleteSsoSessions(issuer: string, by: { readonly sid?: string; readonly subject?: string }): Promise<void>
  /** With its sessions. */
  deleteAccount(id: string): Promise<void>
}
