// What every answer goes through that holds anything of people, whoever made it:
//
//   1. whoever may see a name now gets it beside the pseudonym
//   2. strong names of others (addresses, accounts, first and last name together) are masked in every text
//   3. a look at people leaves an entry in the audit log before the answer leaves, unless the handler wrote one
//
// A look that was recorded is not recorded again for a minute: a page that refreshes by itself is one look.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Actor, appendAudit, recordedFor } from '../../audit/chain.ts'
import { routeRules } from '../../access/routes.ts'
import type { NameIndex } from '../../domain/people/mask.ts'
import type { People } from '../../privacy/people.ts'
import type { HttpDeps } from '../context.ts'
import { createNames } from '../names.ts'

const SAME_LOOK_MS = 60_000
const MOST_LOOKS = 5000

/** Rules of routes whose answers hold people's data. What people edit and send back whole (policies, settings) is not among them: a mask would be saved. */
const PEOPLE = /^(?:alert|activity|user|case|evidence|device|overview|quarantine)\./
/** Texts that are no words: ids, times, hashes, and words of our own lists. */
const OURS = /(?:^|[a-z])(?:Id|Ids|At|id|at|hash|sha256|fingerprint|cursor|nextCursor|pseudonym|displayName|kind|code|template|category|indicator|day|status|severity|location|sensor|type|state|epoch|publicKey)$|^(?:actor|by|openedBy|updatedBy|author|authorName|decidedBy|dismissedBy|assignee|contributors|indicators|evidence|deviceIds|alertIds)$/
const HOSTS = /^(?:hostname|deviceName|host)$/

interface Walk {
  readonly index: NameIndex
  readonly shown: ReadonlyMap<string, string>
  readonly ids: ReadonlySet<string>
  readonly seen: Set<string>
  readonly known: Map<string, string>
}

function maskedText(walk: Walk, key: string, text: string): string {
  const at = `${HOSTS.test(key) ? 'h' : 't'}${text}`
  let out = walk.known.get(at)
  if (out === undefined) {
    out = HOSTS.test(key) ? walk.index.maskHost(text, walk.ids) : walk.index.mask(text, walk.ids)
    walk.known.set(at, out)
  }
  return out
}

function walked(walk: Walk, key: string, value: unknown): unknown {
  if (typeof value === 'string') return value.length < 3 || OURS.test(key) ? value : maskedText(walk, key, value)
  if (Array.isArray(value)) return OURS.test(key) && typeof value[0] !== 'object' ? value : value.map((item) => walked(walk, key, item))
  if (typeof value !== 'object' || value === null) return value
  const given = value as Readonly<Record<string, unknown>>
  const id = given['id']
  const isPerson = typeof given['pseudonym'] === 'string' && typeof id === 'string'
  const isAccount = typeof id === 'string' && /^(?:a_|tk_|local:|system$)/.test(id)
  const out: Record<string, unknown> = {}
  for (const name of Object.keys(given)) out[name] = isAccount && name === 'name' ? given[name] : walked(walk, name, given[name])
  if (isPerson) {
    walk.seen.add(id)
    const shown = walk.shown.get(id)
    if (shown !== undefined) out['displayName'] = shown
  }
  return out
}

/** Looks that were recorded lately, the oldest forgotten first. */
function createLooks() {
  const looks = new Map<string, number>()
  return {
    isKnown: (look: string, nowMs: number): boolean => nowMs - (looks.get(look) ?? Number.NEGATIVE_INFINITY) < SAME_LOOK_MS,
    add(look: string, nowMs: number) {
      looks.delete(look)
      looks.set(look, nowMs)
      if (looks.size > MOST_LOOKS) for (const oldest of looks.keys()) {
        looks.delete(oldest)
        break
      }
    },
  }
}

const ruleOf = (request: FastifyRequest): string => routeRules[`${request.method === 'HEAD' ? 'GET' : request.method} ${request.routeOptions.url ?? ''}`] ?? ''

/** `/api/v1/alerts/al_1/notes` -> `alerts` and `al_1`. */
function resourceOf(url: string): { readonly resource: string; readonly id: string } {
  const [resource = '-', id = '-'] = (url.split('?')[0] ?? '').split('/').filter((part) => part !== '').slice(2)
  return { resource: resource.replaceAll('-', '_'), id: decodeURIComponent(id).slice(0, 128) }
}

export function installAnswers(app: FastifyInstance, deps: HttpDeps, people: People): void {
  const looks = createLooks()
  const record = async (actor: Actor, request: FastifyRequest, seen: ReadonlySet<string>): Promise<void> => {
    const known = recordedFor(actor)
    const subjects = [...seen].filter((id) => !known.has(id)).toSorted()
    if (subjects.length === 0) return
    const look = `${actor.id} ${request.url} ${subjects.join(' ')}`
    const atMs = deps.now()
    if (looks.isKnown(look, atMs)) return
    const { resource, id } = resourceOf(request.url)
    await deps.store.write((tx) => appendAudit(tx, { actor, action: `${resource}.seen`, targetKind: resource, targetId: id, subjects, detail: { route: request.routeOptions.url ?? '', rows: subjects.length }, atMs }))
    looks.add(look, atMs)
  }

  app.decorateRequest('names', undefined)
  app.addHook('onRequest', async (request) => {
    const { principal } = request
    if (principal === undefined || !/^(?:alert|activity|user|case|evidence|device|overview|quarantine|notice|audit|privacy)\.|^session$|^own$/.test(ruleOf(request))) return
    const [reveals, index] = await Promise.all([deps.store.liveReveals(principal.actor.id, deps.now()), people.names()])
    request.names = createNames(new Set(reveals.map(({ userId }) => userId)), index)
  })
  app.addHook('preSerialization', async (request, reply, payload: unknown) => {
    const { principal, names } = request
    if (principal === undefined || names === undefined || typeof payload !== 'object' || payload === null || !PEOPLE.test(ruleOf(request))) return payload
    const users = names.revealed.size === 0 ? [] : await deps.store.usersByIds([...names.revealed])
    const walk: Walk = { index: await people.names(), shown: new Map(users.map((user) => [user.id, user.displayName])), ids: names.revealed, seen: new Set(), known: new Map() }
    const out = walked(walk, '', payload)
    if (reply.statusCode < 400) await record(principal.actor, request, walk.seen)
    return out
  })
}
