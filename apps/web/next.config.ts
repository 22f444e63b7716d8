import path from 'node:path';
import createMDX from '@next/mdx';
import type { NextConfig } from 'next';

// The headers that differ by page (content security policy, share headers) are set in proxy.ts.
const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  typescript: { ignoreBuildErrors: true }, // `npm test` checks the types of every package
  // A cache that an interrupted build left half written makes every later build panic.
  experimental: { turbopackFileSystemCacheForBuild: false },
  turbopack: { root: path.resolve(import.meta.dirname, '../..') },
  headers: async () => [{ source: '/:path*', headers: [{ key: 'X-Content-Type-Options', value: 'nosniff' }] }],
};

const withMdx = createMDX({
  // By name: Turbopack cannot pass functions to its loaders.
  options: { remarkPlugins: ['remark-gfm', 'remark-math'], rehypePlugins: ['rehype-slug', 'rehype-katex'] },
});

export default withMdx(config);
