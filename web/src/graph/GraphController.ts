/** Bridges the picture to sigma: it renders nothing of its own and decides nothing. */
import { createEdgeCurveProgram, indexParallelEdgesIndex } from '@sigma/edge-curve'
import { createNodeBorderProgram } from '@sigma/node-border'
import { toBlob } from '@sigma/export-image'
import { MultiDirectedGraph } from 'graphology'
import Sigma from 'sigma'
import { createEdgeArrowProgram } from 'sigma/rendering'
import type { Settings } from 'sigma/settings'
import type { EdgeDisplayData, NodeDisplayData } from 'sigma/types'
import type { Picture, PictureNode } from '@/core/graph/picture'
import { drawHover, drawLabel } from './labels'
import { LayoutController } from './LayoutController'

export interface GraphLook {
  colour: (className: string) => string
  text: string
  surface: string
  edge: string
  accent: string
  faded: string
  relationLabel: (label: { zh: string; en: string }) => string
}

export interface GraphFocus {
  readonly selected: string
  /** A path to stand out; null where none is chosen. */
  readonly nodes: ReadonlySet<string> | null
  readonly edges: ReadonlySet<string> | null
  readonly ends: ReadonlySet<string>
}

const NO_FOCUS: GraphFocus = { selected: '', nodes: null, edges: null, ends: new Set() }
const ARROW = { lengthToThicknessRatio: 5, widenessToThicknessRatio: 3.5 }
/** In a narrower canvas, only labels that do not meet are drawn. */
const ROOM_FOR_LABELS = 600
const size = (node: PictureNode): number => 6 + Math.min(14, 2.6 * Math.log2(1 + node.degree)) + (node.seed ? 2 : 0)
const shorten = (text: string): string => (text.length > 16 ? `${text.slice(0, 15)}…` : text)

export class GraphController {
  private readonly graph = new MultiDirectedGraph()
  private readonly layout = new LayoutController(this.graph, () => this.afterLayout())
  private readonly sigma: Sigma
  private focus: GraphFocus = NO_FOCUS
  private hovered: string | null = null
  private dragged: string | null = null
  private moved = false
  private fitWhenSettled = true

  /** Throws where the browser has no WebGL. */
  constructor(
    container: HTMLElement,
    private look: GraphLook,
    private readonly onSelect: (id: string) => void,
    onOpen: (id: string) => void,
  ) {
    this.sigma = new Sigma(this.graph, container, this.settings())
    this.sigma.on('clickNode', ({ node }) => !this.moved && this.onSelect(node))
    this.sigma.on('clickStage', () => this.onSelect(''))
    this.sigma.on('doubleClickNode', ({ node, preventSigmaDefault }) => {
      preventSigmaDefault()
      onOpen(node)
    })
    this.sigma.on('enterNode', ({ node }) => this.hover(node))
    this.sigma.on('leaveNode', () => this.hover(null))
    this.watchDragging()
  }

  private settings(): Partial<Settings> {
    return {
      allowInvalidContainer: true,
      renderEdgeLabels: true,
      zIndex: true,
      defaultEdgeType: 'straight',
      defaultNodeType: 'border',
      nodeProgramClasses: {
        border: createNodeBorderProgram({
          borders: [
            { size: { attribute: 'rim', defaultValue: 0.08 }, color: { attribute: 'rimColour' } },
            { size: { fill: true }, color: { attribute: 'color' } },
          ],
        }),
      },
      edgeProgramClasses: {
        straight: createEdgeArrowProgram(ARROW),
        curved: createEdgeCurveProgram({ arrowHead: { extremity: 'target', ...ARROW } }),
      },
      labelFont: getComputedStyle(document.body).fontFamily,
      edgeLabelFont: getComputedStyle(document.body).fontFamily,
      labelSize: 12.5,
      edgeLabelSize: 11,
      labelColor: { color: this.look.text },
      edgeLabelColor: { color: this.look.text },
      labelDensity: 0.8,
      labelGridCellSize: 130,
      labelRenderedSizeThreshold: 5,
      minCameraRatio: 0.05,
      maxCameraRatio: 6,
      stagePadding: 84,
      defaultDrawNodeLabel: (context, data, settings) => drawLabel(context, data, settings, this.look),
      defaultDrawNodeHover: (context, data, settings) => drawHover(context, data, settings, this.look),
      nodeReducer: (node, data) => this.reduceNode(node, data),
      edgeReducer: (edge, data) => this.reduceEdge(edge, data),
    }
  }

  /** Bring the drawing in line with the picture; what stays keeps its place. */
  show(picture: Picture): void {
    let changed = false
    this.graph.forEachNode((id) => {
      if (!picture.nodes.has(id)) this.graph.dropNode(id)
    })
    const around = new Map<string, string[]>()
    for (const { source, target } of picture.edges.values()) {
      around.set(source, [...(around.get(source) ?? []), target])
      around.set(target, [...(around.get(target) ?? []), source])
    }
    const wasEmpty = this.graph.order === 0
    for (const node of picture.nodes.values()) {
      const attributes = this.attributes(node)
      if (this.graph.hasNode(node.id)) this.graph.mergeNodeAttributes(node.id, attributes)
      else {
        this.graph.addNode(node.id, { ...attributes, ...this.layout.place(node.id, around.get(node.id) ?? []) })
        changed = true
      }
    }
    changed = this.showEdges(picture) || changed
    if (changed) {
      this.fitWhenSettled = this.fitWhenSettled || wasEmpty || !this.isEverythingVisible()
      this.layout.run()
    }
  }

  private attributes(node: PictureNode): Record<string, unknown> {
    const colour = this.look.colour(node.entity.class)
    const rimColour = node.entity.synthetic ? this.look.accent : this.look.surface
    return {
      label: shorten(node.entity.label),
      fullLabel: node.entity.label,
      size: size(node),
      color: colour,
      rimColour,
      rim: 0.1,
    }
  }

  private showEdges(picture: Picture): boolean {
    let changed = false
    this.graph.forEachEdge((key) => {
      if (!picture.edges.has(key)) this.graph.dropEdge(key)
    })
    for (const [key, relation] of picture.edges) {
      const label = this.look.relationLabel(relation.label)
      if (this.graph.hasEdge(key)) {
        this.graph.setEdgeAttribute(key, 'label', label)
        continue
      }
      this.graph.addEdgeWithKey(key, relation.source, relation.target, { label, size: 1.6, weight: 1 })
      changed = true
    }
    if (changed) {
      indexParallelEdgesIndex(this.graph, { edgeIndexAttribute: 'at', edgeMaxIndexAttribute: 'most' })
      this.graph.forEachEdge((edge, { at, most }) => {
        const alone = typeof at !== 'number' || typeof most !== 'number' || most === 0
        this.graph.mergeEdgeAttributes(
          edge,
          alone ? { type: 'straight' } : { type: 'curved', curvature: 0.15 + 0.2 * at },
        )
      })
    }
    return changed
  }

  private reduceNode(node: string, data: Record<string, unknown>): Partial<NodeDisplayData> {
    const shown = data as Partial<NodeDisplayData> & { rim: number; rimColour: string; fullLabel: string }
    const { selected, nodes, ends } = this.focus
    const anchor = this.hovered ?? ''
    const faded = nodes ? !nodes.has(node) : anchor !== '' && node !== anchor && !this.graph.areNeighbors(node, anchor)
    if (faded)
      return {
        ...shown,
        color: this.look.faded,
        rimColour: this.look.faded,
        label: null,
        zIndex: 0,
      } as Partial<NodeDisplayData>
    const marked = node === selected || ends.has(node)
    return {
      ...shown,
      ...(marked ? { rim: 0.24, rimColour: this.look.accent } : {}),
      forceLabel: marked || (nodes?.has(node) ?? false) || (this.graph.order <= 24 && this.hasRoom()),
      highlighted: node === selected,
      zIndex: marked ? 2 : 1,
    } as Partial<NodeDisplayData>
  }

  private reduceEdge(edge: string, data: Record<string, unknown>): Partial<EdgeDisplayData> {
    const shown = data as Partial<EdgeDisplayData>
    const { selected, edges } = this.focus
    if (edges) {
      const on = edges.has(edge)
      return {
        ...shown,
        color: on ? this.look.accent : this.look.faded,
        label: on ? (shown.label ?? '') : '',
        forceLabel: on,
        size: on ? 3 : 1,
        zIndex: on ? 2 : 0,
      }
    }
    const anchor = this.hovered ?? selected
    const near = anchor !== '' && this.graph.hasNode(anchor) && this.graph.hasExtremity(edge, anchor)
    const away = this.hovered !== null && !near
    // More labels than this around one node would cover each other.
    const readable = near && this.graph.degree(anchor) <= (this.hasRoom() ? 24 : 5)
    return {
      ...shown,
      color: away ? this.look.faded : near ? this.look.accent : this.look.edge,
      label: readable || this.graph.size <= 6 ? (shown.label ?? '') : '',
      forceLabel: readable || this.graph.size <= 6,
      zIndex: near ? 1 : 0,
    }
  }

  private hasRoom(): boolean {
    return this.sigma.getDimensions().width >= ROOM_FOR_LABELS
  }

  private hover(node: string | null): void {
    this.hovered = node
    this.sigma.getContainer().style.cursor = node ? 'pointer' : ''
    this.sigma.refresh({ skipIndexation: true })
  }

  private watchDragging(): void {
    this.sigma.on('downNode', ({ node }) => {
      this.dragged = node
      this.moved = false
    })
    this.sigma.on('moveBody', ({ event }) => {
      if (!this.dragged) return
      if (!this.moved) this.layout.stop()
      this.moved = true
      const place = this.sigma.viewportToGraph(event)
      this.graph.mergeNodeAttributes(this.dragged, { x: place.x, y: place.y })
      event.preventSigmaDefault()
      event.original.preventDefault()
      event.original.stopPropagation()
    })
    const drop = (): void => {
      this.dragged = null
    }
    this.sigma.on('upNode', drop)
    this.sigma.on('upStage', drop)
  }

  focusOn(focus: GraphFocus): void {
    this.focus = focus
    this.sigma.refresh({ skipIndexation: true })
  }

  restyle(look: GraphLook, picture: Picture): void {
    this.look = look
    this.sigma.setSettings({ labelColor: { color: look.text }, edgeLabelColor: { color: look.text } })
    this.show(picture)
    this.sigma.refresh()
  }

  private isEverythingVisible(): boolean {
    return this.sigma.getCamera().getState().ratio >= 0.9
  }

  private afterLayout(): void {
    if (this.fitWhenSettled) this.fit()
    this.fitWhenSettled = false
    this.sigma.refresh()
  }

  fit(): void {
    void this.sigma.getCamera().animatedReset({ duration: 250 })
  }

  zoom(factor: number): void {
    const camera = this.sigma.getCamera()
    void camera.animate({ ratio: camera.getState().ratio * factor }, { duration: 150 })
  }

  rearrange(): void {
    this.fitWhenSettled = true
    this.layout.run()
  }

  async picture(): Promise<Blob> {
    return toBlob(this.sigma, { backgroundColor: this.look.surface, format: 'png' })
  }

  destroy(): void {
    this.layout.stop()
    this.sigma.kill()
  }
}
