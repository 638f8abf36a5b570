/**
 * Who signs the calls to the cloud: fixed keys, keys from the environment, or the role of the
 * instance. Nothing here prints a secret.
 */
package io.havip.tencent.credentials;
