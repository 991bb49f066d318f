import type {EchoProcess} from '../lab/echo-process.ts';
import type {ServeLimits} from '../model/serve.ts';
import type {Language} from '../model/text.ts';

export async function showServer(
  _server: EchoProcess,
  _limits: ServeLimits,
  _language: Language,
  _ascii: boolean,
  _signals: readonly NodeJS.Signals[],
): Promise<number> {
  return 1;
}
