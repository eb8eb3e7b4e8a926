/** Anything that JSON can carry. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** What goes beside a body; a repeated header is an array. Those that start with `eb-` are the bridge's. */
export type Headers = { [name: string]: string | string[] };

/** Where the connection stands. */
export type State = 'connecting' | 'open' | 'expiring' | 'reconnecting' | 'closed';

export interface StateEvent {
  state: State;
  /** One sentence for a person: why it is so. */
  reason: string;
  /** The close code behind it, where there is one. */
  code?: number;
  /** When it tries again, in ms from now; only while `reconnecting`. */
  retryInMs?: number;
}

/** What the bridge says about itself to a client that speaks its protocol. */
export interface Welcome {
  v: number;
  /** The session's public id; it grants nothing. */
  session: string;
  node: string;
  /** How often the bridge pings, and how long it waits for the answer, in ms. */
  ping: number;
  pongTimeout: number;
  /** Who the token says this is; absent without one. */
  subject?: string;
  /** How long the token lives, in seconds; absent without one. */
  expiresIn?: number;
  limits: { frameBytes: number; handlers: number };
}

/** Messages were left out on an address, because this device was too slow or they are too old. */
export interface Lost {
  address: string;
  count: number;
  from?: number;
  to?: number;
  reason: 'slow' | 'expired' | 'epoch';
}

export interface Events {
  state: StateEvent;
  /** A ping came back after so many ms. */
  roundTrip: number;
  /** The bridge ended a registration, or refused to make it again. */
  unregistered: { address: string; error: DrawbridgeError };
  lost: Lost;
  /** An error that belongs to no call, such as any refusal of a stock bridge. */
  error: unknown;
}

/**
 * Every failure of this client.
 *
 * Codes 4100 to 4199 are the bridge's: 4101 unauthorized, 4102 unknown address, 4103 denied, 4104
 * no handlers, 4105 already registered, 4106 limit, 4107 bad request, 4108 timeout, 4109 token
 * expired, 4110 handler failed, 4111 rate limited, 4113 handler draining. Others are the handler's
 * own. 0 is what this client found out itself; its types are `DISCONNECTED` (an answer was due when
 * the connection was lost: it may have been handled or not), `NOT_CONNECTED`, `CLOSED`, `NO_TOKEN`.
 */
export class DrawbridgeError extends Error {
  readonly name: 'DrawbridgeError';
  readonly code: number;
  readonly type: string;
  /** Whether the same call may succeed later. */
  readonly temporary: boolean;
  /** When to try again, in ms, if the bridge says so. */
  readonly retryAfterMs?: number;
  /** What it was about. */
  readonly address?: string;
  /** A `token` function throws one with `temporary: false` to end the connection for good. */
  constructor(
    code: number,
    type: string,
    message: string,
    more?: { temporary?: boolean; retryAfterMs?: number; address?: string },
  );
}

export interface CallOptions {
  headers?: Headers;
  /** How long to wait for an answer, in ms; else the connection's own. */
  timeoutMs?: number;
}

export interface Message<Body = any> {
  readonly address: string;
  readonly body: Body;
  /** Empty when it came without any. */
  readonly headers: Headers;
  /** Set when the sender waits for an answer. */
  readonly replyAddress?: string;
  /** Answers; rejects with 4107 when the sender waits for none. */
  reply(body?: unknown, options?: CallOptions): Promise<void>;
  /** Answers and asks back. */
  request<Answer = any>(body?: unknown, options?: CallOptions): Promise<Message<Answer>>;
}

export type Handler<Body = any> = (message: Message<Body>) => void;

export interface Registration {
  readonly address: string;
  /**
   * Resolves when the bridge has confirmed it (at a stock bridge: when it was sent), and rejects
   * when it refuses. What fails for a time only is tried again.
   */
  readonly ready: Promise<void>;
  /** Takes this handler away; the last handler of an address ends its registration. */
  unregister(): Promise<void>;
}

/** One socket of a transport. */
export interface Socket {
  send(text: string): void;
  close(): void;
}

/** `close` comes once and last, also when it never opened. */
export interface SocketEvents {
  open(): void;
  text(text: string): void;
  close(code: number, reason: string): void;
}

export type Transport = (url: string, events: SocketEvents) => Socket;

/** A WebSocket: the first choice. */
export const openWebSocket: Transport;

/** SockJS over plain HTTP: for networks that break WebSockets. */
export const openXhr: Transport;

export interface Options {
  /**
   * A JWT, or how to get one that is fresh: asked before each connection, and before the one in use
   * expires. Throw a `DrawbridgeError` with `temporary: false` to give up; what else it throws is
   * tried again. Without a token the session is anonymous.
   */
  token?: string | ((why: 'connect' | 'expiring') => string | Promise<string>);
  /** How long a call waits for its answer, in ms; 10,000. */
  timeoutMs?: number;
  /** How many calls may wait for a connection; 100. With 0 they fail at once. */
  offlineCalls?: number;
  /** The ways to the bridge, best first; `[openWebSocket, openXhr]`. */
  transports?: Transport[];
  /** Waits between tries: anything up to `baseMs` (500) doubled each time, at most `maxMs` (30,000). */
  backoff?: { baseMs?: number; maxMs?: number };
  /** In ms: for a socket to open (8,000), for the welcome (2,000), between pings (10,000; at a stock bridge 5,000). */
  times?: { openMs?: number; welcomeMs?: number; pingMs?: number; stockPingMs?: number };
  /** Numbers from 0 to 1 for the jitter; `Math.random`. */
  random?: () => number;
}

/** One lasting connection to a bridge. */
export interface Bridge {
  readonly state: State;
  /** How long the last ping took, in ms; null before the first. */
  readonly roundTripMs: number | null;
  /** Null while not connected, and at a stock bridge. */
  readonly welcome: Welcome | null;
  /** Calls the listener at each event of that name; the result takes it away again. */
  on<Name extends keyof Events>(event: Name, listener: (detail: Events[Name]) => void): () => void;
  /**
   * Listens to an address, again after each reconnect, until unregistered. Handlers of one address
   * share one registration, whose headers are the first one's.
   */
  register<Body = any>(address: string, handler: Handler<Body>, headers?: Headers): Registration;
  /** Takes away one handler of an address, or all of them. */
  unregister(address: string, handler?: Handler): Promise<void>;
  /** Sends to one of those who listen; resolves when it was handed over. */
  send(address: string, body?: unknown, options?: CallOptions): Promise<void>;
  /** Sends to one of those who listen; resolves with the answer. */
  request<Answer = any>(
    address: string,
    body?: unknown,
    options?: CallOptions,
  ): Promise<Message<Answer>>;
  /** Sends to all who listen; resolves when the bus has it. */
  publish(address: string, body?: unknown, options?: CallOptions): Promise<void>;
  /**
   * Brings a token, or asks the `token` function for one, without a new connection. Resolves with
   * the token's life in seconds. A text stays in use for later connections too.
   */
  refresh(token?: string): Promise<number | undefined>;
  /** Tries to connect now, without the wait, also after the bridge said to stay away. */
  reconnect(): void;
  /** Ends it for good; what waits for an answer rejects with `CLOSED`. */
  close(): void;
}

/** What a server's plugins take, answer and publish: `Plugins` of its `/client/types.d.ts`. */
export interface Contract {
  requests: object;
  events: object;
  broadcasts: object;
}

/** What an address of a contract is asked with. */
export type Asked<C extends Contract, Address extends keyof C['requests']> =
  C['requests'][Address] extends { body: infer Body } ? Body : never;

/** What an address of a contract answers. */
export type Answered<C extends Contract, Address extends keyof C['requests']> =
  C['requests'][Address] extends { reply: infer Reply } ? Reply : never;

/** What an address of a contract is told. */
export type Told<C extends Contract, Address> = Address extends keyof C['events']
  ? C['events'][Address]
  : Address extends keyof C['requests']
    ? Asked<C, Address>
    : never;

/** A body may be left out where an empty one will do. */
export type Call<Body> = {} extends Body
  ? [body?: Body, options?: CallOptions]
  : [body: Body, options?: CallOptions];

/** A bridge that knows the addresses of a contract, and takes no others. */
export interface TypedBridge<C extends Contract>
  extends Omit<Bridge, 'register' | 'send' | 'request'> {
  register<Address extends string & keyof C['broadcasts']>(
    address: Address,
    handler: Handler<C['broadcasts'][Address]>,
    headers?: Headers,
  ): Registration;
  send<Address extends string & (keyof C['events'] | keyof C['requests'])>(
    address: Address,
    ...call: Call<Told<C, Address>>
  ): Promise<void>;
  request<Address extends string & keyof C['requests']>(
    address: Address,
    ...call: Call<Asked<C, Address>>
  ): Promise<Message<Answered<C, Address>>>;
}

/**
 * Connects to a bridge, and stays connected until it is closed or told to stay away.
 *
 * Returns at once; calls made before the connection is there wait for it. Works with less against
 * a stock Vert.x bridge: no confirmations, and refusals come as `error` events.
 *
 * @param url the bridge, such as `/eventbus`, relative to the page
 */
export function connect(url: string, options?: Options): Bridge;

/** Connects in the same way to a bridge whose addresses are known: `connect<Plugins>(…)`. */
export function connect<C extends Contract>(url: string, options?: Options): TypedBridge<C>;
