/** Which classes a reader of supervision data looks for first. */

const FIRST = [
  'Enterprise',
  'Site',
  'Permit',
  'Penalty',
  'Violation',
  'Complaint',
  'Exceedance',
  'Inspection',
  'Rectification',
  'Incident',
  'Article',
  'Outlet',
  'EiaProject',
  'EiaApproval',
  'Licence',
  'WasteLicence',
  'WasteTransfer',
  'EmergencyPlan',
  'Law',
  'PermitLimit',
  'TreatmentFacility',
  'ProductionFacility',
  'Emission',
  'Measurement',
]

const RANK = new Map(FIRST.map((name, at) => [name, at]))
const rank = (name: string): number => RANK.get(name) ?? FIRST.length

/** In the order of `FIRST`; what is not named there follows in the order given. */
export function byClass<T>(items: readonly T[], className: (item: T) => string): T[] {
  return [...items].sort((a, b) => rank(className(a)) - rank(className(b)))
}
