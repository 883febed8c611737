import { describe, expect, it } from 'vitest'
import * as search from './state'

describe('address', () => {
  it('gives back the same view', () => {
    let state = search.ask(search.EMPTY, ' 化工 废水 ')
    state = search.toggleFacet(state, 'region', '310112')
    state = search.toggleFacet(state, 'class', 'Site')
    state = search.toggleFacet(state, 'class', 'Permit')
    state = search.setDates(search.setSort(state, 'newest'), '2019', '2020-06')
    expect(search.fromQuery(search.toQuery(state))).toEqual(state)
    expect(state.q).toBe('化工 废水')
  })
  it('is empty for the empty view', () => {
    expect(search.toQuery(search.EMPTY)).toEqual({})
  })
  it('drops what makes no sense', () => {
    const state = search.fromQuery({ sort: 'up', date_from: 'yesterday', class: [null, 'Site', 'Site'], other: 'x' })
    expect(state).toEqual({ ...search.EMPTY, facets: { ...search.EMPTY.facets, class: ['Site'] } })
  })
})

it('toggling a facet value twice changes nothing', () => {
  const once = search.toggleFacet(search.EMPTY, 'year', '2020')
  expect(once.facets.year).toEqual(['2020'])
  expect(search.toggleFacet(once, 'year', '2020')).toEqual(search.EMPTY)
})

it('clearing filters keeps the words and the order', () => {
  const state = search.setSort(search.toggleFacet(search.ask(search.EMPTY, '废水'), 'year', '2020'), 'oldest')
  expect(search.clearFilters(state)).toEqual({ ...search.EMPTY, q: '废水', sort: 'oldest' })
  expect(search.filterCount(state)).toBe(1)
})

it('knows when nothing was asked', () => {
  expect(search.isBlank(search.EMPTY)).toBe(true)
  expect(search.isBlank(search.setDates(search.EMPTY, '2020', ''))).toBe(false)
})

it('asks for facets on the first page only', () => {
  expect(search.toParameters(search.EMPTY, null)['facets']).toEqual([...search.FACETS])
  expect(search.toParameters(search.EMPTY, 'abc')['facets']).toBeNull()
})
