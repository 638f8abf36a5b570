/** A binding for a cloud that does not exist, which keeps the contract of cloud bindings. */
package io.havip.examples.spi;
