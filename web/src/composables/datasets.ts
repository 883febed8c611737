import { effectScope } from 'vue'
import { api } from '@/api/client'
import type { DatasetsAnswer } from '@/api/types'
import { useLoad, type Load } from './load'

let shared: Load<DatasetsAnswer> | null = null

/** The list of datasets, fetched once for the whole page. */
export function useDatasets(): Load<DatasetsAnswer> {
  shared ??= effectScope(true).run(() =>
    useLoad(
      () => 'datasets',
      (signal) => api.datasets(signal),
    ),
  ) as Load<DatasetsAnswer>
  return shared
}
