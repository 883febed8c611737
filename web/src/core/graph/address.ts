/** The graph view in the address: steps, what is selected, which way it is shown. */
import { texts, type Query } from '@/core/search/state'
import { format, parse, withAdd, type Steps } from './steps'

export interface GraphAddress {
  readonly steps: Steps
  readonly selected: string
  readonly from: string
  readonly to: string
  readonly path: number
  readonly table: boolean
}

export function fromQuery(query: Query): GraphAddress {
  const one = (name: string): string => texts(query, name)[0] ?? ''
  const ids = texts(query, 'ids').flatMap((text) => text.split(',').filter(Boolean))
  const path = Number.parseInt(one('path'), 10)
  return {
    steps: withAdd(parse(one('g')), ids),
    selected: one('selected'),
    from: one('from'),
    to: one('to'),
    path: Number.isNaN(path) ? -1 : path,
    table: one('view') === 'table',
  }
}

export function toQuery(address: GraphAddress): Record<string, string> {
  return {
    ...(address.steps.length ? { g: format(address.steps) } : {}),
    ...(address.selected ? { selected: address.selected } : {}),
    ...(address.from ? { from: address.from } : {}),
    ...(address.to ? { to: address.to } : {}),
    ...(address.path >= 0 ? { path: String(address.path) } : {}),
    ...(address.table ? { view: 'table' } : {}),
  }
}
