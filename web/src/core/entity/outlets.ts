/** Outlets with their limits, for the permit table. */
import type { Limit, Outlet } from '@/api/types'

export interface MediumCount {
  readonly medium: string
  readonly count: number
}

export function mediaOf(outlets: readonly Outlet[]): MediumCount[] {
  const counts = new Map<string, number>()
  for (const { medium } of outlets) counts.set(medium ?? '', (counts.get(medium ?? '') ?? 0) + 1)
  return [...counts].map(([medium, count]) => ({ medium, count })).sort((a, b) => b.count - a.count)
}

/** `≤ 50`, `6 – 9`, `≥ 6`; a lower bound of zero says nothing and is left out; empty where no limit is known. */
export function limitText(limit: Pick<Limit, 'minimum' | 'maximum'>, write: (value: number) => string): string {
  const minimum = limit.minimum === 0 ? null : limit.minimum
  if (limit.maximum === null) return minimum === null ? '' : `≥ ${write(minimum)}`
  return minimum === null ? `≤ ${write(limit.maximum)}` : `${write(minimum)} – ${write(limit.maximum)}`
}
