/**
 * TC3-HMAC-SHA256, the signature of the Tencent Cloud API 3.0. Pure: values in, text out; no clock,
 * no I/O.
 */
package io.havip.tencent.signature;
