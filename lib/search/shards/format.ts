/** What a reader and a writer of shards agree on. */

/** First bytes of a shard. */
export const MAGIC = 'SLS';
/** Raised with every change that a reader of the former one would misread. */
export const FORMAT = 2;
/** Length of the stamp that the shards of one build share. */
export const STAMP = 8;
