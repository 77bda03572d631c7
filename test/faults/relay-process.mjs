/** A relay in a process of its own, which a test can kill: passes bytes from one port on to another. */
import { connect, createServer } from 'node:net';

const [from, to] = process.argv.slice(2).map(Number);
createServer((incoming) => {
  const outgoing = connect(to, '127.0.0.1');
  incoming.pipe(outgoing).pipe(incoming);
  for (const socket of [incoming, outgoing])
    socket.on('error', () => [incoming, outgoing].forEach((each) => each.destroy()));
}).listen(from, '127.0.0.1', () => console.log('listening'));
