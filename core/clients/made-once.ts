/**
 * Makes what works on a queue when it is asked for, and again only for another queue: there is a new one after the old one
 * was idle for so long that it was forgotten.
 */
export function madeOnce<Queue, Made>(make: (queue: Queue) => Made): (queue: Queue) => Made {
  let last: { readonly queue: Queue; readonly made: Made } | undefined;
  return (queue) => {
    if (last?.queue !== queue) last = { queue, made: make(queue) };
    return last.made;
  };
}
