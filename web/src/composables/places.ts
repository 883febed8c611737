import { computed, type ComputedRef } from 'vue'
import { api } from '@/api/client'
import type { EntityAnswer, EntityBrief } from '@/api/types'
import { locationOf } from '@/core/entity/facts'
import type { MapPoint, PointRole } from '@/core/map/points'
import { useLoad } from './load'

/** Neighbours of these kinds stand for the place of the thing itself. */
const PLACED = new Set([
  'Site',
  'Outlet',
  'Station',
  'EiaProject',
  'Complaint',
  'Incident',
  'ProductionFacility',
  'TreatmentFacility',
])
const MOST = 200

const asPoint = (entity: EntityBrief, role: PointRole): MapPoint[] =>
  entity.location
    ? [{ id: entity.id, label: entity.label, className: entity.class, role, location: entity.location }]
    : []

async function near(entity: EntityAnswer, signal: AbortSignal): Promise<MapPoint[]> {
  const kinds = entity.relation_counts.filter((one) => PLACED.has(one.class)).slice(0, 4)
  const pages = await Promise.all(
    kinds.map(({ type, direction, class: name }) =>
      api.neighbours(entity.id, { type, direction, class: name, limit: MOST }, signal),
    ),
  )
  return pages.flatMap((page) => page.items).flatMap((item) => asPoint(item.entity, 'near'))
}

/** Other sites of the same region: pale dots that let a reader see where in the district the place lies. */
async function context(of: string, signal: AbortSignal): Promise<MapPoint[]> {
  const regions = await api.neighbours(of, { class: 'Region', direction: 'out', limit: 1 }, signal)
  const region = regions.items[0]?.entity.id
  if (!region) return []
  const sites = await api.neighbours(region, { class: 'Site', limit: MOST }, signal)
  return sites.items.flatMap((item) => asPoint(item.entity, 'context'))
}

/** The points of an entity's map; empty where nothing around it has coordinates. */
export function usePlaces(entity: () => EntityAnswer | null): ComputedRef<readonly MapPoint[]> {
  const own = computed<MapPoint[]>(() => {
    const it = entity()
    const location = it && locationOf(it.facts)
    return location ? [{ id: it.id, label: it.label, className: it.class, role: 'main', location }] : []
  })
  const others = useLoad(
    () => entity()?.id ?? null,
    async (signal) => {
      const it = entity()
      if (!it) return []
      const around = await near(it, signal)
      const anchor = own.value.length ? it.id : around[0]?.id
      return anchor ? [...around, ...(await context(anchor, signal))] : around
    },
  )
  return computed(() => {
    const all = [...own.value, ...(others.data.value ?? [])]
    return all.some((one) => one.role !== 'context') ? all : []
  })
}
