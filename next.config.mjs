/**
 * The build sets SIGHTLINE_WORK to the folder that holds the compiled catalog.
 * Types are checked by `npm test`, once, and not again for every build of somebody's content.
 */
/** @type {import('next').NextConfig} */
export default {
  output: 'export',
  // With a static export this is where it goes; the build unpacks it into the site.
  distDir: '.sightline/export',
  trailingSlash: true,
  poweredByHeader: false,
  typescript: { ignoreBuildErrors: true },
  // Nobody debugs the bundle of a build, and its source maps cost about a tenth of it.
  experimental: { turbopackSourceMaps: false },
  // Loaded by Node as they are: bundling them costs seconds of every build and gains nothing.
  serverExternalPackages: ['shiki', 'markdown-it', '@mdx-js/mdx', 'gray-matter'],
};
