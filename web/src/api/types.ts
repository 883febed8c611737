/** The shapes of `/api/v1` that the page uses (docs/api.md). */

export interface Label {
  zh: string
  en: string
}

export type Direction = 'out' | 'in'
export type Sort = 'relevance' | 'newest' | 'oldest'
export type Value = string | number | boolean
export type Properties = Record<string, Value[]>
/** Longitude and latitude in WGS-84 degrees. */
export type Location = [number, number]

export interface Highlight {
  field: string
  passage: string
  /** Start and end in characters (code points) of `passage`. */
  spans: [number, number][]
}

export interface Hit {
  id: string
  class: string
  class_label: Label
  label: string
  score: number
  date: string | null
  datasets: string[]
  synthetic: boolean
  location: Location | null
  properties: Properties
  highlights: Highlight[]
}

export interface FacetValue {
  value: string
  label: Label
  count: number
}

export interface SearchAnswer {
  query: string
  total: number
  hits: Hit[]
  facets: Record<string, FacetValue[]>
  next_cursor: string | null
}

export interface Source {
  record: string
  dataset: string
  dataset_title: Label
  file: string | null
  row: number | null
  recorded_at: string | null
}

export interface Fact {
  property: string
  label: Label
  value: Value
  type: string
  valid_from: string | null
  valid_to: string | null
  quote: string | null
  source_count: number
  sources: Source[]
}

export interface RelationCount {
  type: string
  label: Label
  direction: Direction
  class: string
  class_label: Label
  count: number
}

export interface EntityAnswer {
  id: string
  class: string
  class_label: Label
  label: string
  synthetic: boolean
  datasets: string[]
  same_as: string[]
  facts: Fact[]
  total: number
  truncated: boolean
  relation_counts: RelationCount[]
  as_of: string | null
}

export interface EntityBrief {
  id: string
  class: string
  class_label: Label
  label: string
  synthetic: boolean
  properties: Properties
  location: Location | null
}

export interface RelationAnswer {
  source: string
  type: string
  label: Label
  target: string
  valid_from: string | null
  valid_to: string | null
  record_count: number
  sources: Source[]
}

export interface NeighbourItem {
  relation: RelationAnswer
  direction: Direction
  entity: EntityBrief
  degree: number
}

export interface NeighboursAnswer {
  total: number
  items: NeighbourItem[]
  next_cursor: string | null
}

export interface Limit {
  id: string
  pollutant: string
  pollutant_id: string | null
  minimum: number | null
  maximum: number | null
  unit: string | null
  frequency: string | null
  sources: Source[]
}

export interface Outlet {
  id: string
  site: string
  code: string | null
  name: string | null
  medium: string | null
  standard: string | null
  limits: Limit[]
  sources: Source[]
}

export interface OutletsAnswer {
  outlets: Outlet[]
  site_limits: Limit[]
  total: number
  truncated: boolean
}

export interface ExpandAnswer {
  entities: EntityBrief[]
  relations: RelationAnswer[]
  truncated: boolean
  omitted: Record<string, number>
}

export interface PathAnswer {
  cost: number
  entities: EntityBrief[]
  relations: RelationAnswer[]
}

export interface PathsAnswer {
  paths: PathAnswer[]
  truncated: boolean
  hubs_avoided: EntityBrief[]
}

export interface RecordFile {
  file: string
  row: number | null
  received_at: string
  retracted_at: string | null
}

export interface RecordAnswer {
  id: string
  dataset: string
  dataset_title: Label
  payload: Record<string, unknown>
  files: RecordFile[]
}

export interface Dataset {
  id: string
  title: Label
  publisher: Label | null
  license: string | null
  synthetic: boolean
  tables: string[]
  records: number
  quarantined: number
  first_received: string | null
  last_received: string | null
}

export interface QuarantineItem {
  id: string
  dataset: string
  file: string
  row: number | null
  code: string
  reason: string
  payload: Record<string, unknown>
}

export interface QuarantineAnswer {
  total: number
  items: QuarantineItem[]
  next_cursor: string | null
}

export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  remedy: string
  position: number | null
}

export interface Named {
  name: string
  label: Label
}

export interface OntologyAnswer {
  classes: Named[]
  properties: Named[]
  relations: Named[]
}
