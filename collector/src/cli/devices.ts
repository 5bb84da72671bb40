// holdfast device tag, move, maintenance, owner, retire, re-key, merge, unmerge; group rules; fault list; fleet notices.
import type { Command } from 'commander'
import { CodedError } from '../errors.ts'
import type { DeviceBulkResult, DeviceDetail, DeviceFaultList, DevicePatchRequest, DeviceView, FleetNoticePage, FleetNoticeView, GroupRulesView } from '../http/contract.ts'
import type { LocalApi } from './local-api.ts'
import { durationSecs, get, print, printJson, printTable, say, send } from './output.ts'

interface Options {
  readonly dir: string
  readonly json?: boolean
}
type Reading = (command: Command) => Command
type WithApi = (dir: string, work: (api: LocalApi) => Promise<void>) => Promise<void>

const pathOf = (id: string): string => `/api/v1/devices/${encodeURIComponent(id)}`

/** What administrators wrote down of a device. */
export function careLines({ tags, owner, keepsGroup, group, address, maintenance, retired, cutOff, mergedInto, merged }: DeviceDetail): readonly string[] {
  return [
    ...(tags.length === 0 ? [] : [`tags ${tags.join(', ')}`]), ...(owner === undefined ? [] : [`owner ${owner.pseudonym}`]), ...(keepsGroup ? [`moved to ${group} by hand`] : []), ...(address === undefined ? [] : [`connects from ${address}`]),
    ...(maintenance === undefined ? [] : [`maintenance until ${maintenance.until}: ${maintenance.reason} (${maintenance.by})`]), ...(retired === undefined ? [] : [`retired ${retired.at}: ${retired.reason} (${retired.by})`]),
    ...(cutOff === undefined ? [] : [`cut off ${cutOff.at}: ${cutOff.why}`]), ...(mergedInto === undefined ? [] : [`shown under ${mergedInto}`]), ...merged.map(({ id, hostname }) => `shows ${id} (${hostname}), too`),
  ]
}

/** `group=tills,tag=till,hostname=kasse-*,os=linux,agentVersion=1.4.*,network=10.20.0.0/16` @throws CONFIG_INVALID */
export function readRule(text: string): GroupRulesView['rules'][number] {
  const entries = text.split(',').map((part) => part.split('=').map((word) => word.trim()))
  const known = new Set(['group', 'os', 'hostname', 'tag', 'agentVersion', 'network'])
  if (entries.some(([key = '', value = '', ...rest]) => !known.has(key) || value === '' || rest.length > 0) || !entries.some(([key]) => key === 'group')) throw new CodedError('CONFIG_INVALID', { key: text, problem: 'must be group=NAME and conditions out of os, hostname, tag, agentVersion and network, commas between' })
  // Every key was compared just above; values are for the collector to judge.
  return Object.fromEntries(entries) as GroupRulesView['rules'][number]
}

/** Adds the commands to `holdfast device` and beside it. `reading` gives a command --dir and --json. */
export function deviceCommands(program: Command, devices: Command, reading: Reading, withApi: WithApi): void {
  const show = (options: Options, device: DeviceView, what: string): void => {
    if (options.json === true) printJson(device)
    else say(`${device.id} (${device.hostname}) ${what}`)
  }
  const patch = (id: string, body: DevicePatchRequest, options: Options, what: string): Promise<void> => withApi(options.dir, async (api) => show(options, await send<DeviceView>(api, 'PATCH', pathOf(id), body), what))
  const post = (id: string, deed: string, body: unknown, options: Options, what: string): Promise<void> => withApi(options.dir, async (api) => show(options, await send<DeviceView>(api, 'POST', `${pathOf(id)}/${deed}`, body), what))
  const bulk = (ids: readonly string[], body: object, options: Options): Promise<void> => withApi(options.dir, async (api) => {
    const result = await send<DeviceBulkResult>(api, 'POST', '/api/v1/devices/bulk', { ids, ...body })
    if (options.json === true) printJson(result)
    else {
      say(`${result.changed} of ${ids.length} devices changed`)
      for (const { id, detail } of result.failed) say(`  ${id}: ${detail}`)
    }
    if (result.failed.length > 0) process.exitCode = 1
  })

  reading(devices.command('tag')).argument('<ids...>').description('Add and remove tags.').option('--add <tags>', 'commas between').option('--remove <tags>', 'commas between').action((ids: readonly string[], options: Options & { readonly add?: string; readonly remove?: string }) => {
    if (options.add === undefined && options.remove === undefined) throw new CodedError('CONFIG_INVALID', { key: '--add', problem: 'say --add or --remove' })
    return bulk(ids, { ...(options.add === undefined ? {} : { addTags: options.add.split(',') }), ...(options.remove === undefined ? {} : { removeTags: options.remove.split(',') }) }, options)
  })
  reading(devices.command('move')).argument('<ids...>').description('Move devices to a group by hand, or let rules decide again.').option('--group <group>', 'where to').option('--by-rules', 'rules decide again').action((ids: readonly string[], options: Options & { readonly group?: string; readonly byRules?: boolean }) => {
    if ((options.group === undefined) === (options.byRules !== true)) throw new CodedError('CONFIG_INVALID', { key: '--group', problem: 'say --group or --by-rules' })
    return bulk(ids, { group: options.group ?? null }, options)
  })
  reading(devices.command('maintenance')).argument('<ids...>').description('Tell nobody of faults for a while; they stay visible.').option('--for <duration>', '30m, 8h, 7d; 90 days at most').option('--reason <text>', 'for whoever reads it later').option('--end', 'end it now').action((ids: readonly string[], options: Options & { readonly for?: string; readonly reason?: string; readonly end?: boolean }) => {
    if (options.end === true) return bulk(ids, { maintenance: null }, options)
    if (options.for === undefined || options.reason === undefined) throw new CodedError('CONFIG_INVALID', { key: '--for', problem: 'say --for and --reason, or --end' })
    return bulk(ids, { maintenance: { until: new Date(Date.now() + durationSecs(options.for) * 1000).toISOString(), reason: options.reason } }, options)
  })
  reading(devices.command('owner')).argument('<id>').argument('[user]', 'id of a user; without one: nobody').description('Whose device it is.').action((id: string, user: string | undefined, options: Options) => patch(id, { owner: user ?? null }, options, user === undefined ? 'is nobody’s' : 'has an owner'))
  reading(devices.command('retire')).argument('<ids...>').requiredOption('--reason <text>', 'for the audit log').description('Take devices out of use: they are cut off and leave lists and counts; history stays.').action((ids: readonly string[], options: Options & { readonly reason: string }) => bulk(ids, { retire: { reason: options.reason } }, options))
  reading(devices.command('re-key')).argument('<id>').requiredOption('--reason <text>', 'for the audit log').description('Take the key of a cloned device away: it and its copy have to enrol anew, and are told why.').action((id: string, options: Options & { readonly reason: string }) => post(id, 're-key', { reason: options.reason }, options, 'and its copies have to enrol anew'))
  reading(devices.command('merge')).argument('<id>').requiredOption('--into <id>', 'the device that goes on').description('Show the history of a device under another one; it is cut off.').action((id: string, options: Options & { readonly into: string }) => post(id, 'merge', { into: options.into }, options, `is shown under ${options.into}`))
  reading(devices.command('unmerge')).argument('<id>').description('Take a merge back.').action((id: string, options: Options) => post(id, 'unmerge', undefined, options, 'stands by itself again'))
  reading(devices.command('faults')).description('Every fault that a device can have, and how many have it.').action((options: Options) => withApi(options.dir, async (api) => {
    const list = await get<DeviceFaultList>(api, '/api/v1/device-faults')
    if (options.json === true) printJson(list)
    else printTable(['FAULT', 'SEVERITY', 'DEVICES', 'WHEN', 'FIX'], list.items.map((row) => [row.code, row.severity, String(row.devices), row.when, row.en.fix]))
  }))

  const fleet = program.command('fleet').description('Notices on the fleet.')
  reading(fleet.command('notices')).description('What the fleet tells whoever runs it; latest first.').option('--all', 'ended ones, too').option('--limit <count>', 'rows', '50').action((options: Options & { readonly all?: boolean; readonly limit: string }) => withApi(options.dir, async (api) => {
    const page = await get<FleetNoticePage>(api, `/api/v1/fleet-notices?limit=${encodeURIComponent(options.limit)}${options.all === true ? '' : '&open=true'}`)
    if (options.json === true) printJson(page)
    else if (page.items.length === 0) say('Nothing is wrong with the fleet.')
    else printTable(['ID', 'KIND', 'SINCE', 'ENDED', 'WHAT', 'FIX'], page.items.map((row) => [row.id, row.kind, row.raisedAt, row.clearedAt ?? '', row.detail, row.fix]))
  }))
  reading(fleet.command('clear')).argument('<id>').description('Say that a notice is dealt with; it comes again when its cause does.').action((id: string, options: Options) => withApi(options.dir, async (api) => {
    const notice = await send<FleetNoticeView>(api, 'POST', `/api/v1/fleet-notices/${encodeURIComponent(id)}/clear`)
    if (options.json === true) printJson(notice)
    else say(`${notice.id} is dealt with`)
  }))

  const rules = program.command('group-rules').description('Rules that say which group a device belongs to; the first that fits counts.')
  const present = (options: Options, view: GroupRulesView): void => {
    if (options.json === true) printJson(view)
    else if (view.rules.length === 0) print('There is no rule: devices stay where they enrolled.')
    else printTable(['RULE', 'GROUP', 'OS', 'HOST NAME', 'TAG', 'AGENT', 'NETWORK', 'DEVICES'], view.rules.map((rule, index) => [String(index + 1), rule.group, rule.os ?? '', rule.hostname ?? '', rule.tag ?? '', rule.agentVersion ?? '', rule.network ?? '', String(view.matches[index] ?? 0)]))
  }
  reading(rules.command('show')).description('The rules in their order, and how many devices each has.').action((options: Options) => withApi(options.dir, async (api) => present(options, await get<GroupRulesView>(api, '/api/v1/group-rules'))))
  reading(rules.command('set')).argument('[rules...]', 'group=tills,tag=till  group=servers,hostname=srv-*,os=linux  group=berlin,network=10.20.0.0/16; without any: no rule').description('Replace the rules, and move the devices that they fit.').action((list: readonly string[], options: Options) => withApi(options.dir, async (api) => {
    const wanted = list.map(readRule)
    const { revision } = await get<GroupRulesView>(api, '/api/v1/group-rules')
    present(options, await send<GroupRulesView>(api, 'PUT', '/api/v1/group-rules', { rules: wanted }, { 'if-match': `"${revision}"` }))
  }))
}
