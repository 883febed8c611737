import { computed, ref, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { api } from '@/api/client'
import type { Hit, Problem } from '@/api/types'
import { fromQuery, isBlank, toParameters, toQuery, type SearchState } from '@/core/search/state'
import { problemFrom, useLoad } from './load'

/** The search view: its state is the address, its answer follows the state, further pages are appended. */
export function useSearch() {
  const route = useRoute()
  const router = useRouter()
  const state = computed(() => fromQuery(route.query))
  const blank = computed(() => isBlank(state.value))
  const key = computed(() => JSON.stringify(toQuery(state.value)))

  const { data, problem, loading, reload } = useLoad(
    () => (route.name === 'search' && !blank.value ? key.value : null),
    (signal) => api.search(toParameters(state.value, null), signal),
  )

  const further = shallowRef<Hit[]>([])
  const cursor = ref<string | null>(null)
  const loadingMore = ref(false)
  const moreProblem = shallowRef<Problem | null>(null)
  watch(data, (answer) => {
    further.value = []
    moreProblem.value = null
    cursor.value = answer?.next_cursor ?? null
  })

  async function more(): Promise<void> {
    const before = key.value
    if (!cursor.value || loadingMore.value) return
    loadingMore.value = true
    try {
      const answer = await api.search(toParameters(state.value, cursor.value))
      if (key.value !== before) return
      further.value = [...further.value, ...answer.hits]
      cursor.value = answer.next_cursor
      moreProblem.value = null
    } catch (cause) {
      if (key.value === before) moreProblem.value = problemFrom(cause)
    } finally {
      loadingMore.value = false
    }
  }

  function change(next: SearchState): void {
    void router.push({ name: 'search', query: toQuery(next) })
  }

  const hits = computed(() => [...(data.value?.hits ?? []), ...further.value])
  return { state, blank, data, hits, problem, loading, reload, cursor, more, loadingMore, moreProblem, change }
}
