// What the processes of an installation tell each other, over the broker that all of them have a connection to.
//
// A word may get lost: whatever depends on one looks by itself now and then as well, and everything is looked at again after
// a connection came back. A word of a later release that is not known here is left out.
import type { Bus } from '../bus/contract.ts'
import type { LiveMessage } from '../http/live/schema.ts'

export interface Words {
  /** Somebody is there, with these roles; again and again. */
  readonly member: { readonly roles: readonly string[] }
  /** It goes, and says so. */
  readonly leaves: Record<string, never>
  /** For the consoles of every process. */
  readonly live: Exclude<LiveMessage, { topic: 'hello' }>
  /** There is work of this name. */
  readonly wake: { readonly what: string }
  /** The store says something new of this name. */
  readonly changed: { readonly what: string }
  /** A device has come or was moved into a group. */
  readonly joined: { readonly deviceId: string; readonly group: string }
  readonly putOut: { readonly deviceId: string; readonly group: string }
  /** An order to a device is answered, or is not wanted any more. */
  readonly withdrawn: { readonly deviceId: string; readonly orderId: string }
}
export type Topic = keyof Words

export interface Exchange {
  /** To every other process. */
  tell<T extends Topic>(topic: T, word: Words[T]): void
  /** What others tell; never what this process told. */
  on<T extends Topic>(topic: T, hear: (word: Words[T], from: string) => void): void
  /**
   * A call that reaches every process, this one included: here at once, elsewhere soon. Many in a row are told once.
   *
   * @param local what it does in this process, also when another one calls
   */
  everywhere(topic: 'wake' | 'changed', what: string, local: () => void): () => void
}

/** Calls that come faster are told together. */
const GATHER_MS = 50

/** Of the only process: nobody to tell, nobody to hear. */
export const nobody: Exchange = { tell: () => {}, on: () => {}, everywhere: (_topic, _what, local) => local }

/** @param id of this process, unlike that of any other and of itself before a restart */
export function createExchange(bus: Pick<Bus, 'tell' | 'onTold'>, id: string, onError: (error: unknown) => void): Exchange {
  const hearers = new Map<string, ((word: never, from: string) => void)[]>()
  const on: Exchange['on'] = (topic, hear) => void hearers.set(topic, [...(hearers.get(topic) ?? []), hear])
  const tell: Exchange['tell'] = (topic, word) => bus.tell(Buffer.from(JSON.stringify({ from: id, topic, word })))
  bus.onTold((data) => {
    try {
      const { from, topic, word } = JSON.parse(Buffer.from(data).toString()) as { readonly from: string; readonly topic: string; readonly word: never }
      if (from !== id) for (const hear of hearers.get(topic) ?? []) hear(word, from)
    } catch (error) {
      onError(error)
    }
  })
  return {
    tell, on,
    everywhere(topic, what, local) {
      let timer: NodeJS.Timeout | undefined
      on(topic, (word) => {
        if (word.what === what) local()
      })
      return () => {
        local()
        timer ??= setTimeout(() => {
          timer = undefined
          tell(topic, { what })
        }, GATHER_MS).unref()
      }
    },
  }
}
