import { type ComponentType, useEffect, useState } from 'react';

/** A view whose code is fetched when it is first shown. */
export interface Later<Props> {
  load(): Promise<ComponentType<Props>>;
  View?: ComponentType<Props>;
}

/**
 * Shows such a view. Until its code is there it says so, and where it does not come, that; from then on the view is
 * drawn at once.
 */
export function OnDemand<Props extends object>({ view, given }: { view: Later<Props>; given: Props }) {
  const [failed, setFailed] = useState(false);
  const [, setThere] = useState(view.View !== undefined);
  useEffect(() => {
    if (view.View !== undefined) return;
    let current = true;
    view.load().then(
      (loaded) => {
        view.View = loaded;
        if (current) setThere(true);
      },
      () => current && setFailed(true),
    );
    return () => {
      current = false;
    };
  }, [view]);
  if (view.View !== undefined) return <view.View {...given} />;
  return failed ? (
    <p className="fail" role="alert">
      ✗ This part of the tester could not be loaded. Are you offline? Load the page again.
    </p>
  ) : (
    <p className="nothing">Loading…</p>
  );
}
