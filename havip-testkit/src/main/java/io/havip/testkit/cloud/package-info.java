/**
 * Three simulated clouds in virtual time: one whose members announce their addresses, one that
 * moves an address by one call, and one that needs two calls and refuses outdated ones. Each can be
 * slow, silent, strict, forgetful and late.
 */
package io.havip.testkit.cloud;
