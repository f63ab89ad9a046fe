/** In development only: loads the page again when the content or the components changed. */
const events = new EventSource(`${document.documentElement.dataset.base ?? ''}/events`);
events.onmessage = ({ data }) => {
  if (data !== document.documentElement.dataset.version) location.reload();
};
