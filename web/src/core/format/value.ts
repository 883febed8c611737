/** How values of the graph are written for a reader. */
import type { Label, Value } from '@/api/types'

export type Locale = 'zh' | 'en'

/** A label in the reader's language; plain texts (names of things) pass as they are. */
export function inLocale(label: Label | string | null | undefined, locale: Locale): string {
  if (label === null || label === undefined) return ''
  if (typeof label === 'string') return label
  return label[locale] || label.zh || label.en
}

export function formatNumber(value: number, locale: Locale): string {
  return new Intl.NumberFormat(locale === 'zh' ? 'zh-CN' : 'en', { maximumFractionDigits: 12 }).format(value)
}

/** A period as `from – to`, empty where neither is known. */
export function formatPeriod(from: string | null, to: string | null): string {
  if (!from && !to) return ''
  if (from && from === to) return from
  return `${from ?? '…'} – ${to ?? '…'}`
}

/** A moment of the ledger (UTC, microseconds) to the minute, in the reader's time zone. */
export function formatMoment(moment: string | null, locale: Locale, timeZone?: string): string {
  if (!moment) return ''
  const date = new Date(moment)
  if (Number.isNaN(date.getTime())) return moment
  return new Intl.DateTimeFormat(locale === 'zh' ? 'zh-CN' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    ...(timeZone ? { timeZone } : {}),
  }).format(date)
}

/** Longitude and latitude in a text such as `121.47,31.23` or `POINT(121.47 31.23)`; null where it is no place. */
export function parseLocation(value: Value | undefined): [number, number] | null {
  if (typeof value !== 'string') return null
  const numbers = value.match(/-?\d+(?:\.\d+)?/g)?.map(Number) ?? []
  const [longitude, latitude] = numbers
  if (numbers.length !== 2 || longitude === undefined || latitude === undefined) return null
  return Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90 ? [longitude, latitude] : null
}

/** A link only where the text is a web address: `javascript:` and the like stay plain text. */
export function safeLink(value: Value): string | null {
  return typeof value === 'string' && /^https?:\/\/\S+$/i.test(value) ? value : null
}
