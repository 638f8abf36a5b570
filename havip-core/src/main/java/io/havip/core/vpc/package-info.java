/**
 * The rules of a VPC, pure: what may be created, attached, allocated, announced and bound.
 *
 * <p>{@link io.havip.core.vpc.VpcRules#apply} takes a {@link io.havip.core.vpc.VpcState} and a
 * {@link io.havip.core.vpc.VpcCommand} and returns the next state or a {@link
 * io.havip.core.vpc.VpcRefusal}, which names the rule and says what to do. Nothing here reads a
 * clock: commands that record a time carry it.
 *
 * <p>The rules are those Tencent Cloud documents for its HAVIPs. Where the documents are silent,
 * the type concerned says that the rule is a deduction.
 */
package io.havip.core.vpc;
