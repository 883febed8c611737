import { expect, it } from 'vitest'
import type { Hit } from '@/api/types'
import { hitLines, hitsToCsv } from './hits'

const hit: Hit = {
  id: 'Site-1',
  class: 'Site',
  class_label: { zh: '厂区', en: 'Site' },
  label: '=cmd|甲厂',
  score: 1,
  date: '2020',
  datasets: ['a', 'b'],
  synthetic: false,
  location: [121.4, 31.2],
  properties: { uscc: ['9131'], address: ['某路1号', '某路2号'], source_code: [''] },
  highlights: [],
}

it('shows what a thing is recognised by, without empty values', () => {
  expect(hitLines(hit)).toEqual([
    { property: 'uscc', text: '9131' },
    { property: 'address', text: '某路1号' },
  ])
})

it('exports every value and disarms formulas', () => {
  const line = hitsToCsv([hit]).split('\r\n')[1]
  expect(line).toBe("Site-1,Site,'=cmd|甲厂,2020,a; b,false,121.4 31.2,9131,,,某路1号; 某路2号")
})
