// Who waits for whom. PostgreSQL takes many writers at once; the rooms were written for one. So a transaction is alone unless it
// says that it keeps to ingest or evaluation (WriteScope):
//
//   alone        EVERYTHING exclusively: nothing else writes. Settings, decisions of people, audit, erasure, retention
//   alongside    EVERYTHING shared, then in this order, so that nobody waits in a circle:
//                  1. each device's stripe, sorted     the ledger is read and written by one transaction at a time
//                  2. PEOPLE, when one is made         one identity is one person
//                  3. rows of `mark`, sorted by key    the daily counters of a person
//                  4. OUTBOX, when an alert changes    its numbers become visible in their order, as its readers need
//                  5. AUDIT, when something is noted   the chain has one end
//
// All of them end with the transaction, however it ends. PostgreSQL serves who waits for an advisory lock in order, so that a
// transaction that is alone is not kept waiting by a stream of others.
import { hash } from 'node:crypto'

/** First half of the key of every advisory lock here. */
const SPACE = 0x4846_0000
export const LOCKS = { everything: SPACE + 1, device: SPACE + 2, people: SPACE + 3, outbox: SPACE + 4, audit: SPACE + 5, schema: SPACE + 6 } as const

/** Devices share stripes, because the table of locks is as long as it was when the server started (64 for each connection). */
const STRIPES = 512

/** Stripes of devices, each once, in order. */
export const stripesOf = (deviceIds: readonly string[]): readonly number[] => [...new Set(deviceIds.map((id) => Number.parseInt(hash('sha256', id).slice(0, 6), 16) % STRIPES))].toSorted((a, b) => a - b)
