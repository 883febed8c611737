/** The running texts of an entity, joined into one text to be read, so that 该公司 finds a name in the section before. */
import type { Fact, Label } from '@/api/types'

const PROPERTIES = ['text', 'facts', 'description', 'legal_basis', 'penalty_content', 'reply']
/** Below this a value is a phrase, which the table of facts shows as well. */
const SHORTEST = 10

export interface Section {
  readonly property: string
  readonly label: Label
  /** Places in the joined text, in characters (code points). */
  readonly start: number
  readonly end: number
}

export interface RunningText {
  readonly text: string
  readonly sections: readonly Section[]
}

export function runningText(facts: readonly Fact[]): RunningText {
  let text = ''
  let length = 0
  const sections: Section[] = []
  for (const property of PROPERTIES) {
    for (const fact of facts.filter((one) => one.property === property)) {
      const value = String(fact.value)
      const size = Array.from(value).length
      if (size < SHORTEST) continue
      if (text) {
        text += '\n\n'
        length += 2
      }
      sections.push({ property, label: fact.label, start: length, end: length + size })
      text += value
      length += size
    }
  }
  return { text, sections }
}

/** The day the text was written, as far as the facts say; empty where they do not. */
export function writtenOn(facts: readonly Fact[]): string {
  const dated = facts.find((one) => ['published', 'decided', 'penalty_date', 'received'].includes(one.property))
  const day = String(dated?.value ?? '')
  return /^\d{4}-\d\d-\d\d$/.test(day) ? day : ''
}
