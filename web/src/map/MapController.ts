/** Bridges points to MapLibre. Works without any tile server: the ground is a graticule. */
import {
  Map as MapLibre,
  NavigationControl,
  Popup,
  ScaleControl,
  type GeoJSONSource,
  type StyleSpecification,
} from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import { frame, graticule, toFeatures, type MapPoint } from '@/core/map/points'

export interface MapColours {
  ground: string
  line: string
  context: string
  ofClass: (className: string) => string
  rim: string
}

/** Set at build time, for those who have a tile server on the same origin (the page's security policy allows no other). */
const TILES = import.meta.env['VITE_TILE_URL'] as string | undefined

function style(colours: MapColours): StyleSpecification {
  const nothing = { type: 'geojson' as const, data: { type: 'FeatureCollection' as const, features: [] } }
  return {
    version: 8,
    sources: {
      lines: nothing,
      points: nothing,
      ...(TILES ? { tiles: { type: 'raster' as const, tiles: [TILES], tileSize: 256 } } : {}),
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': colours.ground } },
      ...(TILES ? [{ id: 'tiles', type: 'raster' as const, source: 'tiles' }] : []),
      { id: 'lines', type: 'line', source: 'lines', paint: { 'line-color': colours.line, 'line-width': 1 } },
      {
        id: 'points',
        type: 'circle',
        source: 'points',
        paint: {
          'circle-radius': ['match', ['get', 'role'], 'main', 8, 'near', 5.5, 3.5],
          'circle-color': ['get', 'colour'],
          'circle-stroke-color': colours.rim,
          'circle-stroke-width': ['match', ['get', 'role'], 'context', 0, 2],
        },
      },
    ],
  }
}

export class MapController {
  private readonly map: MapLibre
  private readonly popup = new Popup({ closeButton: false, closeOnClick: false, offset: 10, maxWidth: '260px' })
  private points: readonly MapPoint[] = []
  private ready = false

  /** Throws where the browser has no WebGL. */
  constructor(
    container: HTMLElement,
    label: string,
    private colours: MapColours,
    onPick: (id: string) => void,
  ) {
    this.map = new MapLibre({
      container,
      style: style(colours),
      center: [121.47, 31.23],
      zoom: 9,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      cooperativeGestures: false,
      locale: { 'Map.Title': label },
    })
    this.map.touchZoomRotate.disableRotation()
    this.map.scrollZoom.disable()
    this.map.addControl(new NavigationControl({ showCompass: false }), 'top-right')
    this.map.addControl(new ScaleControl({ unit: 'metric' }), 'bottom-left')
    this.map.on('load', () => {
      this.ready = true
      this.show(this.points)
    })
    this.map.on('moveend', () => this.drawLines())
    this.map.on('mousemove', 'points', (event) => {
      const feature = event.features?.at(-1)
      if (!feature) return
      this.map.getCanvas().style.cursor = 'pointer'
      this.popup.setLngLat(event.lngLat).setText(String(feature.properties['label'])).addTo(this.map)
    })
    this.map.on('mouseleave', 'points', () => {
      this.map.getCanvas().style.cursor = ''
      this.popup.remove()
    })
    this.map.on('click', 'points', (event) => {
      const id: unknown = event.features?.at(-1)?.properties['id']
      if (typeof id === 'string') onPick(id)
    })
  }

  /** Show these points; the frame holds the main and near ones, context may lie outside. */
  show(points: readonly MapPoint[]): void {
    this.points = points
    if (!this.ready) return
    this.map.getSource<GeoJSONSource>('points')?.setData(this.coloured(points))
    const bounds = frame(points.filter((one) => one.role !== 'context').map((one) => one.location))
    if (bounds) this.map.fitBounds(bounds, { padding: 28, duration: 0, maxZoom: 14 })
    this.drawLines()
  }

  private coloured(points: readonly MapPoint[]): ReturnType<typeof toFeatures> {
    const all = toFeatures(points)
    const features = all.features.map((one) => {
      const { role, className } = one.properties
      const colour = role === 'context' ? this.colours.context : this.colours.ofClass(className)
      return { ...one, properties: { ...one.properties, colour } }
    })
    return { ...all, features }
  }

  private drawLines(): void {
    const [[west, south], [east, north]] = this.map.getBounds().toArray()
    this.map.getSource<GeoJSONSource>('lines')?.setData(
      graticule([
        [west, south],
        [east, north],
      ]),
    )
  }

  recolour(colours: MapColours): void {
    this.colours = colours
    this.ready = false
    this.map.setStyle(style(colours))
    this.map.once('styledata', () => {
      this.ready = true
      this.show(this.points)
    })
  }

  destroy(): void {
    this.map.remove()
  }
}
