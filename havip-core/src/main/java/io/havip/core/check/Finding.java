package io.havip.core.check;

/**
 * A violation.
 *
 * @param check id of the property
 * @param at when it became so, on the clock of the stage
 * @param what in one sentence
 */
public record Finding(String check, long at, String what) {}
