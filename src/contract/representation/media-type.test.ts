import { expect, it } from 'vitest'
import { chooseMediaType } from './media-type.ts'

const offers = ['application/json', 'application/xml', 'text/xml'] as const

it.each([
  [undefined, 'application/json'],
  ['', 'application/json'],
  [' , ,', 'application/json'],
  [', text/xml,', 'text/xml'],
  ['*/*', 'application/json'],
  ['application/*', 'application/json'],
  ['text/xml', 'text/xml'],
  ['TEXT/XML', 'text/xml'],
  ['text/*', 'text/xml'],
  ['application/json;q=0.5, application/xml', 'application/xml'],
  ['application/json;q=0, */*', 'application/xml'],
  ['application/xml;q=0.9, */*;q=0.8', 'application/xml'],
  ['text/html, application/xhtml+xml, */*;q=0.1', 'application/json'],
  ['text/html', undefined],
  ['*/*;q=0', undefined],
  ['application/json;q=nonsense', undefined],
  ['text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2', 'application/json'],
  ['application/json;q=., text/xml;q=.001', 'text/xml'],
  ['application/xml;profile="a,b;q=1\\",";q=0.1, application/json;q=0.5', 'application/json'],
  ['application/xml;profile="text/html, application/json;q=0.1', 'application/xml'],
  ['application/json;q=', undefined],
  ['application/json;q=0x1', undefined],
  ['application/json; charset=utf-8 ; q=0.001', 'application/json'],
  ['application/json;q=0.2, application/json;q=0.9, text/xml;q=0.5', 'application/json'],
])('Accept: %s gives %s', (accept, expected) => {
  expect(chooseMediaType(accept, offers)).toBe(expected)
})
