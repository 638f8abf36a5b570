/**
 * A thin client of the Tencent Cloud API 3.0: signed requests, the reply's envelope, error codes as
 * classes of failure, and the dozen actions of the VPC service that a virtual address needs.
 */
package io.havip.tencent.client;
