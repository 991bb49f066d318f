/**
 * What puts a text into the clipboard of the terminal that it is written to, also over ssh: OSC 52 (xterm's ctlseqs,
 * "Manipulate Selection Data"). Whether the terminal allows that, it does not say.
 */
export const toClipboard = (text: string): string => `\x1b]52;c;${Buffer.from(text).toString('base64')}\x1b\\`;
