import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const api = 'http://127.0.0.1:8080'
const [brotli, zip] = [promisify(brotliCompress), promisify(gzip)]

/** Beside each script and style lies what the server sends in its place: nothing is compressed for each caller anew. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    async writeBundle({ dir = '' }, bundle) {
      const texts = Object.keys(bundle).filter((name) => /\.(?:js|css)$/.test(name))
      await Promise.all(
        texts.map(async (name) => {
          const file = path.join(dir, name)
          const bytes = await readFile(file)
          await writeFile(`${file}.br`, await brotli(bytes))
          await writeFile(`${file}.gz`, await zip(bytes, { level: 9 }))
        }),
      )
    },
  }
}

export default defineConfig({
  plugins: [react(), compressed()],
  server: { proxy: { '/v1': api, '/session': api } },
  build: {
    target: 'es2023',
    // Which files the first page needs is read from here by the size check.
    manifest: true,
    // Our content security policy takes no data: fonts.
    assetsInlineLimit: 0,
  },
})
