// Rules that stand in the kernel alone, told by the kernel: packet filters (NETLINK_NETFILTER, group NFNLGRP_NFTABLES) and the
// audit's own configuration (NETLINK_AUDIT, group AUDIT_NLGRP_READLOG, which needs no audit daemon).
//
//   nfnetlink  nlmsghdr 16 bytes | nfgenmsg 4 bytes | attributes: length u16, type u16, value padded to 4
//              NFT_MSG_NEWGEN ends each transaction: NFTA_GEN_PROC_PID 2 (u32, network order), NFTA_GEN_PROC_NAME 3
//   audit      nlmsghdr 16 bytes (type AUDIT_CONFIG_CHANGE) | `audit(time:serial): op=… auid=… ses=…`
//
// Only these two types come through: an audit that writes down every open(2) wakes nobody here. A message is a hint: what is
// so now is asked for.
import type { KernelRules, RuleChanger } from '../platform.ts'
import { listenNetlink, onlyType } from './netlink.ts'

const NETLINK_AUDIT = 9
const NETLINK_NETFILTER = 12
const AUDIT_NLGRP_READLOG = 1
const NFNLGRP_NFTABLES = 7
const AUDIT_CONFIG_CHANGE = 1305
/** NFNL_SUBSYS_NFTABLES 10, NFT_MSG_NEWGEN 15. */
const NEWGEN = (10 << 8) | 15
const NFTA_GEN_PROC_PID = 2
const NFTA_GEN_PROC_NAME = 3
const TYPE_AT = 4
const HEADER_BYTES = 16
const NFGENMSG_BYTES = 4
/** (uid_t) -1: nobody has signed in. */
const NOBODY = 4_294_967_295

/** The changer of packet filter rules in one message; undefined for any other. */
export function parseNewGeneration(message: Buffer): RuleChanger | undefined {
  if (message.length < HEADER_BYTES + NFGENMSG_BYTES || message.readUInt16LE(TYPE_AT) !== NEWGEN) return undefined
  const changer: { pid?: number; name?: string } = {}
  const end = Math.min(message.readUInt32LE(0), message.length)
  for (let at = HEADER_BYTES + NFGENMSG_BYTES; at + 4 <= end; ) {
    const length = message.readUInt16LE(at)
    if (length < 4 || at + length > end) break
    const value = message.subarray(at + 4, at + length)
    // The two highest bits say how it is nested and ordered.
    const type = message.readUInt16LE(at + 2) & 0x3fff
    if (type === NFTA_GEN_PROC_PID && value.length === 4) changer.pid = value.readUInt32BE(0)
    if (type === NFTA_GEN_PROC_NAME) changer.name = value.toString('utf8').split('\0')[0] ?? ''
    at += (length + 3) & ~3
  }
  return changer
}

/** The changer of the audit's configuration; undefined for any other message. */
export function parseConfigChange(message: Buffer): RuleChanger | undefined {
  if (message.length < HEADER_BYTES || message.readUInt16LE(TYPE_AT) !== AUDIT_CONFIG_CHANGE) return undefined
  const text = message.toString('utf8', HEADER_BYTES)
  const number = (key: string): number | undefined => {
    const found = new RegExp(`\\b${key}=(\\d+)`).exec(text)?.[1]
    return found === undefined ? undefined : Number(found)
  }
  const [pid, loginUid] = [number('pid'), number('auid')]
  return { ...(pid === undefined ? {} : { pid }), ...(loginUid === undefined || loginUid === NOBODY ? {} : { loginUid }) }
}

const WATCHED = {
  packet_filter: { group: { protocol: NETLINK_NETFILTER, groups: [NFNLGRP_NFTABLES], filter: onlyType(NEWGEN) }, parse: parseNewGeneration },
  audit: { group: { protocol: NETLINK_AUDIT, groups: [AUDIT_NLGRP_READLOG], filter: onlyType(AUDIT_CONFIG_CHANGE) }, parse: parseConfigChange },
} as const

/**
 * Calls back at each change of one kind of rules until the signal aborts; with nothing known when messages were lost.
 *
 * @throws Error with the errno when the kernel does not allow it (no root, another network namespace, no such subsystem)
 */
export function watchKernelRules(rules: KernelRules, onChange: (changer: RuleChanger) => void, signal: AbortSignal): void {
  const { group, parse } = WATCHED[rules]
  listenNetlink(group, {
    onMessage(message) {
      const changer = parse(message)
      if (changer !== undefined) onChange(changer)
    },
    onLost: () => onChange({}),
  }, signal)
}
