/** Highlights come as character spans; the page shows them as pieces, never as markup from outside. */
import type { Highlight } from '@/api/types'

export interface Piece {
  text: string
  marked: boolean
}

/** Cut a passage at its spans. Spans that overlap or lie outside are clipped rather than trusted. */
export function pieces(passage: string, spans: readonly (readonly [number, number])[]): Piece[] {
  // The API counts code points; a JavaScript string counts UTF-16 units, so 𠮷 would shift every later mark.
  const characters = Array.from(passage)
  const result: Piece[] = []
  let at = 0
  for (const [start, end] of [...spans].sort((a, b) => a[0] - b[0])) {
    const from = Math.max(start, at)
    const to = Math.min(end, characters.length)
    if (to <= from) continue
    if (from > at) result.push({ text: characters.slice(at, from).join(''), marked: false })
    result.push({ text: characters.slice(from, to).join(''), marked: true })
    at = to
  }
  if (at < characters.length) result.push({ text: characters.slice(at).join(''), marked: false })
  return result
}

/** The title of a hit with its marks, where one of its highlights is of the title itself. */
export function titlePieces(label: string, highlights: readonly Highlight[]): Piece[] {
  const title = highlights.find((one) => one.passage === label)
  return pieces(label, title?.spans ?? [])
}

/** What else matched: at most `limit` passages that do not repeat the title. */
export function passages(label: string, highlights: readonly Highlight[], limit = 2): Highlight[] {
  const seen = new Set([label])
  return highlights
    .filter((one) => one.spans.length > 0 && !seen.has(one.passage) && seen.add(one.passage))
    .slice(0, limit)
}
