/** What is wrong with an answer to a search for routers. */
export type ReplyProblem =
  | 'reply-too-long'
  | 'no-answer-form'
  | 'no-location'
  | 'bad-location'
  | 'other-host'
  | 'not-local';

/** Why a text is not read as XML. No entities are declared, so none can grow: a document type is refused whole. */
export type XmlProblem = 'doctype' | 'bad-xml';

/** Why an HTTP request to a stranger gave no body. */
export type HttpProblem =
  | {readonly kind: 'unreachable'; readonly errno: string}
  | {
      readonly kind:
        | 'too-slow'
        | 'cut-off'
        | 'bad-http'
        | 'header-too-long'
        | 'body-too-long'
        | 'compressed'
        | 'redirect';
    }
  | {readonly kind: 'status'; readonly status: number};

/** What is wrong with what a device said. */
export type AskProblem =
  | {
      readonly kind: ReplyProblem | 'no-service' | 'bad-control-url' | 'other-control-host' | 'no-address' | XmlProblem;
    }
  | {readonly kind: 'fault'; readonly code: string}
  | HttpProblem;

/** Where an address is known: everywhere, in one home, among a provider's customers, or nowhere. */
export type Reach = 'public' | 'private' | 'shared' | 'reserved';

export type ExternalAddress = {readonly kind: 'address'; readonly address: string; readonly reach: Reach} | AskProblem;

/** What one device said. All texts are as it sent them. */
export interface Asked {
  readonly from: string;
  /** The field SERVER of its answer to the search. */
  readonly server: string;
  readonly location: string;
  readonly answer: ExternalAddress;
}

/** What came of asking the routers of a network. */
export interface AskReport {
  /** Why the search could not be sent; null when it was. */
  readonly sendErrno: string | null;
  readonly asked: readonly Asked[];
}
