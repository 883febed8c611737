/** Labels below the nodes, with a halo, so that they stay readable over lines in both themes. */
import type { Settings } from 'sigma/settings'
import type { NodeDisplayData, PartialButFor } from 'sigma/types'

type Shown = PartialButFor<NodeDisplayData, 'x' | 'y' | 'size' | 'label' | 'color'> & {
  fullLabel?: string
  highlighted?: boolean
}

export interface LabelLook {
  text: string
  surface: string
  accent: string
}

export function drawLabel(context: CanvasRenderingContext2D, data: Shown, settings: Settings, look: LabelLook): void {
  // The selected node has its card instead.
  if (!data.label || data.highlighted) return
  context.font = `500 ${settings.labelSize}px ${settings.labelFont}`
  context.textAlign = 'center'
  context.lineJoin = 'round'
  context.lineWidth = 4
  context.strokeStyle = look.surface
  const y = data.y + data.size + settings.labelSize + 2
  context.strokeText(data.label, data.x, y)
  context.fillStyle = look.text
  context.fillText(data.label, data.x, y)
  context.textAlign = 'start'
}

/** The whole name on a card, for the node under the pointer or selected. */
export function drawHover(context: CanvasRenderingContext2D, data: Shown, settings: Settings, look: LabelLook): void {
  const text = data.fullLabel ?? data.label
  if (!text) return
  context.font = `600 ${settings.labelSize}px ${settings.labelFont}`
  const width = context.measureText(text).width + 18
  const height = settings.labelSize + 12
  const left = data.x - width / 2
  const top = data.y + data.size + 5
  context.shadowColor = 'rgb(0 0 0 / 30%)'
  context.shadowBlur = 8
  context.fillStyle = look.surface
  context.beginPath()
  context.roundRect(left, top, width, height, 6)
  context.fill()
  context.shadowBlur = 0
  context.strokeStyle = look.accent
  context.lineWidth = 1.5
  context.stroke()
  context.textAlign = 'center'
  context.fillStyle = look.text
  context.fillText(text, data.x, top + settings.labelSize + 4)
  context.textAlign = 'start'
}
