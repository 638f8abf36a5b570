/**
 * Judges Keepalived configurations for the cloud they are meant for: what a VPC drops without a
 * word, and what costs seconds there. Pure: it looks at what was read and at what it is told of the
 * VPC, and asks nobody.
 *
 * <p>{@link io.havip.core.lint.CloudLint} is the way in. Every rule stands in {@link
 * io.havip.core.lint.CloudRule}.
 */
package io.havip.core.lint;
