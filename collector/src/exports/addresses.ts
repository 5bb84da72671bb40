// Where exports may connect to. A name is resolved once, every address that it has is looked at, and the connection is
// made to the address that was looked at: a name that changes its mind between the two (DNS rebinding) gains nothing.
//
// Never: this-network, link-local (which holds the metadata services of clouds), multicast and reserved ranges. Only where
// the target says so: loopback, private and shared ranges, unique local addresses. What maps an IPv4 address into IPv6
// counts as that address.
import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import { ExportFailure } from './problem.ts'

const list = (...subnets: readonly (readonly [string, number])[]): BlockList => {
  const blocked = new BlockList()
  for (const [net, prefix] of subnets) blocked.addSubnet(net, prefix, net.includes(':') ? 'ipv6' : 'ipv4')
  return blocked
}

const never = list(['0.0.0.0', 8], ['169.254.0.0', 16], ['192.0.0.0', 24], ['192.0.2.0', 24], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4], ['::', 128], ['fe80::', 10], ['ff00::', 8], ['2001:db8::', 32], ['fd00:ec2::', 32])
const inner = list(['127.0.0.0', 8], ['10.0.0.0', 8], ['172.16.0.0', 12], ['192.168.0.0', 16], ['100.64.0.0', 10], ['198.18.0.0', 15], ['::1', 128], ['fc00::', 7])

export type AddressClass = 'public' | 'private' | 'never'

/** The eight groups of an IPv6 address. */
function groupsOf(address: string): readonly number[] {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address)
  const plain = dotted === null ? address : `${dotted[1]}${((Number(dotted[2]) << 8) | Number(dotted[3])).toString(16)}:${((Number(dotted[4]) << 8) | Number(dotted[5])).toString(16)}`
  const [left = '', right] = plain.split('::')
  const read = (text: string): number[] => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)))
  const head = read(left)
  const tail = right === undefined ? [] : read(right)
  return right === undefined ? head : [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail]
}

/** The IPv4 address inside a mapped (::ffff:0:0/96), translated (64:ff9b::/96) or 6to4 (2002::/16) one. */
function embedded(address: string): string | undefined {
  const groups = groupsOf(address)
  const dotted = (high = 0, low = 0): string => [high >> 8, high & 255, low >> 8, low & 255].join('.')
  if (groups.slice(0, 5).every((group) => group === 0) && (groups[5] === 0xffff || (groups[5] === 0 && (groups[6] ?? 0) !== 0))) return dotted(groups[6], groups[7])
  if (groups[0] === 0x64 && groups[1] === 0xff9b) return dotted(groups[6], groups[7])
  if (groups[0] === 0x2002) return dotted(groups[1], groups[2])
  return undefined
}

/** What a numeric address is. @param address IPv4 or IPv6, without a zone */
export function classOf(address: string): AddressClass {
  const version = isIP(address)
  if (version === 0) return 'never'
  const inside = version === 6 ? embedded(address) : undefined
  if (inside !== undefined) return classOf(inside)
  const family = version === 6 ? 'ipv6' : 'ipv4'
  if (never.check(address, family)) return 'never'
  return inner.check(address, family) ? 'private' : 'public'
}

export type Resolve = (host: string) => Promise<readonly string[]>

const resolveHost: Resolve = async (host) => (await lookup(host, { all: true, verbatim: false })).map(({ address }) => address)

/**
 * The address to connect to.
 *
 * @param host name or numeric address, brackets allowed
 * @throws ExportFailure dns; address when any of its addresses may not be connected to
 */
export async function checkedAddress(host: string, allowPrivate: boolean, resolve: Resolve = resolveHost): Promise<string> {
  const bare = host.replace(/^\[(.*)\]$/, '$1')
  let addresses: readonly string[]
  try {
    addresses = isIP(bare) === 0 ? await resolve(bare) : [bare]
  } catch (cause) {
    throw new ExportFailure({ kind: 'dns', detail: `${bare}: ${(cause as NodeJS.ErrnoException).code ?? 'not found'}` }, { cause })
  }
  const [first] = addresses
  if (first === undefined) throw new ExportFailure({ kind: 'dns', detail: `${bare} has no address` })
  for (const address of addresses) {
    const cls = classOf(address)
    if (cls === 'never' || (cls === 'private' && !allowPrivate)) throw new ExportFailure({ kind: 'address', detail: isIP(bare) === 0 ? `${bare} is ${address}` : address })
  }
  return first
}
