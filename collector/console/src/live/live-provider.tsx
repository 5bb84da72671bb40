import type { LiveMessage } from '@holdfast/collector/contract'
import { useQueryClient } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useMemo, useReducer, useRef, useState, type Dispatch, type ReactNode } from 'react'
import { API_BASE } from '../api/client.ts'
import { noAnnouncements, reduceAnnouncements, type AnnouncementAction, type Announcements } from './announcements.ts'
import { keepLive, type LiveSocket, type LiveState } from './connection.ts'
import { staleKeys } from './invalidations.ts'

/** Messages of a burst are answered with one round of reads. */
const COALESCE_MS = 300
/** While there is no connection the page asks by itself. */
const POLL_MS = 15_000

type Listener = (message: LiveMessage) => void

interface Live {
  readonly state: LiveState
  readonly announcements: Announcements
  readonly announce: Dispatch<AnnouncementAction>
  readonly listen: (listener: Listener) => () => void
}

const LiveContext = createContext<Live>({ state: 'connecting', announcements: noAnnouncements, announce: () => undefined, listen: () => () => undefined })

export const useLive = (): Live => useContext(LiveContext)

/** Calls `listener` for every live message while the component is on the screen. */
export const useLiveMessages = (listener: Listener): void => {
  const { listen } = useLive()
  const current = useRef(listener)
  useEffect(() => {
    current.current = listener
  })
  useEffect(() => listen((message) => current.current(message)), [listen])
}

const openSocket = (): LiveSocket => {
  const { protocol, host } = globalThis.location
  const socket = new WebSocket(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}${API_BASE}/live`)
  const live: LiveSocket = { opened: null, closed: null, received: null, close: () => socket.close() }
  socket.addEventListener('open', () => live.opened?.())
  socket.addEventListener('close', () => live.closed?.())
  socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => live.received?.({ data }))
  return live
}

const wait = (ms: number, then: () => void): (() => void) => {
  const timer = setTimeout(then, ms)
  return () => clearTimeout(timer)
}

/** Keeps the connection, marks what a message makes stale, and polls while there is no connection. */
export const LiveProvider = ({ children, open = openSocket }: { readonly children: ReactNode; readonly open?: () => LiveSocket }) => {
  const client = useQueryClient()
  const [state, setState] = useState<LiveState>('connecting')
  const [announcements, announce] = useReducer(reduceAnnouncements, noAnnouncements)
  const listeners = useRef(new Set<Listener>())

  useEffect(() => {
    const due = new Map<string, readonly string[]>()
    let timer: ReturnType<typeof setTimeout> | undefined
    const flush = (): void => {
      timer = undefined
      const keys = [...due.values()]
      due.clear()
      for (const queryKey of keys) void client.invalidateQueries({ queryKey: [...queryKey] })
    }
    let lost = false
    const stop = keepLive({
      open,
      wait,
      random: Math.random,
      onState: (next) => {
        // What happened while there was no connection was announced to nobody.
        if (next === 'open' && lost) void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' })
        lost ||= next === 'waiting'
        if (next === 'open') lost = false
        setState(next)
      },
      onMessage: (message) => {
        announce({ type: 'message', message })
        for (const listener of listeners.current) listener(message)
        for (const key of staleKeys(message)) due.set(key.join('\0'), key)
        timer ??= setTimeout(flush, COALESCE_MS)
      },
    })
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [client, open])

  useEffect(() => {
    if (state !== 'waiting') return undefined
    const timer = setInterval(() => void client.invalidateQueries({ predicate: ({ queryKey }) => ['alerts', 'devices', 'overview'].includes(String(queryKey[0])) }), POLL_MS)
    return () => clearInterval(timer)
  }, [state, client])

  const listen = useMemo(() => (listener: Listener) => {
    listeners.current.add(listener)
    return () => void listeners.current.delete(listener)
  }, [])
  const value = useMemo(() => ({ state, announcements, announce, listen }), [state, announcements, listen])
  return <LiveContext value={value}>{children}</LiveContext>
}
