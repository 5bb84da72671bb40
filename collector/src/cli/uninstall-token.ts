// holdfast uninstall-token: what whoever removes the agent of a group's devices must know.
import { randomBytes } from 'node:crypto'
import type { Command } from 'commander'
import { protectUninstall } from '@holdfast/proto'
import { base32 } from '../bus/nkeys.ts'
import { readGroup, writeGroup } from './group-settings.ts'
import { print, printJson, say } from './output.ts'
import type { CommandDeps } from './policies.ts'

interface GroupOption {
  readonly dir: string
  readonly json?: boolean
  readonly group: string
}

export function uninstallTokenCommands(program: Command, { reading, withApi }: Pick<CommandDeps, 'reading' | 'withApi'>): void {
  const tokens = program.command('uninstall-token').description('The token without which the agent’s package is not removed from the devices of a group.')
  const forGroup = (name: string, description: string): Command => reading(tokens.command(name)).description(description).option('--group <group>', 'device group', 'default')

  forGroup('create', 'Make a new token for a group; it is shown once, and devices get only its hash.').action((options: GroupOption) =>
    withApi(options.dir, async (api) => {
      const seen = await readGroup(api, options.group)
      const token = (base32(randomBytes(15)).match(/.{4}/g) ?? []).join('-')
      const { salt, tokenHash } = protectUninstall(token)
      await writeGroup(api, seen, { ...seen.settings, uninstall: { salt: Buffer.from(salt).toString('base64'), tokenHash: Buffer.from(tokenHash).toString('base64') } })
      if (options.json === true) printJson({ group: options.group, token })
      else {
        print(token)
        say(`Devices of the group ${options.group} ask for it as soon as they have the new policy. Shown only now; keep it where it is found when this collector is gone.`)
      }
    }))
  forGroup('withdraw', 'Ask for no token any more.').action((options: GroupOption) =>
    withApi(options.dir, async (api) => {
      const seen = await readGroup(api, options.group)
      await writeGroup(api, seen, { ...seen.settings, uninstall: null })
      if (options.json === true) printJson({ group: options.group })
      else say(`devices of the group ${options.group} may be removed without a token`)
    }))
}
