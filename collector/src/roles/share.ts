// What of a process's rooms the others must hear of, and what it does when they tell.
import { LRUCache } from 'lru-cache'
import type { Fleet } from '../fleet/contract.ts'
import type { Orders } from '../fleet/orders.ts'
import { createLiveHub, type LiveHub } from '../http/live/hub.ts'
import type { Detection } from '../ingest/detection.ts'
import type { Exchange } from './words.ts'

/** Announcements reach the consoles of every process. */
export function shareLive(exchange: Exchange): LiveHub {
  const hub = createLiveHub()
  exchange.on('live', (message) => hub.publish(message))
  return {
    subscribe: (listener) => hub.subscribe(listener),
    publish(message) {
      hub.publish(message)
      exchange.tell('live', message)
    },
  }
}

/** Settings that are changed in one process are counted with in all of them. */
export function shareDetection(detection: Detection, exchange: Exchange, onError: (error: unknown) => void): Detection {
  const changed = exchange.everywhere('changed', 'detection', () => {})
  exchange.on('changed', ({ what }) => {
    if (what === 'detection' || what === 'everything') detection.reload().catch(onError)
  })
  exchange.on('joined', ({ deviceId, group }) => detection.joined(deviceId, group))
  return {
    get compiled() { return detection.compiled },
    get stored() { return detection.stored },
    get allowances() { return detection.allowances },
    count: (activities) => detection.count(activities),
    async reload() {
      await detection.reload()
      changed()
    },
    joined(deviceId, group) {
      detection.joined(deviceId, group)
      exchange.tell('joined', { deviceId, group })
    },
  }
}

/** What one process does to a device or a group, the others know. */
export function shareFleet(fleet: Fleet, exchange: Exchange, onError: (error: unknown) => void): Fleet {
  const settings = exchange.everywhere('changed', 'fleet', () => {})
  const follow = exchange.everywhere('wake', 'follow', () => fleet.followRiskLevels())
  exchange.on('changed', ({ what }) => {
    if (what === 'fleet' || what === 'everything') fleet.heardOf.settings().catch(onError)
  })
  exchange.on('joined', ({ deviceId }) => fleet.heardOf.letIn(deviceId))
  exchange.on('putOut', ({ deviceId, group }) => fleet.heardOf.putOut(deviceId, group))
  return {
    ...fleet,
    followRiskLevels: follow,
    async pushPolicies(groups) {
      // Before the devices are told: whoever answers their heartbeats must not give them what was before.
      settings()
      await fleet.pushPolicies(groups)
    },
    async pushToDevices(group, deviceIds) {
      settings()
      await fleet.pushToDevices(group, deviceIds)
    },
    dismiss(device, why) {
      fleet.dismiss(device, why)
      exchange.tell('putOut', { deviceId: device.id, group: device.group })
    },
    // Others offer it again until the device has taken it.
    offerCredential(device) {
      fleet.offerCredential(device)
      exchange.tell('joined', { deviceId: device.id, group: device.group })
    },
  }
}

/** Orders of a process that answers no device: those that do read them from the store. */
export function remoteOrders(wake: () => void, exchange: Exchange): Orders {
  return {
    send: () => wake(),
    withdraw: (deviceId, orderId) => exchange.tell('withdrawn', { deviceId, orderId }),
    heard: () => {},
    waiting: 0,
  }
}

/** @param orders of a process that answers devices. @returns what it must be told when one is over here */
export function hearOrders(orders: () => Orders, exchange: Exchange): (deviceId: string, orderId: string) => void {
  /** Told by another: telling it again would go on for ever. */
  const heard = new LRUCache<string, true>({ max: 10_000 })
  exchange.on('withdrawn', ({ deviceId, orderId }) => {
    heard.set(`${deviceId} ${orderId}`, true)
    orders().withdraw(deviceId, orderId)
  })
  return (deviceId, orderId) => {
    if (!heard.has(`${deviceId} ${orderId}`)) exchange.tell('withdrawn', { deviceId, orderId })
  }
}
