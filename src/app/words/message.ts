import {cliText} from '../../messages/cli.ts';
import {messageLimit} from '../../model/payload.ts';
import type {Complaint} from './complaint.ts';

/** Why this cannot be sent as the learner's message; null where it can. */
export function messageComplaint(message: string): Complaint | null {
  const bytes = Buffer.byteLength(message);
  if (bytes === 0) return {text: cliText.emptyMessage, values: {}};
  return bytes > messageLimit ? {text: cliText.longMessage, values: {bytes, limit: messageLimit}} : null;
}
