// holdfast migrate: the file of SQLite becomes a PostgreSQL database.
import type { Command } from 'commander'
import { caPin } from '../bus/pki.ts'
import { moveToPostgres } from '../store/postgres/from-sqlite.ts'
import { loadInstallation, pathsOf } from './installation.ts'
import { isCollectorRunning } from './local-api.ts'
import { printJson, printTable, say } from './output.ts'

export function migrateCommand(program: Command, { reading, fromHere }: { readonly reading: (command: Command) => Command; readonly fromHere: (dir: string) => string }): void {
  reading(program.command('migrate')).requiredOption('--to <address>', 'postgres://user@host/database, empty')
    .description('Move the store from the SQLite file into PostgreSQL. While the collector runs, activities are copied ahead; once it is stopped, the rest follows, everything is compared, and the database becomes the store. May be cut short and run again.')
    .action(async (options: { readonly dir: string; readonly to: string; readonly json?: boolean }) => {
      const dir = fromHere(options.dir)
      const { authority } = loadInstallation(dir)
      const outcome = await moveToPostgres({ path: pathsOf(dir).database, url: options.to, source: caPin(authority.certificatePem), mayClose: !isCollectorRunning(dir), onStep: say })
      if (outcome.kind === 'copied') {
        if (options.json === true) printJson(outcome)
        else say(`${outcome.activities} activities are copied ahead. Stop the collector and run this again for the rest; until then the file is the store.`)
        return
      }
      const { activities, devices, tables } = outcome.equality
      if (options.json === true) printJson({ kind: outcome.kind, activities, devices: Object.fromEntries(devices), tables: Object.fromEntries(tables) })
      else {
        printTable(['TABLE', 'ROWS', 'DIGEST'], [...tables].map(([name, { rows, digest }]) => [name, String(rows), digest]))
        printTable(['DEVICE', 'ACTIVITIES', 'DIGEST'], [...devices].map(([id, row]) => [id, String(row.activities), row.digest]))
      }
      say(`${activities} activities of ${devices.size} devices and ${tables.size} tables are equal on both sides. Start the collector with HOLDFAST_STORE set to the database; the file stays as it is and is not used any more.`)
    })
}
