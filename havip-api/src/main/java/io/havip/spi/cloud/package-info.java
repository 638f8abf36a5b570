/**
 * What a binding to a cloud's API promises: to tell where the cloud maps an address, to move that
 * mapping where the cloud moves it by a call, and to say honestly what became of a call.
 *
 * <p>Clouds differ in what moves traffic. In some the guests announce the address and the API only
 * watches; in others only a call moves it. A binding declares which by {@link
 * io.havip.spi.cloud.CloudCapabilities}, and the node acts accordingly. The promises have ids, C1
 * and on, in {@link io.havip.spi.cloud.CloudBinding}; the contract tests of the test kit are named
 * after them.
 */
package io.havip.spi.cloud;
