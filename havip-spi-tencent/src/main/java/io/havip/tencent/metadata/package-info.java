/** The metadata service that an instance asks about itself. */
package io.havip.tencent.metadata;
