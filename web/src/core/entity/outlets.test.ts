import { expect, it } from 'vitest'
import { limitText, mediaOf } from './outlets'

it.each([
  [0, 50, '≤ 50'],
  [null, 50, '≤ 50'],
  [6, 9, '6 – 9'],
  [6, null, '≥ 6'],
  [0, 0, '≤ 0'],
  [null, null, ''],
])('limitText(%j, %j) is %j', (minimum, maximum, expected) => {
  expect(limitText({ minimum, maximum }, String)).toBe(expected)
})

it('counts media, most first', () => {
  const outlet = (medium: string | null) => ({
    id: '',
    site: '',
    code: null,
    name: null,
    medium,
    standard: null,
    limits: [],
    sources: [],
  })
  expect(mediaOf([outlet('废水'), outlet('废气'), outlet('废气'), outlet(null)])).toEqual([
    { medium: '废气', count: 2 },
    { medium: '废水', count: 1 },
    { medium: '', count: 1 },
  ])
})
