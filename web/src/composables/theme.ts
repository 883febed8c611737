import { computed, ref, watchEffect } from 'vue'

export type Theme = 'auto' | 'light' | 'dark'
const THEMES: readonly Theme[] = ['auto', 'light', 'dark']
const STORE = 'ecograph.theme'

const stored = localStorage.getItem(STORE) as Theme | null
const system = window.matchMedia('(prefers-color-scheme: dark)')
const systemDark = ref(system.matches)
system.addEventListener('change', (event) => (systemDark.value = event.matches))

export const theme = ref<Theme>(stored && THEMES.includes(stored) ? stored : 'auto')
export const dark = computed(() => (theme.value === 'auto' ? systemDark.value : theme.value === 'dark'))

export function setTheme(next: Theme): void {
  theme.value = next
  localStorage.setItem(STORE, next)
}

export function nextTheme(): void {
  setTheme(THEMES[(THEMES.indexOf(theme.value) + 1) % THEMES.length] ?? 'auto')
}

watchEffect(() => {
  document.documentElement.dataset['theme'] = dark.value ? 'dark' : 'light'
})
