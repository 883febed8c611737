import { describe, expect, it } from 'vitest'
import { safeCell, toCsv } from './csv'

describe('safeCell', () => {
  it.each(['=HYPERLINK("x")', '+1+2', '-2+3', '@SUM(A1)', '\t=1', ' =1', '＝1'])('disarms %j', (text) => {
    expect(safeCell(text).replace(/^"/, '')).toMatch(/^'/)
  })
  it.each(['-5', '+3.5', '12'])('leaves the number %j alone', (text) => {
    expect(safeCell(text)).toBe(text)
  })
  it('keeps numbers, booleans and emptiness', () => {
    expect([safeCell(-3), safeCell(true), safeCell(null), safeCell(undefined)]).toEqual(['-3', 'true', '', ''])
  })
  it('quotes separators, quotes and line ends', () => {
    expect(safeCell('a,"b"\nc')).toBe('"a,""b""\nc"')
  })
})

it('toCsv starts with the byte order mark and ends each row with CR LF', () => {
  expect(toCsv(['名称', 'n'], [['甲', 1]])).toBe('\uFEFF名称,n\r\n甲,1\r\n')
})
