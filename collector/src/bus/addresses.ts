// Where devices connect from, as the broker sees it: nothing that a device says of itself.
//
// The system account is told of each new connection; what was connected before somebody asked is found by going through the
// servers' own lists, page by page. Behind a proxy or an address translation it is the outer address, of everybody there the same.
import { type NatsConnection, RequestStrategy, StringCodec } from 'nats'

const PAGE = 1024
const WAIT_MS = 2000
/** More pages of one server than it allows connections would hold. */
const MOST_PAGES = 256

export interface DeviceAddress {
  /** NKey of the credential that it connected with. */
  readonly publicKey: string
  readonly address: string
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null

/** Of an event or a row of a list; undefined where it is of nobody that has a key. */
function addressOf(row: unknown, key: string, address: string): DeviceAddress | undefined {
  if (!isObject(row)) return undefined
  const [publicKey, from] = [row[key], row[address]]
  return typeof publicKey === 'string' && /^U[A-Z2-7]{55}$/.test(publicKey) && typeof from === 'string' && from !== '' ? { publicKey, address: from } : undefined
}

const codec = StringCodec()
function read(data: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(codec.decode(data))
    return isObject(value) ? value : {}
  } catch {
    // A server of another make: it says nothing that is understood here.
    return {}
  }
}

/** Calls back with each connection of the account that is made from now on. @returns the call that ends it */
export function watchAddresses(system: NatsConnection, account: string, handle: (found: DeviceAddress) => void): () => void {
  const subscription = system.subscribe(`$SYS.ACCOUNT.${account}.CONNECT`, {
    callback: (error, message) => {
      const found = error === null ? addressOf(read(message.data)['client'], 'user', 'host') : undefined
      if (found !== undefined) handle(found)
    },
  })
  return () => subscription.unsubscribe()
}

interface ListPage {
  readonly server: string
  readonly total: number
  readonly found: readonly DeviceAddress[]
}

function pageOf(data: Uint8Array): ListPage {
  const answer = read(data)
  const server = isObject(answer['server']) && typeof answer['server']['id'] === 'string' ? answer['server']['id'] : ''
  const list = isObject(answer['data']) ? answer['data'] : {}
  const rows = Array.isArray(list['connections']) ? (list['connections'] as readonly unknown[]) : []
  return { server, total: typeof list['total'] === 'number' ? list['total'] : rows.length, found: rows.flatMap((row) => addressOf(row, 'authorized_user', 'ip') ?? []) }
}

/** Goes through the lists of every server once. */
export async function listAddresses(system: NatsConnection, account: string, handle: (found: DeviceAddress) => void): Promise<void> {
  const question = (offset: number): Uint8Array => codec.encode(JSON.stringify({ auth: true, acc: account, limit: PAGE, offset }))
  const servers: ListPage[] = []
  for await (const message of await system.requestMany('$SYS.REQ.SERVER.PING.CONNZ', question(0), { maxWait: WAIT_MS, strategy: RequestStrategy.JitterTimer, jitter: 300 })) servers.push(pageOf(message.data))
  for (const first of servers) {
    for (const found of first.found) handle(found)
    for (let page = 1; page < MOST_PAGES && page * PAGE < first.total && first.server !== ''; page += 1) {
      const { found } = pageOf((await system.request(`$SYS.REQ.SERVER.${first.server}.CONNZ`, question(page * PAGE), { timeout: WAIT_MS })).data)
      if (found.length === 0) break
      for (const one of found) handle(one)
    }
  }
}
