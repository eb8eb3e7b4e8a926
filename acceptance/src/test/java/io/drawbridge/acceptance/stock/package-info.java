/**
 * Our server beside a stock Vert.x bridge: stock clients work against both, the frames are the
 * same, and what brings the stock bridge down does not bring down ours.
 *
 * <p>{@code docs/conformance.md} says which test stands for which promise of the stock bridge.
 */
package io.drawbridge.acceptance.stock;
