/** Names for the shapes of `/api/v1`, which `schema.ts` has from the API's own description. */
import type { components } from './schema'

type Shapes = components['schemas']

export type Label = Shapes['LabelShape']
export type Source = Shapes['SourceShape']
export type Highlight = Shapes['HighlightShape']
export type Hit = Shapes['HitShape']
export type FacetValue = Shapes['FacetValueShape']
export type SearchAnswer = Shapes['SearchShape']
export type Fact = Shapes['FactShape']
export type RelationCount = Shapes['RelationCountShape']
export type EntityAnswer = Shapes['EntityShape']
export type EntityBrief = Shapes['EntityBrief']
export type RelationAnswer = Shapes['RelationShape']
export type NeighbourItem = Shapes['NeighbourShape']
export type NeighboursAnswer = Shapes['NeighboursShape']
export type Limit = Shapes['LimitShape']
export type Outlet = Shapes['OutletShape']
export type OutletsAnswer = Shapes['OutletsShape']
export type ExpandAnswer = Shapes['SubgraphShape']
export type PathAnswer = Shapes['PathShape']
export type PathsAnswer = Shapes['PathsShape']
export type RecordAnswer = Shapes['RecordShape']
export type Dataset = Shapes['DatasetShape']
export type DatasetsAnswer = Shapes['DatasetsShape']
export type QuarantineItem = Shapes['QuarantineItemShape']
export type QuarantineAnswer = Shapes['QuarantineShape']
export type Contradiction = Shapes['ContradictionShape']
export type ContradictionsAnswer = Shapes['ContradictionsShape']
export type StatsAnswer = Shapes['StatsShape']
export type MentionItem = Shapes['MentionShape']
export type ReadAnswer = Shapes['ReadShape']
export type TextToRead = Shapes['TextToRead']
export type OntologyAnswer = Shapes['OntologyShape']

export type Direction = RelationCount['direction']
export type Sort = 'relevance' | 'newest' | 'oldest'
export type Value = Fact['value']

/** RFC 9457, with what the page needs filled in where an answer says less. */
export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  remedy: string
  position: number | null
  /** Each part of the request that is not valid. */
  errors?: readonly Shapes['InvalidPart'][] | null
}
