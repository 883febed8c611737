import { onBeforeUnmount, onMounted } from 'vue'

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable], dialog') !== null
}

export interface Chord {
  key: string
  prefix: string
  event: KeyboardEvent
}

/** Listen for keys while this component is shown; keys typed into fields and dialogs are not shortcuts. */
export function useKeys(handle: (chord: Chord) => boolean): void {
  let prefix = ''
  let timer = 0

  function onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || event.altKey || isTyping(event.target)) return
    if (event.ctrlKey && event.key.toLowerCase() !== 'z') return
    const taken = handle({ key: event.key, prefix, event })
    prefix = taken ? '' : event.key
    clearTimeout(timer)
    timer = window.setTimeout(() => (prefix = ''), 900)
    if (taken) event.preventDefault()
  }

  onMounted(() => window.addEventListener('keydown', onKey))
  onBeforeUnmount(() => window.removeEventListener('keydown', onKey))
}
