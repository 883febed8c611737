/** Asks the API what each step of the graph means. */
import { api } from '@/api/client'
import type { ExpandAnswer, NeighbourItem, RelationAnswer } from '@/api/types'
import type { Answer, GraphEntity } from '@/core/graph/picture'
import { EXPAND_PAGE, type ExpandStep, type PathsStep, type Step } from '@/core/graph/steps'

/** Relations of an entity that come along when it is added: enough to link it to what is shown. */
const PER_ENTITY = 50
const PATHS = 5
/** Ids per request when links among shown entities are looked for; the API takes 100. */
const LINK_BATCH = 40

function degrees(answer: ExpandAnswer): Map<string, number> {
  const counts = new Map(Object.entries(answer.omitted))
  for (const { source, target } of answer.relations) {
    for (const id of [source, target]) counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  return counts
}

async function added(id: string, signal: AbortSignal): Promise<Answer> {
  const answer = await api.expand({ id: [id], depth: 1, per_entity: PER_ENTITY, limit: PER_ENTITY + 1 }, signal)
  // An id that was united with another comes back under the lasting one, always first.
  const entity = answer.entities.find((one) => one.id === id) ?? answer.entities[0]
  const degree = entity && degrees(answer).get(entity.id)
  return {
    entities: entity ? [{ ...entity, degree: degree ?? 0 }] : [],
    relations: answer.relations,
    ...(entity && entity.id !== id ? { standsFor: { [id]: entity.id } } : {}),
  }
}

async function expanded(step: ExpandStep, signal: AbortSignal): Promise<Answer> {
  const { id, type, direction, className, count } = step
  const items: NeighbourItem[] = []
  let cursor: string | null = null
  let total = 0
  do {
    const limit = Math.min(EXPAND_PAGE, count - items.length)
    const page = await api.neighbours(id, { type, direction, class: className, limit, cursor }, signal)
    items.push(...page.items)
    cursor = page.next_cursor
    total = page.total
  } while (cursor && items.length < count)
  const origin = await added(id, signal)
  const entities: GraphEntity[] = items.map(({ entity, degree }) => ({ ...entity, degree }))
  return { entities: [...origin.entities, ...entities], relations: items.map((item) => item.relation), total }
}

async function connected(step: PathsStep, signal: AbortSignal): Promise<Answer> {
  const { source, target, maxHops } = step
  const [answer, ...ends] = await Promise.all([
    api.paths({ source, target, max_hops: maxHops, count: PATHS }, signal),
    added(source, signal),
    added(target, signal),
  ])
  const along = answer.paths.flatMap((path) => path.entities)
  return {
    entities: [...ends.flatMap((end) => end.entities), ...along],
    relations: answer.paths.flatMap((path) => path.relations),
    paths: answer.paths,
    hubsAvoided: answer.hubs_avoided.map((hub) => hub.label),
    truncated: answer.truncated,
  }
}

export function answerOf(step: Exclude<Step, { kind: 'hide' }>, signal: AbortSignal): Promise<Answer> {
  if (step.kind === 'add') return added(step.id, signal)
  return step.kind === 'expand' ? expanded(step, signal) : connected(step, signal)
}

/** Relations of these entities, so that those between shown ones appear without being asked for one by one. */
export async function linksOf(ids: readonly string[], signal: AbortSignal): Promise<RelationAnswer[]> {
  const found: RelationAnswer[] = []
  for (let at = 0; at < ids.length; at += LINK_BATCH) {
    const batch = ids.slice(at, at + LINK_BATCH)
    const answer = await api.expand({ id: batch, depth: 1, per_entity: 25, limit: 1000 }, signal)
    found.push(...answer.relations)
  }
  return found
}
