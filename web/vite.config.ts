import { fileURLToPath, URL } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const api = process.env['ECOGRAPH_API'] ?? 'http://127.0.0.1:8000'

export default defineConfig({
  // Relative addresses: the page works below any path of a reverse proxy.
  base: './',
  plugins: [vue()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    outDir: '../api/static',
    emptyOutDir: true,
    target: 'es2022',
    // MapLibre is one file of 280 kB gzipped; it is loaded only where a map is shown.
    chunkSizeWarningLimit: 1100,
  },
  server: { proxy: { '/api': api, '/healthz': api } },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
})
