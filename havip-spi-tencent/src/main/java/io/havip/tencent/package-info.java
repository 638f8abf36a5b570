/**
 * The bindings for Tencent Cloud, and their settings.
 *
 * <p>{@link io.havip.tencent.TencentHavipBinding} is for a HAVIP: the members announce it, the
 * binding tells whether the cloud has followed. {@link io.havip.tencent.TencentPrivateIpBinding} is
 * for an ordinary secondary private address, which only a call moves.
 */
package io.havip.tencent;
