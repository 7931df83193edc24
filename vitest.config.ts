import { defineConfig, mergeConfig } from 'vitest/config';
import viteConfig from './vite.config.ts';

export default mergeConfig(
  viteConfig,
  defineConfig({
    test: {
      projects: [
        {
          extends: true,
          test: {
            name: 'unit',
            environment: 'node',
            // No test is about time; a busy machine may take its own.
            testTimeout: 120_000,
            include: ['tests/**/*.test.ts'],
            exclude: ['tests/e2e/**'],
          },
        },
      ],
    },
  }),
);
