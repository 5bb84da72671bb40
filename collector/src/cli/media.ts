// holdfast media: removable media that a group of devices may have.
import type { Command } from 'commander'
import { MEDIA_CLASSES } from '../domain/exclusions/allowed-media.ts'
import { CodedError } from '../errors.ts'
import type { GroupSettings, GroupView } from '../http/contract.ts'
import { readGroup, writeGroup } from './group-settings.ts'
import type { LocalApi } from './local-api.ts'
import { print, printJson, printTable, say } from './output.ts'

type Entry = NonNullable<GroupSettings['allowedMedia']>[number]

interface Options {
  readonly dir: string
  readonly json?: boolean
  readonly group: string
}

interface AllowOptions extends Options {
  readonly reason: string
  readonly until?: string
  readonly copies?: boolean
}

type WithApi = (dir: string, work: (api: LocalApi) => Promise<void>) => Promise<void>

const nameOf = ({ vendorId, productId, serial, deviceClass }: Entry): string => deviceClass ?? [vendorId, productId, serial].filter((part) => part !== undefined).join(':')
const isSame = (a: Entry, b: Entry): boolean => nameOf(a).toLowerCase() === nameOf(b).toLowerCase() && a.users === undefined

/** `0781:5567`, `0781:5567:4C530001` (a number may hold colons), or a class. @throws CONFIG_INVALID */
function readDevice(text: string): Pick<Entry, 'vendorId' | 'productId' | 'serial' | 'deviceClass'> {
  const known = MEDIA_CLASSES.find((name) => name === text)
  if (known !== undefined) return { deviceClass: known }
  const [, vendorId, productId, serial] = /^([0-9a-f]{4}):([0-9a-f]{4})(?::(.+))?$/i.exec(text) ?? []
  if (vendorId === undefined || productId === undefined) throw new CodedError('CONFIG_INVALID', { key: 'device', problem: `is neither VENDOR:PRODUCT[:SERIAL] in hex nor one of ${MEDIA_CLASSES.join(', ')}` })
  return { vendorId: vendorId.toLowerCase(), productId: productId.toLowerCase(), ...(serial === undefined ? {} : { serial }) }
}

/** A day is its beginning, UTC. @throws CONFIG_INVALID */
function readTime(text: string): string {
  const ms = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(ms)) throw new CodedError('CONFIG_INVALID', { key: '--until', problem: 'is no day or time; write it as 2027-03-31 or 2027-03-31T18:00:00Z' })
  return new Date(ms).toISOString()
}

async function change(api: LocalApi, group: string, next: (list: readonly Entry[]) => readonly Entry[]): Promise<GroupView> {
  const seen = await readGroup(api, group)
  return writeGroup(api, seen, { ...seen.settings, allowedMedia: [...next(seen.settings.allowedMedia ?? [])] })
}

const stateOf = ({ until }: Entry): string => (until === undefined ? 'no end' : Date.parse(until) <= Date.now() ? `ended ${until}` : until)

/** Adds the commands to the program. `reading` gives a command --dir and --json. */
export function mediaCommands(program: Command, reading: (command: Command) => Command, withApi: WithApi): void {
  const media = program.command('media').description('Removable media that a group of devices may have: what they do stays visible and scores nothing.')
  const inGroup = (command: Command): Command => reading(command).option('--group <group>', 'device group', 'default')

  inGroup(media.command('list')).description('What the group allows, with reason and end.').action((options: Options) =>
    withApi(options.dir, async (api) => {
      const list = (await readGroup(api, options.group)).settings.allowedMedia ?? []
      if (options.json === true) printJson(list)
      else if (list.length === 0) print(`The group ${options.group} allows no media.`)
      else printTable(['MEDIUM', 'UNTIL', 'COPIES', 'FOR', 'REASON'], list.map((entry) => [nameOf(entry), stateOf(entry), entry.copies === true ? 'allowed' : 'count', entry.users === undefined ? 'everybody' : `${entry.users.length} users`, entry.reason]))
    }))

  inGroup(media.command('allow')).argument('<device>', `VENDOR:PRODUCT[:SERIAL], or a class: ${MEDIA_CLASSES.join(', ')}`).description('Allow a device, a kind of device, or a class; an entry for the same is replaced.')
    .requiredOption('--reason <text>', 'for whoever reads it later').option('--until <time>', 'a day or a time; it ends by itself').option('--copies', 'copies to it score nothing either')
    .action((device: string, options: AllowOptions) => {
      const entry: Entry = { ...readDevice(device), reason: options.reason, ...(options.until === undefined ? {} : { until: readTime(options.until) }), ...(options.copies === true ? { copies: true } : {}) }
      return withApi(options.dir, async (api) => {
        const view = await change(api, options.group, (list) => [...list.filter((one) => !isSame(one, entry)), entry])
        if (options.json === true) printJson(view.settings.allowedMedia)
        else say(`${nameOf(entry)} is allowed in the group ${options.group}`)
      })
    })

  inGroup(media.command('revoke')).argument('<device>', 'as it was allowed').description('Take an allowance back; what happens from now on counts.').action((device: string, options: Options) => {
    const entry: Entry = { ...readDevice(device), reason: '-' }
    return withApi(options.dir, async (api) => {
      const seen = await readGroup(api, options.group)
      const list = seen.settings.allowedMedia ?? []
      if (!list.some((one) => isSame(one, entry))) throw new CodedError('NOT_FOUND', { what: 'allowed medium' })
      const view = await writeGroup(api, seen, { ...seen.settings, allowedMedia: list.filter((one) => !isSame(one, entry)) })
      if (options.json === true) printJson(view.settings.allowedMedia)
      else say(`${nameOf(entry)} is not allowed any more in the group ${options.group}`)
    })
  })
}
