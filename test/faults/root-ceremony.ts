// Holders of root keys, each with a key file of their own outside of the installation.
import { join } from 'node:path'
import type { Installation } from '../support/collector.ts'
import { collectorMain, runCommand } from '../support/processes.ts'

export interface Holder {
  readonly file: string
  /** Base64. */
  readonly publicKey: string
}

/** `holdfast ...` without an installation, as on a machine that has none. */
async function elsewhere(...args: readonly string[]): Promise<string> {
  const done = await runCommand(collectorMain, args)
  if (done.code !== 0) throw new Error(`holdfast ${args.join(' ')} ended with ${done.code}: ${done.stderr}`)
  return done.stdout
}

export async function makeHolder(folder: string, name: string): Promise<Holder> {
  const file = join(folder, `${name}.pem`)
  const { publicKey } = JSON.parse(await elsewhere('keys', 'make', file, '--json')) as { publicKey: string }
  return { file, publicKey }
}

export async function signBy(path: string, holders: readonly Holder[]): Promise<void> {
  for (const { file } of holders) await elsewhere('keys', 'sign', path, '--key', file, '--yes', '--json')
}

/** Proposes, has it signed and accepts; the collector must not run. */
export async function changeRoot(installation: Installation, path: string, signers: readonly Holder[], ...propose: readonly string[]): Promise<void> {
  await installation.holdfast('keys', 'root', 'propose', path, ...propose)
  await signBy(path, signers)
  await installation.holdfast('keys', 'root', 'accept', path)
}

export const rootKeyArguments = (holders: readonly Holder[], threshold: number): readonly string[] => [...holders.flatMap(({ publicKey }) => ['--root-key', publicKey]), '--root-threshold', String(threshold)]
