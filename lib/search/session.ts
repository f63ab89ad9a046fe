/** A reader's search: loads the tiers that a query needs, one after another, and answers with what is there. */
import { messageOf } from '../text/message-of.ts';
import { type Completions, completionsAt } from './completions.ts';
import { TIER_OF_KEY, TIERS_BEFORE, type Tier } from './fields.ts';
import { SearchIndex } from './index.ts';
import { tiersOf, tiersWorthwhile } from './needs.ts';
import type { FoundAddresses, SearchAnswer } from './protocol.ts';
import { ShardError } from './shards/bytes.ts';
import { Shards } from './shards/decode.ts';

/** Gets the bytes of a tier's shard, unpacked; `fresh` past every cache. Fails with what a reader can be told. */
export type LoadShard = (tier: Tier, options: { fresh: boolean }) => Promise<Uint8Array>;

export class SearchSession {
  private shards = new Shards();
  private loading = new Map<Tier, Promise<void>>();
  /** Of the shards as they are now; made when it is asked. */
  private index: SearchIndex | undefined;
  private latest = 0;
  private latestAll = 0;
  private fresh = false;
  private resting = false;

  /** `later`: runs work in a pause; without it nothing is done before it is asked for. */
  constructor(
    private readonly fetchShard: LoadShard,
    private readonly later?: (work: () => void) => void,
  ) {}

  /** Loads what every query needs, and makes the index of it. Fails as a query does. */
  async prepare(): Promise<void> {
    await this.load('names');
    this.current();
  }

  /**
   * Says the first results of what is loaded, and says them again each time that a tier arrives that this query needs.
   * A later query ends this one: nothing more is said of it. Fails when there is not even the first tier.
   */
  async query(text: string, limit: number, say: (answer: SearchAnswer) => void): Promise<void> {
    const number = ++this.latest;
    const outdated = () => number !== this.latest;
    await this.load('names');
    if (outdated()) return;
    let answer = this.answer(text, limit);
    const failed = new Set<Tier>();
    const next = () =>
      tiersWorthwhile(text, answer.total, limit).find(
        (tier) => !this.shards.tiers.has(tier) && !failed.has(tier),
      );
    let failure: string | undefined;
    for (let tier = next(); tier !== undefined; tier = next()) {
      say({ ...answer, pending: true, ...(failure && { failure }) });
      try {
        await this.load(tier);
      } catch (error) {
        failed.add(tier);
        failure = messageOf(error);
      }
      if (outdated()) return;
      answer = this.answer(text, limit);
    }
    say({ ...answer, ...(failure && { failure }) });
  }

  /**
   * Everything that the query finds, once all tiers that can add to it are there or cannot be had; undefined where another
   * was asked for meanwhile, which takes its place.
   */
  async all(text: string): Promise<FoundAddresses | undefined> {
    const number = ++this.latestAll;
    const outdated = () => number !== this.latestAll;
    // What was asked while the one before was worked out is heard first.
    await new Promise((resolve) => setTimeout(resolve));
    let complete = true;
    for (const tier of tiersOf(text)) {
      if (outdated()) return undefined;
      try {
        await this.load(tier);
      } catch (error) {
        if (tier === 'names') throw error;
        complete = false;
      }
    }
    if (outdated()) return undefined;
    const { results, diagnostics } = this.current().search(text, Number.POSITIVE_INFINITY);
    return { addresses: results.map(({ document }) => document.address), complete, diagnostics };
  }

  /** Completions of the clause at the caret, with the values of a key that is not loaded yet once it is. */
  async complete(text: string, caret: number): Promise<Completions> {
    await this.load('names');
    const key = /([a-z_]+)(?::|[<>]=?|=)(?:"[^"]*|[^\s"]*)$/i.exec(text.slice(0, caret))?.[1]?.toLowerCase();
    if (key !== undefined && Object.hasOwn(TIER_OF_KEY, key)) await this.load(TIER_OF_KEY[key]!);
    return completionsAt(this.current().facets, text, caret);
  }

  private answer(text: string, limit: number): SearchAnswer {
    const { query, total, results, diagnostics } = this.current().search(text, limit);
    const tiersLoaded = [...this.shards.tiers];
    return {
      query,
      total,
      results: results.map(({ document, matched, partial }) => ({
        ...document,
        matched,
        ...(partial && { partial }),
      })),
      diagnostics,
      tiersLoaded,
      complete: tiersOf(text).every((tier) => this.shards.tiers.has(tier)),
      pending: false,
    };
  }

  private current(): SearchIndex {
    this.index ??= new SearchIndex(this.shards);
    this.rest();
    return this.index;
  }

  /** Gets ahead of queries piece by piece, so that one that comes waits for no more than a piece. */
  private rest(): void {
    if (this.later === undefined || this.resting) return;
    this.resting = true;
    this.later(() => {
      this.resting = false;
      if (this.index?.warmUp() === true) this.rest();
    });
  }

  /** Once for each tier; again after a failure. */
  private load(tier: Tier): Promise<void> {
    let loading = this.loading.get(tier);
    if (!loading) {
      loading = this.loadNow(tier).catch((error: unknown) => {
        this.loading.delete(tier);
        throw error;
      });
      this.loading.set(tier, loading);
    }
    return loading;
  }

  private async loadNow(tier: Tier): Promise<void> {
    const bytes = this.fetchShard(tier, { fresh: this.fresh });
    // Its failure is told when it is waited for.
    bytes.catch(() => undefined);
    for (const before of TIERS_BEFORE[tier]) await this.load(before);
    try {
      this.shards.add(await bytes);
      this.index = undefined;
    } catch (error) {
      if (!(error instanceof ShardError) || this.fresh) throw error;
      await this.startAfresh(tier);
    }
  }

  /** The site was published anew while it was read: everything again, and from the server. */
  private async startAfresh(tier: Tier): Promise<void> {
    this.fresh = true;
    const wanted = [...this.shards.tiers].filter((had) => had !== tier);
    const shards = new Shards();
    const needed = [...new Set([...wanted, ...TIERS_BEFORE[tier], tier])];
    for (const each of needed) shards.add(await this.fetchShard(each, { fresh: true }));
    this.shards = shards;
    this.index = undefined;
  }
}
