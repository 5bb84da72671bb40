// Large imports, in bounded transactions and still all or nothing.
//
//   rehearse   the whole file against what is stored, without the writer (rehearsal.ts): bad rows, people who may be two and
//              a change that is too large are known before anything is written
//   stage      its facts, group by group, where nobody looks
//   decide     one short transaction: the run, the audit entry, and which run is to be carried out
//   carry out  the facts, group by group, each in a transaction of its own, so that ingest goes on in between
//
// A crash before the decision leaves staged groups of a run that nobody decided: they are dropped. A crash after it leaves
// a decided run: it is carried out from the beginning at the next start or import. That repeats nothing, because facts are
// known by what they say. So a file that was decided is imported as a whole, and one that was not, not at all.
import { deserialize, serialize } from 'node:v8'
import type { Store, StoreReader, StoreWriter } from '../store/store.ts'
import type { Applier, ImportChange, ImportTotals } from './apply.ts'
import type { Fact } from './facts.ts'
import { type ConnectorId, isConnectorId } from './registry.ts'

const DECIDED = 'connector:decided-import'
/** Rows of a transaction, as readers group them at most. */
const FACTS_A_GROUP = 1000
/** Groups that are read, and dropped, at once. */
const GROUPS_AT_ONCE = 8
const TRIES = 3

export interface DecidedImport {
  readonly runId: string
  readonly connector: ConnectorId
  readonly full: boolean
}

export interface CarriedOut {
  readonly totals: Readonly<ImportTotals>
  readonly changes: readonly ImportChange[]
}

export interface StagedImports {
  /** Passes facts on, and stages each group behind the one before. */
  stage(runId: string, facts: AsyncIterable<readonly Fact[]>): AsyncGenerator<readonly Fact[]>
  decide(tx: StoreWriter, decided: DecidedImport): Promise<void>
  /** Carries out what is decided. @throws what the store throws; it stays decided then */
  carryOut(): Promise<CarriedOut>
  /** The same where something is decided, and clears the rest. */
  resume(): Promise<void>
}

export interface StagedDeps {
  readonly store: Store
  readonly applierFor: (tx: StoreWriter, id: ConnectorId) => Promise<Applier>
  readonly onUsers: (users: readonly string[]) => void
}

/** A writer that stands for the transaction that is open just now. */
function createTurnstile(): { readonly tx: StoreWriter; enter(open: StoreWriter): void; leave(): void } {
  let current: StoreWriter | undefined
  const tx = new Proxy({} as StoreWriter, {
    get(_target, name) {
      if (current === undefined) throw new Error('a fact is applied outside of a transaction')
      return current[name as keyof StoreWriter]
    },
  })
  return { tx, enter: (open) => void (current = open), leave: () => void (current = undefined) }
}

const decidedOf = async (reader: StoreReader): Promise<DecidedImport | undefined> => {
  const text = (await reader.setting(DECIDED)) ?? ''
  if (text === '') return undefined
  const decided = JSON.parse(text) as DecidedImport
  return isConnectorId(decided.connector) ? decided : undefined
}

export function createStagedImports({ store, applierFor, onUsers }: StagedDeps): StagedImports {
  const clear = async (except: string | undefined): Promise<void> => {
    for (let dropped = GROUPS_AT_ONCE; dropped === GROUPS_AT_ONCE; ) dropped = await store.write((tx) => tx.dropStagedFacts(except, GROUPS_AT_ONCE))
  }

  const carryOutOnce = async ({ runId, connector, full }: DecidedImport): Promise<CarriedOut> => {
    const turnstile = createTurnstile()
    const inside = <T>(work: () => Promise<T>): Promise<T> => store.write(async (tx) => {
      turnstile.enter(tx)
      try {
        return await work()
      } finally {
        turnstile.leave()
      }
    })
    const applier = await inside(() => applierFor(turnstile.tx, connector))
    // Ingest and SCIM may have changed people in between.
    const part = <T>(work: () => Promise<T>): Promise<T> => inside(() => {
      applier.forget()
      return work()
    })
    for (let after = 0, groups = await store.stagedFacts(runId, after, GROUPS_AT_ONCE); groups.length > 0; groups = await store.stagedFacts(runId, after, GROUPS_AT_ONCE)) {
      for (const { seq, facts } of groups) {
        // What was no problem in the rehearsal may be one by now, where somebody else changed the same person: that row is left out.
        await part(() => applier.apply((deserialize(facts) as readonly Fact[]).filter((fact) => fact.type !== 'problem')))
        after = seq
      }
    }
    await part(async () => {
      await applier.finish({ full, few: false })
      await turnstile.tx.saveSetting(DECIDED, '')
    })
    onUsers([...applier.users])
    return { totals: { ...applier.totals }, changes: [...applier.changes] }
  }

  let clean = false
  const carryOut = async (): Promise<CarriedOut> => {
    const decided = await decidedOf(store)
    if (decided === undefined) throw new Error('nothing is decided')
    for (let tries = 1; ; tries += 1) {
      try {
        const done = await carryOutOnce(decided)
        await clear(undefined)
        clean = true
        return done
      } catch (error) {
        // The applier remembers what was rolled back: from the beginning, with another one.
        if (tries === TRIES) throw error
      }
    }
  }

  return {
    async *stage(runId, facts) {
      clean = false
      let seq = 0
      let held: Fact[] = []
      const put = async (): Promise<void> => {
        seq += 1
        const bytes = serialize(held)
        held = []
        await store.write((tx) => tx.stageFacts(runId, seq, bytes))
      }
      for await (const group of facts) {
        if (held.length > 0 && held.length + group.length > FACTS_A_GROUP) await put()
        held.push(...group)
        yield group
      }
      if (held.length > 0) await put()
    },
    decide: (tx, decided) => tx.saveSetting(DECIDED, JSON.stringify(decided)),
    carryOut,
    async resume() {
      if (clean) return
      if ((await decidedOf(store)) !== undefined) await carryOut()
      await clear(undefined)
      clean = true
    },
  }
}
