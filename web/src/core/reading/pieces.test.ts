import { expect, it } from 'vitest'
import type { MentionItem } from '@/api/types'
import { cut, labelsOf, meaning } from './pieces'

const mention = (
  start: number,
  end: number,
  label = 'enterprise',
  values: MentionItem['values'] = {},
): MentionItem => ({
  start,
  end,
  label,
  label_name: { zh: label, en: label },
  text: '',
  method: 'register',
  score: 1,
  entity_id: null,
  entity: null,
  values,
})

it('pieces put together are the text', () => {
  const text = '执法人员检查晨星电镀厂，该厂超标。'
  const pieces = cut(text, [mention(6, 11), mention(12, 14)])
  expect(pieces.map((one) => one.text).join('')).toBe(text)
  expect(pieces.filter((one) => one.mention !== null).map((one) => one.text)).toEqual(['晨星电镀厂', '该厂'])
})

it('places are code points, not UTF-16 units', () => {
  expect(cut('𠮷🏭甲厂', [mention(2, 4)])).toEqual([
    { text: '𠮷🏭', mention: null },
    { text: '甲厂', mention: 0 },
  ])
})

it('of overlapping mentions the first and longest is shown', () => {
  const pieces = cut('上海市青浦区', [mention(3, 6), mention(0, 3), mention(0, 6)])
  expect(pieces).toEqual([{ text: '上海市青浦区', mention: 2 }])
})

it('hidden labels and places outside stay plain', () => {
  expect(cut('甲乙丙', [mention(0, 1, 'place'), mention(2, 9)], new Set(['place']))).toEqual([
    { text: '甲乙丙', mention: null },
  ])
})

it('a section has its own mentions only', () => {
  expect(cut('甲乙。丙丁', [mention(0, 2), mention(3, 5)], new Set(), 3, 5)).toEqual([{ text: '丙丁', mention: 1 }])
  expect(cut('', [])).toEqual([])
})

it('labels are counted in the order of the text', () => {
  const found = labelsOf([mention(0, 1, 'place'), mention(1, 2), mention(2, 3, 'place')])
  expect(found.map((one) => [one.label, one.count])).toEqual([
    ['place', 2],
    ['enterprise', 1],
  ])
})

it('what the outcome says is not repeated among the values', () => {
  expect(meaning(mention(0, 1, 'amount', { value: 200000, unit: '元', linked: false }))).toBe('value 200000 · unit 元')
})
