package io.havip.core.election;

/** Something that steps a router: {@link Election#step}, or a broken copy of it. */
@FunctionalInterface
interface Stepper {

  Step step(ElectionConfig config, ElectionState state, Input input, long now);
}
