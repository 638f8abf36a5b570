/** The Linux platform; applications need nothing but the provider on the path. */
package io.havip.linux;
