import { shallowRef } from 'vue'
import { api } from '@/api/client'
import type { Label } from '@/api/types'
import { label } from '@/i18n'

const classes = shallowRef<ReadonlyMap<string, Label>>(new Map())
const properties = shallowRef<ReadonlyMap<string, Label>>(new Map())
const inverses = shallowRef<ReadonlyMap<string, Label>>(new Map())
let asked: Promise<void> | null = null

function labels(list: readonly { name: string; label: Label }[]): Map<string, Label> {
  return new Map(list.map((one) => [one.name, one.label]))
}

/** Fetch the names of classes and properties once; until they are there the technical names show. */
export function loadOntology(): Promise<void> {
  asked ??= api
    .ontology()
    .then((answer) => {
      classes.value = labels(answer.classes)
      properties.value = labels(answer.properties)
      inverses.value = new Map(answer.relations.map((one) => [one.name, one.inverse_label]))
    })
    .catch(() => {
      asked = null
    })
  return asked
}

export const className = (name: string): string => label(classes.value.get(name) ?? name)
export const propertyName = (name: string): string => label(properties.value.get(name) ?? name)

/** How a relation reads from its target back to its source; null until the names are there. */
export const inverseName = (type: string): string | null => label(inverses.value.get(type)) || null
