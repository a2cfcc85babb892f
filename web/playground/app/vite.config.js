import { defineConfig } from 'vite';
import plainTabs from './plain-tabs.js';

// Relative addresses, so that the playground works under any mount path and behind any proxy.
export default defineConfig({
  base: './',
  plugins: [plainTabs()],
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    sourcemap: false,
    target: 'es2022',
    chunkSizeWarningLimit: 4096,
    modulePreload: { polyfill: false },
    license: { fileName: 'licenses.md' },
    rolldownOptions: {
      onLog(level, log, handle) {
        // "use client" means nothing here: there is no server rendering.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log);
      },
    },
  },
  worker: { format: 'es' },
  // For `npm run dev` beside a running server.
  server: {
    proxy: {
      '/graphql': { target: 'http://127.0.0.1:8080', ws: true },
      '/examples.json': { target: 'http://127.0.0.1:8080/playground' },
    },
  },
});
