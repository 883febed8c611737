/** What is shown, as tables: for the table view and for export. */
import type { EntityBrief, RelationAnswer } from '@/api/types'
import { toCsv } from '@/core/format/csv'
import type { Locale } from '@/core/format/value'
import { inLocale } from '@/core/format/value'
import type { Picture } from './picture'

export interface EdgeRow {
  readonly key: string
  readonly source: EntityBrief
  readonly target: EntityBrief
  readonly relation: RelationAnswer
}

export function edgeRows(picture: Picture): EdgeRow[] {
  return [...picture.edges].flatMap(([key, relation]) => {
    const source = picture.nodes.get(relation.source)?.entity
    const target = picture.nodes.get(relation.target)?.entity
    return source && target ? [{ key, source, target, relation }] : []
  })
}

const HEADER = [
  'source_id',
  'source_class',
  'source_label',
  'relation',
  'relation_label',
  'target_id',
  'target_class',
  'target_label',
  'valid_from',
  'valid_to',
  'records',
  'evidence',
]

/** One row per relation, with the records that say so: a table that can stand as evidence. */
export function edgesToCsv(picture: Picture, locale: Locale): string {
  const rows = edgeRows(picture).map(({ source, target, relation }) => [
    source.id,
    source.class,
    source.label,
    relation.type,
    inLocale(relation.label, locale),
    target.id,
    target.class,
    target.label,
    relation.valid_from,
    relation.valid_to,
    relation.record_count,
    relation.sources
      .map((one) => [one.dataset, one.file, one.row, one.record].filter((part) => part !== null).join(' '))
      .join('; '),
  ])
  return toCsv(HEADER, rows)
}

export interface GraphExport {
  address: string
  entities: readonly EntityBrief[]
  relations: readonly RelationAnswer[]
}

export function toExport(picture: Picture, address: string): GraphExport {
  return {
    address,
    entities: [...picture.nodes.values()].map((one) => one.entity),
    relations: [...picture.edges.values()],
  }
}
