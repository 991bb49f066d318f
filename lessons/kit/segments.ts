import type {FrameClaim, FramesClaim} from '../../src/model/lesson.ts';

/** Segments of TCP as claims name them, by the side that sends. */
type Sender = NonNullable<FrameClaim['from']>;

export const syn: FrameClaim = {from: 'client', flags: ['SYN'], length: 0};
export const synAck: FrameClaim = {from: 'server', flags: ['SYN', 'ACK'], length: 0};
export const ack = (from: Sender): FrameClaim => ({from, flags: ['ACK'], length: 0});
export const data = (from: Sender, length: number): FrameClaim => ({from, flags: ['PSH', 'ACK'], length});
export const fin = (from: Sender): FrameClaim => ({from, flags: ['FIN', 'ACK'], length: 0});
/** What ends a connection that there is: its ACK says up to where the other side had been heard. */
export const rst = (from: Sender): FrameClaim => ({from, flags: ['RST', 'ACK'], length: 0});
/** What answers a segment for a connection that there is not, or no more. */
export const bareRst = (from: Sender): FrameClaim => ({from, flags: ['RST'], length: 0});

/** The same once more. */
export const again = (frame: FrameClaim): FrameClaim => ({...frame, isAgain: true});

export const connecting: readonly FrameClaim[] = [syn, synAck, ack('client')];

/** These in this order. */
export const passes = (...frames: readonly FrameClaim[]): FramesClaim => ({frames});
/** These and no others: where no timer of the kernel's could send one more. */
export const passesOnly = (...frames: readonly FrameClaim[]): FramesClaim => ({frames, only: true});
/** Whatever passes, it is none of these. */
export const neverPasses = (...never: readonly FrameClaim[]): FramesClaim => ({frames: [], never});
export const nothingPasses: FramesClaim = {frames: [], only: true};
