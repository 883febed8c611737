import { expect, it } from 'vitest'
import { formatMoment, formatPeriod, inLocale, parseLocation, safeLink } from './value'

it('inLocale falls back to the language that is there', () => {
  expect(inLocale({ zh: '厂区', en: 'Site' }, 'en')).toBe('Site')
  expect(inLocale({ zh: '厂区', en: '' }, 'en')).toBe('厂区')
  expect(inLocale('宝钢', 'en')).toBe('宝钢')
  expect(inLocale(null, 'zh')).toBe('')
})

it.each([
  ['2020', '2023-07', '2020 – 2023-07'],
  [null, '2023', '… – 2023'],
  ['2020', null, '2020 – …'],
  ['2020', '2020', '2020'],
  [null, null, ''],
])('formatPeriod(%j, %j) is %j', (from, to, expected) => {
  expect(formatPeriod(from, to)).toBe(expected)
})

it('formatMoment leaves what is no moment as it is', () => {
  expect(formatMoment('unbekannt', 'en')).toBe('unbekannt')
  expect(formatMoment('2026-11-24T03:41:00.000000Z', 'en', 'Asia/Shanghai')).toBe('24 Nov 2026, 11:41')
})

it.each([
  ['121.376186,31.007997', [121.376186, 31.007997]],
  ['POINT(121.4 31.2)', [121.4, 31.2]],
  ['999,31', null],
  ['上海市', null],
  [undefined, null],
])('parseLocation(%j)', (text, expected) => {
  expect(parseLocation(text)).toEqual(expected)
})

it('safeLink refuses anything but web addresses', () => {
  expect(safeLink('https://example.org/a')).toBe('https://example.org/a')
  expect(safeLink('javascript:alert(1)')).toBeNull()
})
