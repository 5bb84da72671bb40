// holdfast agent-packages …: releases of the agent, the keys that they are signed by, and holdfast agent-upgrade …: their way
// to devices.
import { open, readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { parse as parseYaml } from 'yaml'
import { CodedError } from '../errors.ts'
import type { AgentPackageView, AgentUpgradeDetail, AgentUpgradeDevicePage, AgentUpgradePage, AgentVersionsView, ReleaseKeyView } from '../http/contract.ts'
import type { LocalApi } from './local-api.ts'
import { ApiProblem, get, parse, print, printJson, printTable, say, send } from './output.ts'
import type { CommandDeps } from './policies.ts'

interface JsonOption {
  readonly dir: string
  readonly json?: boolean
}

const PIECE_BYTES = 1024 * 1024 - 4096
const pathOf = (id: string): string => `/api/v1/agent-upgrades/${encodeURIComponent(id)}`

async function readBeside(path: string): Promise<Buffer> {
  return readFile(path).catch((cause: unknown) => {
    throw new CodedError('AGENT_PACKAGE_UNREADABLE', { problem: `${path} cannot be read; a release is X.tar.gz with X.tar.gz.json and X.tar.gz.json.sig beside it` }, { cause })
  })
}

/** Registers a release and uploads its file from where it stands; may be cut off and called again. */
async function addPackage(api: LocalApi, file: string): Promise<AgentPackageView> {
  const [descriptor, signature] = await Promise.all([readBeside(`${file}.json`), readBeside(`${file}.json.sig`)])
  let found = await send<AgentPackageView>(api, 'POST', '/api/v1/agent-packages', { descriptor: descriptor.toString('base64'), signature: signature.toString('base64') })
  const handle = await open(file, 'r').catch((cause: unknown) => {
    throw new CodedError('AGENT_PACKAGE_UNREADABLE', { problem: `${file} cannot be read` }, { cause })
  })
  try {
    const { size } = await handle.stat()
    if (size !== found.sizeBytes) throw new CodedError('AGENT_PACKAGE_UNREADABLE', { problem: `${file} has ${size} bytes, and ${found.sizeBytes} were signed` })
    for (let at = found.receivedBytes; at < size;) {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(Math.min(PIECE_BYTES, size - at)), 0, Math.min(PIECE_BYTES, size - at), at)
      found = parse<AgentPackageView>(await api.request('PUT', `/api/v1/agent-packages/${found.id}/content?offset=${at}`, { body: buffer.subarray(0, bytesRead), contentType: 'application/octet-stream' }))
      at = found.receivedBytes
    }
  } finally {
    await handle.close()
  }
  return found
}

/** The roll-out of an id, or the latest of a group. */
async function find(api: LocalApi, name: string): Promise<AgentUpgradeDetail> {
  if (name.startsWith('au_')) return get<AgentUpgradeDetail>(api, pathOf(name))
  const [latest] = (await get<AgentUpgradePage>(api, `/api/v1/agent-upgrades?limit=1&group=${encodeURIComponent(name)}`)).items
  return get<AgentUpgradeDetail>(api, pathOf(latest?.id ?? name))
}

function printDetail(found: AgentUpgradeDetail): void {
  print(`${found.id}  group ${found.group}  agent ${found.version}  ${found.state}`)
  if (found.halt !== undefined) print(`Stopped in ring ${found.halt.ring}: ${found.halt.reason}. Devices: ${found.halt.deviceIds.join(', ') || '-'}`)
  if (found.nextRingAt !== undefined) print(`The next ring begins at ${found.nextRingAt} at the earliest.`)
  printTable(['RING', 'SHARE', 'REACHED', 'DEVICES', 'CONFIRMED', 'WAITING', 'REJECTED', 'OFFLINE'], found.perRing.map(({ ring, percent, reached, devices, counts }) => [String(ring), percent === 0 ? 'named' : `${percent} %`, reached ? 'yes' : 'no', String(devices), String(counts.confirmed), String(counts.offered + counts.received + counts.verified + counts.applied), String(counts.rejected), String(counts.offline)]))
  for (const { reason, devices } of found.leftOut) print(`  ${devices} without a part in it: ${LEFT_OUT[reason] ?? reason}`)
}

const LEFT_OUT: Readonly<Record<string, string>> = {
  newer: 'they run a later version', unknown: 'their agent does not say whether it can', unable: 'they were not installed so that they can, or hold no release key', no_package: 'there is no package for their platform', other_key: 'they take releases of another key',
}

/** Adds `agent-packages` and `agent-upgrade` to the program. */
export function agentPackageCommands(program: Command, { reading, withApi, fromHere }: Pick<CommandDeps, 'reading' | 'withApi' | 'fromHere'>): void {
  const packages = program.command('agent-packages').description('Releases of the agent that devices may be offered.')
  reading(packages.command('list')).description('Releases, the keys they must be signed by, and what devices run.').action((options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const found = await get<AgentVersionsView>(api, '/api/v1/agent-versions')
      if (options.json === true) return printJson(found)
      if (found.packages.length > 0) printTable(['VERSION', 'PLATFORM', 'STATE', 'MIB', 'KEY', 'DEVICES', 'ADDED', 'ID'], found.packages.map((row) => [row.version, row.platform, row.state, (row.sizeBytes / 2 ** 20).toFixed(1), row.keyId, String(row.devices), row.addedAt, row.id.slice(0, 12)]))
      else say('No releases yet: holdfast agent-packages add X.tar.gz')
      for (const { keyId, addedAt, addedBy } of found.keys) print(`key ${keyId}, since ${addedAt} by ${addedBy}`)
      if (found.fleet.length > 0) printTable(['GROUP', 'RUNS', 'PLATFORM', 'TAKES OTHERS', 'DEVICES'], found.fleet.map((row) => [row.group, row.version === '' ? '-' : row.version, row.platform === '' ? '-' : row.platform, row.unable === '' ? 'yes' : `no: ${row.unable}`, String(row.devices)]))
    }))
  reading(packages.command('trust')).argument('<file>', 'Ed25519 public key in PEM, such as release-key.pem of a release').description('Take releases that are signed by this key. Devices take releases of the key that their own version was built with.').action((file: string, options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const key = await send<ReleaseKeyView>(api, 'POST', '/api/v1/agent-packages/keys', { pem: await readFile(fromHere(file), 'utf8') })
      if (options.json === true) printJson(key)
      else say(`releases that are signed by ${key.keyId} are taken; compare it with the key that was published`)
    }))
  reading(packages.command('distrust')).argument('<key>', 'id of the key').description('Take no further release of this key.').action((key: string, options: JsonOption) =>
    withApi(options.dir, async (api) => {
      parse(await api.request('DELETE', `/api/v1/agent-packages/keys/${encodeURIComponent(key)}`))
      say(`no further release of ${key} is taken`)
    }))
  reading(packages.command('add')).argument('<tarball>', 'X.tar.gz with X.tar.gz.json and X.tar.gz.json.sig beside it').description('Upload a signed release; goes on where it was cut off.').action((file: string, options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const found = await addPackage(api, fromHere(file)).catch((error: unknown) => {
        if (error instanceof ApiProblem && error.problem.code === 'AGENT_PACKAGE_SIGNATURE') say('The key that signed it is to be trusted first: holdfast agent-packages trust release-key.pem')
        throw error
      })
      if (options.json === true) printJson(found)
      else say(`agent ${found.version} for ${found.platform} is here; roll it out with: holdfast agent-upgrade start GROUP ${found.version}`)
    }))
  reading(packages.command('remove')).argument('<id>', 'id, or how it begins').description('Forget a release that no roll-out brings.').action((id: string, options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const matches = (await get<AgentVersionsView>(api, '/api/v1/agent-versions')).packages.filter((one) => one.id.startsWith(id))
      if (matches.length > 1) throw new CodedError('AGENT_PACKAGE_REFUSED', { problem: `${matches.length} ids begin like this` })
      parse(await api.request('DELETE', `/api/v1/agent-packages/${encodeURIComponent(matches[0]?.id ?? id)}`))
      say('the release is gone')
    }))

  const upgrades = program.command('agent-upgrade').description('Versions of the agent on their way to devices, ring by ring.')
  reading(upgrades.command('list')).description('The latest first.').option('--group <group>', 'of one group').action((options: JsonOption & { readonly group?: string }) =>
    withApi(options.dir, async (api) => {
      const page = await get<AgentUpgradePage>(api, `/api/v1/agent-upgrades?limit=100${options.group === undefined ? '' : `&group=${encodeURIComponent(options.group)}`}`)
      if (options.json === true) printJson(page)
      else if (page.items.length === 0) say('No versions were rolled out yet.')
      else printTable(['ID', 'GROUP', 'VERSION', 'STATE', 'RING', 'RUN IT', 'FAILED', 'BEGUN'], page.items.map((row) => [row.id, row.group, row.version, row.state, `${row.ring}/${row.rings}`, `${row.counts.confirmed}/${row.devices}`, String(row.counts.rejected), row.createdAt]))
    }))
  reading(upgrades.command('show')).argument('<id>', 'id, or a group for its latest').description('Rings, devices that need somebody, and why it stopped.').action((id: string, options: JsonOption) =>
    withApi(options.dir, async (api) => {
      const found = await find(api, id)
      const devices = await get<AgentUpgradeDevicePage>(api, `${pathOf(found.id)}/devices?limit=100&state=rejected,applied,offered,received,verified,offline`)
      if (options.json === true) printJson({ ...found, needing: devices.items })
      else {
        printDetail(found)
        if (devices.items.length > 0) printTable(['DEVICE', 'RING', 'RUNS', 'STATE', 'REASON', 'NEXT'], devices.items.map((row) => [row.hostname, String(row.ring), row.version, row.progress === undefined ? row.state : `${row.state} ${row.progress} %`, row.reason ?? '-', row.next]))
      }
    }))
  const done = (options: JsonOption, found: AgentUpgradeDetail): void => {
    if (options.json === true) printJson(found)
    else say(`${found.id} is ${found.state}`)
  }
  reading(upgrades.command('start')).argument('<group>').argument('<version>').description('Roll a version out to a group.').option('--plan <file>', 'YAML with what differs from the group’s plan: ringPercents, firstDevices, soakSecs, windows, halt, …').action((group: string, version: string, options: JsonOption & { readonly plan?: string }) =>
    withApi(options.dir, async (api) => {
      const plan: unknown = options.plan === undefined ? undefined : parseYaml(await readFile(fromHere(options.plan), 'utf8'))
      done(options, await send<AgentUpgradeDetail>(api, 'POST', '/api/v1/agent-upgrades', { group, version, ...(plan === undefined ? {} : { plan }) }))
    }))
  for (const [word, description] of [['pause', 'No further device gets it, and none goes on fetching, until it is resumed.'], ['resume', 'It goes on, also where a rule had stopped it.'], ['roll-back', 'Devices that have it go back to the version before, at once.']] as const) {
    reading(upgrades.command(word)).argument('<id>', 'id, or a group for its latest').description(description).action((id: string, options: JsonOption) => withApi(options.dir, async (api) => done(options, await send<AgentUpgradeDetail>(api, 'POST', `${pathOf((await find(api, id)).id)}/${word}`))))
  }
  reading(upgrades.command('halt')).argument('<id>', 'id, or a group for its latest').description('Stop it by hand.').option('--note <text>', 'why').action((id: string, options: JsonOption & { readonly note?: string }) =>
    withApi(options.dir, async (api) => done(options, await send<AgentUpgradeDetail>(api, 'POST', `${pathOf((await find(api, id)).id)}/halt`, options.note === undefined ? {} : { note: options.note }))))
}
