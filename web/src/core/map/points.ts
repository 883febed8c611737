/** What the small map shows, as GeoJSON, and the frame that holds it. */
export type LngLat = readonly [number, number]

export type PointRole = 'main' | 'near' | 'context'

export interface MapPoint {
  readonly id: string
  readonly label: string
  readonly className: string
  readonly role: PointRole
  readonly location: LngLat
}

export interface Feature {
  type: 'Feature'
  geometry: { type: 'Point'; coordinates: [number, number] }
  properties: { id: string; label: string; className: string; role: PointRole }
}

export interface FeatureCollection<T> {
  type: 'FeatureCollection'
  features: T[]
}

const RANK: Readonly<Record<PointRole, number>> = { context: 0, near: 1, main: 2 }

/** One point per entity, the most telling role wins; what matters most is drawn last, on top. */
export function toFeatures(points: readonly MapPoint[]): FeatureCollection<Feature> {
  const best = new Map<string, MapPoint>()
  for (const point of points) {
    const before = best.get(point.id)
    if (!before || RANK[point.role] > RANK[before.role]) best.set(point.id, point)
  }
  const features = [...best.values()]
    .sort((a, b) => RANK[a.role] - RANK[b.role])
    .map(({ location, id, label, className, role }): Feature => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [location[0], location[1]] },
      properties: { id, label, className, role },
    }))
  return { type: 'FeatureCollection', features }
}

/** South-west and north-east corner; at least `least` degrees wide, so that one point shows its surroundings. */
export function frame(points: readonly LngLat[], least = 0.06): [[number, number], [number, number]] | null {
  if (!points.length) return null
  const xs = points.map((one) => one[0])
  const ys = points.map((one) => one[1])
  const widen = (low: number, high: number): [number, number] => {
    const missing = Math.max(0, least - (high - low)) / 2
    return [low - missing, high + missing]
  }
  const [west, east] = widen(Math.min(...xs), Math.max(...xs))
  const [south, north] = widen(Math.min(...ys), Math.max(...ys))
  return [
    [west, south],
    [east, north],
  ]
}

export interface Line {
  type: 'Feature'
  geometry: { type: 'LineString'; coordinates: [number, number][] }
  properties: { text: string }
}

/** Meridians and parallels over a frame: a ground to read distances on where no tiles are to be had. */
export function graticule([[west, south], [east, north]]: [
  [number, number],
  [number, number],
]): FeatureCollection<Line> {
  const span = Math.max(east - west, north - south)
  const step = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30].find((one) => span / one <= 8) ?? 45
  const features: Line[] = []
  const line = (from: [number, number], to: [number, number], at: number): void => {
    const text = `${Number(at.toFixed(2))}°`
    features.push({ type: 'Feature', geometry: { type: 'LineString', coordinates: [from, to] }, properties: { text } })
  }
  for (let i = Math.ceil(west / step); i * step <= east; i++) line([i * step, south], [i * step, north], i * step)
  for (let i = Math.ceil(south / step); i * step <= north; i++) line([west, i * step], [east, i * step], i * step)
  return { type: 'FeatureCollection', features }
}
