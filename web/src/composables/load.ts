import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { ApiError } from '@/api/client'
import type { Problem } from '@/api/types'

export interface Load<T> {
  data: ShallowRef<T | null>
  problem: ShallowRef<Problem | null>
  loading: Ref<boolean>
  reload: () => void
}

export function problemFrom(cause: unknown): Problem {
  if (cause instanceof ApiError) return cause.problem
  const detail = cause instanceof Error ? cause.message : String(cause)
  return { type: 'about:blank', title: '', status: -1, detail, remedy: '', position: null }
}

export const isAbort = (cause: unknown): boolean => cause instanceof DOMException && cause.name === 'AbortError'

/**
 * Load whenever `key` changes; null loads nothing. An answer that a newer request overtook is dropped, and the
 * old data stays until the new arrives, so that a list does not flicker while it is refined.
 */
export function useLoad<T>(key: () => string | null, load: (signal: AbortSignal) => Promise<T>): Load<T> {
  const data = shallowRef<T | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const loading = ref(false)
  let controller = new AbortController()

  async function run(): Promise<void> {
    controller.abort()
    const mine = (controller = new AbortController())
    if (key() === null) {
      data.value = problem.value = null
      loading.value = false
      return
    }
    loading.value = true
    try {
      const answer = await load(mine.signal)
      if (mine.signal.aborted) return
      data.value = answer
      problem.value = null
    } catch (cause) {
      if (mine.signal.aborted || isAbort(cause)) return
      data.value = null
      problem.value = problemFrom(cause)
    } finally {
      if (controller === mine) loading.value = false
    }
  }

  watch(key, run, { immediate: true })
  onScopeDispose(() => controller.abort())
  return { data, problem, loading, reload: () => void run() }
}
