import { expect, it } from 'vitest'
import { byClass } from './order'

it('puts first what is looked for first and leaves the rest in its order', () => {
  expect(byClass(['Zebra', 'Law', 'Apple', 'Enterprise'], (name) => name)).toEqual([
    'Enterprise',
    'Law',
    'Zebra',
    'Apple',
  ])
})
