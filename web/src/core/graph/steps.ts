/**
 * What a person did to the graph, as a list of steps. The list is the whole view: it is short enough for the
 * address bar, replaying it gives the picture again, and undo is going back to an earlier list.
 */
import type { Direction } from '@/api/types'

export interface AddStep {
  readonly kind: 'add'
  readonly id: string
}

/** Neighbours of `id` of one kind, the first `count` of them. */
export interface ExpandStep {
  readonly kind: 'expand'
  readonly id: string
  readonly type: string
  readonly direction: Direction
  readonly className: string
  readonly count: number
}

export interface PathsStep {
  readonly kind: 'paths'
  readonly source: string
  readonly target: string
  readonly maxHops: number
}

export interface HideStep {
  readonly kind: 'hide'
  readonly id: string
}

export type Step = AddStep | ExpandStep | PathsStep | HideStep
export type Steps = readonly Step[]

/** One click shows this many more neighbours: a hub of 10,000 never arrives at once. */
export const EXPAND_PAGE = 50
/** The most neighbours of one kind that are drawn around one entity; beyond, the list of the entity page serves better. */
export const EXPAND_LIMIT = 500
export const HOPS = { least: 1, usual: 6, most: 8 } as const

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value))

export const add = (id: string): AddStep => ({ kind: 'add', id })
export const hide = (id: string): HideStep => ({ kind: 'hide', id })
export const paths = (source: string, target: string, maxHops: number = HOPS.usual): PathsStep => ({
  kind: 'paths',
  source,
  target,
  maxHops: clamp(maxHops, HOPS.least, HOPS.most),
})

const sameKind = (a: ExpandStep, b: Step): boolean =>
  b.kind === 'expand' &&
  a.id === b.id &&
  a.type === b.type &&
  a.direction === b.direction &&
  a.className === b.className

/** Expanding the same kind again raises its count instead of adding a step. */
export function withExpand(steps: Steps, step: ExpandStep): Steps {
  const capped = { ...step, count: clamp(step.count, 1, EXPAND_LIMIT) }
  return steps.some((one) => sameKind(capped, one))
    ? steps.map((one) => (sameKind(capped, one) ? capped : one))
    : [...steps, capped]
}

/** Adding brings back what was hidden. */
export function withAdd(steps: Steps, ids: readonly string[]): Steps {
  const wanted = new Set(ids)
  const kept = steps.filter((one) => !(one.kind === 'hide' && wanted.has(one.id)))
  const known = new Set(kept.flatMap((one) => (one.kind === 'add' ? [one.id] : [])))
  return [...kept, ...[...wanted].filter((id) => !known.has(id)).map(add)]
}

export function withPaths(steps: Steps, step: PathsStep): Steps {
  const others = steps.filter(
    (one) => !(one.kind === 'paths' && one.source === step.source && one.target === step.target),
  )
  return [...others, step]
}

/** An entity that was only added by hand just leaves; one that other steps brought is hidden. */
export function withHidden(steps: Steps, ids: readonly string[]): Steps {
  const gone = new Set(ids)
  const kept = steps.filter((one) => !('id' in one && gone.has(one.id)))
  return [...kept, ...[...gone].map(hide)]
}

/** Take back the expansions of one entity; it stays, and so does what other steps brought. */
export function withCollapsed(steps: Steps, id: string): Steps {
  const kept = steps.filter((one) => !(one.kind === 'expand' && one.id === id))
  return kept.length === steps.length ? steps : withAdd(kept, [id])
}

export const withoutHidden = (steps: Steps): Steps => steps.filter((one) => one.kind !== 'hide')

export function expandedCount(steps: Steps, kind: Omit<ExpandStep, 'kind' | 'count'>): number {
  const match = steps.find((one) => sameKind({ ...kind, kind: 'expand', count: 0 }, one))
  return match?.kind === 'expand' ? match.count : 0
}

const LETTER = { add: 'a', expand: 'x', paths: 'p', hide: 'h' } as const
const encode = (text: string): string => encodeURIComponent(text).replace(/[.~]/g, (c) => (c === '.' ? '%2E' : '%7E'))

function fields(step: Step): string[] {
  if (step.kind === 'expand') return [step.id, step.type, step.direction, step.className, String(step.count)]
  if (step.kind === 'paths') return [step.source, step.target, String(step.maxHops)]
  return [step.id]
}

/** The key of a step: what it asks the API, and its text in the address. */
export function keyOf(step: Step): string {
  return [LETTER[step.kind], ...fields(step).map(encode)].join('.')
}

export const format = (steps: Steps): string => steps.map(keyOf).join('~')

function parseStep(text: string): Step | null {
  let parts: string[]
  try {
    parts = text.split('.').map(decodeURIComponent)
  } catch {
    return null
  }
  const [letter, one, two, three, four, five] = parts
  if (!one) return null
  if (letter === 'a') return add(one)
  if (letter === 'h') return hide(one)
  if (letter === 'p' && two) return paths(one, two, Number(three) || HOPS.usual)
  if (letter === 'x' && two && (three === 'in' || three === 'out') && four) {
    const count = clamp(Number(five) || EXPAND_PAGE, 1, EXPAND_LIMIT)
    return { kind: 'expand', id: one, type: two, direction: three, className: four, count }
  }
  return null
}

/** Steps that cannot be read are left out: an old link opens with what is still understood. */
export function parse(text: string): Steps {
  return text
    .split('~')
    .map(parseStep)
    .filter((step) => step !== null)
}
