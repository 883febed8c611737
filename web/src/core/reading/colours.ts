/** One colour per kind of mention. Kinds that are things of the graph have the colour of their class. */
import { classColour } from '@/core/ontology/colours'

const CLASS_OF: Readonly<Record<string, string>> = {
  enterprise: 'Enterprise',
  // The blue of agencies in the graph is too near that of enterprises to tell them apart within one line.
  agency: 'TreatmentFacility',
  person: 'Person',
  place: 'Industry',
  facility: 'Site',
  project: 'EiaProject',
  product: 'Chemical',
  uscc: 'Permit',
  permit_number: 'Permit',
  document_number: 'Penalty',
  law_article: 'LawArticle',
  standard: 'Standard',
  pollutant: 'Pollutant',
  concentration: 'EiaApproval',
  amount: 'WasteLicence',
  exceedance: 'Exceedance',
  outlet: 'Outlet',
  date: 'Article',
  period: 'Article',
}

export const mentionColour = (label: string, dark: boolean): string => classColour(CLASS_OF[label] ?? '', dark)
