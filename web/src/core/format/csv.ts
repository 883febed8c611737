/** Tables as CSV that a spreadsheet reads as data and never as formulas. */

export type Cell = string | number | boolean | null | undefined

/** Excel takes the encoding from this mark; without it Chinese arrives broken. */
const BYTE_ORDER_MARK = '\uFEFF'

/** A text that a spreadsheet would run as a formula gets a leading apostrophe (OWASP, CSV injection). */
export function safeCell(value: Cell): string {
  if (value === null || value === undefined) return ''
  if (typeof value !== 'string') return String(value)
  const safe = /^\s*[=+\-@\t\r＝＋－＠]/u.test(value) && !/^[+-]?\d+(\.\d+)?$/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function toCsv(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return BYTE_ORDER_MARK + [header, ...rows].map((row) => row.map(safeCell).join(',')).join('\r\n') + '\r\n'
}
