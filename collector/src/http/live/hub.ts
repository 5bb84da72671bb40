// Announcements to everybody who listens, each filtered by what the listener may see.
import type { Permission } from '../../access/permissions.ts'
import type { LiveMessage } from './schema.ts'

/** Topic -> permission that hears it. */
export const topics: Readonly<Record<Exclude<LiveMessage['topic'], 'hello'>, Permission>> = {
  'alert.created': 'alert.read',
  'alert.updated': 'alert.read',
  'case.updated': 'case.manage',
  'notice.sent': 'case.manage',
  'bundle.state': 'case.export',
  'device.enrolled': 'device.read',
  'enrolment.request': 'enrolment.manage',
  'device.updated': 'device.read', 'rollout.updated': 'device.read',
  'evidence.received': 'evidence.read',
  'evidence.quota': 'settings.manage',
  'report.state': 'user.report', 'policy.updated': 'policy.read',
  'export.state': 'export.manage',
  'user.risk_level': 'user.read',
  'privacy.requested': 'privacy.approve',
  'privacy.decided': 'user.reveal',
  'exception.requested': 'exception.decide', 'exception.decided': 'exception.decide', 'question.state': 'question.read',
}

export interface LiveHub {
  publish(message: Exclude<LiveMessage, { topic: 'hello' }>): void
  /** @returns the call that ends it */
  subscribe(listener: (message: LiveMessage) => void): () => void
}

export function createLiveHub(): LiveHub {
  const listeners = new Set<(message: LiveMessage) => void>()
  return {
    publish(message) {
      for (const listener of listeners) listener(message)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
