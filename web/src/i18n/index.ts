import { computed, ref, watchEffect } from 'vue'
import type { Label } from '@/api/types'
import { formatMoment, formatNumber, inLocale, type Locale } from '@/core/format/value'
import { en } from './en'
import { zh, type Messages } from './zh'

const STORE = 'ecograph.locale'

/** Chinese unless the reader chose English before. */
export const locale = ref<Locale>(localStorage.getItem(STORE) === 'en' ? 'en' : 'zh')

/** The texts in the reader's language. */
export const t = computed<Messages>(() => (locale.value === 'zh' ? zh : en))

export function setLocale(next: Locale): void {
  locale.value = next
  localStorage.setItem(STORE, next)
}

watchEffect(() => {
  document.documentElement.lang = locale.value === 'zh' ? 'zh-CN' : 'en'
})

export const label = (text: Label | string | null | undefined): string => inLocale(text, locale.value)
export const number = (value: number): string => formatNumber(value, locale.value)
export const moment = (value: string | null): string => formatMoment(value, locale.value)
