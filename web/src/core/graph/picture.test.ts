import { expect, it } from 'vitest'
import type { RelationAnswer } from '@/api/types'
import { draw, edgesOf, legend, relationKey, type Answer, type GraphEntity } from './picture'
import * as steps from './steps'

const entity = (id: string, degree = 1): GraphEntity => ({
  id,
  class: id.split('-')[0] ?? '',
  class_label: { zh: id, en: id },
  label: id,
  synthetic: false,
  datasets: [],
  properties: {},
  location: null,
  degree,
})
const relation = (source: string, target: string, type = 'hasOutlet'): RelationAnswer => ({
  source,
  type,
  label: { zh: type, en: type },
  target,
  valid_from: null,
  valid_to: null,
  record_count: 1,
  sources: [],
})

const expand: steps.ExpandStep = {
  kind: 'expand',
  id: 'Site-1',
  type: 'hasOutlet',
  direction: 'out',
  className: 'Outlet',
  count: 50,
}
const answers = new Map<string, Answer>([
  [steps.keyOf(steps.add('Site-1')), { entities: [entity('Site-1', 7)], relations: [] }],
  [
    steps.keyOf(expand),
    {
      entities: [entity('Site-1'), entity('Outlet-1'), entity('Outlet-2')],
      relations: [relation('Site-1', 'Outlet-1'), relation('Site-1', 'Outlet-2')],
    },
  ],
])

it('draws what the answered steps brought and names what is still pending', () => {
  const later = steps.add('Site-9')
  const picture = draw([steps.add('Site-1'), expand, later], answers)
  expect([...picture.nodes.keys()]).toEqual(['Site-1', 'Outlet-1', 'Outlet-2'])
  expect(picture.edges.size).toBe(2)
  expect(picture.pending).toEqual([later])
  expect(picture.nodes.get('Site-1')).toMatchObject({ seed: true, degree: 7 })
})

it('keeps the origin of an expansion when nothing else brings it', () => {
  expect(draw([expand], answers).nodes.get('Site-1')).toMatchObject({ seed: false })
})

it('leaves out hidden entities with their relations', () => {
  const picture = draw([expand, steps.hide('Outlet-1')], answers)
  expect([...picture.edges.keys()]).toEqual([relationKey(relation('Site-1', 'Outlet-2'))])
  expect(edgesOf(picture, 'Outlet-2')).toHaveLength(1)
})

it('shows known relations only between shown ends', () => {
  const known = [relation('Outlet-1', 'Outlet-2', 'near'), relation('Outlet-1', 'Site-8', 'near')]
  expect([...draw([expand], answers, known).edges.values()].filter((one) => one.type === 'near')).toHaveLength(1)
})

it('counts the legend, most first', () => {
  expect(legend(draw([expand], answers))).toEqual([
    { className: 'Outlet', count: 2 },
    { className: 'Site', count: 1 },
  ])
})

it('knows an entity under the id that lasts', () => {
  const united = new Map([
    [
      steps.keyOf(steps.add('Site-old')),
      { entities: [entity('Site-1')], relations: [], standsFor: { 'Site-old': 'Site-1' } },
    ],
  ])
  expect(draw([steps.add('Site-old')], united).nodes.get('Site-1')?.seed).toBe(true)
})
