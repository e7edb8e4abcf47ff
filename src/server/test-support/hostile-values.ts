/**
 * What attackers, broken programs and cats on keyboards send where a value is expected. Every character stands for one
 * byte, so that bytes that are no UTF-8 can be written down; `utf8` makes them from text.
 */

const utf8 = (text: string) => Buffer.from(text, 'utf8').toString('latin1')
const span = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n)

const controls = [...span(0x00, 0x1f), 0x7f, 0x80, 0x85, 0xa0].map((code) => `a${String.fromCharCode(code)}b`)

const characters = [
  ...[
    '\ufeff',
    '\u200b',
    '\u200d',
    '\u202e',
    '\u2028',
    '\u0000',
    '\uffff',
    '\ufdd0',
    '\u{10ffff}',
    '\u{e0001}',
  ],
  ...[
    'é',
    'e\u0301',
    'ｌｉｍｉｔ',
    'ı',
    'İ@x.example',
    'ß@x.example',
    '👩‍👩‍👧‍👦',
    'Ω'.repeat(300),
    '\u0301'.repeat(300),
  ],
].map(utf8)

/** Halves of surrogate pairs, overlong forms, bytes that begin nothing, a sequence cut short. */
const noUtf8 = [
  ...[
    '\xed\xa0\x80',
    '\xed\xbf\xbf',
    '\xed\xa0\xbd\xed\xb8\x80',
    '\xc0\xaf',
    '\xe0\x80\xaf',
    '\xf0\x80\x80\xaf',
  ],
  ...['\xc0\x80', '\xf4\x90\x80\x80', '\xf8\x88\x80\x80\x80', '\xfe', '\xff', '\x80', '\xe2\x82', '\xc3('],
]

const numbers = [
  ...[
    '-1',
    '0',
    '-0',
    '+1',
    '01',
    ' 1',
    '1 ',
    '1.5',
    '1,5',
    '1e2',
    '1e309',
    '1e-400',
    'NaN',
    'Infinity',
    '0x10',
    '0b1',
  ],
  ...[
    '1_000',
    '101',
    '2147483648',
    '9007199254740993',
    '18446744073709551616',
    '9'.repeat(400),
    utf8('١٢'),
    utf8('½'),
  ],
]

const dates = [
  ...[
    '2018-02-30',
    '0000-00-00',
    '9999-99-99',
    '-000001-01-01',
    '+275760-09-14',
    '2018-1-1',
    'now',
    '1516011911000',
  ],
  ...['2018-01-15T25:00:00', '2018-01-15T10:25:60', '2018-01-15T10:25:11+99:99', '2018-01-15T10:25:11 01:00'],
]

const emails = [
  '@',
  'a@',
  '@b',
  'a@b@c',
  '"a b"@c',
  'a@b,c@d',
  'a@b '.repeat(99),
  `${'a'.repeat(320)}@b`,
  '@'.repeat(3000),
]

const prototypes = [
  ...[
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'valueOf',
    'hasOwnProperty',
    '__defineGetter__',
    '__proto__[x]',
  ],
  ...[
    'null',
    'undefined',
    'true',
    '[object Object]',
    '{}',
    '[]',
    '{"$gt":""}',
    '{"__proto__":{"a":1}}',
    '['.repeat(5000),
  ],
]

const databases = [
  ...[
    "' OR '1'='1",
    "'; DROP TABLE engagement; --",
    '" OR ""="',
    "') UNION SELECT password_hash FROM account --",
    "\\'",
  ],
  ...[
    "1; ATTACH DATABASE '/tmp/x' AS x",
    "x' AND randomblob(1000000000) --",
    '%',
    '_',
    '*',
    '/**/',
    '?1',
    ':tenant',
    "''",
  ],
]

const markup = [
  ...[
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    'javascript:alert(1)',
    '</title>',
    '<!--',
    ']]>',
  ],
  ...['<![CDATA[', '&lt;', '&#0;', '{{7*7}}', '\x24{7*7}', '#{7*7}', '<%= 7*7 %>'],
  '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>&a;',
]

const shells = [
  ';id',
  '|id',
  '`id`',
  '$(id)',
  '&& id',
  '> /tmp/x',
  '$HOME',
  '\x1b[31m',
  '-rf',
  '--help',
  '%n%s%x',
]

/** A header or a second answer that is let in through a line break shows as `x-injected`. */
const lineBreaks = [
  ...[
    'a\r\nX-Injected: 1',
    'a\nX-Injected: 1',
    'a\rX-Injected: 1',
    'a%0d%0aX-Injected: 1',
    utf8('a嘍嘊X-Injected: 1'),
  ],
  ...['\r\n\r\nHTTP/1.1 200 OK\r\nX-Injected: 1\r\n\r\n', 'a\r\n X-Injected: 1'],
]

const paths = [
  ...[
    '.',
    '..',
    '/',
    '//',
    '~',
    '../../../etc/passwd',
    '..\\..\\x',
    '/etc/passwd',
    '..%2f..%2fetc',
    '%2e%2e%2f',
    '....//',
  ],
  ...[
    '..%c0%af',
    '%252e%252e',
    'file:///etc/passwd',
    'C:\\x',
    '\\\\host\\x',
    '//evil.example/',
    '.git/config',
    'CON',
  ],
  ...[
    '%00',
    'a%00.webm',
    '%',
    '%%',
    '%zz',
    '%u0041',
    '%25',
    '?',
    '#',
    '?a=b',
    'a=b&c=d',
    'a;b=c',
    'a+b',
    'hindsight.db',
  ],
]

/** For headers above all. */
const tokens = [
  ...[
    'Bearer',
    'Bearer ',
    'Bearer a.b.c',
    'Bearer eyJhbGciOiJub25lIn0.e30.',
    'Basic',
    'Basic Og==',
    'Basic \xff',
    'Digest x',
  ],
  ...[
    'bytes=',
    'bytes=-',
    'bytes=0-,',
    'bytes=5-1',
    `bytes=${'0-1,'.repeat(900)}`,
    `bytes=${'9'.repeat(500)}-`,
    'bytes=-1-1',
  ],
  ...[
    '*/*;q=NaN',
    '*/*;q=-1',
    'application/json;q=0',
    'application/*;q=1e9',
    'text/html',
    'a/b;',
    '/',
    ';',
    `${'a/b,'.repeat(900)}`,
  ],
  ...[
    'W/"',
    '"',
    '""',
    'W/*',
    '"a",',
    `${'"a",'.repeat(900)}`,
    'hindsight=',
    'hindsight=x; hindsight=y',
    '=;=;=',
    'a="b',
  ],
  ...[
    'application/json; charset=\xff',
    'multipart/form-data',
    'application/x-www-form-urlencoded',
    'null',
    'http://[',
    '::1',
    '[::1',
  ],
]

const sizes = [
  '',
  ' ',
  ...[255, 256, 257, 2048, 2049, 9000].map((length) => 'a'.repeat(length)),
  `${' '.repeat(4000)}x`,
  '('.repeat(4000),
]

export const hostileValues: readonly string[] = [
  ...new Set([
    ...[...controls, ...characters, ...noUtf8, ...numbers, ...dates, ...emails, ...prototypes, ...databases],
    ...[...markup, ...shells, ...lineBreaks, ...paths, ...tokens, ...sizes],
  ]),
]

/** Every byte escaped, so that the value arrives whatever it is. */
export function percentEncoded(value: string): string {
  return [...Buffer.from(value, 'latin1')].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
}
