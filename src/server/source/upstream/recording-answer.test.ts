import { describe, expect, it } from 'vitest'
import { readRecordingAnswer } from './recording-answer.ts'

const webm = { 'content-type': 'audio/webm', 'content-length': '10' }

describe('an answer', () => {
  it('goes on with what describes its bytes, and with nothing else', () => {
    const given = {
      ...webm,
      etag: '"x"',
      'accept-ranges': 'bytes',
      'set-cookie': ['a=b'],
      'x-api-key': 'secret',
      'content-disposition': 'attachment',
      'cache-control': 'public, max-age=31536000',
      location: '/',
    }
    expect(readRecordingAnswer(200, given)).toEqual({
      status: 200,
      headers: { ...webm, etag: '"x"', 'accept-ranges': 'bytes' },
    })
  })

  it.each([
    [206, { ...webm, 'content-range': 'bytes 0-9/100' }, 206],
    [206, { ...webm, 'content-range': 'bytes 5-14/*' }, 206],
    [200, { 'transfer-encoding': 'chunked' }, 200],
    [304, { etag: '"x"' }, 304],
    [416, { 'content-range': 'bytes */100' }, 416],
  ])('%i with %j goes on', (status, given, expected) => {
    expect(readRecordingAnswer(status, given)).toMatchObject({ status: expected })
  })

  it.each([
    [200, { 'content-type': 'text/html', 'content-length': '10' }],
    [200, { 'content-type': 'image/svg+xml', 'content-length': '10' }],
    [200, { 'content-type': 'application/json', 'content-length': '10' }],
    [200, { ...webm, 'content-encoding': 'gzip' }],
    [200, { 'content-type': 'audio/webm' }],
    [200, { ...webm, 'content-length': ['10', '11'] }],
    [204, webm],
    [206, webm],
    [206, { ...webm, 'content-range': 'bytes 0-3/100' }],
    [206, { ...webm, 'content-range': 'bytes 9-0/100' }],
    [206, { ...webm, 'content-range': 'bytes */100' }],
    [206, { 'content-type': 'multipart/byteranges; boundary=x', 'content-length': '10' }],
    [400, webm],
  ])('%i with %j does not', (status, given) => {
    expect(readRecordingAnswer(status, given)).toMatch(/^(sent|answered) /)
  })

  it('keeps no mark that is weak or none', () => {
    for (const etag of ['W/"x"', 'x', '"a" "b"', '"\u00e9"'])
      expect(readRecordingAnswer(304, { etag })).toEqual({ status: 304, headers: {} })
  })
})
