/** Places nodes: new ones beside what they hang on, then ForceAtlas2 in short slices so that the page stays quick. */
import type Graph from 'graphology'
import forceAtlas2 from 'graphology-layout-forceatlas2'

/** A node far away in the list gives the same place in every session: the picture of a link is always alike. */
function spread(id: string): { x: number; y: number } {
  let hash = 2166136261
  for (const character of id) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619)
  const angle = ((hash >>> 0) / 2 ** 32) * 2 * Math.PI
  const radius = 20 + ((hash >>> 8) % 100)
  return { x: Math.cos(angle) * radius, y: Math.sin(angle) * radius }
}

const SLICE_MS = 8

export class LayoutController {
  private frame = 0
  private left = 0

  constructor(
    private readonly graph: Graph,
    private readonly settled: () => void,
  ) {}

  /** Where a new node starts: near the mean of its placed neighbours, else spread by its id. */
  place(id: string, neighbours: readonly string[]): { x: number; y: number } {
    const own = spread(id)
    const placed = neighbours.filter((other) => this.graph.hasNode(other))
    if (!placed.length) return own
    const mean = (axis: 'x' | 'y'): number =>
      placed.reduce((sum, other) => sum + (this.graph.getNodeAttribute(other, axis) as number), 0) / placed.length
    return { x: mean('x') + own.x * 0.15, y: mean('y') + own.y * 0.15 }
  }

  /** Let the graph settle; at once where the reader asked for less motion. */
  run(): void {
    cancelAnimationFrame(this.frame)
    const order = this.graph.order
    if (order < 2) return this.settled()
    this.left = order < 100 ? 400 : order < 500 ? 260 : 140
    if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.step(this.left)
      this.left = 0
      return this.settled()
    }
    const tick = (): void => {
      const until = performance.now() + SLICE_MS
      while (this.left > 0 && performance.now() < until) {
        this.step(2)
        this.left -= 2
      }
      if (this.left > 0) this.frame = requestAnimationFrame(tick)
      else this.settled()
    }
    this.frame = requestAnimationFrame(tick)
  }

  private step(iterations: number): void {
    forceAtlas2.assign(this.graph, {
      iterations,
      settings: {
        gravity: 0.6,
        scalingRatio: 14,
        slowDown: 3,
        strongGravityMode: false,
        adjustSizes: false,
        barnesHutOptimize: this.graph.order > 300,
        outboundAttractionDistribution: false,
      },
    })
  }

  stop(): void {
    cancelAnimationFrame(this.frame)
  }
}
