import { effectScope } from 'vue'
import { api } from '@/api/client'
import type { Dataset } from '@/api/types'
import { useLoad, type Load } from './load'

let shared: Load<{ items: Dataset[] }> | null = null

/** The list of datasets, fetched once for the whole page. */
export function useDatasets(): Load<{ items: Dataset[] }> {
  shared ??= effectScope(true).run(() =>
    useLoad(
      () => 'datasets',
      (signal) => api.datasets(signal),
    ),
  ) as Load<{ items: Dataset[] }>
  return shared
}
