import { defineConfig } from 'vite';

// Relative addresses, so that the page works under any mount path and behind any proxy.
export default defineConfig({
  base: './',
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    sourcemap: false,
    target: 'es2022',
    chunkSizeWarningLimit: 1024,
    modulePreload: { polyfill: false },
    license: { fileName: 'licenses.md' },
  },
  // For `npm run dev` beside a running server.
  server: {
    proxy: {
      '/graphql': { target: 'http://127.0.0.1:8080' },
      '/model.json': { target: 'http://127.0.0.1:8080/explorer' },
    },
  },
});
