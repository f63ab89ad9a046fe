/** On the scan's page: opens it at once; rules and the engine come with the first log. */
import('../scan/scan.tsx').then(({ mountScan }) => {
  const place = document.querySelector<HTMLElement>('[data-scan]');
  if (place) mountScan(place);
});
