import { expect, it } from 'vitest'
import type { Fact } from '@/api/types'
import { codesOf, datasetsOf, groupFacts, locationOf } from './facts'

const fact = (property: string, value: string, dataset = 'd'): Fact => ({
  property,
  label: { zh: property, en: property },
  value,
  type: 'text',
  valid_from: null,
  valid_to: null,
  quote: null,
  source_count: 1,
  sources: [
    { record: 'r', dataset, dataset_title: { zh: dataset, en: dataset }, file: null, row: null, recorded_at: null },
  ],
})

it('groups by property, what is looked for first in front', () => {
  const groups = groupFacts([fact('scope', 'x'), fact('name', '甲'), fact('scope', 'y'), fact('uscc', '9131')])
  expect(groups.map((one) => [one.property, one.facts.length])).toEqual([
    ['name', 1],
    ['uscc', 1],
    ['scope', 2],
  ])
})

it('shows each code once', () => {
  expect(codesOf([fact('uscc', '1'), fact('uscc', '1', 'other'), fact('name', '甲')])).toHaveLength(1)
})

it('takes the first readable location', () => {
  expect(locationOf([fact('location', '不详'), fact('location', '121.4,31.2')])).toEqual([121.4, 31.2])
  expect(locationOf([fact('name', '121.4,31.2')])).toBeNull()
})

it('names each dataset once', () => {
  expect(datasetsOf([fact('a', '1', 'x'), fact('b', '2', 'x'), fact('c', '3', 'y')]).map((one) => one.dataset)).toEqual(
    ['x', 'y'],
  )
})
