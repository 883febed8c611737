/** One function per question to the API. Faults arrive as `ApiError` with a problem the page can show. */
import type {
  ContradictionsAnswer,
  DatasetsAnswer,
  EntityAnswer,
  ExpandAnswer,
  NeighboursAnswer,
  OntologyAnswer,
  OutletsAnswer,
  PathsAnswer,
  Problem,
  QuarantineAnswer,
  ReadAnswer,
  RecordAnswer,
  SearchAnswer,
  StatsAnswer,
  TextToRead,
} from './types'

type Parameter = string | number | boolean | readonly string[] | null | undefined
export type Parameters = Record<string, Parameter>

export class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail || problem.title)
  }
}

const KEY_STORE = 'ecograph.key'

/** A key for a service that asks for one; kept for this tab only. */
export const apiKey = {
  get: (): string => sessionStorage.getItem(KEY_STORE) ?? '',
  set: (key: string): void => {
    sessionStorage.setItem(KEY_STORE, key)
  },
}

export function queryString(parameters: Parameters): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) {
    if (value === null || value === undefined || value === '') continue
    for (const one of Array.isArray(value) ? value : [value]) query.append(name, String(one))
  }
  const text = query.toString()
  return text ? `?${text}` : ''
}

/** The address of the API, beside the page: works below any path of a reverse proxy. */
export function apiAddress(path: string, parameters: Parameters = {}): string {
  return `${new URL('.', document.baseURI).pathname}api/v1${path}${queryString(parameters)}`
}

async function problemOf(response: Response): Promise<Problem> {
  const fallback: Problem = {
    type: 'about:blank',
    title: response.statusText || `HTTP ${response.status}`,
    status: response.status,
    detail: '',
    remedy: '',
    position: null,
  }
  try {
    return { ...fallback, ...((await response.json()) as Partial<Problem>) }
  } catch {
    return fallback
  }
}

function get<T>(path: string, parameters: Parameters, signal?: AbortSignal): Promise<T> {
  return ask<T>(apiAddress(path, parameters), {}, signal)
}

function post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  return ask<T>(apiAddress(path), { method: 'POST', body: JSON.stringify(body) }, signal)
}

async function ask<T>(address: string, request: RequestInit, signal?: AbortSignal): Promise<T> {
  const key = apiKey.get()
  let response: Response
  try {
    response = await fetch(address, {
      ...request,
      headers: {
        Accept: 'application/json',
        ...(request.body ? { 'Content-Type': 'application/json' } : {}),
        ...(key ? { Authorization: `Bearer ${key}` } : {}),
      },
      ...(signal ? { signal } : {}),
    })
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new ApiError({ type: 'offline', title: '', status: 0, detail: '', remedy: '', position: null })
  }
  if (!response.ok) throw new ApiError(await problemOf(response))
  return (await response.json()) as T
}

const id = encodeURIComponent

export const api = {
  search: (parameters: Parameters, signal?: AbortSignal) => get<SearchAnswer>('/search', parameters, signal),
  entity: (entity: string, parameters: Parameters = {}, signal?: AbortSignal) =>
    get<EntityAnswer>(`/entities/${id(entity)}`, parameters, signal),
  neighbours: (entity: string, parameters: Parameters, signal?: AbortSignal) =>
    get<NeighboursAnswer>(`/entities/${id(entity)}/neighbours`, parameters, signal),
  outlets: (entity: string, signal?: AbortSignal) => get<OutletsAnswer>(`/entities/${id(entity)}/outlets`, {}, signal),
  expand: (parameters: Parameters, signal?: AbortSignal) => get<ExpandAnswer>('/expand', parameters, signal),
  paths: (parameters: Parameters, signal?: AbortSignal) => get<PathsAnswer>('/paths', parameters, signal),
  read: (text: TextToRead, signal?: AbortSignal) => post<ReadAnswer>('/read', text, signal),
  record: (record: string, signal?: AbortSignal) => get<RecordAnswer>(`/records/${id(record)}`, {}, signal),
  datasets: (signal?: AbortSignal) => get<DatasetsAnswer>('/datasets', {}, signal),
  quarantine: (parameters: Parameters, signal?: AbortSignal) =>
    get<QuarantineAnswer>('/quarantine', parameters, signal),
  contradictions: (parameters: Parameters, signal?: AbortSignal) =>
    get<ContradictionsAnswer>('/contradictions', parameters, signal),
  stats: (signal?: AbortSignal) => get<StatsAnswer>('/stats', {}, signal),
  ontology: (signal?: AbortSignal) => get<OntologyAnswer>('/ontology', {}, signal),
}
