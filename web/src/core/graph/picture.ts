/** From steps and what the API answered to them, the picture that is drawn: a pure fold. */
import type { EntityBrief, PathAnswer, RelationAnswer } from '@/api/types'
import { keyOf, type Step, type Steps } from './steps'

/** An entity with the number of its relations in the whole graph, where that is known. */
export type GraphEntity = EntityBrief & { readonly degree?: number }

/** What one step brought. `total` counts all there is of the kind, `paths` keeps the order of the API. */
export interface Answer {
  readonly entities: readonly GraphEntity[]
  readonly relations: readonly RelationAnswer[]
  readonly total?: number
  readonly paths?: readonly PathAnswer[]
  readonly hubsAvoided?: readonly string[]
  readonly truncated?: boolean
  /** Ids that were united with another: asked for, and the one that lasts. */
  readonly standsFor?: Readonly<Record<string, string>>
}

export type Answers = ReadonlyMap<string, Answer>

export interface PictureNode {
  readonly id: string
  readonly entity: EntityBrief
  /** Put there by hand or as the end of a path, not by an expansion. */
  readonly seed: boolean
  /** Relations in the whole graph, 0 while unknown. */
  readonly degree: number
}

export interface Picture {
  readonly nodes: ReadonlyMap<string, PictureNode>
  readonly edges: ReadonlyMap<string, RelationAnswer>
  readonly hidden: ReadonlySet<string>
  readonly pending: Steps
}

export const relationKey = (relation: Pick<RelationAnswer, 'source' | 'type' | 'target'>): string =>
  `${relation.source} ${relation.type} ${relation.target}`

function seedsOf(step: Step): string[] {
  if (step.kind === 'add') return [step.id]
  return step.kind === 'paths' ? [step.source, step.target] : []
}

/** The origin of an expansion stays shown even when the step that once brought it is gone. */
function collect(steps: Steps, answers: Answers): Map<string, PictureNode> {
  const nodes = new Map<string, PictureNode>()
  for (const step of steps) {
    const answer = answers.get(keyOf(step))
    const seeds = new Set(seedsOf(step).map((id) => answer?.standsFor?.[id] ?? id))
    for (const entity of answer?.entities ?? []) {
      const before = nodes.get(entity.id)
      nodes.set(entity.id, {
        id: entity.id,
        entity,
        seed: (before?.seed ?? false) || seeds.has(entity.id),
        degree: Math.max(before?.degree ?? 0, entity.degree ?? 0),
      })
    }
  }
  return nodes
}

/** Build the picture. `known` are relations learned otherwise: they show where both ends are shown. */
export function draw(steps: Steps, answers: Answers, known: readonly RelationAnswer[] = []): Picture {
  const hidden = new Set(steps.flatMap((step) => (step.kind === 'hide' ? [step.id] : [])))
  const nodes = collect(steps, answers)
  for (const id of hidden) nodes.delete(id)
  const edges = new Map<string, RelationAnswer>()
  const learned = steps.flatMap((step) => answers.get(keyOf(step))?.relations ?? [])
  for (const relation of [...known, ...learned]) {
    if (nodes.has(relation.source) && nodes.has(relation.target)) edges.set(relationKey(relation), relation)
  }
  return { nodes, edges, hidden, pending: steps.filter((step) => step.kind !== 'hide' && !answers.has(keyOf(step))) }
}

export const EMPTY_PICTURE: Picture = draw([], new Map())

export interface ClassCount {
  readonly className: string
  readonly count: number
}

/** Entities shown by class, most first: the legend. */
export function legend(picture: Picture): ClassCount[] {
  const counts = new Map<string, number>()
  for (const { entity } of picture.nodes.values()) counts.set(entity.class, (counts.get(entity.class) ?? 0) + 1)
  return [...counts]
    .map(([className, count]) => ({ className, count }))
    .sort((a, b) => b.count - a.count || a.className.localeCompare(b.className))
}

/** Relations shown at one entity. */
export function edgesOf(picture: Picture, id: string): RelationAnswer[] {
  return [...picture.edges.values()].filter((edge) => edge.source === id || edge.target === id)
}

/** Ids and relation keys along a path, for highlighting. */
export function pathKeys(path: PathAnswer): { nodes: Set<string>; edges: Set<string> } {
  return { nodes: new Set(path.entities.map((one) => one.id)), edges: new Set(path.relations.map(relationKey)) }
}
