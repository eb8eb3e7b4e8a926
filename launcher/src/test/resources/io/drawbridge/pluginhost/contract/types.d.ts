// What the plugins of this server take, answer and publish, as their descriptors say. The
// server writes it at /client/types.d.ts: fetch it again after a deployment.
//
//   import { connect } from './drawbridge.js';
//   import type { Plugins } from './types.js';
//   const bridge = connect<Plugins>('/eventbus');

export type GateOpenRequest = { [key: string]: unknown };
export type GateOpenReply = {
  until: unknown;
};
export type GateShutEvent = never;
export type GatePlanRequest = {
  whole?: GatePlanRequest;
  escaped?: GatePlanRequestA1b25;
  of?: GatePlanRequestEscaped;
  maybe?: unknown;
  other?: unknown;
  some?: unknown;
  needs?: unknown;
  named?: { [key: string]: unknown };
  const?: { a: [1, null, "x"] };
  list?: Array<1 | "a" | null | true> | null;
  __proto__?: string;
  $ref?: string;
  type?: string;
};
export type GatePlanRequestA1b25 = string;
export type GatePlanRequestEscaped = GatePlanRequestA1b25;
export type GatePlanReply = {
  a: unknown;
} | GatePlanReplyX;
export type GatePlanReplyX = {
  [key: string]: GatePlanReplyX;
};
export type GateRestXXManyBroadcast = { [key: string]: unknown };
export type ShopRoomFloorBroadcast = {
  who: string;
};
export type ShopPricesBroadcast = {
  entry: number;
};
export type ShopBuyRequest = {
  /** What is *\/ bought. */
  item: ShopBuyRequestItem;
  lines: Array<ShopBuyRequestOrderLine>;
  pay?: ShopBuyRequestCard | null | "cash";
  "gift?"?: boolean;
  size?: [(number), (number)?];
  notes?: {
    [key: string]: string;
  };
};
export type ShopBuyRequestItem = "ink" | "paper" | "\u0022; }";
export type ShopBuyRequestOrderLine = {
  count: number;
  parts?: Array<ShopBuyRequestOrderLine>;
};
export type ShopBuyRequestCard = {
  kind: "card";
  number: string;
};
export type ShopBuyReply = (ShopBuyReplyBase) & ({
  total: number;
});
export type ShopBuyReplyBase = {
  id: string;
};
export type ShopStatusRequest = {
  verbose?: boolean;
};
export type ShopStatusReply = {
  open: boolean;
  since?: string | null;
  hours?: {
    weekday?: number;
    [key: string]: number | undefined | string;
  };
};
export type ShopPingRequest = { [key: string]: unknown };
export type ShopPingReply = { [key: string]: unknown };
export type ShopSeenEvent = {
  item: string;
};
export type ShopRoomRoomBroadcast = {
  text: string;
};
export type ShopRoomLobbyBroadcast = {
  people: number;
};
export type ShopRestManyBroadcast = { [key: string]: unknown };
export type ShopPricesBroadcast_2 = {
  [key: string]: number;
};

/** What may be asked, and what is answered. */
export interface Requests {
  /** Opens it. */
  "gate.open": { body: GateOpenRequest; reply: GateOpenReply };
  /** Keywords and names that tools stumble over. */
  "gate.plan": { body: GatePlanRequest; reply: GatePlanReply };
  /** Buys *\/ something.
   * See also `shop.status`. */
  "shop.buy": { body: ShopBuyRequest; reply: ShopBuyReply };
  /** How the shop is. */
  "shop.status": { body: ShopStatusRequest; reply: ShopStatusReply };
  /** Takes and answers any object. */
  "shop.ping": { body: ShopPingRequest; reply: ShopPingReply };
}

/** What may be told without an answer. */
export interface Events {
  /** Nothing passes. */
  "gate.shut/~%`": GateShutEvent;
  /** Somebody looked at something. */
  "shop.seen": ShopSeenEvent;
}

/** What is published, for those who register. */
export interface Broadcasts {
  /** Wildcards. */
  [address: `gate.${string}.${string}.${string}.${string}`]: GateRestXXManyBroadcast;
  /** Who goes in. */
  [address: `shop.room.${string}`]: ShopRoomFloorBroadcast | ShopRoomRoomBroadcast | ShopRoomLobbyBroadcast;
  /** Prices at the gate. */
  "shop.prices": ShopPricesBroadcast | ShopPricesBroadcast_2;
  /** What happens in the lobby, by another shape. */
  "shop.room.lobby": ShopRoomFloorBroadcast | ShopRoomRoomBroadcast | ShopRoomLobbyBroadcast;
  /** Everything else. */
  [address: `shop.\`\$.${string}.${string}`]: ShopRestManyBroadcast;
}

/** All of it, for `connect`. */
export interface Plugins {
  requests: Requests;
  events: Events;
  broadcasts: Broadcasts;
}
