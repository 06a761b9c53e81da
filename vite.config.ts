import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { createChunkNames } from './tools/chunks.ts'
import { assetFileName, checkExtras, chunkFileName, workerFileName } from './tools/extras.ts'
import { addHashes } from './tools/fileHashes.ts'

/** Lightning CSS writes a version as major << 16 | minor << 8. */
const cssTargets = { chrome: 90 << 16, safari: (15 << 16) | (4 << 8) }

/** What jsPDF loads only for HTML and SVG, which no sheet of ours holds: left out of the build and the precache. */
const nothing = fileURLToPath(new URL('tools/nothing.ts', import.meta.url))

const outDir = 'dist'

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  resolve: { alias: { canvg: nothing, html2canvas: nothing, dompurify: nothing } },
  css: { transformer: 'lightningcss', lightningcss: { targets: cssTargets } },
  build: {
    outDir,
    target: ['chrome90', 'safari15.4'],
    /** Every asset is a file of our own origin: the CSP knows no `data:`. */
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    /** pdf.js is as large as it is; the bench holds sizes against their limits. */
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      /** On a busy machine each build would say which plug-in took long. */
      checks: { bundlerTimings: false },
      output: {
        chunkFileNames: chunkFileName,
        assetFileNames: assetFileName,
        /** Each module has one place by who needs it, so what it imports need not be pulled after it. */
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [{ name: createChunkNames(), debugName: 'parts' }],
        },
      },
    },
  },
  worker: {
    format: 'es',
    rolldownOptions: { output: { entryFileNames: workerFileName, chunkFileNames: 'assets/team-[name]-[hash].js' } },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
  plugins: [
    checkExtras(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/client/sw',
      filename: 'sw.ts',
      registerType: 'prompt',
      injectRegister: false,
      includeManifestIcons: false,
      /** No icons: whoever installs the app is online, and the pages show none. */
      injectManifest: {
        globPatterns: ['**/*.{js,css,html,svg,wasm}'],
        manifestTransforms: [addHashes(outDir)],
      },
      manifest: {
        id: '/',
        name: 'Hadir',
        short_name: 'Hadir',
        description: 'Daftar hadir kegiatan sosialisasi pemerintah provinsi, juga tanpa internet.',
        lang: 'id',
        start_url: '/',
        scope: '/',
        display: 'standalone',
        theme_color: '#0f5f63',
        background_color: '#ffffff',
        icons: [
          { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icon-maskable.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
    }),
  ],
})
