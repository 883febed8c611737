import { computed, ref, shallowRef, watch } from 'vue'
import { api } from '@/api/client'
import { pathKeys, type Answer } from '@/core/graph/picture'
import * as steps from '@/core/graph/steps'
import type { GraphFocus } from '@/graph/GraphController'
import type { GraphSession } from './graphSession'

export interface PathEnd {
  readonly id: string
  readonly label: string
}

/** The two ends, the paths found between them, and the one that stands out. */
export function usePathSearch(session: GraphSession) {
  const { address, picture, answers } = session
  const names = shallowRef<ReadonlyMap<string, string>>(new Map())
  const asking = ref(new Set<string>())

  /** An end that is not shown (yet) has a name all the same. */
  async function learn(id: string): Promise<void> {
    if (!id || picture.value.nodes.has(id) || names.value.has(id) || asking.value.has(id)) return
    asking.value.add(id)
    const label = await api.entity(id).then(
      (entity) => entity.label,
      () => id,
    )
    names.value = new Map(names.value).set(id, label)
  }

  function end(id: string): PathEnd | null {
    return id ? { id, label: picture.value.nodes.get(id)?.entity.label ?? names.value.get(id) ?? id } : null
  }

  watch(
    () => [address.value.from, address.value.to],
    (ids) => ids.forEach((id) => void learn(id)),
    { immediate: true },
  )

  const step = computed(() => {
    const { from, to } = address.value
    return address.value.steps.findLast((one) => one.kind === 'paths' && one.source === from && one.target === to)
  })
  const answer = computed<Answer | null>(() =>
    step.value ? (answers.value.get(steps.keyOf(step.value)) ?? null) : null,
  )
  const focus = computed<GraphFocus>(() => {
    const chosen = answer.value?.paths?.[address.value.path]
    const keys = chosen ? pathKeys(chosen) : null
    const ends = new Set([address.value.from, address.value.to].filter(Boolean))
    return { selected: address.value.selected, nodes: keys?.nodes ?? null, edges: keys?.edges ?? null, ends }
  })

  function find(maxHops: number): void {
    const { from, to } = address.value
    if (!from || !to || from === to) return
    session.go({ steps: steps.withPaths(address.value.steps, steps.paths(from, to, maxHops)), path: 0 })
  }

  return {
    from: computed(() => end(address.value.from)),
    to: computed(() => end(address.value.to)),
    answer,
    focus,
    find,
    setFrom: (id: string): void => session.go({ from: id, path: -1 }),
    setTo: (id: string): void => session.go({ to: id, path: -1 }),
    swap: (): void => session.go({ from: address.value.to, to: address.value.from, path: -1 }),
  }
}
