import {once} from 'node:events';
import {createServer, type Server} from 'node:net';
import {expect, onTestFinished, test} from 'vitest';
import {linesOf, run} from './run.ts';

/** Listens until the test is over; null when somebody else has the port. */
async function listening(port: number): Promise<Server | null> {
  const server = createServer().listen(port, '127.0.0.1');
  const isOurs = await once(server, 'listening').then(
    () => true,
    () => false,
  );
  if (isOurs) onTestFinished(() => void server.close());
  return isOurs ? server : null;
}

const portOf = (server: Server | null): number => {
  const address = server?.address();
  return address && typeof address === 'object' ? address.port : 0;
};

test.each(['abc', '-1', '65536', '1.5', '', '8080x', '0x50', ' 80', '８０８０'])(
  '--port=%j is no port: one sentence, exit 2',
  async word => {
    const {code, stdout, stderr} = await run(['play', 'echo', `--port=${word}`]);
    expect([code, stdout]).toEqual([2, '']);
    expect(linesOf(stderr)).toEqual([`sockwalk: “${word}” is not a port. A port is a whole number from 0 to 65535.`]);
  },
);

test('a port that was named and is taken is refused in one sentence that tells who has it', async () => {
  const port = portOf(await listening(0));
  const {code, stdout, stderr} = await run(['play', 'echo', '--port', String(port)]);
  expect([code, stdout]).toEqual([1, '']);
  expect(linesOf(stderr)).toEqual([
    expect.stringContaining(`Port ${port} cannot be used (EADDRINUSE: address already in use).`),
  ]);
  expect(stderr).toMatch(new RegExp(`It belongs to \\S+ \\(pid ${process.pid}\\)\\.`));
});

test('where the usual port is taken, the lesson says who has it and goes on with the next free one', async () => {
  const play = () => run(['play', 'client-flow', '--network', 'host']);
  // Whoever has it for longer is as good as this test; a walk may still be about to listen there, or have just left.
  let ours = await listening(8080);
  let ran = await play();
  while (ran.stderr.includes('Another sockwalk has it') || !ran.stderr.includes('It belongs to')) {
    ours ??= await listening(8080);
    ran = await play();
  }
  const {code, stdout, stderr} = ran;
  expect(code).toBe(0);
  const owner = `It belongs to \\S+ \\(pid ${ours ? process.pid : '\\d+'}\\)\\.`;
  expect(linesOf(stderr)).toEqual([
    expect.stringMatching(new RegExp(`Port 8080 is in use\\. ${owner} Going on with \\d+, the next free one\\.`)),
  ]);
  const [, next] = /Going on with (\d+)/.exec(stderr) ?? [];
  expect(stdout).toContain(`127.0.0.1:${next}`);
  expect(stdout).not.toContain('127.0.0.1:8080');
});

test('--port 0 lets the kernel choose', async () => {
  const {code, stdout, stderr} = await run(['play', 'client-flow', '--port', '0']);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/bind\(\d+, 127\.0\.0\.1:0\) = 0/);
  const [, port] = /LISTEN {2}127\.0\.0\.1:(\d+)/.exec(stdout) ?? [];
  expect(Number(port)).toBeGreaterThan(1023);
  expect(stdout).toMatch(new RegExp(`connect\\(\\d+, 127\\.0\\.0\\.1:${port}\\) = 0`));
});
