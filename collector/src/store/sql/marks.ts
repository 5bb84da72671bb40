// Marks: users with news that nobody has evaluated yet.
//
// They are taken in the order in which they were made (`since`). A mark begins at a random number: one that is taken away and
// made again must not look like the one before.
import { randomInt } from 'node:crypto'
import type { Connection } from './connection.ts'

const FIRST_BELOW = 2 ** 47
const SINCE = '(SELECT coalesce(max(since), 0) + 1 FROM mark)'
const RISES = 'ON CONFLICT (person) DO UPDATE SET mark = mark.mark + 1, due = 0'

/** @param keys of people (`person.k`), each once */
export const markKeys = async (db: Connection, keys: readonly number[]): Promise<void> =>
  void (await db.run(`INSERT INTO mark (person, mark, since) SELECT w.value, ?2, ${SINCE} FROM each_number(?1) w WHERE true ${RISES}`, JSON.stringify(keys), randomInt(FIRST_BELOW)))

/** @param ids of users, each once; those that are not there are passed over */
export const markIds = async (db: Connection, ids: readonly string[]): Promise<void> =>
  void (await db.run(`INSERT INTO mark (person, mark, since) SELECT p.k, ?2, ${SINCE} FROM each_text(?1) w JOIN person p ON p.id = w.value WHERE true ${RISES}`, JSON.stringify(ids), randomInt(FIRST_BELOW)))

export const markEverybody = async (db: Connection): Promise<void> => void (await db.run(`INSERT INTO mark (person, mark, since) SELECT k, ?1, ${SINCE} FROM person WHERE true ${RISES}`, randomInt(FIRST_BELOW)))
