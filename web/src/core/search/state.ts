/** The search view as a value: read from the address, changed by pure functions, written back to the address. */
import type { Sort } from '@/api/types'

export const FACETS = ['class', 'region', 'dataset', 'industry', 'year'] as const
export type FacetName = (typeof FACETS)[number]
export const PAGE_SIZE = 20

export interface SearchState {
  readonly q: string
  readonly facets: Readonly<Record<FacetName, readonly string[]>>
  readonly dateFrom: string
  readonly dateTo: string
  readonly sort: Sort
}

/** What a router hands over: absent, one or several texts per name. */
export type Query = Readonly<Record<string, string | null | undefined | readonly (string | null)[]>>

const DATE = /^\d{4}(-\d{2}(-\d{2})?)?$/

export const EMPTY: SearchState = {
  q: '',
  facets: { class: [], region: [], dataset: [], industry: [], year: [] },
  dateFrom: '',
  dateTo: '',
  sort: 'relevance',
}

export function texts(query: Query, name: string): string[] {
  const value = query[name]
  const all = Array.isArray(value) ? (value as readonly (string | null)[]) : [value as string | null | undefined]
  return all.filter((one): one is string => typeof one === 'string' && one !== '')
}

const first = (query: Query, name: string): string => texts(query, name)[0] ?? ''

function date(text: string): string {
  return DATE.test(text) ? text : ''
}

/** Anything in the address that makes no sense is left out, so an old or mistyped link still opens. */
export function fromQuery(query: Query): SearchState {
  const sort = first(query, 'sort')
  const facets = Object.fromEntries(FACETS.map((name) => [name, [...new Set(texts(query, name))].sort()]))
  return {
    q: first(query, 'q'),
    facets: facets as Record<FacetName, string[]>,
    dateFrom: date(first(query, 'date_from')),
    dateTo: date(first(query, 'date_to')),
    sort: sort === 'newest' || sort === 'oldest' ? sort : 'relevance',
  }
}

/** Only what differs from the empty view, so addresses stay short. */
export function toQuery(state: SearchState): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {}
  if (state.q) query['q'] = state.q
  for (const name of FACETS) if (state.facets[name].length) query[name] = [...state.facets[name]]
  if (state.dateFrom) query['date_from'] = state.dateFrom
  if (state.dateTo) query['date_to'] = state.dateTo
  if (state.sort !== 'relevance') query['sort'] = state.sort
  return query
}

export function ask(state: SearchState, q: string): SearchState {
  return { ...state, q: q.trim() }
}

export function toggleFacet(state: SearchState, name: FacetName, value: string): SearchState {
  const now = state.facets[name]
  const next = now.includes(value) ? now.filter((one) => one !== value) : [...now, value].sort()
  return { ...state, facets: { ...state.facets, [name]: next } }
}

export function setDates(state: SearchState, dateFrom: string, dateTo: string): SearchState {
  return { ...state, dateFrom: date(dateFrom), dateTo: date(dateTo) }
}

export function setSort(state: SearchState, sort: Sort): SearchState {
  return { ...state, sort }
}

/** Keep the words, drop every filter. */
export function clearFilters(state: SearchState): SearchState {
  return { ...EMPTY, q: state.q, sort: state.sort }
}

export function filterCount(state: SearchState): number {
  return (
    FACETS.reduce((sum, name) => sum + state.facets[name].length, 0) + Number(!!state.dateFrom) + Number(!!state.dateTo)
  )
}

/** Nothing asked: the view shows its start page instead of results. */
export function isBlank(state: SearchState): boolean {
  return state.q === '' && filterCount(state) === 0
}

export function toParameters(
  state: SearchState,
  cursor: string | null,
): Record<string, string | number | readonly string[] | null> {
  return { ...toQuery(state), sort: state.sort, limit: PAGE_SIZE, cursor, facets: cursor ? null : [...FACETS] }
}
