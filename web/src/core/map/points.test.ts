import { expect, it } from 'vitest'
import { frame, graticule, toFeatures, type MapPoint } from './points'

const point = (id: string, role: MapPoint['role']): MapPoint => ({
  id,
  label: id,
  className: 'Site',
  role,
  location: [121, 31],
})

it('draws each entity once, in its most telling role, the main one on top', () => {
  const { features } = toFeatures([point('a', 'main'), point('a', 'context'), point('b', 'near')])
  expect(features.map((one) => [one.properties.id, one.properties.role])).toEqual([
    ['b', 'near'],
    ['a', 'main'],
  ])
})

it('frames one point with surroundings and several tightly', () => {
  expect(frame([[121, 31]], 0.1)).toEqual([
    [120.95, 30.95],
    [121.05, 31.05],
  ])
  expect(
    frame(
      [
        [120, 30],
        [122, 33],
      ],
      0.1,
    ),
  ).toEqual([
    [120, 30],
    [122, 33],
  ])
  expect(frame([])).toBeNull()
})

it('draws at most nine meridians and parallels each, whatever the frame', () => {
  for (const span of [0.03, 0.4, 3, 60, 300]) {
    const lines = graticule([
      [0, -span / 4],
      [span, span / 4],
    ]).features
    expect(lines.length).toBeGreaterThan(2)
    expect(lines.length).toBeLessThanOrEqual(18)
  }
})
