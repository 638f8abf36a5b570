/** The code that the guides show. */
package io.havip.examples.guide;
