// The files that a supervised nats-server is started with. Everything under nats/ of the data folder can be made anew.
//
//   nats/nats-server.conf   generated at every start, 0600
//   nats/accounts/          account claims; written before every start, updated over the system account
//   nats/jetstream/         the activity stream
//   nats/nats-server.pid    of the process that runs, so that a later collector can end one that was left over
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ACTIVITY_STREAM } from '@holdfast/proto'

/** Room for an account claim with many revocations; a device's own limit is 1 MiB, in its credential. */
const MAX_PAYLOAD = 8 * 1024 * 1024
/** A device keeps one connection; the collector two. */
const MAX_CONNECTIONS = 131_072
/** Beside the stream's own limit: consumer state and metadata. */
const STORE_MARGIN = 1024 * 1024 * 1024

export interface ServerFiles {
  readonly folder: string
  readonly name: string
  readonly host: string
  readonly port: number
  readonly maxBytes: number
  readonly operatorJwt: string
  readonly systemAccount: string
  /** Public key -> claim. */
  readonly accounts: Readonly<Record<string, string>>
  readonly certificateFile: string
  readonly keyFile: string
  /** The servers that it forms a cluster with; absent: it stands alone. */
  readonly cluster?: ClusterFiles
}

/** How the servers of a cluster find and trust each other: TLS both ways, with certificates of the installation's own authority. */
export interface ClusterFiles {
  readonly host: string
  readonly port: number
  /** `host:port` of the others; its own may be among them. */
  readonly routes: readonly string[]
  readonly certificateFile: string
  readonly keyFile: string
  readonly caFile: string
}

/** The name that all of them must share. */
const CLUSTER_NAME = 'holdfast'

export const configPath = (folder: string): string => join(folder, 'nats-server.conf')
export const pidPath = (folder: string): string => join(folder, 'nats-server.pid')

/** What must stay while the server runs; a server whose files were taken away is started again. */
export const watchedPaths = (folder: string, account: string): readonly string[] => [
  configPath(folder), join(folder, 'accounts', `${account}.jwt`), join(folder, 'jetstream', 'jetstream', account, 'streams', ACTIVITY_STREAM, 'meta.inf'),
]

/** Write-and-rename: a server that starts meanwhile reads the old text or the new one. */
export function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.tmp`, text, { mode: 0o600 })
  renameSync(`${path}.tmp`, path)
}

// JSON text is a quoted string of the configuration's grammar, escapes included.
const quoted = JSON.stringify

export const serverConfig = (files: ServerFiles): string => `# Generated at every start of the collector; changes are lost. Set bus.* in holdfast.yaml.
server_name: ${quoted(files.name)}
host: ${quoted(files.host)}
port: ${files.port}
max_payload: ${MAX_PAYLOAD}
max_connections: ${MAX_CONNECTIONS}
ping_interval: "20s"
ping_max: 2
write_deadline: "10s"
logtime: false
operator: ${quoted(files.operatorJwt)}
system_account: ${quoted(files.systemAccount)}
resolver: { type: full, dir: ${quoted(join(files.folder, 'accounts'))}, allow_delete: false, interval: "2m", limit: 1000 }
jetstream: { store_dir: ${quoted(join(files.folder, 'jetstream'))}, max_memory_store: 16777216, max_file_store: ${files.maxBytes + STORE_MARGIN} }
tls: { cert_file: ${quoted(files.certificateFile)}, key_file: ${quoted(files.keyFile)}, timeout: 5 }
${files.cluster === undefined ? '' : clusterConfig(files.cluster)}`

// Addresses of the inside are told to nobody (no_advertise): devices know the names that they were enrolled with.
const clusterConfig = ({ host, port, routes, certificateFile, keyFile, caFile }: ClusterFiles): string => `cluster: {
  name: ${quoted(CLUSTER_NAME)}
  host: ${quoted(host)}
  port: ${port}
  no_advertise: true
  routes: [${routes.map((route) => quoted(`nats-route://${route}`)).join(', ')}]
  tls: { cert_file: ${quoted(certificateFile)}, key_file: ${quoted(keyFile)}, ca_file: ${quoted(caFile)}, verify: true, timeout: 5 }
}
`

export function writeServerFiles(files: ServerFiles): void {
  for (const part of ['', 'accounts', 'jetstream']) mkdirSync(join(files.folder, part), { recursive: true, mode: 0o700 })
  for (const [account, jwt] of Object.entries(files.accounts)) writeWhole(join(files.folder, 'accounts', `${account}.jwt`), jwt)
  writeWhole(configPath(files.folder), serverConfig(files))
}
