// holdfast migrate: the file of SQLite becomes a PostgreSQL database.
import { caPin } from '../bus/pki.ts'
import { moveToPostgres } from '../store/postgres/from-sqlite.ts'
import { loadInstallation, pathsOf } from './installation.ts'
import { isCollectorRunning } from './local-api.ts'
import { printJson, printTable, say } from './output.ts'

/** @param to `postgres://user@host/database`, empty. @throws NOT_INITIALISED, MIGRATION_…, STORE_… */
export async function moveStore(dir: string, to: string, json: boolean): Promise<void> {
  const { authority } = loadInstallation(dir)
  const outcome = await moveToPostgres({ path: pathsOf(dir).database, url: to, source: caPin(authority.certificatePem), mayClose: !isCollectorRunning(dir), onStep: say })
  if (outcome.kind === 'copied') {
    if (json) printJson(outcome)
    else say(`${outcome.activities} activities are copied ahead. Stop the collector and run this again for the rest; until then the file is the store.`)
    return
  }
  const { activities, devices, tables } = outcome.equality
  if (json) printJson({ kind: outcome.kind, activities, devices: Object.fromEntries(devices), tables: Object.fromEntries(tables) })
  else {
    printTable(['TABLE', 'ROWS', 'DIGEST'], [...tables].map(([name, { rows, digest }]) => [name, String(rows), digest]))
    printTable(['DEVICE', 'ACTIVITIES', 'DIGEST'], [...devices].map(([id, row]) => [id, String(row.activities), row.digest]))
  }
  say(`${activities} activities of ${devices.size} devices and ${tables.size} tables are equal on both sides. Start the collector with HOLDFAST_STORE set to the database; the file stays as it is and is not used any more.`)
}
