import {execFile, spawn} from 'node:child_process';
import {once} from 'node:events';
import {promisify} from 'node:util';
import {describe, expect, onTestFinished, test} from 'vitest';
import {freshFolder} from '../fresh-folder.ts';
import {freePort} from '../kernel.ts';
import {whyWithout} from '../lab/inside.ts';
import {until} from '../lab/until.ts';
import {needs} from '../needs.ts';
import {start} from './run.ts';

// The learner's own programs, where they are installed.

async function serve(...args: readonly string[]) {
  const port = await freePort();
  const running = start(['serve', '--port', String(port), ...args]);
  onTestFinished(async () => {
    running.child.kill('SIGTERM');
    await running.ended;
  });
  await until('it listens', () => running.stdout().includes('127.0.0.1'));
  return {...running, port, url: `http://127.0.0.1:${port}/`};
}

const output = async (command: string, ...args: readonly string[]): Promise<string> =>
  (await promisify(execFile)(command, [...args])).stdout;

/** A request that this machine let come later than the greeting is held back finds that instead of HTTP (CURLE_UNSUPPORTED_PROTOCOL, 1): again. */
async function curl(...args: readonly string[]): Promise<string> {
  for (;;) {
    try {
      return await output('curl', '-sS', ...args);
    } catch (error) {
      if (!/HTTP\/0\.9/.test((error as {stderr?: string}).stderr ?? '')) throw error;
    }
  }
}

describe('curl', needs(whyWithout('curl', '--version')), () => {
  test('gets a page as text, whose length is right, and the greeting is not in its way', async () => {
    const {url, stdout} = await serve('--lang', 'en');
    const page = await curl('-i', `${url}a?b=<c>`);
    expect(page).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(page).toContain('\r\nConnection: close\r\n');
    expect(page).toContain('GET /a?b=<c> HTTP/1.1\n');
    const [head = '', body = ''] = page.split('\r\n\r\n');
    expect(Number(/Content-Length: (\d+)/.exec(head)?.[1])).toBe(Buffer.byteLength(body));
    await until('it is told', () => /client \d+ {2}speaks HTTP: GET \/a/.test(stdout()));
  });

  test('gets HTML when it asks for it, in the language that it asks for, with the request escaped', async () => {
    const {url} = await serve('--lang', 'en');
    const accept = ['-H', 'Accept: text/html', '-H', 'Accept-Language: fr, ja;q=0.8, en;q=0.5'];
    const page = await curl(...accept, `${url}?<script>alert(1)</script>`);
    expect(page).toContain('<html lang="ja">');
    expect(page).toContain('GET /?&lt;script&gt;alert(1)&lt;/script&gt; HTTP/1.1');
    expect(page).not.toContain('<script>');
  });

  test('HEAD gets no body, and a body that is sent is not in the way', async () => {
    const {url} = await serve();
    expect(await curl('-I', url)).toMatch(/Content-Length: [1-9]\d+/);
    const big = 'x'.repeat(100_000);
    expect(await curl('-o', '/dev/null', '-w', '%{http_code}', '--data', big, url)).toBe('200');
  });
});

describe('nc', needs(whyWithout('nc', '-h')), () => {
  test('is greeted, has its bytes back, and ends when its input ends', async () => {
    const {port} = await serve();
    const nc = spawn('nc', ['-N', '127.0.0.1', String(port)], {stdio: ['pipe', 'pipe', 'ignore']});
    onTestFinished(() => void nc.kill('SIGKILL'));
    let got = '';
    nc.stdout.on('data', part => {
      got += part;
    });
    await until('it is greeted', () => got === 'hello, world!');
    nc.stdin.end('こんにちは\n');
    await once(nc, 'exit');
    expect(got).toBe('hello, world!こんにちは\n');
  });

  test('-u has its datagram back', async () => {
    const {port} = await serve('--udp');
    const nc = spawn('nc', ['-u', '127.0.0.1', String(port)], {stdio: ['pipe', 'pipe', 'ignore']});
    onTestFinished(() => void nc.kill('SIGKILL'));
    nc.stdin.write('over UDP');
    const [answer] = await once(nc.stdout, 'data');
    expect(String(answer)).toBe('over UDP');
  });
});

const browser = ['chromium', 'chromium-browser', 'google-chrome'].find(
  command => whyWithout(command, '--version') === null,
);

describe('a browser', needs(browser ? null : 'needs chromium or google-chrome'), () => {
  test.each([
    ['en', 'You have reached sockwalk serve'],
    ['ja', 'sockwalk serve につながりました'],
  ])('shows the page that says what happened, in %s', async (lang, title) => {
    const {url, stdout} = await serve('--lang', 'en');
    const options = [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--dump-dom', `--lang=${lang}`, `--accept-lang=${lang}`],
      `--user-data-dir=${freshFolder()}`,
    ];
    const visit = () => promisify(execFile)(browser ?? '', [...options, url]);
    let {stdout: dom, stderr} = await visit();
    // On a busy machine it may need longer for its first byte than the greeting waits: then it is greeted, and shows nothing.
    for (let again = 0; again < 4 && !stdout().includes('speaks HTTP'); again++)
      ({stdout: dom, stderr} = await visit());
    // What both sides said, for the case that a browser shows nothing at all.
    expect({dom, stderr, served: stdout()}).toMatchObject({dom: expect.stringContaining(`<h1>${title}</h1>`)});
    expect(dom).toMatch(/<pre>GET \/ HTTP\/1\.1\n/);
    await until('its request is told', () => /speaks HTTP: GET \/ HTTP/.test(stdout()));
  });
});
