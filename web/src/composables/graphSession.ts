import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { Problem, RelationAnswer } from '@/api/types'
import { fromQuery, toQuery, type GraphAddress } from '@/core/graph/address'
import * as history from '@/core/graph/history'
import { draw, relationKey, type Answer } from '@/core/graph/picture'
import { format, keyOf, type Step, type Steps } from '@/core/graph/steps'
import { answerOf, linksOf } from '@/graph/answers'
import { isAbort, problemFrom } from './load'

/** Beyond this the picture tells nothing more and the layout becomes slow. */
export const MOST_NODES = 1500

/** The graph view: steps in the address, answers fetched once each, the picture folded from both. */
export function useGraphSession() {
  const route = useRoute()
  const router = useRouter()
  const first = fromQuery(route.query)
  const address = shallowRef<GraphAddress>(first)
  const past = shallowRef(history.start<Steps>(first.steps))
  const answers = shallowRef<ReadonlyMap<string, Answer>>(new Map())
  const known = shallowRef<ReadonlyMap<string, RelationAnswer>>(new Map())
  const problem = shallowRef<Problem | null>(null)
  const busy = ref(0)
  const asked = new Set<string>()
  const linked = new Set<string>()
  const controller = new AbortController()
  onScopeDispose(() => controller.abort())

  const picture = computed(() => draw(address.value.steps, answers.value, [...known.value.values()]))
  const full = computed(() => picture.value.nodes.size >= MOST_NODES)

  async function fetchStep(step: Exclude<Step, { kind: 'hide' }>): Promise<void> {
    const key = keyOf(step)
    if (asked.has(key)) return
    asked.add(key)
    busy.value++
    try {
      const answer = await answerOf(step, controller.signal)
      answers.value = new Map(answers.value).set(key, answer)
      problem.value = null
    } catch (cause) {
      asked.delete(key)
      if (!isAbort(cause)) problem.value = problemFrom(cause)
    } finally {
      busy.value--
    }
  }

  /** Links are an extra: a failure here leaves the picture as it is, without a word. */
  async function fetchLinks(): Promise<void> {
    const fresh = [...picture.value.nodes.keys()].filter((id) => !linked.has(id))
    if (!fresh.length || picture.value.nodes.size < 2) return
    for (const id of fresh) linked.add(id)
    try {
      const found = await linksOf(fresh, controller.signal)
      const next = new Map(known.value)
      for (const relation of found) next.set(relationKey(relation), relation)
      known.value = next
    } catch {
      for (const id of fresh) linked.delete(id)
    }
  }

  async function fetchPending(): Promise<void> {
    const wanted = address.value.steps.filter((step) => step.kind !== 'hide')
    await Promise.all(wanted.map(fetchStep))
    await fetchLinks()
  }

  function go(next: Partial<GraphAddress>, replace = false): void {
    const before = address.value
    address.value = { ...before, ...next }
    const location = { name: 'graph', query: toQuery(address.value) }
    void (replace ? router.replace(location) : router.push(location))
    if (next.steps && next.steps !== before.steps) {
      past.value = history.record(past.value, next.steps)
      void fetchPending()
    }
  }

  function travel(next: history.History<Steps>): void {
    if (next === past.value) return
    past.value = next
    address.value = { ...address.value, steps: next.present, path: -1 }
    void router.replace({ name: 'graph', query: toQuery(address.value) })
    void fetchPending()
  }

  // The reader went back, or opened another link: the address is right.
  watch(
    () => route.query,
    (query) => {
      if (route.name !== 'graph') return
      const next = fromQuery(query)
      if (format(next.steps) !== format(address.value.steps)) past.value = history.record(past.value, next.steps)
      address.value = next
      void fetchPending()
    },
  )
  void fetchPending()

  return {
    address,
    picture,
    answers,
    problem,
    full,
    busy: computed(() => busy.value > 0),
    canUndo: computed(() => past.value.past.length > 0),
    canRedo: computed(() => past.value.future.length > 0),
    go,
    change: (steps: Steps): void => go({ steps }),
    undo: (): void => travel(history.undo(past.value)),
    redo: (): void => travel(history.redo(past.value)),
    retry: (): void => void fetchPending(),
  }
}

export type GraphSession = ReturnType<typeof useGraphSession>
