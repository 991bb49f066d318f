import {request} from 'node:http';
import type {HttpProblem} from '../../model/ask.ts';

export interface Question {
  /** An IPv4 address: no name is looked up. */
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface AskLimits {
  readonly headerBytes: number;
  readonly bodyBytes: number;
  /** Milliseconds from the beginning to the last byte. */
  readonly wholeMs: number;
}

export interface HttpAnswer {
  readonly kind: 'answer';
  readonly status: number;
  readonly body: string;
}

/** One request to a stranger: it follows nothing, unpacks nothing, and waits and reads no more than the limits say. */
export function askOverHttp(question: Question, limits: AskLimits): Promise<HttpAnswer | HttpProblem> {
  return new Promise(resolve => {
    const {host, port, path, method, body} = question;
    const headers = {
      ...question.headers,
      Host: `${host}:${port}`,
      Connection: 'close',
      'Accept-Encoding': 'identity',
      ...(body === '' ? {} : {'Content-Length': String(Buffer.byteLength(body))}),
    };
    const asked = request({host, port, path, method, headers, agent: false, maxHeaderSize: limits.headerBytes});
    const late = setTimeout(() => done({kind: 'too-slow'}), limits.wholeMs);
    const done = (result: HttpAnswer | HttpProblem) => {
      clearTimeout(late);
      asked.destroy();
      resolve(result);
    };
    asked.on('error', error => done(problemOf(error)));
    asked.on('response', response => {
      const status = response.statusCode ?? 0;
      const encoding = response.headers['content-encoding'] ?? 'identity';
      if (status >= 300 && status < 400) return done({kind: 'redirect'});
      // A SOAP fault comes with 500, and says why in its body.
      if (status !== 200 && status !== 500) return done({kind: 'status', status});
      if (encoding !== 'identity') return done({kind: 'compressed'});
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('error', error => done(problemOf(error)));
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        chunks.push(chunk);
        if (length > limits.bodyBytes) done({kind: 'body-too-long'});
      });
      response.on('end', () => done({kind: 'answer', status, body: Buffer.concat(chunks).toString('utf8')}));
    });
    asked.end(body);
  });
}

function problemOf(error: NodeJS.ErrnoException): HttpProblem {
  const code = error.code ?? '';
  if (code === 'HPE_HEADER_OVERFLOW') return {kind: 'header-too-long'};
  if (code === 'ECONNRESET') return {kind: 'cut-off'};
  return code.startsWith('HPE_') ? {kind: 'bad-http'} : {kind: 'unreachable', errno: code};
}
