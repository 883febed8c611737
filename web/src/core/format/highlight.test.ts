import { describe, expect, it } from 'vitest'
import { passages, pieces, titlePieces } from './highlight'

const joined = (all: { text: string }[]) => all.map((one) => one.text).join('')

describe('pieces', () => {
  it('marks the spans and keeps the text whole', () => {
    const result = pieces('上海化工有限公司', [[2, 4]])
    expect(result).toEqual([
      { text: '上海', marked: false },
      { text: '化工', marked: true },
      { text: '有限公司', marked: false },
    ])
  })
  it('counts code points, not UTF-16 units', () => {
    expect(pieces('𠮷野家污水', [[3, 5]])[1]).toEqual({ text: '污水', marked: true })
  })
  it.each([
    [[[-3, 2]]],
    [[[0, 99]]],
    [
      [
        [2, 4],
        [3, 5],
      ],
    ],
    [[[4, 2]]],
  ])('survives the spans %j', (spans) => {
    expect(joined(pieces('上海化工厂', spans as [number, number][]))).toBe('上海化工厂')
  })
  it('gives nothing for an empty text', () => {
    expect(pieces('', [[0, 1]])).toEqual([])
  })
})

it('titlePieces leaves a title without highlight in one piece', () => {
  expect(titlePieces('甲厂', [{ field: 'text', passage: '乙', spans: [[0, 1]] }])).toEqual([
    { text: '甲厂', marked: false },
  ])
})

it('passages drops the title and doubles', () => {
  const one = { field: 'text', passage: '废水', spans: [[0, 2]] as [number, number][] }
  expect(passages('甲', [{ ...one, passage: '甲' }, one, one])).toEqual([one])
})
