/**
 * The moving picture of the one demo recording with a camera: an invented face, drawn from arithmetic alone.
 *
 * No font, photo or filter is needed, so the same conversation gives the same pixels. The mouth follows the voice and the
 * clock counts the recording's own seconds, so that a person (or a test) can see whether picture and sound are together.
 */

export const portraitWidth = 320
export const portraitHeight = 240

type Colour = readonly [red: number, green: number, blue: number]

interface Ellipse {
  readonly x: number
  readonly y: number
  readonly across: number
  readonly high: number
}

const skyTop: Colour = [44, 93, 134]
const skyBottom: Colour = [150, 190, 196]
const lamp: Colour = [255, 226, 170]
const coat: Colour = [58, 66, 110]
const skin: Colour = [226, 178, 144]
const skinShade: Colour = [205, 154, 120]
const hair: Colour = [84, 54, 42]
const white: Colour = [250, 250, 248]
const ink: Colour = [40, 34, 44]
const lips: Colour = [176, 84, 84]

/** Which of a digit's seven strokes are lit: top, upper left, upper right, middle, lower left, lower right, bottom. */
const digits = '1110111 0010010 1011101 1011011 0111010 1101011 1101111 1010010 1111111 1111011'
const digitStrokes = digits.split(' ')

/** @param loudness one number from 0 to 1 a frame, up to and with the frame to draw */
export function drawPortrait(seconds: number, loudness: readonly number[]): Uint8Array {
  const pixels = new Uint8Array(portraitWidth * portraitHeight * 3)
  const voice = loudness.at(-1) ?? 0
  const sway = Math.sin(seconds * 0.9) * 5
  const nod = Math.sin(seconds * 1.7) * 2 - voice * 3
  const x = portraitWidth / 2 + sway
  const y = 100 + nod
  const blinking = seconds % 3.6 < 0.15

  paintSky(pixels)
  paintEllipse(pixels, { x: 70 + Math.sin(seconds * 0.35) * 24, y: 62, across: 26, high: 26 }, lamp, 0.55)
  paintEllipse(pixels, { x: 160 + sway * 0.4, y: 246, across: 104, high: 76 }, coat)
  paintEllipse(pixels, { x: x - sway * 0.3, y: y + 66, across: 24, high: 34 }, skinShade)
  paintEllipse(pixels, { x, y: y - 6, across: 60, high: 70 }, hair)
  paintEllipse(pixels, { x, y: y + 4, across: 48, high: 58 }, skin)
  paintEllipse(pixels, { x: x - 8, y: y - 46, across: 46, high: 22 }, hair)
  for (const side of [-1, 1]) {
    const eye = { x: x + side * 19 + sway * 0.3, y: y - 4 }
    paintEllipse(pixels, { ...eye, across: 8, high: blinking ? 1 : 5.5 }, blinking ? skinShade : white)
    if (!blinking) paintEllipse(pixels, { x: eye.x + sway * 0.35, y: eye.y, across: 3.6, high: 3.8 }, ink)
    paintEllipse(pixels, { x: eye.x, y: eye.y - 11 - voice * 2, across: 9, high: 1.8 }, hair)
  }
  paintEllipse(pixels, { x: x + sway * 0.4, y: y + 14, across: 4.5, high: 6 }, skinShade)
  paintEllipse(pixels, { x: x + sway * 0.3, y: y + 34, across: 15 - voice * 3, high: 2.4 + voice * 9 }, lips)
  if (voice > 0.15) paintEllipse(pixels, { x: x + sway * 0.3, y: y + 34, across: 10, high: voice * 8 }, ink)

  paintVoice(pixels, loudness)
  paintClock(pixels, Math.floor(seconds))
  return pixels
}

function paintSky(pixels: Uint8Array): void {
  for (let y = 0; y < portraitHeight; y++) {
    const down = y / portraitHeight
    const colour = skyTop.map((top, part) => Math.round(top + ((skyBottom[part] ?? top) - top) * down))
    for (let x = 0; x < portraitWidth; x++) pixels.set(colour, (y * portraitWidth + x) * 3)
  }
}

function paintEllipse(
  pixels: Uint8Array,
  { x, y, across, high }: Ellipse,
  colour: Colour,
  strength = 1,
): void {
  for (let row = Math.floor(y - high - 1); row <= y + high + 1; row++) {
    for (let column = Math.floor(x - across - 1); column <= x + across + 1; column++) {
      const reach = Math.hypot((column + 0.5 - x) / across, (row + 0.5 - y) / high)
      // The edge fades over about a pixel; a hard edge would flicker as the shape drifts, and cost bits.
      const cover = Math.min(1, Math.max(0, (1 - reach) * Math.min(across, high) + 0.5))
      blend(pixels, column, row, colour, cover * strength)
    }
  }
}

function paintBox(
  pixels: Uint8Array,
  left: number,
  top: number,
  width: number,
  height: number,
  colour: Colour,
): void {
  for (let row = top; row < top + height; row++) {
    for (let column = left; column < left + width; column++) blend(pixels, column, row, colour, 1)
  }
}

/** The last three seconds of the voice as bars along the lower edge. */
function paintVoice(pixels: Uint8Array, loudness: readonly number[]): void {
  loudness.slice(-30).forEach((voice, index) => {
    const height = 2 + Math.round(voice * 22)
    paintBox(pixels, 12 + index * 10, 222 - Math.round(height / 2), 6, height, white)
  })
}

function paintClock(pixels: Uint8Array, seconds: number): void {
  const minutes = Math.floor(seconds / 60)
  paintDigit(pixels, 250, minutes)
  paintBox(pixels, 268, 19, 3, 3, white)
  paintBox(pixels, 268, 28, 3, 3, white)
  paintDigit(pixels, 276, Math.floor((seconds % 60) / 10))
  paintDigit(pixels, 294, seconds % 10)
}

function paintDigit(pixels: Uint8Array, left: number, digit: number): void {
  const top = 14
  const strokes: readonly (readonly [x: number, y: number, width: number, height: number])[] = [
    [0, 0, 12, 3],
    [0, 0, 3, 12],
    [9, 0, 3, 12],
    [0, 10, 12, 3],
    [0, 10, 3, 13],
    [9, 10, 3, 13],
    [0, 20, 12, 3],
  ]
  strokes.forEach(([x, y, width, height], index) => {
    if (digitStrokes[digit]?.[index] === '1') paintBox(pixels, left + x, top + y, width, height, white)
  })
}

function blend(pixels: Uint8Array, column: number, row: number, colour: Colour, cover: number): void {
  if (cover <= 0 || column < 0 || row < 0 || column >= portraitWidth || row >= portraitHeight) return
  const at = (row * portraitWidth + column) * 3
  for (const part of [0, 1, 2] as const) {
    const under = pixels[at + part] ?? 0
    pixels[at + part] = Math.round(under + (colour[part] - under) * cover)
  }
}
