import { expect, it } from 'vitest'
import type { Fact } from '@/api/types'
import { runningText, writtenOn } from './sections'

const fact = (property: string, value: Fact['value']): Fact => ({
  property,
  label: { zh: property, en: property },
  value,
  type: 'text',
  valid_from: null,
  valid_to: null,
  quote: null,
  source_count: 0,
  sources: [],
})

it('running texts are joined, the main one first, with their places', () => {
  const { text, sections } = runningText([
    fact('reply', '已安排执法人员到现场采样监测。'),
    fact('name', '一个很长很长很长很长的标题'),
    fact('text', '𠮷地电镀厂半夜排白烟，有酸味。'),
  ])
  const characters = Array.from(text)
  expect(sections.map((one) => characters.slice(one.start, one.end).join(''))).toEqual([
    '𠮷地电镀厂半夜排白烟，有酸味。',
    '已安排执法人员到现场采样监测。',
  ])
})

it('phrases are no running text', () => {
  expect(runningText([fact('text', '已办结'), fact('description', 3)])).toEqual({ text: '', sections: [] })
})

it('the day is taken only where it is one', () => {
  expect(writtenOn([fact('published', '2023-06-16')])).toBe('2023-06-16')
  expect(writtenOn([fact('published', '2023')])).toBe('')
  expect(writtenOn([])).toBe('')
})
