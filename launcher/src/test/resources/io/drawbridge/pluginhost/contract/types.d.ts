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
  /** Somebody looked at something. */
  "shop.seen": ShopSeenEvent;
}

/** What is published, for those who register. */
export interface Broadcasts {
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
