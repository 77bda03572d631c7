/** So near to the end, in pixels, somebody reads the newest messages. */
const NEAR = 80;

/**
 * Keeps the end of a list in sight for whoever is reading there, also when it grows after it was drawn: pictures have
 * no height until they are loaded. Whoever scrolls up stays where they are.
 * @param {Element} view the element that scrolls
 * @param {Element} list what is in it
 */
export function followEnd(view, list) {
  let following = true;
  const show = () => {
    following = true;
    view.scrollTop = view.scrollHeight;
  };
  view.addEventListener('scroll', () => (following = view.scrollHeight - view.scrollTop - view.clientHeight < NEAR));
  const keep = () => {
    if (following) show();
  };
  const observer = new ResizeObserver(keep);
  observer.observe(list);
  observer.observe(view);
  // When as much goes at the top as comes at the end, no size changes: whoever changes the list says so.
  return { show, keep };
}
