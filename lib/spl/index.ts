/** The SPL engine. */
export * from './syntax/index.ts';
