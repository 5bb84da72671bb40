// Alerts that came or changed since the queue was loaded. They are announced, never pushed under the mouse.
import type { LiveMessage } from '@holdfast/collector/contract'

export interface Announcements {
  readonly created: readonly string[]
  readonly changed: readonly string[]
  /** Alerts that this tab is changing itself: their next message is no news. */
  readonly own: readonly string[]
}

export const noAnnouncements: Announcements = { created: [], changed: [], own: [] }

export type AnnouncementAction =
  | { readonly type: 'message'; readonly message: LiveMessage }
  | { readonly type: 'own-change'; readonly alertId: string }
  | { readonly type: 'shown' }

const withId = (ids: readonly string[], id: string): readonly string[] => (ids.includes(id) ? ids : [...ids, id])
const without = (ids: readonly string[], id: string): readonly string[] => ids.filter((one) => one !== id)

export const reduceAnnouncements = (state: Announcements, action: AnnouncementAction): Announcements => {
  if (action.type === 'shown') return state.created.length + state.changed.length === 0 ? state : { ...noAnnouncements, own: state.own }
  if (action.type === 'own-change') return { ...state, own: withId(state.own, action.alertId) }
  const { message } = action
  if (message.topic === 'alert.created') return { ...state, created: withId(state.created, message.alertId) }
  if (message.topic !== 'alert.updated') return state
  if (state.own.includes(message.alertId)) return { ...state, own: without(state.own, message.alertId) }
  return state.created.includes(message.alertId) ? state : { ...state, changed: withId(state.changed, message.alertId) }
}
