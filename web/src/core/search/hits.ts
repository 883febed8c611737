/** What a hit shows besides its title, and how shown hits leave as a table. */
import type { Hit } from '@/api/types'
import { toCsv } from '@/core/format/csv'

export interface HitLine {
  readonly property: string
  readonly text: string
}

/** In the order a reader recognises a thing by; at most three fit a line. */
const LINES = [
  'uscc',
  'source_code',
  'permit_number',
  'document_number',
  'outlet_code',
  'pollutant_code',
  'law_number',
  'standard_number',
  'address',
  'medium',
  'stage',
]
const MOST = 3

export function hitLines(hit: Pick<Hit, 'properties'>): HitLine[] {
  return LINES.flatMap((property) => {
    const value = hit.properties[property]?.[0]
    return value === undefined || value === '' ? [] : [{ property, text: String(value) }]
  }).slice(0, MOST)
}

const COLUMNS = [
  'id',
  'class',
  'label',
  'date',
  'datasets',
  'synthetic',
  'location',
  'uscc',
  'source_code',
  'permit_number',
  'address',
]

export function hitsToCsv(hits: readonly Hit[]): string {
  const rows = hits.map((hit) => [
    hit.id,
    hit.class,
    hit.label,
    hit.date,
    hit.datasets.join('; '),
    hit.synthetic,
    hit.location?.join(' ') ?? '',
    ...COLUMNS.slice(7).map((name) => (hit.properties[name] ?? []).join('; ')),
  ])
  return toCsv(COLUMNS, rows)
}
