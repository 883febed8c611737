/** One colour per class, the same everywhere; light and dark variants keep 3:1 against their background. */

export interface ClassColour {
  readonly light: string
  readonly dark: string
}

const COLOURS: Readonly<Record<string, ClassColour>> = {
  Enterprise: { light: '#2563c9', dark: '#6ea6ff' },
  Site: { light: '#0b7a5f', dark: '#35c79f' },
  Outlet: { light: '#0e7f96', dark: '#4cc5dc' },
  Permit: { light: '#7a4bc2', dark: '#b491f2' },
  PermitLimit: { light: '#8f6bb8', dark: '#cbb0ea' },
  EiaProject: { light: '#a35a0a', dark: '#eba150' },
  EiaApproval: { light: '#8a6d10', dark: '#dcbd4a' },
  TreatmentFacility: { light: '#4c7a1f', dark: '#93c95c' },
  WasteTransfer: { light: '#8c5a3c', dark: '#d29b78' },
  WasteLicence: { light: '#9a4f6e', dark: '#e08fb2' },
  EmergencyPlan: { light: '#b5442c', dark: '#f58a70' },
  Exceedance: { light: '#c2331f', dark: '#ff7a66' },
  Violation: { light: '#b3243f', dark: '#ff7d94' },
  Penalty: { light: '#a3195b', dark: '#f27cb4' },
  Complaint: { light: '#b0400f', dark: '#ff9563' },
  Incident: { light: '#9c1f1f', dark: '#ff8080' },
  Article: { light: '#56657a', dark: '#a3b4ca' },
  Post: { light: '#6b6480', dark: '#b6aed0' },
  Law: { light: '#3f4f8f', dark: '#97a6ea' },
  LawArticle: { light: '#5966a3', dark: '#a9b5f0' },
  Standard: { light: '#4a5b7c', dark: '#9db1d8' },
  Pollutant: { light: '#8a3ba3', dark: '#d68bee' },
  Chemical: { light: '#a13a8a', dark: '#ec8dd5' },
  Region: { light: '#5d6b52', dark: '#aabf9b' },
  Industry: { light: '#6b5f3c', dark: '#c4b47f' },
  Agency: { light: '#37608a', dark: '#86b4e4' },
  Person: { light: '#7d5a2b', dark: '#d9ac6e' },
}

const OTHER: ClassColour = { light: '#5a6672', dark: '#a4b0bc' }

export function classColour(className: string, dark: boolean): string {
  const colour = COLOURS[className] ?? OTHER
  return dark ? colour.dark : colour.light
}
