import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const api = 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [react()],
  server: { proxy: { '/v1': api, '/session': api } },
  build: {
    target: 'es2023',
    // Which files the first page needs is read from here by the size check.
    manifest: true,
    // Our content security policy takes no data: fonts.
    assetsInlineLimit: 0,
  },
})
