// What is packaged: one row a product. Everything that differs between the two stands here.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const repository = join(import.meta.dirname, '../..')

/**
 * Whether the programs tell systemd that they are ready and alive (sd_notify). The one place to switch: the units become
 * `Type=notify` with a watchdog once this is true.
 */
export const NOTIFIES: Readonly<Record<ProductName, boolean>> = { agent: false, collector: false }

export type ProductName = 'agent' | 'collector'

export interface Product {
  readonly name: ProductName
  /** Of the packages, and of the folders in /etc, /var/lib and /usr/lib. */
  readonly package: string
  readonly command: string
  readonly summary: string
  readonly description: string
  /** Folder of the program, from the root. */
  readonly home: string
  /** Folder of one version below `home`, which may stand beside others; empty where there is only one. */
  readonly versionFolder: (version: string) => string
  /** Flags of Node, as the first line of main.ts has them. */
  readonly nodeFlags: readonly string[]
  /** Other packages, beside the libraries that the binaries need: [Debian, RPM]. */
  readonly needs: readonly (readonly [string, string])[]
  readonly config: readonly string[]
}

export const products: Readonly<Record<ProductName, Product>> = {
  agent: {
    name: 'agent', package: 'holdfast-agent', command: 'holdfast-agent',
    summary: 'insider-risk agent of this device',
    description: 'Sees what leaves this device and what is switched off (file copies, removable\nmedia, security features, applications), as the signed policy of its\norganisation asks, and sends it to that organisation\'s collector. The command\n"holdfast-agent what-is-collected" tells everybody what is collected.',
    home: '/usr/lib/holdfast-agent', versionFolder: (version) => `versions/${version}`,
    nodeFlags: ['--max-semi-space-size=2'],
    // setpriv and findmnt, which every Debian has.
    needs: [['', 'util-linux']],
    config: ['/etc/holdfast-agent/agent.yaml', '/etc/default/holdfast-agent'],
  },
  collector: {
    name: 'collector', package: 'holdfast-collector', command: 'holdfast',
    summary: 'insider-risk collector and console',
    description: 'Takes the activities of the agents, scores them per person under policies,\nexplains every point of every score, and gives the security team alerts,\ncases, evidence and an audit trail in a web console. One process with its\nown database; its message server is inside.',
    home: '/usr/lib/holdfast', versionFolder: () => '',
    nodeFlags: ['--max-semi-space-size=4'],
    needs: [['passwd', 'shadow-utils'], ['', 'util-linux']],
    config: ['/etc/default/holdfast'],
  },
}

const VERSION = /^\d+\.\d+\.\d+(-[0-9A-Za-z]+(\.[0-9A-Za-z]+)*)?$/

/** Version of a product's source. */
export const sourceVersion = ({ name }: Product): string => (JSON.parse(readFileSync(join(repository, name, 'package.json'), 'utf8')) as { version: string }).version

/** @throws with words when a version is none: three numbers, and perhaps `-rc.1` */
export function parseVersion(text: string): string {
  if (!VERSION.test(text)) throw new Error(`"${text}" is no version such as 1.4.0 or 1.4.0-rc.1`)
  return text
}

/** As Debian and RPM sort it: 1.4.0~rc.1 comes before 1.4.0. */
export const packageVersion = (version: string): string => version.replace('-', '~')
