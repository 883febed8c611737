import { describe, expect, it } from 'vitest'
import { fromQuery, toQuery } from './address'
import { record, redo, start, undo } from './history'
import * as steps from './steps'

const outlets = (count: number): steps.ExpandStep => ({
  kind: 'expand',
  id: 'Site-1',
  type: 'hasOutlet',
  direction: 'out',
  className: 'Outlet',
  count,
})

describe('address', () => {
  const all: steps.Steps = [
    steps.add('Site-1'),
    outlets(50),
    steps.paths('Site-1', 'Site-2', 4),
    steps.hide('Outlet-9'),
  ]

  it('gives back the same steps', () => {
    expect(steps.parse(steps.format(all))).toEqual(all)
  })
  it('survives separators inside ids', () => {
    const odd = [steps.add('a.b~c/ü')]
    expect(steps.parse(steps.format(odd))).toEqual(odd)
  })
  it.each(['', 'z.1', 'x.only', 'a', 'a.%E0%A4%A', 'x.a.b.sideways.C.5'])('leaves out %j', (text) => {
    expect(steps.parse(text)).toEqual([])
  })
  it('keeps counts and hops within bounds', () => {
    expect(steps.parse('x.a.t.out.C.999999~p.a.b.99')).toMatchObject([{ count: steps.EXPAND_LIMIT }, { maxHops: 8 }])
  })
  it('reads ids and gives back the whole view', () => {
    const view = fromQuery({ ids: 'Site-1,Site-2', selected: 'Site-2', path: '1', view: 'table' })
    expect(view.steps).toEqual([steps.add('Site-1'), steps.add('Site-2')])
    expect(fromQuery(toQuery(view))).toEqual(view)
  })
})

describe('changing steps', () => {
  it('raises the count of an expansion instead of adding another', () => {
    expect(steps.withExpand([outlets(50)], outlets(100))).toEqual([outlets(100)])
    expect(steps.expandedCount([outlets(100)], outlets(0))).toBe(100)
  })
  it('hiding forgets what was done to the entity, adding brings it back', () => {
    const hidden = steps.withHidden([steps.add('Site-1'), outlets(50)], ['Site-1'])
    expect(hidden).toEqual([steps.hide('Site-1')])
    expect(steps.withAdd(hidden, ['Site-1'])).toEqual([steps.add('Site-1')])
  })
  it('collapsing keeps the entity itself', () => {
    expect(steps.withCollapsed([outlets(50)], 'Site-1')).toEqual([steps.add('Site-1')])
    const untouched: steps.Steps = [steps.add('Site-2')]
    expect(steps.withCollapsed(untouched, 'Site-1')).toBe(untouched)
  })
  it('searching paths again between the same two replaces the search', () => {
    const first = steps.withPaths([], steps.paths('a', 'b', 4))
    expect(steps.withPaths(first, steps.paths('a', 'b', 6))).toEqual([steps.paths('a', 'b', 6)])
  })
})

describe('history', () => {
  it('undoes and redoes in order, and forgets the future at a new step', () => {
    let history = record(record(start('a'), 'b'), 'c')
    history = undo(undo(history))
    expect(history.present).toBe('a')
    expect(redo(history).present).toBe('b')
    expect(redo(record(history, 'd')).present).toBe('d')
  })
  it('has ends', () => {
    const only = start('a')
    expect([undo(only), redo(only), record(only, 'a')]).toEqual([only, only, only])
  })
})
