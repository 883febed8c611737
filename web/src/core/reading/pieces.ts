/** A text cut at its mentions: pieces that follow one another, never markup from outside. */
import type { MentionItem } from '@/api/types'

export interface TextPiece {
  readonly text: string
  /** Place of the piece's mention in the answer's list, null for plain text. */
  readonly mention: number | null
}

/**
 * Cut the characters `from` to `to` of a text at its mentions. Of mentions that overlap the one that begins first is
 * shown, the longer of two that begin together; labels in `hidden` are left plain.
 */
export function cut(
  text: string,
  mentions: readonly MentionItem[],
  hidden: ReadonlySet<string> = new Set(),
  from = 0,
  to = Number.POSITIVE_INFINITY,
): TextPiece[] {
  // The API counts code points; a JavaScript string counts UTF-16 units, so 𠮷 would shift every later mention.
  const characters = Array.from(text)
  const last = Math.min(to, characters.length)
  const order = mentions
    .map((mention, index) => ({ mention, index }))
    .filter(({ mention }) => !hidden.has(mention.label) && mention.end > from && mention.start < last)
    .sort((a, b) => a.mention.start - b.mention.start || b.mention.end - a.mention.end)
  const result: TextPiece[] = []
  const piece = (start: number, end: number, mention: number | null): void => {
    if (end > start) result.push({ text: characters.slice(start, end).join(''), mention })
  }
  let at = from
  for (const { mention, index } of order) {
    if (mention.start < at || mention.end > last) continue
    piece(at, mention.start, null)
    piece(mention.start, mention.end, index)
    at = mention.end
  }
  piece(at, last, null)
  return result
}

export interface LabelCount {
  readonly label: string
  readonly name: { readonly zh: string; readonly en: string }
  readonly count: number
}

/** Labels in the order in which the text first shows them, with how often. */
export function labelsOf(mentions: readonly MentionItem[]): LabelCount[] {
  const found = new Map<string, LabelCount>()
  for (const { label, label_name: name } of mentions) {
    found.set(label, { label, name, count: (found.get(label)?.count ?? 0) + 1 })
  }
  return [...found.values()]
}

/** Values worth showing, with what the page tells elsewhere left out. */
const TOLD = new Set([
  'linked',
  'outcome',
  'link',
  'link_score',
  'registered_name',
  'candidates',
  'region',
  'refers_to',
])

export function meaning(mention: MentionItem, names: Readonly<Record<string, string>> = {}): string {
  return Object.entries(mention.values)
    .filter(([name, value]) => !TOLD.has(name) && value !== '')
    .map(([name, value]) => `${names[name] ?? name} ${String(value)}`)
    .join(' · ')
}

export const percent = (score: number): string => `${Math.round(score * 100)}%`
