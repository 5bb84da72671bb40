// One import from beginning to end: read, apply, judge, and commit all of it or nothing.
//
// A small file is applied inside one transaction. Bad rows, a dry run and a change that is too large all end in a
// rollback, so that nothing is ever half imported, and a dry run cannot say anything else than the run would do. A large
// one would keep ingest waiting for minutes: it is rehearsed, staged, and carried out once it is decided (staged.ts).
// Imports take turns, so that one never meets the half of another.
import { randomBytes } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import { CodedError } from '../errors.ts'
import { createStagedImports } from './staged.ts'
import type { ConnectorRun, InsightCounter, InsightMerge, Store, StoreWriter } from '../store/store.ts'
import { PRIVILEGED_GROUPS } from './directory/privileged-groups.ts'
import { type Applier, createApplier, type ImportChange, type ImportTotals } from './apply.ts'
import type { Fact, RowProblem, Source } from './facts.ts'
import { Broken } from './files/table.ts'
import { createRehearsal } from './rehearsal.ts'
import { checkSettings, type ConnectorId, connectors, type DirectoryFormat, isConnectorId } from './registry.ts'

/** Problems that an answer names; the rest is counted. */
export const PROBLEMS_KEPT = 100
/** More than this share of people in one import wants a confirmation. */
export const CEILING_SHARE = 0.1
/** With fewer people than this, one or two of them are always more than a tenth. */
const CEILING_FROM_PEOPLE = 10

export interface ImportFile {
  open(): Source
  readonly bytes: number
  /** Hex SHA-256. */
  readonly hash: string
}

export interface ImportOptions {
  readonly dryRun?: boolean
  /** The change may be larger than the ceiling. */
  readonly confirm?: boolean
  /** Bad rows are left out instead of refusing the file. */
  readonly skipBad?: boolean
  /** A directory file that names everybody: whose entry is missing is gone. */
  readonly full?: boolean
  readonly format?: DirectoryFormat
  readonly indicator?: string
  /** Over the stored settings of the connector. */
  readonly settings?: Readonly<Record<string, unknown>>
}

export interface ImportReport {
  readonly connector: ConnectorId
  readonly dryRun: boolean
  /** Absent for a dry run. */
  readonly runId?: string
  readonly totals: Readonly<ImportTotals>
  readonly problemCount: number
  readonly problems: readonly RowProblem[]
  /** The first of them. */
  readonly changes: readonly ImportChange[]
}

/** A file that cannot be taken, with what is wrong in it. */
export class ImportRefused extends CodedError {
  readonly problems: readonly RowProblem[]

  constructor(problems: readonly RowProblem[], count: number) {
    super('CONNECTOR_FILE_INVALID', { count })
    this.problems = problems
  }
}

/** Settings that cannot be taken. */
export class SettingsRefused extends CodedError {
  readonly fields: readonly { readonly pointer: string; readonly detail: string }[]

  constructor(fields: readonly { readonly pointer: string; readonly detail: string }[]) {
    super('REQUEST_INVALID')
    this.fields = fields
  }
}

export interface ConnectorsDeps {
  readonly store: Store
  readonly count: InsightCounter
  readonly merge: InsightMerge
  readonly now: () => number
  /** Users have new activity, triggers or attributes; called after the commit. */
  readonly onUsers: (users: readonly string[]) => void
  /** Size from which a file is staged; 1 MiB without it. */
  readonly stagedFromBytes?: number
  /** Keeps imports of other processes waiting meanwhile; absent: there are none. */
  readonly exclusively?: <T>(work: () => Promise<T>) => Promise<T>
}

export interface Connectors {
  /**
   * Imports a file, or says what an import would do.
   *
   * @param alongside what commits with it, such as the audit entry
   * @throws NOT_FOUND, REQUEST_INVALID for settings, CONNECTOR_FILE_INVALID, CONNECTOR_CEILING; nothing is changed
   */
  run(id: string, file: ImportFile, options: ImportOptions, actorId: string, alongside?: (tx: StoreWriter, run: ConnectorRun) => Promise<void>): Promise<ImportReport>
  /** Applies facts that came over the network, such as a SCIM request, in the caller's transaction. */
  applyIn(tx: StoreWriter, id: ConnectorId, facts: readonly Fact[]): Promise<{ readonly problems: readonly RowProblem[]; readonly users: readonly string[]; readonly totals: Readonly<ImportTotals> }>
  announce(users: readonly string[]): void
  /** Carries out what was decided before a crash, and clears what was not. */
  resume(): Promise<void>
  settings(id: ConnectorId): Promise<Readonly<Record<string, unknown>>>
}

/** Applying a file of this size holds the writer for a fraction of a second. */
const STAGED_FROM_BYTES = 1024 * 1024
const HOME_KEY = 'connector:home-key'
export const settingsKey = (id: ConnectorId): string => `connector:${id}`

const NOTHING: ImportTotals = { rows: 0, passed: 0, repeats: 0, usersCreated: 0, usersChanged: 0, triggers: 0, activities: 0, unattributed: 0, leavers: 0, accountsOff: 0 }

/** Ends a transaction that was only to be looked at. */
class Undone extends Error {
  readonly report: ImportReport

  constructor(report: ImportReport) {
    super('a dry run is rolled back')
    this.report = report
  }
}

async function homeKeyOf(tx: StoreWriter): Promise<string> {
  const known = await tx.setting(HOME_KEY)
  if (known !== undefined) return known
  const made = randomBytes(32).toString('base64url')
  await tx.saveSetting(HOME_KEY, made)
  return made
}

function assertCeiling(totals: ImportTotals, people: number, confirm: boolean): void {
  if (confirm || people < CEILING_FROM_PEOPLE) return
  for (const [count, what] of [[totals.leavers, 'leavers'], [totals.accountsOff, 'accounts without access']] as const) {
    if (count > people * CEILING_SHARE) throw new CodedError('CONNECTOR_CEILING', { count, people, what, percent: Math.round((count / people) * 100), limit: CEILING_SHARE * 100 })
  }
}

export function createConnectors({ store, count, merge, now, onUsers, exclusively = (work) => work(), stagedFromBytes = STAGED_FROM_BYTES }: ConnectorsDeps): Connectors {
  const storedSettings = async (reader: Pick<Store, 'setting'>, id: ConnectorId): Promise<Record<string, unknown>> => {
    const text = await reader.setting(settingsKey(id))
    return text === undefined ? {} : (JSON.parse(text) as Record<string, unknown>)
  }
  const applierFor = async (tx: StoreWriter, id: ConnectorId): Promise<Applier> => {
    const { privilegedGroups } = await storedSettings(tx, 'directory')
    return createApplier({ tx, connector: id, nowMs: now(), count, merge, homeKey: await homeKeyOf(tx), privilegedGroups: Array.isArray(privilegedGroups) ? (privilegedGroups as readonly string[]) : PRIVILEGED_GROUPS })
  }

  /** Reads and applies the whole file; stops applying once it is clear that nothing will be kept. */
  const work = async (applier: Applier, facts: AsyncIterable<readonly Fact[]>, skipBad: boolean): Promise<{ readonly problems: RowProblem[]; readonly problemCount: number; readonly lost: boolean }> => {
    const problems: RowProblem[] = []
    let problemCount = 0
    let lost = false
    const add = (found: readonly RowProblem[]): void => {
      problemCount += found.length
      problems.push(...found.slice(0, Math.max(0, PROBLEMS_KEPT - problems.length)))
      if (found.some((row) => row.fatal === true)) lost = true
      if (problemCount > 0 && !skipBad) lost = true
    }
    try {
      for await (const group of facts) {
        const wrong = group.filter((fact) => fact.type === 'problem')
        if (lost) add(wrong)
        else if (!skipBad && wrong.length > 0) add(wrong)
        else add(await applier.apply(group))
      }
    } catch (error) {
      if (!(error instanceof Broken)) throw error
      add([{ type: 'problem', line: error.line, problem: error.message, fatal: true }])
    }
    return { problems, problemCount, lost }
  }

  const remember = async (run: ConnectorRun): Promise<void> => store.write((tx) => tx.saveConnectorRun(run))
  const staged = createStagedImports({ store, applierFor, onUsers })
  let last: Promise<unknown> = Promise.resolve()
  /** One import after the other; an earlier one that was cut off is completed first. */
  const inTurn = <T>(import_: () => Promise<T>): Promise<T> => {
    const mine = last.then(() => exclusively(async () => {
      await staged.resume()
      return import_()
    }))
    last = mine.catch(() => undefined)
    return mine
  }
  const runOf = (base: Pick<ConnectorRun, 'id' | 'connector' | 'atMs' | 'actorId' | 'fileHash' | 'bytes'>, totals: Readonly<ImportTotals>, problems: number): ConnectorRun =>
    ({ ...base, outcome: 'done', rows: totals.rows, problems, repeats: totals.repeats, usersCreated: totals.usersCreated, usersChanged: totals.usersChanged, triggers: totals.triggers, activities: totals.activities })

  return {
    settings: (id) => storedSettings(store, id),
    announce: onUsers,
    resume: () => inTurn(async () => {}),
    async applyIn(tx, id, facts) {
      const applier = await applierFor(tx, id)
      const problems = [...(await applier.apply(facts))]
      await applier.finish({ full: false, few: true })
      return { problems, users: [...applier.users], totals: applier.totals }
    },
    async run(id, file, options, actorId, alongside) {
      if (!isConnectorId(id)) throw new CodedError('NOT_FOUND', { what: 'connector' })
      const { dryRun = false, confirm = false, skipBad = false, full = false } = options
      const settings = { ...(await storedSettings(store, id)), ...options.settings }
      const wrong = checkSettings(id, settings)
      if (wrong.length > 0) throw new SettingsRefused(wrong)
      const nowMs = now()
      const base = { id: `cr_${uuid().replaceAll('-', '')}`, connector: id, atMs: nowMs, actorId, fileHash: file.hash, bytes: file.bytes }
      const facts = () => connectors[id].read(file.open(), settings, { nowMs, ...(options.format === undefined ? {} : { format: options.format }), ...(options.indicator === undefined ? {} : { indicator: options.indicator }) })

      const atOnce = async (): Promise<ImportReport> => {
        let users: readonly string[] = []
        const report = await store.write(async (tx): Promise<ImportReport> => {
          const people = await tx.personCount()
          const applier = await applierFor(tx, id)
          const { problems, problemCount, lost } = await work(applier, facts(), skipBad)
          if (lost) throw new ImportRefused(problems, problemCount)
          await applier.finish({ full, few: false })
          const found: ImportReport = { connector: id, dryRun, totals: { ...applier.totals }, problemCount, problems, changes: [...applier.changes] }
          if (dryRun) throw new Undone(found)
          assertCeiling(applier.totals, people, confirm)
          users = [...applier.users]
          const run = runOf(base, applier.totals, problemCount)
          await tx.saveConnectorRun(run)
          await alongside?.(tx, run)
          return { ...found, runId: base.id }
        })
        onUsers(users)
        return report
      }
      /** Nothing of it is written before it is decided; the decision is one short transaction, with the audit entry. */
      const inParts = async (): Promise<ImportReport> => {
        const people = await store.personCount()
        const applier = await applierFor(createRehearsal(store), id)
        const { problems, problemCount, lost } = await work(applier, dryRun ? facts() : staged.stage(base.id, facts()), skipBad)
        if (lost) throw new ImportRefused(problems, problemCount)
        await applier.finish({ full, few: false })
        const found: ImportReport = { connector: id, dryRun, totals: { ...applier.totals }, problemCount, problems, changes: [...applier.changes] }
        if (dryRun) return found
        assertCeiling(applier.totals, people, confirm)
        const run = runOf(base, applier.totals, problemCount)
        await store.write(async (tx) => {
          await staged.decide(tx, { runId: base.id, connector: id, full })
          await tx.saveConnectorRun(run)
          await alongside?.(tx, run)
        })
        const { totals, changes } = await staged.carryOut()
        return { ...found, totals, changes, runId: base.id }
      }
      return inTurn(async () => {
        try {
          return await (file.bytes < stagedFromBytes ? atOnce() : inParts())
        } catch (error) {
          if (error instanceof Undone) return error.report
          if (error instanceof CodedError && !dryRun) await remember({ ...runOf(base, NOTHING, error instanceof ImportRefused ? Number(error.parameters['count'] ?? 0) : 0), outcome: 'refused', code: error.code })
          throw error
        }
      })
    },
  }
}
