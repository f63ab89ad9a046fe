/** On the workbench's page: opens it at once, since it is all that the page is for. */
import('../tester/workbench.tsx').then(({ mountWorkbench }) => {
  const place = document.querySelector<HTMLElement>('[data-workbench]');
  if (place) mountWorkbench(place);
});
