/** HTTP exchanges that end in time and stay small, whatever the other side does. */
package io.havip.tencent.http;
