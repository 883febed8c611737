/** Facts of an entity, ordered and grouped for reading. */
import type { EntityAnswer, Fact, Label, RelationCount, Source } from '@/api/types'
import { parseLocation } from '@/core/format/value'

export interface FactGroup {
  readonly property: string
  readonly label: Label
  readonly facts: readonly Fact[]
}

/** What a reader looks for first; everything else follows in the order of the API. */
const FIRST = ['name', 'uscc', 'source_code', 'permit_number', 'code', 'status', 'address', 'industry', 'region']
/** Codes that name a thing outside of this service; shown in the header to be compared and copied. */
const CODES = ['uscc', 'source_code', 'permit_number', 'org_code', 'document_number', 'outlet_code', 'region_code']

const rank = (property: string): number => {
  const at = FIRST.indexOf(property)
  return at < 0 ? FIRST.length : at
}

export function groupFacts(facts: readonly Fact[]): FactGroup[] {
  const groups = new Map<string, Fact[]>()
  for (const fact of facts) groups.set(fact.property, [...(groups.get(fact.property) ?? []), fact])
  return [...groups]
    .map(([property, all]) => ({ property, label: all[0]?.label ?? { zh: property, en: property }, facts: all }))
    .sort((a, b) => rank(a.property) - rank(b.property))
}

export function codesOf(facts: readonly Fact[]): Fact[] {
  const seen = new Set<string>()
  return facts.filter((fact) => {
    const key = `${fact.property} ${String(fact.value)}`
    return CODES.includes(fact.property) && !seen.has(key) && seen.add(key)
  })
}

export function locationOf(facts: readonly Fact[]): [number, number] | null {
  for (const fact of facts) {
    if (fact.type !== 'coordinate' && fact.property !== 'location') continue
    const location = parseLocation(fact.value)
    if (location) return location
  }
  return null
}

/** Datasets behind the facts, each once, in order of appearance. */
export function datasetsOf(facts: readonly Fact[]): Source[] {
  const seen = new Set<string>()
  return facts.flatMap((fact) => fact.sources).filter((one) => !seen.has(one.dataset) && seen.add(one.dataset))
}

export const relationTotal = (entity: Pick<EntityAnswer, 'relation_counts'>): number =>
  entity.relation_counts.reduce((sum, one) => sum + one.count, 0)

export const kindKey = (kind: Pick<RelationCount, 'type' | 'direction' | 'class'>): string =>
  `${kind.type} ${kind.direction} ${kind.class}`
