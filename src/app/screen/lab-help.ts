import {labText} from '../../messages/lab.ts';
import {callHelp} from '../../messages/line-help.ts';
import {formOf, type TypedCall, typedCalls} from '../line/call-forms.ts';
import {said} from './lab-commands.ts';
import type {Remark} from './state.ts';

/** What `help` answers: all that can be written, or one call, with its arguments. */
export function helpSaid(call: TypedCall | null): readonly Remark[] {
  if (call) return [...said(labText.form, {form: formOf(call)}, 'good'), ...said(callHelp[call], {}, 'plain')];
  return [
    ...said(labText.calls, {names: typedCalls.join(' ')}, 'plain'),
    ...said(labText.words, {}, 'plain'),
    ...said(labText.other, {}, 'dim'),
  ];
}
