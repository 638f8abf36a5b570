/**
 * A VPC and what is in it, as values: subnets, instances and their network interfaces, placement
 * groups, security groups, HAVIPs and elastic IPs.
 *
 * <p>The types say what the things are, not what is allowed; the rules are in {@code
 * io.havip.core.vpc}. Every type is immutable, compares by value and may be shared between threads.
 * Sets and lists keep the order in which they were given, so that what is printed is the same in
 * every run.
 */
package io.havip.vpc;
