import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { en } from './en'
import { zh } from './zh'

function leaves(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path]
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, path ? `${path}.${name}` : name))
}

function sources(folder: string): string {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((file) => file.isFile() && /\.(vue|ts)$/.test(file.name) && !file.parentPath.includes('i18n'))
    .map((file) => readFileSync(join(file.parentPath, file.name), 'utf8'))
    .join('\n')
}

const code = sources(join(import.meta.dirname, '..'))

/** Groups that are read by a computed name; the compiler checks these names. */
const BY_NAME = /^(search\.(facet|sorts)|entity\.media|read\.values|theme)\./

it('no text is kept that nothing shows', () => {
  const unused = leaves(zh, '').filter(
    (path) =>
      !BY_NAME.test(path) &&
      !new RegExp(`\\b${path.replaceAll('.', '\\.')}\\b`).test(code.replaceAll('t.value.', 't.')),
  )
  expect(unused).toEqual([])
})

it('English texts hold no Chinese punctuation left over from copying', () => {
  const wrong = leaves(en, '').filter((path) => {
    const value = path.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], en)
    return typeof value === 'string' && /[，。；：、]/.test(value)
  })
  expect(wrong).toEqual([])
})
